"""Several runs in one chart: weight by step and error by step, each line labelled at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from neuron.charts import axes
from neuron.charts.downsampling import MOST_DRAWN, downsample
from neuron.charts.picture import around, head, held, layout, line, reach
from neuron.core.training import LARGEST, mean_errors
from neuron.words.comparison import Compared

STYLES = [
    ("$run1", "dash", "square"),
    ("$run2", "dashdot", "diamond"),
    ("$run3", "longdash", "triangle-up"),
    ("$run4", "dot", "cross"),
]
"""Colour, dash and marker of each kept run; a run that is not kept uses `SHOWN`."""

SHOWN = ("$weight", "solid", "circle")

LETTER = 6.5
"""The approximate width of a letter in pixels, to leave room for the longest name."""

OFF_CHART = "off the chart"
"""Added below the name of a run whose line leaves the chart."""

APART = 0.085
"""The height of a line of text, as a fraction of the axis."""

LOWEST, HIGHEST = 1e-16, 1e4
"""The range of errors drawn, as multiples of the largest starting error."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """Several runs in two charts: ``weight`` and ``error`` by step.

    figures: each chart's Plotly figure, with one trace per run and, last, one for the heads, which
    has no points yet. columns: for each chart, the height of each run's line at every step, of
    which long lines are drawn with fewer points. bounds: between which heights each chart can draw;
    the browser, which repeats the runs, keeps the heads there.
    """

    figures: dict[str, dict[str, Any]]
    columns: dict[str, list[Sequence[float]]]
    bounds: dict[str, tuple[float, float]]


def overlay(compared: Sequence[Compared], shown: int | None = None) -> Overlay:
    """The charts of the kept runs and the one shown, which has a thick line.

    shown: the index of the run shown; None if it is not kept and comes last.
    """
    styles = list(STYLES[: len(compared)])
    if shown is None:
        shown = len(compared) - 1
        styles[shown:] = [SHOWN]
    ranges = [around(one.trial.run) for one in compared]
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    means = [mean_errors(one.trial.run.examples, one.trial.run) for one in compared]
    start = max(column[0] for column in means) or 1.0
    floor = axes.logarithm(start * LOWEST)
    ceiling = axes.logarithm(min(start, LARGEST / HIGHEST) * HIGHEST)
    columns: dict[str, list[Sequence[float]]] = {
        "weight": [held(one.trial.run.weights, low, high) for one in compared],
        "error": [[max(floor, axes.logarithm(error)) for error in column] for column in means],
    }
    drawn = [min(error, ceiling) for column in columns["error"] for error in column]
    scales = {
        "weight": axes.exactly(low, high, "weight"),
        "error": axes.logarithmic(drawn, "error"),
    }
    return Overlay(
        {name: _figure(compared, styles, shown, columns[name], scales[name]) for name in columns},
        columns,
        {"weight": reach(low, high), "error": (floor, axes.logarithm(LARGEST))},
    )


def _figure(
    compared: Sequence[Compared],
    styles: Sequence[tuple[str, str, str]],
    shown: int,
    columns: Sequence[Sequence[float]],
    axis: dict[str, Any],
) -> dict[str, Any]:
    """One chart: a line per run, with its name on the right, where it ends or leaves the chart."""
    last = max(len(one.trial.run.weights) for one in compared) - 1
    data = []
    for place, ((colour, dash, _), column) in enumerate(zip(styles, columns, strict=True)):
        drawn = downsample(tuple(column), MOST_DRAWN)
        data.append(
            line(colour, dash=dash, width=3 if place == shown else 2)
            | {"x": drawn, "y": [column[k] for k in drawn]}
        )
    heads = head("$ink", "circle")
    heads["marker"] |= {
        "color": [colour for colour, _, _ in styles],
        "symbol": [symbol for _, _, symbol in styles],
    }
    drawn_layout = layout(axes.steps(last), axis)
    low, high = axis["range"]
    off = [min(column) < low or max(column) > high for column in columns]
    names = [[*one.label, *[OFF_CHART] * gone] for one, gone in zip(compared, off, strict=True)]
    longest = max(len(text) for name in names for text in name)
    drawn_layout["margin"] = drawn_layout["margin"] | {"r": 16 + round(LETTER * longest)}
    ends = [min(max(column[-1], low), high) for column in columns]
    heights = _apart(ends, [*map(len, names)], low, high)
    drawn_layout["annotations"] = [
        {
            "xref": "paper",
            "x": 1.0,
            "xanchor": "left",
            "xshift": 6,
            "y": height,
            "showarrow": False,
            "align": "left",
            "text": "<br>".join(name),
            "font": {"color": colour},
        }
        for name, height, (colour, _, _) in zip(names, heights, styles, strict=True)
    ]
    return {"data": [*data, heads], "layout": drawn_layout}


def _apart(heights: Sequence[float], lines: Sequence[int], low: float, high: float) -> list[float]:
    """The heights, moved apart so that names of this many lines do not overlap; the order stays.

    If there is no room for all of them, lines are closer together.
    """
    each = min(APART, (1 + APART) / sum(lines)) * (high - low)
    half = [count * each / 2 for count in lines]
    edge = APART * (high - low) / 2
    order = sorted(range(len(heights)), key=heights.__getitem__)
    placed = dict.fromkeys(order, 0.0)
    floor = low - edge
    for place in order:  # upwards
        placed[place] = max(heights[place], floor + half[place])
        floor = placed[place] + half[place]
    ceiling = high + edge
    for place in reversed(order):  # and back down if they run over the top
        placed[place] = min(placed[place], ceiling - half[place])
        ceiling = placed[place] - half[place]
    return [placed[place] for place in range(len(heights))]
