"""The pictures of a run: records in, Plotly figures out. Nothing is trained or decided here.

Figures are plain dicts, for Plotly's own check of a figure costs more than the whole page. They
hold axes, fixed curves and styles; a run's columns travel to the browser once, beside them, and
each `Picture` says which of the columns it draws. A colour is a name of `PALETTE` behind a ``$``:
which of the two themes is on is known in the browser only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

from neuron import axes
from neuron.convergence import Regime, ideal_weight, lowest_weight, regime
from neuron.numbers import number
from neuron.training import Example, Run, mean_error, mean_errors

PALETTE = {
    "light": {
        "ink": "#1d2733",
        "muted": "#5a6675",
        "grid": "#e3e7ec",
        "paper": "#ffffff",
        "weight": "#00609a",
        "error": "#b3440a",
        "goal": "#00785a",
        "test": "#96447a",
    },
    "dark": {
        "ink": "#e8edf2",
        "muted": "#a3afbc",
        "grid": "#2f3945",
        "paper": "#151b22",
        "weight": "#5fb4ee",
        "error": "#ff9457",
        "goal": "#35cfa0",
        "test": "#e79ac8",
    },
}
"""The one palette, after Okabe and Ito: a colour means the same thing everywhere. Text reaches
4.5:1 and lines 3:1 on both papers."""

MOST_DRAWN = 240
"""How many points a line is drawn with; more could not be told apart, and would cost frames."""

GROWTH_NEEDING_LOG = 30.0
"""How often larger the largest miss may be than the smallest before axes become logarithmic."""

MOST_MARKED = 80
"""Up to how many steps a line shows each of them as a dot."""

ZOOM = 3.0
"""How much further than the next update the error bowl shows when it has to zoom out."""

CEILING = 1e300
"""Largest error that is drawn: axes need room above it, and floats end at 1.8e308."""

MARGIN = {"l": 64, "r": 16, "t": 10, "b": 36}


@dataclass(frozen=True, slots=True)
class Picture:
    """One animated chart of the stage.

    figure: a Plotly figure (data, layout), its traces in the order of the indexes below.
    x, y: names of the columns that the play heads follow; y may be several.
    drawn: the steps a line is drawn through, ascending, at most `MOST_DRAWN` and the last.
    arrow: whether trace 2 is an arrow to the next step's x.
    curve: (a, bottom, floor) if the head moves along ``floor + a * (x - bottom)**2``, else None.
    views: from which step on which axes and which curve hold, ascending; none if neither changes.

    For each y there is a trace with the run so far and one with the current step. What stands still
    is a shape, for every trace costs time in every frame: shape 0 is the curve of the view. Without
    views the browser draws each whole run, dotted, itself: a shape would cost a new plot.
    """

    figure: dict[str, Any]
    x: str
    y: list[str]
    drawn: list[int]
    arrow: bool = False
    curve: tuple[float, float, float] | None = None
    views: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stage:
    """The animated charts by name, and the columns that only the drawing needs."""

    pictures: dict[str, Picture]
    columns: dict[str, tuple[float, ...]]


def stage(run: Run, test: Sequence[Example] = ()) -> Stage:
    """The stage's three charts (error bowl, weight by step, error by step) for a run.

    test: examples that are only asked, not learned from; their mean error is a second line.
    """
    columns = {_training_error(run): mean_errors(run.examples, run)}
    if test:
        columns["test_error"] = mean_errors(test, run)
    errors = list(columns)
    drawn_errors = [value for name in errors for value in columns[name]]
    if _needs_log(run):
        # The first examples of several may leave a weight of 0 as it is.
        small = max(map(abs, run.weights[:2])) or next(abs(w) for w in run.weights if w)
        scale = 10.0 ** max(-307, floor(log10(small)))
        columns["weight_log"] = tuple(axes.symmetric_logarithm(w, scale) for w in run.weights)
        weight_axis = axes.symmetric_logarithmic(columns["weight_log"], scale, "weight")
        for name in errors:
            columns[f"{name}_log"] = tuple(map(axes.logarithm, columns[name]))
        error_axis = axes.logarithmic([axes.logarithm(error) for error in drawn_errors], "error")
        weight_by_step = _by_step(columns, ["weight_log"], ["$weight"], weight_axis)
        errors = [f"{name}_log" for name in errors]
    else:
        weight_axis = _weight_axis(run)
        error_axis = axes.linear(0.0, min(max(drawn_errors), CEILING) or 1.0, "error", below=0.05)
        weight_by_step = _by_step({"weight": run.weights}, ["weight"], ["$weight"], weight_axis)
        _mark_ideal(weight_by_step, run)
    error_by_step = _by_step(columns, errors, ["$error", "$test"], error_axis)
    if test:
        error_by_step.figure["layout"]["annotations"] = [
            _name("■ training error", "$error", 0.99),
            _name("◆ test error", "$test", 0.87),
        ]
    return Stage({"bowl": _bowl(run), "weight": weight_by_step, "error": error_by_step}, columns)


def _training_error(run: Run) -> str:
    """The name of the column of mean training errors: each step's own error, of one example."""
    return "error" if len(run.examples) == 1 else "training_error"


