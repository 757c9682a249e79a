"""What all charts are made of: layout and lines, and the record of a line that is revealed.

Figures are plain dicts, because Plotly's own check of a figure costs more than the whole page. A
colour is a name of `PALETTE` behind a ``$``: only the browser knows which theme is on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from neuron.core.dynamics import Dynamics, Regime, lowest_weight
from neuron.core.training import Run

GROWTH_NEEDING_LOG = 30.0
"""How many times larger than the first gap the last one is before a picture has several views."""

CEILING = 1e300
"""The furthest that is drawn: axes need room above it, and floats end at 1.8e308."""

ROOM = 1.2
"""How much further than the furthest point a view shows."""

ZOOM = 3.0
"""How much further than the next point a view shows when it has to zoom out."""

SURROUNDINGS = 1.5
"""How many starting gaps `around` shows to both sides: a bounce fits, what blows up leaves."""

OFF = 4.0
"""How far beyond a chart's edges a line that leaves it is still drawn, in lengths of its axis."""

MARGIN = {"l": 64, "r": 16, "t": 10, "b": 36}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of a closer look in which a line is revealed.

    figure: a Plotly figure (data, layout); its last two traces are the line so far and its head.
    x, y: names of the columns that the line is drawn through.
    stairs: whether the head goes to the next point upright first, then level, as a cobweb does.
    views: from which point on which axes and which curves hold, ascending; none if neither changes.
    The curves are the figure's first shapes: as traces they would cost time in every frame.
    """

    figure: dict[str, Any]
    x: str
    y: str
    stairs: bool = False
    views: list[dict[str, Any]] = field(default_factory=list)


def layout(x_axis: dict[str, Any], y_axis: dict[str, Any]) -> dict[str, Any]:
    """Plotly's layout of a chart with these axes."""
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
    """A trace without points yet, as a line; ``line`` is what Plotly takes of its style."""
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


def curve(path: str, colour: str, width: float = 1.5, dash: str = "solid") -> dict[str, Any]:
    """A line that stands still while the run plays."""
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "path", "path": path, "line": line, "layer": "between"}


def head(colour: str, symbol: str) -> dict[str, Any]:
    """A trace without points yet, as the marker of the current step."""
    marker = {
        "color": colour,
        "size": 13,
        "symbol": symbol,
        "line": {"color": "$paper", "width": 2},
    }
    # One point that is nowhere: Plotly would take a trace without points for none at all, and cut
    # its marker in half at the chart's edge.
    nowhere = {"x": [None], "y": [None]}
    return line(colour) | {"mode": "markers", "cliponaxis": False, "marker": marker} | nowhere


def drawable(weight: float | None) -> float | None:
    """The weight, unless it is too far away to be drawn."""
    return weight if weight is not None and abs(weight) <= CEILING else None


def around(run: Run) -> tuple[float, float]:
    """The lowest and highest weight of a chart that shows any alpha from this run's start."""
    start, bottom = run.weights[0], drawable(lowest_weight(run.examples))
    centre = start if bottom is None else bottom
    half = SURROUNDINGS * abs(start - centre) or max(1.0, abs(centre))
    return centre - half, centre + half


def held(values: Iterable[float], low: float, high: float) -> list[float]:
    """Values as a chart from low to high can draw them: what leaves it ends a little way beyond."""
    beyond = OFF * (high - low)
    return [min(max(value, low - beyond), high + beyond) for value in values]


def zooms(
    reaches: Sequence[float], finest: float, view: Callable[[int, float], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Views that zoom out whenever the next point would leave the last one.

    reaches: how far from the middle each point is. finest: the least that a view shows.
    view: makes the view that holds from a step on, so far to both sides.
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
    """Whether a run blows up so far that a linear axis would show only its end."""
    if theory.regime is not Regime.DIVERGENCE:
        return False
    ideal = drawable(theory.ideal_weight) or 0.0
    first, last = abs(run.weights[0] - ideal), abs(run.weights[-1] - ideal)
    return last > GROWTH_NEEDING_LOG * first
