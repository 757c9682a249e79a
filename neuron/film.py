"""The pictures of a sweep over alpha: the path of the weight, and the iterations needed."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log10
from typing import Any

from neuron import axes
from neuron.convergence import lowest_weight
from neuron.numbers import number
from neuron.picture import Picture, around, curve, drawable, head, held, layout, line, path
from neuron.ruler import ruler
from neuron.sweep import Sweep
from neuron.training import Run


@dataclass(frozen=True, slots=True)
class Film:
    """The two pictures of a sweep.

    path: a Plotly figure whose one trace shows row k of ``rows`` at alpha k. rows: the weights by
    step, ``width`` of them an alpha. needed: iterations against alpha. columns: what its play head
    follows.
    """

    path: dict[str, Any]
    rows: tuple[float, ...]
    width: int
    needed: Picture
    columns: dict[str, tuple[float, ...]]


def film(run: Run, swept: Sweep) -> Film:
    """Draw a sweep: ``swept`` is the sweep of this run."""
    width = max(map(len, swept.paths))
    low, high = around(run)
    drawn = layout(axes.steps(width - 1), axes.exactly(low, high, "weight"))
    drawn["shapes"] = []
    bottom = drawable(lowest_weight(run.examples))
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
    columns = {"alpha": swept.alphas, "needed": _heights(swept)}
    return Film(
        {"data": [trace], "layout": drawn}, tuple(rows), width, _needed(run, swept), columns
    )


def _heights(swept: Sweep) -> tuple[float, ...]:
    """Where iterations stand on their axis: ``log10(1 + n)``, for 0 has its place; never on top."""
    counts = [count for count in swept.needed if count is not None]
    never = ceil(log10(1 + max(counts, default=1))) + 0.5
    return tuple(never if count is None else log10(1 + count) for count in swept.needed)


def _needed(run: Run, swept: Sweep) -> Picture:
    heights = _heights(swept)
    top = ceil(log10(1 + max((n for n in swept.needed if n is not None), default=1)))
    axis = axes.exactly(-0.15, top + 0.75, "iterations")
    powers = [10**k for k in range(top + 1) if log10(1 + 10**k) < top + 0.25] or [0]
    axis |= {
        "tickmode": "array",
        "tickvals": [log10(1 + power) for power in powers] + [top + 0.5],
        "ticktext": [number(power) for power in powers] + ["never"],
    }
    last = swept.alphas[-1]
    drawn = layout(axes.exactly(-0.02 * last, 1.03 * last, "alpha"), axis)
    drawn["shapes"] = [
        curve(path([mark["alpha"]] * 2, [-0.15, top + 0.75]), "$muted", width=1)
        for mark in ruler(run).marks
    ]
    drawn["annotations"] = [
        {
            "x": mark["alpha"],
            "y": -0.15,
            "xanchor": "left",
            "yanchor": "bottom",
            "showarrow": False,
            "text": mark["label"],
        }
        for mark in ruler(run).marks[:2]
    ]
    return Picture(
        figure={
            "data": [line("$weight", width=2.5) | {"hoverinfo": "skip"}, head("$weight", "circle")],
            "layout": drawn,
        },
        x="alpha",
        y=["needed"],
        drawn=list(range(len(heights))),
    )