def thin(values: tuple[float, ...], most: int = MOST_DRAWN) -> list[int]:
    """Indexes that keep the look of a line: of each stretch the first, lowest and highest.

    Ascending, with both ends, about ``most`` of them; all when there are no more than that. Taking
    every n-th instead would show only one side of a weight that bounces.
    """
    count = len(values)
    if count <= most:
        return list(range(count))
    stretch = ceil(count / (most // 3))
    kept = {count - 1}
    for start in range(0, count, stretch):
        part = range(start, min(start + stretch, count))
        kept |= {start, min(part, key=values.__getitem__), max(part, key=values.__getitem__)}
    return sorted(kept)


def _settles_at(run: Run) -> float | None:
    """The ideal weight, unless it is too far away to be drawn."""
    return _drawable(ideal_weight(run.examples, run.alpha))


def _bottom(run: Run) -> float | None:
    """The weight at the bottom of the bowl, unless it is too far away to be drawn."""
    return _drawable(lowest_weight(run.examples))


def _drawable(weight: float | None) -> float | None:
    return weight if weight is not None and abs(weight) <= CEILING else None


def _needs_log(run: Run) -> bool:
    """Whether a run blows up so far that a linear axis would show only its end."""
    if regime(run.examples, run.weights[0], run.alpha) is not Regime.DIVERGENCE:
        return False
    ideal = _settles_at(run) or 0.0
    first, last = abs(run.weights[0] - ideal), abs(run.weights[-1] - ideal)
    return last > GROWTH_NEEDING_LOG * first


def _layout(x_axis: dict[str, Any], y_axis: dict[str, Any]) -> dict[str, Any]:
    return {
        "margin": MARGIN,
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hovermode": "closest",
        "dragmode": False,
        "font": {"size": 12, "color": "$muted"},
        "hoverlabel": {"bgcolor": "$paper", "bordercolor": "$muted", "font": {"color": "$ink"}},
        "xaxis": x_axis,
        "yaxis": y_axis,
    }


def _weight_axis(run: Run) -> dict[str, Any]:
    """Linear; symmetric about the ideal weight when the run crosses it."""
    ideal = _settles_at(run)
    low, high = min(run.weights), max(run.weights)
    if ideal is None:
        return axes.linear(low, high, "weight")
    if low < ideal < high:
        reach = max(ideal - low, high - ideal)
        low, high = ideal - reach, ideal + reach
    return axes.linear(min(low, ideal), max(high, ideal), "weight", above=0.2)


def _line(colour: str, **line: Any) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [],
        "y": [],
        "hoverinfo": "skip",
        "cliponaxis": True,
        "line": {"color": colour, "width": 2} | line,
    }


def path(xs: Sequence[float], ys: Sequence[float]) -> str:
    """A line through points as an SVG path in the units of the axes."""
    return "M" + "L".join(f"{x!r},{y!r}" for x, y in zip(xs, ys, strict=True))


def _curve(path: str, colour: str, width: float = 1.5, dash: str = "solid") -> dict[str, Any]:
    """A line that stands still while the run plays."""
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "path", "path": path, "line": line, "layer": "between"}


def _head(colour: str, symbol: str) -> dict[str, Any]:
    marker = {
        "color": colour,
        "size": 13,
        "symbol": symbol,
        "line": {"color": "$paper", "width": 2},
    }
    return _line(colour) | {"mode": "markers", "cliponaxis": False, "marker": marker}


SYMBOLS = {"$weight": "circle", "$error": "square", "$test": "diamond"}
"""The shape of a play head, so that colour is never the only sign."""


