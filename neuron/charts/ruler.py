"""The alpha ruler: the current alpha, and what each alpha would do with this training data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from neuron.charts import axes
from neuron.core.dynamics import Dynamics, Regime, best_alpha, regime_of, seen_regime_of
from neuron.core.training import Example
from neuron.state.parameters import ALPHA
from neuron.words.numbers import number
from neuron.words.verdict import BAND_WORDS, NARROW, further_ranges

LARGEST_LIMIT = 1e300
"""The largest limit that a scale is drawn for; the page allows alphas up to a million."""

FURTHEST = 10.0
"""The largest multiple of the limit at which a later edge still fits on the scale. With inputs 1
and 100 a run settles again near alpha 1: a scale that reached so far would squash all else."""

PAST = 1.05
"""The alpha of "Past the limit", in multiples of the limit: far enough to see the growth."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A critical alpha and its label on the scale: ``best 0.25``."""

    alpha: float
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """A range of alphas with one regime (its name in lower case), and a word for it."""

    low: float
    high: float
    regime: str
    word: str


@dataclass(frozen=True, slots=True)
class Place:
    """An alpha to go to, by name: ``Best alpha``."""

    name: str
    alpha: float


@dataclass(frozen=True, slots=True)
class Ruler:
    """A scale of alpha for the training data, with what happens where.

    top: the right end, past the limit or where alpha ends; the left is 0. step: the change per
    press of an arrow key. marks: the critical alphas, ascending. bands: the regimes from end to
    end. places: the best alpha, the limit and past it, where alpha can be set that high. sentence:
    the same in words.
    """

    top: float
    step: float
    marks: tuple[Mark, ...]
    bands: tuple[Band, ...]
    places: tuple[Place, ...]
    sentence: str


def ruler(theory: Dynamics) -> Ruler:
    """The alpha ruler for the training data of a `Dynamics`.

    The regime changes only where A is 0 or |A| is 1. Beyond the limit, marks show where a
    run starts and where it stops settling again.
    """
    best, stable = theory.best_alpha, theory.stable_ranges
    if best is None or not stable or stable[0][1] > LARGEST_LIMIT / FURTHEST:
        nothing = "No alpha makes a difference with this data."
        return Ruler(1.0, 0.01, (), (), (), nothing)
    edges = [edge for low_high in stable for edge in low_high][1:]
    top, step = _scale(stable)
    near = [edge for edge in edges if edge < top]
    names = ["best", "limit", *["from", "to"] * len(near)]
    marks = [
        Mark(short(alpha), f"{name} {number(alpha)}")
        for name, alpha in zip(names, [best, *near], strict=False)
        if alpha <= top
    ]
    limit = edges[0]
    gap = stable[1][0] if stable[1:] else 2 * limit
    past = min(PAST * limit, (limit + gap) / 2)
    places = {"Best alpha": best, "At the limit": limit, "Past the limit": past}
    return Ruler(
        top=top,
        step=step,
        marks=tuple(marks),
        bands=_bands(theory.examples, near, top),
        places=tuple(
            Place(name, short(alpha)) for name, alpha in places.items() if alpha <= ALPHA.high
        ),
        sentence=_sentence(theory, best, limit),
    )


def _scale(stable: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The right end of the scale, and the step."""
    (_, limit), *others = stable
    wide = [high for low, high in others if high - low > NARROW * limit]
    last = max(edge for edge in (limit, *wide) if edge <= FURTHEST * limit)
    step = axes.round_step(last / 100)
    top = step * ceil(1.6 * last / step)
    return (top, step) if top <= ALPHA.high else (ALPHA.high, ALPHA.high / 100)


def _bands(data: Sequence[Example], edges: Sequence[float], top: float) -> tuple[Band, ...]:
    """The bands from 0 to the top; edges: where |A| is 1."""
    roots = {root for example in data if (root := best_alpha([example])) and root < top}
    bands: list[Band] = []
    for low, high in pairwise(sorted({0.0, top, *roots, *edges})):
        kind = seen_regime_of(data, (low + high) / 2)
        # Between two roots that differ only by rounding there is no band to name.
        if bands and (kind not in BAND_WORDS or bands[-1].regime == kind.name.lower()):
            bands[-1] = replace(bands[-1], high=high)
        else:
            word = BAND_WORDS.get(kind, BAND_WORDS[Regime.MONOTONE])
            bands.append(Band(low, high, kind.name.lower(), word))
    return tuple(bands)


def _sentence(theory: Dynamics, best: float, limit: float) -> str:
    once = "iteration" if len(theory.examples) > 1 else "step"
    bounces = regime_of(theory.examples, limit) is Regime.SUSTAINED_OSCILLATION
    at_limit = "bounces" if bounces else "no longer does"
    again = f", and {further}" if (further := further_ranges(theory.stable_ranges)) else ""
    return (
        f"At {number(best)} it lands in one {once}; up to {number(limit)} it settles{again}; at "
        f"the limit it {at_limit}; beyond that it blows up."
    )


def short(alpha: float) -> float:
    """The same alpha without rounding errors: 100 for 99.99999999999999.

    Its 14 digits stay well within the core's `TOLERANCE`.
    """
    return float(f"{alpha:.14g}")
