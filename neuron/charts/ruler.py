"""The alpha ruler: where the reader is, and what each alpha would do for this training data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, floor, log10

from neuron.core.dynamics import Dynamics, Regime, best_alpha, regime_of, seen_regime_of
from neuron.core.training import Example
from neuron.state.parameters import ALPHA
from neuron.words.numbers import number
from neuron.words.verdict import BAND_WORDS, NARROW, further_ranges

LARGEST = 1e300
"""The largest limit that a scale is drawn for; the page's alphas end at a million."""

FURTHEST = 10.0
"""How many times the limit a later edge may be and still be on the scale: inputs 1 and 100 settle
again near alpha 1, and a scale that reached there would show nothing of the rest."""

PAST = 1.05
"""Where "past the limit" is, in multiples of the limit: far enough to see the growth."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A critical alpha and what stands beside it on the scale: ``best 0.25``."""

    alpha: float
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of alphas in one regime (its name in lower case), and a word for it."""

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
    """A scale of alpha for the training data: where you are, and what happens where.

    alpha: where you are. top: the right end, past the limit or where alpha ends; the left end is 0.
    step: what one press of an arrow key changes. marks: the critical alphas, ascending. bands:
    stretches of one regime, from end to end. places: the best alpha, the limit and past it, as
    far as alpha can be set there. sentence: the same in words.
    """

    alpha: float
    top: float
    step: float
    marks: tuple[Mark, ...]
    bands: tuple[Band, ...]
    places: tuple[Place, ...]
    sentence: str


def ruler(theory: Dynamics) -> Ruler:
    """The alpha ruler of some training data.

    The regime changes where A is 0 or |A| is 1; between two such alphas it stays the same. Beyond
    the limit, marks say from and to which alphas a run settles again.
    """
    best, stable = theory.best_alpha, theory.stable_ranges
    if best is None or not stable or stable[0][1] > LARGEST / FURTHEST:
        nothing = "No alpha makes a difference with this input."
        return Ruler(theory.alpha, 1.0, 0.01, (), (), (), nothing)
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
        alpha=theory.alpha,
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
    """The right end of the scale, and a step: 1, 2 or 5 times a power of ten."""
    (_, limit), *others = stable
    wide = [high for low, high in others if high - low > NARROW * limit]
    last = max(edge for edge in (limit, *wide) if edge <= FURTHEST * limit)
    finest = last / 100
    power = 10.0 ** floor(log10(finest))
    step = power * max(m for m in (1, 2, 5) if m * power <= finest)
    top = step * ceil(1.6 * last / step)
    return (top, step) if top <= ALPHA.high else (ALPHA.high, ALPHA.high / 100)


def _bands(data: Sequence[Example], edges: Sequence[float], top: float) -> tuple[Band, ...]:
    """What happens between 0 and the top; edges: where |A| is 1."""
    roots = {root for example in data if (root := best_alpha([example])) and root < top}
    bands: list[Band] = []
    for low, high in pairwise(sorted({0.0, top, *roots, *edges})):
        kind = seen_regime_of(data, (low + high) / 2)
        # Between two roots as near as floats can be there is no stretch to be named.
        if bands and (kind not in BAND_WORDS or bands[-1].regime == kind.name.lower()):
            bands[-1] = replace(bands[-1], high=high)
        else:
            word = BAND_WORDS.get(kind, BAND_WORDS[Regime.MONOTONE])
            bands.append(Band(low, high, kind.name.lower(), word))
    return tuple(bands)


def _sentence(theory: Dynamics, best: float, limit: float) -> str:
    once = "pass" if len(theory.examples) > 1 else "step"
    bounces = regime_of(theory.examples, limit) is Regime.SUSTAINED_OSCILLATION
    at_limit = "bounces" if bounces else "no longer does"
    again = f", and {further}" if (further := further_ranges(theory.stable_ranges)) else ""
    return (
        f"At {number(best)} it lands in one {once}, up to {number(limit)} it settles{again}; "
        f"at the limit it {at_limit}, beyond it blows up."
    )


def short(alpha: float) -> float:
    """The same alpha without rounding errors: 100 for 99.99999999999999.

    Its 14 digits stay well within the core's `TOLERANCE`.
    """
    return float(f"{alpha:.14g}")