def _by_step(
    columns: Mapping[str, tuple[float, ...]],
    shown: Sequence[str],
    colours: Sequence[str],
    axis: dict[str, Any],
) -> Picture:
    """Columns by step: the whole run faint, the run so far strong, the current step."""
    last = len(columns[shown[0]]) - 1
    hover = {"hoverinfo": "text", "hovertemplate": "step %{x}: %{text}<extra></extra>"}
    mode = "lines+markers" if last <= MOST_MARKED else "lines"
    data = []
    layout = _layout(axes.steps(last), axis)
    layout["shapes"] = []
    for colour, _ in zip(colours, shown, strict=False):
        data.append(_line(colour, width=2.5) | {"mode": mode, "marker": {"size": 5}} | hover)
        data.append(_head(colour, SYMBOLS[colour]) | hover)
    kept = {k for name in shown for k in thin(columns[name], MOST_DRAWN // len(shown))}
    return Picture(
        figure={"data": data, "layout": layout}, x="step", y=list(shown), drawn=sorted(kept)
    )


def _name(text: str, colour: str, y: float) -> dict[str, Any]:
    """The name of a line, in its colour, at the right of a chart."""
    place = {"xref": "paper", "yref": "paper", "x": 0.99, "y": y, "xanchor": "right"}
    return place | {"text": text, "font": {"color": colour}, "showarrow": False}


def _mark_ideal(picture: Picture, run: Run) -> None:
    """Add the line of one example's ideal weight, or of the weight that several settle at."""
    ideal = _settles_at(run)
    restless = (Regime.SUSTAINED_OSCILLATION, Regime.DIVERGENCE)
    settles = regime(run.examples, run.weights[0], run.alpha) not in restless
    if ideal is None or not (settles or len(run.examples) == 1):
        return
    end = max(len(run.weights) - 1, 1)
    layout = picture.figure["layout"]
    layout["shapes"].append(_curve(path([0, end], [ideal, ideal]), "$goal", dash="dash"))
    layout["annotations"] = [
        {
            "x": end,
            "y": ideal,
            "xanchor": "right",
            "yanchor": "bottom",
            "showarrow": False,
            "text": f"{'ideal weight' if len(run.examples) == 1 else 'settles at'} {number(ideal)}",
            "font": {"color": "$goal"},
            "bgcolor": "$paper",
            "opacity": 0.9,
        }
    ]


def _bowl(run: Run) -> Picture:
    """Error against weight: the bowl, the trail so far, the ball, and an arrow to the next weight.

    Where a run blows up the view zooms out whenever the next update would leave it: the bowl is a
    parabola, so it looks the same at every size, and the ball climbs it visibly.
    """
    bottom = _bottom(run)
    centre = run.weights[0] if bottom is None else bottom
    reaches = [abs(weight - centre) for weight in run.weights]
    ahead = [max(pair) for pair in pairwise(reaches)] or reaches
    if _needs_log(run):
        views = _zooms(run, centre, ahead)
    else:
        reach = 1.2 * max(reaches) or max(1.0, abs(centre))
        views = [_view(run, 0, centre, max(reach, axes.FINEST * abs(centre)))]
    curve = None
    if bottom is not None and abs(bottom) <= CEILING**0.5:  # else its square is beyond floats
        steepness = sum(example.input**2 for example in run.examples) / len(run.examples)
        curve = (steepness, bottom, mean_error(run.examples, bottom))
    first = views[0]
    data = [
        _line("$error", width=1, dash="dot")
        | {"mode": "lines+markers", "marker": {"size": 6, "symbol": "circle-open"}},
        _head("$error", "circle"),
        _line("$weight", width=2.5)
        | {
            "mode": "lines+markers",
            "marker": {"size": 12, "symbol": "arrow", "angleref": "previous"},
        },
    ]
    layout = _layout(
        axes.titled("weight") | first["x_axis"], axes.titled("error") | first["y_axis"]
    )
    layout["shapes"] = [_curve(first["path"], "$muted", width=2)]
    return Picture(
        figure={"data": data, "layout": layout},
        x="weight",
        y=[_training_error(run)],
        drawn=thin(run.weights, 60),
        arrow=True,
        curve=curve,
        views=views,
    )


def _zooms(run: Run, centre: float, ahead: list[float]) -> list[dict[str, Any]]:
    views: list[dict[str, Any]] = []
    half = 0.0
    for step, reach in enumerate(ahead):
        if reach > half:
            half = max(reach * (ZOOM if views else 1.2), axes.FINEST * abs(centre))
            views.append(_view(run, step, centre, half))
    return views


def _view(run: Run, step: int, centre: float, half: float) -> dict[str, Any]:
    """The bowl between centre - half and centre + half, from ``step`` on."""
    xs = [centre + half * k / 20 for k in range(-20, 21)]
    ys = [min(mean_error(run.examples, x), CEILING) for x in xs]
    top = max(ys) or 1.0
    return {
        "from": step,
        "half": half,
        "path": path(xs, ys),
        "x_axis": axes.span(centre - 1.04 * half, centre + 1.04 * half),
        "y_axis": axes.span(-0.08 * top, 1.08 * top),
    }
