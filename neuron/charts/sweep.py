"""A sweep over the alphas of the ruler: the same run with each of them, and its two charts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Any

from neuron.charts import axes
from neuron.charts.picture import around, curve, drawable, head, layout, line, path, reach
from neuron.charts.ruler import Ruler, ruler, short
from neuron.core import sweep as core
from neuron.core.dynamics import Dynamics
from neuron.core.training import Run
from neuron.words.numbers import DIGITS, GIVEN_DIGITS, number
from neuron.words.sweep import trial_in_words

FRAMES = 240
"""How many equal steps the ruler is divided into; critical alphas are added."""

LONGEST = 40
"""How many steps of each run are drawn: more would look the same."""

NEVER = 0.5
"""How far above the largest number of iterations "never" is drawn, in powers of ten."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Runs that differ only in alpha, by ascending alpha; all columns have equal length.

    alphas: from 0 to the ruler's end, including each critical alpha and the reader's. names: the
    alphas as text, the reader's in full. trials: a run with each. sentences: what happens at each.
    here: the index of the reader's alpha, or the last if that is off the ruler.
    """

    alphas: tuple[float, ...]
    names: tuple[str, ...]
    trials: tuple[core.Trial, ...]
    sentences: tuple[str, ...]
    here: int

    @property
    def needed(self) -> tuple[int | None, ...]:
        """The iterations each run needs, None for never."""
        return tuple(trial.needed for trial in self.trials)

    @property
    def paths(self) -> tuple[tuple[float, ...], ...]:
        """Each run's weight by step."""
        return tuple(trial.run.weights for trial in self.trials)


def sweep(theory: Dynamics, run: Run, tolerance: float) -> Sweep:
    """The sweep with a run's training data, starting weight and length, at most `LONGEST` steps.

    tolerance: as for `predicted_iterations`.
    """
    scale = ruler(theory)
    even = {short(scale.top * k / FRAMES) for k in range(FRAMES + 1)}
    critical = {mark.alpha for mark in scale.marks}
    mine = {theory.alpha} if 0 <= theory.alpha <= scale.top else set()
    alphas = sorted(even | critical | mine)
    iterations = min(run.iterations, LONGEST // len(run.examples))
    trials = core.sweep(theory, alphas, iterations, tolerance)
    names = [number(alpha, GIVEN_DIGITS if alpha == theory.alpha else DIGITS) for alpha in alphas]
    return Sweep(
        alphas=tuple(alphas),
        names=tuple(names),
        trials=trials,
        sentences=tuple(
            trial_in_words(trial, name, tolerance)
            for trial, name in zip(trials, names, strict=True)
        ),
        here=min(bisect_left(alphas, theory.alpha), len(alphas) - 1),
    )


@dataclass(frozen=True, slots=True)
class SweepCharts:
    """The two charts of a sweep.

    path: a Plotly figure whose only trace shows the run at an alpha, which the browser repeats.
    bounds: between which heights it can draw. needed: a figure of iterations against alpha: its
    first trace goes through all alphas, the others are the line so far and its head.
    """

    path: dict[str, Any]
    bounds: tuple[float, float]
    needed: dict[str, Any]


def sweep_charts(theory: Dynamics, run: Run, swept: Sweep) -> SweepCharts:
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
    decades = ceil(log10(1 + max((n for n in needed if n is not None), default=1)))
    # log10(1 + n), so that 0 can be drawn too; "never" is above everything.
    heights = tuple(decades + NEVER if n is None else log10(1 + n) for n in needed)
    return SweepCharts(
        {"data": [trace], "layout": drawn},
        reach(low, high),
        _needed(ruler(theory), decades, swept.alphas, heights),
    )


def _needed(
    scale: Ruler, decades: int, alphas: Sequence[float], heights: Sequence[float]
) -> dict[str, Any]:
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
    return {
        "data": [whole, line("$weight", width=2.5), head("$weight", "circle")],
        "layout": drawn,
    }
