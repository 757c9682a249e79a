"""What the stage's pictures show: their scale at the beginning, and those it grows to.

The neuron's number line, the error bowl, and the weight and the error by step share one scale. A
weight stands for the prediction ``input * weight`` on the number line, and the bowl's two axes are
those of the charts beside it, so the pictures grow together. Only test data, which the bowl does
not show, may need a higher axis in the chart of errors.
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
"""How many starting gaps the pictures show to both sides: a bounce fits, what blows up leaves."""

NEAR, FAR = 0.1, 1.0
"""A starting gap between these parts of the ideal weight leaves the pictures' scale as it is."""

OPENING = 0.62
"""How high the bowl's picture is, in parts of its height at the edges: both sides leave it."""

GROWTH = 10.0
"""How many times further the pictures show when the run has left them."""

MOST_VIEWS = 60
"""So many views at most: a longer blow-up grows by a larger power of ten each time."""

FURTHEST = 1e300
"""How many times further than the first view the last may show: floats end at 1.8e308."""

MOST_MARKED = 80
"""Up to how many steps a line shows each of them as a dot."""

STEPS_ACROSS = 80
"""How many arrow presses take a handle from one edge of its picture to the other, about."""


@dataclass(frozen=True, slots=True)
class View:
    """The scale of all pictures from a step on.

    step: the first at which it holds. scale: how many times further than the first view it shows.
    weight, bowl, error, prediction: the axes. Errors by step have their own axis, because those of
    test data may be larger. The number line of predictions is the neuron's.
    """

    step: int
    scale: float
    weight: Axis
    bowl: Axis
    error: Axis
    prediction: Axis


@dataclass(frozen=True, slots=True)
class Logarithmic:
    """The axes of weight and error by step for a reader who prefers logarithms.

    small: the power of ten below which the axis of weights is about linear.
    """

    weight: Axis
    error: Axis
    small: float


@dataclass(frozen=True, slots=True)
class Grip:
    """What a handle sets, between which ends, and by how much an arrow key changes it.

    marks: values that it snaps to when it comes near them.
    """

    low: float
    high: float
    step: float
    marks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage's scales. steps: the axis of steps. ideal: where a line marks the ideal weight."""

    views: tuple[View, ...]
    steps: Axis
    logarithmic: Logarithmic | None
    ideal: float | None


def stage(run: Run, theory: Dynamics, test: Sequence[Example] = (), *, log: bool = False) -> Stage:
    """The scales for a run.

    test: data whose predictions and errors are shown as well. log: whether the axes by powers of
    ten are wanted.
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
    finest = max((axis.high - axis.low) / STEPS_ACROSS, axes.SHORTEST)
    return Grip(low, high, round_step(finest), tuple(marks))


def round_step(finest: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not above ``finest``."""
    finest = max(finest, axes.SHORTEST)
    power = 10.0 ** floor(log10(finest))
    return power * max(m for m in (1, 2, 5) if m * power <= finest * (1 + 1e-9))


def _frame(run: Run, theory: Dynamics) -> tuple[float, float]:
    """The weight in the middle of the first view, and how far it shows to both sides."""
    start, bottom = run.weights[0], drawable(theory.lowest_weight)
    centre = start if bottom is None else bottom
    gap, size = abs(start - centre), abs(centre)
    # Where nothing is trained, a weight dragged towards the ideal one is not to be magnified.
    still = len(run.weights) == 1 and size > 0
    shown = size if NEAR * size <= gap <= FAR * size or (still and gap < size) else gap
    reach = max(SURROUNDINGS * (shown or size or 1.0), axes.SHORTEST)
    power = 10.0 ** floor(log10(reach))
    nice = power * next(m for m in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if m * power >= reach * 0.999)
    return centre, max(nice, axes.FINEST * size)


def _views(run: Run, test: Sequence[Example], centre: float, reach: float) -> list[View]:
    """One view, and for a run that leaves it further ones, each from the step that left the last.

    The point is seen to leave the picture before the picture grows.
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
    # Near the edge squares may be beyond floats: then the axis ends where drawing ends.
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
    """Axes by powers of ten; None where nothing differs from 0."""
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
    """The charts' traces and layouts: what stays the same while the run plays, without points.

    bowl: the curve, the trail of the ball, the ball. weight: the line of the ideal weight, the
    whole run, the run so far, its head. error: the last three for the training error and, if there
    are test data, once more for theirs.
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
