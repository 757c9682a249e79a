"""The cobweb: next weight against weight, with a run as stairs between the map and the diagonal."""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign, isfinite
from typing import Any

from neuron.charts import axes
from neuron.charts.downsampling import MOST_DRAWN
from neuron.charts.picture import (
    ROOM,
    Picture,
    curve,
    drawable,
    head,
    layout,
    line,
    needs_log,
    path,
    zooms,
)
from neuron.core.dynamics import Dynamics
from neuron.core.training import Run


def cobweb(theory: Dynamics, run: Run) -> Picture:
    """Next weight against weight, both at the end of whole passes: ``next = A * weight + B``.

    The head follows the weights after whole passes. From the diagonal the stairs go vertically to
    the map, which gives the next weight, and horizontally back. The slope of the map, A, tells
    whether the next stair is shorter.
    """
    weights = passes(run)
    ideal = drawable(theory.ideal_weight)
    centre = (min(weights) + max(weights)) / 2 if ideal is None else ideal
    reaches = [abs(weight - centre) for weight in weights]
    finest = axes.FINEST * abs(centre)
    if needs_log(theory, run) and any(reaches):
        views = zooms(
            reaches, finest, lambda step, half: _view(theory, weights, step, centre, half)
        )
    else:
        half = ROOM * max(reaches) or max(1.0, abs(centre))
        views = [_view(theory, weights, 0, centre, max(half, finest))]
    first = views[0]
    drawn = layout(
        axes.titled("weight") | first["x_axis"], axes.titled("next weight") | first["y_axis"]
    )
    diagonal, rule, stairs = first["paths"]
    drawn["shapes"] = [
        curve(diagonal, "$muted", dash="dash"),
        curve(rule, "$goal", width=2),
        curve(stairs, "$weight", width=1, dash="dot"),
    ]
    return Picture(
        figure={"data": [line("$weight", shape="vh"), head("$weight", "circle")], "layout": drawn},
        views=views,
    )


def passes(run: Run) -> tuple[float, ...]:
    """The weight before the first pass and after each pass."""
    return run.weights[:: len(run.examples)]


def _view(
    theory: Dynamics, weights: Sequence[float], step: int, centre: float, half: float
) -> dict[str, Any]:
    """The view from ``step`` on: the square from centre - half to centre + half."""
    ends = [centre - half, centre + half]
    axis = axes.span(centre - 1.04 * half, centre + 1.04 * half)
    return {
        "from": step,
        "half": half,
        "paths": [path(ends, ends), _map(theory, centre, half), _stairs(weights, centre, half)],
        "x_axis": axis,
        "y_axis": axis,
    }


def _map(theory: Dynamics, centre: float, half: float) -> str:
    """The line ``next = A * weight + B`` as far as it lies within the square."""
    slope, offset = theory.shrink_factor, theory.offset
    meeting = drawable(theory.ideal_weight)
    if meeting is None:  # A is 1: parallel to the diagonal, or on it
        offset = offset if isfinite(offset) else 0.0
        return path(
            [centre - half, centre + half], [centre - half + offset, centre + half + offset]
        )
    level = half / max(1.0, abs(slope))
    upright = copysign(half, slope) if abs(slope) > 1 else slope * half
    return path([meeting - level, meeting + level], [meeting - upright, meeting + upright])


def _stairs(weights: Sequence[float], centre: float, half: float) -> str:
    """The stairs within the square, from at most the first `MOST_DRAWN` weights."""
    inside = [weight for weight in weights[:MOST_DRAWN] if abs(weight - centre) <= ROOM * half]
    xs = [weight for weight in inside for _ in range(2)][:-1]
    ys = [weight for weight in inside for _ in range(2)][1:]
    return path(xs or [centre], ys or [centre])
