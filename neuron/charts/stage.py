"""The stage's three charts: a run in, pictures out. Nothing is trained or decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

from neuron.charts import axes
from neuron.charts.bowl import bowl
from neuron.charts.downsampling import MOST_DRAWN, thin
from neuron.charts.picture import (
    CEILING,
    Picture,
    curve,
    head,
    layout,
    line,
    needs_log,
    path,
    settles_at,
    training_error,
)
from neuron.core.dynamics import Regime, contradict, regime
from neuron.core.training import Example, Run, mean_errors
from neuron.words.numbers import error_name, number

MOST_MARKED = 80
"""Up to how many steps a line shows each of them as a dot."""

ROOM_FOR_NAMES = 0.35
"""How much higher than the highest error an axis goes, to have the names of two lines there."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The animated charts by name, and the columns that only the drawing needs."""

    pictures: dict[str, Picture]
    columns: dict[str, tuple[float, ...]]


def stage(run: Run, test: Sequence[Example] = ()) -> Stage:
    """The stage's three charts (error bowl, weight by step, error by step) for a run.

    test: examples that are only asked, not learned from; their mean error is a second line.
    """
    columns = {training_error(run): mean_errors(run.examples, run)}
    if test:
        columns["test_error"] = mean_errors(test, run)
    errors = list(columns)
    title = error_name(run.examples, test)
    drawn_errors = [value for name in errors for value in columns[name]]
    if needs_log(run):
        # The first examples of several may leave a weight of 0 as it is.
        small = max(map(abs, run.weights[:2])) or next(abs(w) for w in run.weights if w)
        scale = 10.0 ** max(-307, floor(log10(small)))
        columns["weight_log"] = tuple(axes.symmetric_logarithm(w, scale) for w in run.weights)
        weight_axis = axes.symmetric_logarithmic(columns["weight_log"], scale, "weight")
        for name in errors:
            columns[f"{name}_log"] = tuple(map(axes.logarithm, columns[name]))
        error_axis = axes.logarithmic([axes.logarithm(error) for error in drawn_errors], title)
        weight_by_step = _by_step(columns, ["weight_log"], ["$weight"], weight_axis)
        _mark_ideal(weight_by_step, run, lambda w: axes.symmetric_logarithm(w, scale))
        errors = [f"{name}_log" for name in errors]
    else:
        weight_axis = _weight_axis(run)
        highest = min(max(drawn_errors), CEILING) or 1.0
        above = ROOM_FOR_NAMES if test else 0.08
        error_axis = axes.linear(0.0, highest, title, below=0.05, above=above)
        weight_by_step = _by_step({"weight": run.weights}, ["weight"], ["$weight"], weight_axis)
        _mark_ideal(weight_by_step, run, lambda w: w)
    error_by_step = _by_step(columns, errors, ["$error", "$test"], error_axis)
    if test:
        trained = columns[training_error(run)]
        rises = trained[-1] > trained[0]
        error_by_step.figure["layout"]["annotations"] = [
            _name("■ training error", "$error", 0.99, left=rises),
            _name("◆ test error", "$test", 0.87, left=rises),
        ]
    return Stage({"bowl": bowl(run), "weight": weight_by_step, "error": error_by_step}, columns)


def _weight_axis(run: Run) -> dict[str, Any]:
    """Linear; symmetric about the ideal weight when the run crosses it."""
    ideal = settles_at(run)
    low, high = min(run.weights), max(run.weights)
    if ideal is None:
        return axes.linear(low, high, "weight")
    if low < ideal < high:
        reach = max(ideal - low, high - ideal)
        low, high = ideal - reach, ideal + reach
    return axes.linear(min(low, ideal), max(high, ideal), "weight", above=0.2)


SYMBOLS = {"$weight": "circle", "$error": "square", "$test": "diamond"}
"""The shape of a play head, so that colour is never the only sign."""


def _by_step(
    columns: Mapping[str, tuple[float, ...]],
    shown: Sequence[str],
    colours: Sequence[str],
    axis: dict[str, Any],
) -> Picture:
    """Columns by step: the run so far, and the current step."""
    last = len(columns[shown[0]]) - 1
    hover = {"hoverinfo": "text", "hovertemplate": "step %{x}: %{text}<extra></extra>"}
    mode = "lines+markers" if last <= MOST_MARKED else "lines"
    data = []
    drawn = layout(axes.steps(last), axis)
    drawn["shapes"] = []
    for colour, _ in zip(colours, shown, strict=False):
        data.append(line(colour, width=2.5) | {"mode": mode, "marker": {"size": 5}} | hover)
        data.append(head(colour, SYMBOLS[colour]) | hover)
    kept = {k for name in shown for k in thin(columns[name], MOST_DRAWN // len(shown))}
    return Picture(
        figure={"data": data, "layout": drawn}, x="step", y=list(shown), drawn=sorted(kept)
    )


def _name(text: str, colour: str, y: float, left: bool) -> dict[str, Any]:
    """The name of a line, in its colour, at the top of a chart: where the line is not."""
    side = {"x": 0.01, "xanchor": "left"} if left else {"x": 0.99, "xanchor": "right"}
    place = {"xref": "paper", "yref": "paper", "y": y} | side
    style = {"font": {"color": colour}, "bgcolor": "$paper", "showarrow": False}
    return place | {"text": text} | style


def _what_is_ideal(run: Run) -> str:
    if len(run.examples) == 1:
        return "ideal weight"
    return "iterations end at" if contradict(run.examples) else "settles at"


def _mark_ideal(picture: Picture, run: Run, drawn_at: Callable[[float], float]) -> None:
    """Add the line of one example's ideal weight, or of the weight that several settle at.

    drawn_at: where on the chart's axis a weight stands.
    """
    ideal = settles_at(run)
    restless = (Regime.SUSTAINED_OSCILLATION, Regime.DIVERGENCE)
    settles = regime(run.examples, run.weights[0], run.alpha) not in restless
    if ideal is None or not (settles or len(run.examples) == 1):
        return
    end = max(len(run.weights) - 1, 1)
    drawn = picture.figure["layout"]
    height = drawn_at(ideal)
    drawn["shapes"].append(curve(path([0, end], [height, height]), "$goal", dash="dash"))
    drawn["annotations"] = [
        {
            "x": end,
            "y": height,
            "xanchor": "right",
            "yanchor": "bottom",
            "yshift": 2,  # its paper would cover a part of the line
            "showarrow": False,
            "text": f"{_what_is_ideal(run)} {number(ideal)}",
            "font": {"color": "$goal"},
            "bgcolor": "$paper",
            "opacity": 0.9,
        }
    ]
