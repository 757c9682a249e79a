"""The building blocks of all charts: layout, lines, and the record of a chart that plays.

Figures are plain dicts, because Plotly's validation costs more time than the rest of the page. A
colour is ``$`` and a name in `PALETTE`, because only the browser knows the current theme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from neuron.core.dynamics import Dynamics, Regime, lowest_weight
from neuron.core.training import Run

GROWTH_NEEDING_LOG = 30.0
"""How many times larger than the first gap the last must be for a chart to zoom out in views."""

CEILING = 1e300
"""The largest value drawn: axes need room above it, and floats end at 1.8e308."""

ROOM = 1.2
"""How far a view extends, relative to its furthest point."""

ZOOM = 3.0
"""How far a view extends, relative to the next point, when it has to zoom out."""

SURROUNDINGS = 1.5
"""How many starting gaps `around` shows on each side: a bounce fits, a divergent run leaves."""

OFF = 4.0
"""How far a line is drawn beyond the edge of its chart, in lengths of the axis."""

MARGIN = {"l": 64, "r": 16, "t": 10, "b": 36}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of a closer look, in which a line is drawn as the run plays.

    figure: a Plotly figure (data, layout); its two traces are the line so far and its head.
    views: axes and curves, each with the point from which they apply, ascending. The curves are the
    figure's shapes: traces would cost time in every frame.
    """

    figure: dict[str, Any]
    views: list[dict[str, Any]]


def layout(x_axis: dict[str, Any], y_axis: dict[str, Any]) -> dict[str, Any]:
    """Plotly's layout for a chart with these axes."""
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


def line(colour: str, **line: Any) -> dict[str, Any]:
    """A line trace, still without points; ``line`` sets its style in Plotly's terms."""
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
    """A line through points, as an SVG path in axis units."""
    return "M" + "L".join(f"{x!r},{y!r}" for x, y in zip(xs, ys, strict=True))


def curve(path: str, colour: str, width: float = 1.5, dash: str = "solid") -> dict[str, Any]:
    """A line that stays the same while the run plays."""
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "path", "path": path, "line": line, "layer": "between"}


def head(colour: str, symbol: str) -> dict[str, Any]:
    """A marker trace for the current step, still without points."""
    marker = {
        "color": colour,
        "size": 13,
        "symbol": symbol,
        "line": {"color": "$paper", "width": 2},
    }
    # One empty point: Plotly would ignore a trace without points, and later clip its marker at the
    # edge of the chart.
    nowhere = {"x": [None], "y": [None]}
    return line(colour) | {"mode": "markers", "cliponaxis": False, "marker": marker} | nowhere


def drawable(weight: float | None) -> float | None:
    """The weight, or None if it is too large to draw."""
    return weight if weight is not None and abs(weight) <= CEILING else None


def around(run: Run) -> tuple[float, float]:
    """The lowest and highest weight of a chart that suits any alpha, from the run's start."""
    start, bottom = run.weights[0], drawable(lowest_weight(run.examples))
    centre = start if bottom is None else bottom
    half = SURROUNDINGS * abs(start - centre) or max(1.0, abs(centre))
    return centre - half, centre + half


def reach(low: float, high: float) -> tuple[float, float]:
    """The lowest and highest value that a chart from low to high can draw: a little beyond it."""
    beyond = OFF * (high - low)
    return low - beyond, high + beyond


def held(values: Iterable[float], low: float, high: float) -> list[float]:
    """Values clamped to the `reach` of a chart from low to high."""
    least, most = reach(low, high)
    return [min(max(value, least), most) for value in values]


def zooms(
    reaches: Sequence[float], finest: float, view: Callable[[int, float], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Views that zoom out whenever the next point would leave the current one.

    reaches: each point's distance from the centre. finest: the smallest half-width of a view.
    view: makes the view that applies from a step on, given its half-width.
    """
    views: list[dict[str, Any]] = []
    half = 0.0
    ahead = [max(pair) for pair in pairwise(reaches)] or reaches
    for step, reach in enumerate(ahead):
        if reach > half:
            half = max(reach * (ZOOM if views else ROOM), finest)
            views.append(view(step, half))
    return views


def needs_log(theory: Dynamics, run: Run) -> bool:
    """Whether a run blows up so far that a single linear axis would show only its end."""
    if theory.regime is not Regime.DIVERGENCE:
        return False
    ideal = drawable(theory.ideal_weight) or 0.0
    first, last = abs(run.weights[0] - ideal), abs(run.weights[-1] - ideal)
    return last > GROWTH_NEEDING_LOG * first
