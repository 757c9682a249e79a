"""The charts of a sweep over alpha: the path of the weight, and the iterations needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Any

from neuron.charts import axes
from neuron.charts.picture import Picture, around, curve, drawable, head, held, layout, line, path
from neuron.charts.ruler import Ruler, ruler
from neuron.charts.sweep import Sweep
from neuron.core.dynamics import Dynamics
from neuron.core.training import Run
from neuron.words.numbers import number

NEVER = 0.5
"""How far above the largest number of iterations "never" is drawn, in powers of ten."""


@dataclass(frozen=True, slots=True)
class Film:
    """The two charts of a sweep.

    path: a Plotly figure whose only trace shows row k of ``rows`` at alpha k. rows: the weights by
    step, ``width`` of them per alpha. needed: iterations against alpha. columns: what its play head
    follows.
    """

    path: dict[str, Any]
    rows: tuple[float, ...]
    width: int
    needed: Picture
    columns: dict[str, tuple[float, ...]]


def film(theory: Dynamics, run: Run, swept: Sweep) -> Film:
    """The charts of ``swept``, the sweep of this run."""
    needed = swept.needed
    width = max(map(len, swept.paths))
    axis = axes.exactly(*around(run), "weight")
    low, high = axis["range"]  # may be wider than requested where floats lack precision
    drawn = layout(axes.steps(width - 1), axis)
    drawn["shapes"] = []
    bottom = drawable(theory.lowest_weight)
    if bottom is not None:
        drawn["shapes"].append(
            curve(path([0, max(width - 1, 1)], [bottom, bottom]), "$goal", dash="dash")
        )
    trace = line("$weight", width=2.5) | {"mode": "lines+markers", "marker": {"size": 6}}
    rows = [
        weight
        for weights in swept.paths
        for weight in held((*weights, *[weights[-1]] * (width - len(weights))), low, high)
    ]
    decades = ceil(log10(1 + max((n for n in needed if n is not None), default=1)))
    # log10(1 + n), so that 0 can be drawn too; "never" is above everything.
    heights = tuple(decades + NEVER if n is None else log10(1 + n) for n in needed)
    return Film(
        {"data": [trace], "layout": drawn},
        tuple(rows),
        width,
        _needed(ruler(theory), decades, swept.alphas, heights),
        {"alpha": swept.alphas, "needed": heights},
    )


def _needed(
    scale: Ruler, decades: int, alphas: Sequence[float], heights: Sequence[float]
) -> Picture:
    """Iterations against alpha as a dotted line, with the ruler's marks."""
    low, high = -0.15, decades + 1.5 * NEVER
    powers = [10**k for k in range(decades + 1) if log10(1 + 10**k) < decades + NEVER / 2]
    powers = powers or [0]
    axis = axes.exactly(low, high, "iterations") | {
        "tickmode": "array",
        "tickvals": [log10(1 + power) for power in powers] + [decades + NEVER],
        "ticktext": [number(power) for power in powers] + ["never"],
    }
    drawn = layout(axes.exactly(-0.02 * scale.top, 1.03 * scale.top, "alpha"), axis)
    drawn["shapes"] = [
        curve(path([mark.alpha] * 2, [low, high]), "$muted", width=1) for mark in scale.marks
    ]
    drawn["annotations"] = [
        {
            "x": mark.alpha,
            "y": low,
            "xanchor": "left",
            "yanchor": "bottom",
            "showarrow": False,
            "text": mark.label,
        }
        for mark in scale.marks[:2]
    ]
    whole = line("$weight", width=1.5, dash="dot") | {"x": list(alphas), "y": list(heights)}
    return Picture(
        figure={
            "data": [whole, line("$weight", width=2.5), head("$weight", "circle")],
            "layout": drawn,
        },
        x="alpha",
        y="needed",
    )
