"""The scales of the stage's charts: the first, and those they zoom out to.

The neuron's number line, the error bowl, and the weight and the error by step share one scale. The
number line shows a weight as its prediction ``input * weight``, and the bowl has the axes of the
two charts beside it, so all zoom together. Only test data, which the bowl does not show, may need
a higher axis in the error chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Any

from neuron.charts import axes
from neuron.charts.axes import Axis
from neuron.charts.picture import CEILING, drawable, head, layout, line
from neuron.core.dynamics import Dynamics
from neuron.core.training import Example, Run, mean_error, mean_errors
from neuron.words.numbers import error_name

SURROUNDINGS = 1.4
"""How many starting gaps the charts show on each side: a bounce fits, a divergent run leaves."""

NEAR, FAR = 0.1, 1.0
"""A starting gap within these fractions of the ideal weight does not change the charts' scale."""

OPENING = 0.62
"""The height of the bowl's chart, relative to the bowl's at its edges: both sides leave it."""

GROWTH = 10.0
"""How many times the charts zoom out when the run has left them."""

MOST_VIEWS = 60
"""The most views; a longer blow-up zooms out by a larger power of ten each time."""

FURTHEST = 1e300
"""The most that the last view may be zoomed out from the first: floats end at 1.8e308."""

MOST_MARKED = 80
"""The most steps for which a line shows each one as a dot."""

STEPS_ACROSS = 80
"""About how many presses of an arrow key move a handle across its chart."""


@dataclass(frozen=True, slots=True)
class View:
    """The scale of all charts from a step on.

    step: the first to which it applies. scale: how far it is zoomed out from the first view.
    weight, bowl, error, prediction: the axes. Errors by step have their own axis, because those of
    test data may be larger. The prediction axis is the neuron's number line.
    """

    step: int
    scale: float
    weight: Axis
    bowl: Axis
    error: Axis
    prediction: Axis


@dataclass(frozen=True, slots=True)
class Logarithmic:
    """The logarithmic axes of weight and error by step, if the reader wants them.

    small: the power of ten below which the weight axis is roughly linear.
    """

    weight: Axis
    error: Axis
    small: float


@dataclass(frozen=True, slots=True)
class Grip:
    """The range of a handle's value, and by how much an arrow key changes it.

    marks: values that it snaps to when nearby.
    """

    low: float
    high: float
    step: float
    marks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage's scales. steps: the step axis. ideal: the weight marked by a dashed line."""

    views: tuple[View, ...]
    steps: Axis
    logarithmic: Logarithmic | None
    ideal: float | None


def stage(run: Run, theory: Dynamics, test: Sequence[Example] = (), *, log: bool = False) -> Stage:
    """The scales for a run.

    test: data whose predictions and errors are shown as well. log: whether to add logarithmic axes.
    """
    centre, reach = _frame(run, theory)
    return Stage(
        views=tuple(_views(run, test, centre, reach)),
        steps=axes.steps_axis(len(run.weights) - 1),
        logarithmic=_logarithmic(run, test) if log else None,
        ideal=drawable(theory.ideal_weight),
    )


def grip(axis: Axis, low: float, high: float, marks: Sequence[float] = ()) -> Grip:
    """A handle on an axis, for a value between low and high."""
    step = axes.round_step((axis.high - axis.low) / STEPS_ACROSS)
    return Grip(low, high, step, tuple(marks))


def _frame(run: Run, theory: Dynamics) -> tuple[float, float]:
    """The weight at the centre of the first view, and its half-width."""
    start, bottom = run.weights[0], drawable(theory.lowest_weight)
    centre = start if bottom is None else bottom
    gap, size = abs(start - centre), abs(centre)
    # With no training, dragging the weight towards the ideal one must not zoom in.
    still = len(run.weights) == 1 and size > 0
    shown = size if NEAR * size <= gap <= FAR * size or (still and gap < size) else gap
    reach = max(SURROUNDINGS * (shown or size or 1.0), axes.SHORTEST)
    power = 10.0 ** floor(log10(reach))
    nice = power * next(m for m in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if m * power >= reach * 0.999)
    return centre, max(nice, axes.FINEST * size)


