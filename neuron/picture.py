"""What all the stage's charts are made of: a picture's record, its layout and its lines.

Figures are plain dicts, for Plotly's own check of a figure costs more than the whole page. They
hold axes, fixed curves and styles; a run's columns travel to the browser once, beside them, and
each `Picture` says which of the columns it draws. A colour is a name of `PALETTE` behind a ``$``:
which of the two themes is on is known in the browser only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from neuron.convergence import Regime, ideal_weight, regime
from neuron.training import Run

GROWTH_NEEDING_LOG = 30.0
"""How often larger the largest miss may be than the smallest before axes become logarithmic."""

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
    return line(colour) | {"mode": "markers", "cliponaxis": False, "marker": marker}


def training_error(run: Run) -> str:
    """The name of the column of mean training errors: each step's own error, of one example."""
    return "error" if len(run.examples) == 1 else "training_error"


def settles_at(run: Run) -> float | None:
    """The ideal weight, unless it is too far away to be drawn."""
    return drawable(ideal_weight(run.examples, run.alpha))


def drawable(weight: float | None) -> float | None:
    """The weight, unless it is too far away to be drawn."""
    return weight if weight is not None and abs(weight) <= CEILING else None


def needs_log(run: Run) -> bool:
    """Whether a run blows up so far that a linear axis would show only its end."""
    if regime(run.examples, run.weights[0], run.alpha) is not Regime.DIVERGENCE:
        return False
    ideal = settles_at(run) or 0.0
    first, last = abs(run.weights[0] - ideal), abs(run.weights[-1] - ideal)
    return last > GROWTH_NEEDING_LOG * first