def _views(run: Run, test: Sequence[Example], centre: float, reach: float) -> list[View]:
    """The first view, then one more for each step that leaves the previous one.

    The point is seen leaving the chart before the chart zooms out.
    """
    furthest = max(abs(weight - centre) for weight in run.weights)
    reach = max(reach, min(furthest, CEILING) / FURTHEST)
    leaps = max(1, ceil(log10(max(furthest / reach, 1)) / MOST_VIEWS))
    factor = GROWTH**leaps
    views = [_view(run, test, centre, reach, 0, 1.0)]
    scale = 1.0
    for step, weight in enumerate(run.weights):
        before = scale
        while abs(weight - centre) > reach * scale and reach * scale < CEILING:
            scale *= factor
        if scale > before:
            views.append(_view(run, test, centre, reach, step, scale))
    return views


def _view(
    run: Run, test: Sequence[Example], centre: float, reach: float, step: int, scale: float
) -> View:
    half = min(reach * scale, CEILING)
    start = run.weights[0]
    # Errors near the edge may overflow: then the axis ends at `CEILING`.
    edges = [mean_error(run.examples, centre + side * half) for side in (-1, 1)]
    trained, tested = (
        mean_error(data, start) * scale * scale if data else 0.0 for data in (run.examples, test)
    )
    top = max(OPENING * min(edges), 1.1 * trained) or 1.0
    own = [example.goal for example in run.examples]
    middle = (max(own) + min(own)) / 2
    answers = [example.input * start - middle for example in run.examples]
    sizes = [abs(example.input) * half for example in run.examples]
    line = max(
        max(sizes) + (max(own) - min(own)) / 2,
        1.15 * max(map(abs, answers)),
        1.15 * max((abs(example.goal - middle) for example in test), default=0.0),
    )
    line = min(line or abs(middle) or 1.0, CEILING)
    return View(
        step,
        scale,
        weight=axes.axis(centre - half, centre + half),
        bowl=_of_errors(top),
        error=_of_errors(max(top, 1.1 * tested)),
        prediction=axes.axis(middle - line, middle + line, most=4),
    )


def _of_errors(top: float) -> Axis:
    top = top if isfinite(top) and top < CEILING else CEILING
    return axes.axis(-0.04 * top, top, most=3)


def _logarithmic(run: Run, test: Sequence[Example]) -> Logarithmic | None:
    """Logarithmic axes; None if every weight is 0."""
    sizes = [abs(weight) for weight in run.weights if weight]
    if not sizes:
        return None
    small = 10.0 ** max(-307, floor(log10(max(map(abs, run.weights[:2])) or sizes[0])))
    weights = [axes.symmetric_logarithm(weight, small) for weight in run.weights]
    shown = [mean_errors(data, run) for data in (run.examples, test) if data]
    errors = [axes.logarithm(error) for column in shown for error in column]
    return Logarithmic(
        axes.symmetric_logarithmic_axis(weights, small), axes.logarithmic_axis(errors), small
    )


def figures(run: Run, test: Sequence[Example] = ()) -> dict[str, dict[str, Any]]:
    """The charts' traces and layouts, which stay the same while the run plays; no points yet.

    bowl: the curve, the ball's trail, the ball. weight: the line of the ideal weight, the whole
    run, the run so far, its head. error: the last three for the training error and, if there is
    test data, again for the test error.
    """
    error = error_name(run.examples, test)
    marks = {"mode": "lines+markers" if len(run.weights) <= MOST_MARKED else "lines"}

    def lines(
        colour: str, symbol: str, dash: str = "solid", ahead: str = "dot"
    ) -> list[dict[str, Any]]:
        hover = {"hoverinfo": "text", "hovertemplate": "step %{x}: %{text}<extra></extra>"}
        return [
            line(colour, width=1.5, dash=ahead),
            line(colour, width=2.5, dash=dash) | marks | {"marker": {"size": 5}} | hover,
            head(colour, symbol) | hover,
        ]

    hover = {"hoverinfo": "text", "hovertemplate": "weight %{x}: error %{text}<extra></extra>"}
    trail = {"mode": "lines+markers", "marker": {"size": 6, "symbol": "circle-open"}}
    drawn = {
        "bowl": [
            line("$muted"),
            line("$error", width=1, dash="dot") | trail | hover,
            head("$error", "circle") | hover,
        ],
        "weight": [line("$goal", width=1.5, dash="dash"), *lines("$weight", "circle")],
        "error": [
            *lines("$error", "square"),
            *(lines("$test", "diamond", "dashdot", "1px,5px") if test else []),
        ],
    }
    bowl = error_name(run.examples)
    titles = {"bowl": ("weight", bowl), "weight": ("step", "weight"), "error": ("step", error)}
    return {
        name: {"data": data, "layout": layout(*map(axes.titled, titles[name]))}
        for name, data in drawn.items()
    }
