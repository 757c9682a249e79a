"""The alpha ruler: where the reader is, and what each alpha would do for this training data."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

from neuron.core.dynamics import Dynamics, Regime, best_alpha, regime_of, seen_regime_of
from neuron.state.parameters import ALPHA
from neuron.words.numbers import number
from neuron.words.verdict import BAND_WORDS, NARROW, further_ranges

LARGEST = 1e300
"""The largest limit that a scale is drawn for; the page's alphas end at a million."""

FURTHEST = 10.0
"""How many times the limit a later edge may be and still be on the scale: inputs 1 and 100 settle
again near alpha 1, and a scale that reached there would show nothing of the rest."""

PAST = 1.05
"""How many times the limit is just past it: far enough for the growth to be seen."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """A scale of alpha for the training data: where you are, and what happens where.

    alpha: where you are. places: the best alpha, the limit and just past it, each with ``alpha``
    and ``name``, as far as alpha can be set there. top: its right end, past the limit or where
    alpha ends; it starts at 0. step: what one press of an arrow key changes. marks: the critical
    alphas, each with ``alpha`` and ``label``. bands: stretches ``low`` to ``high`` with one
    ``regime`` and a ``word`` for it. sentence: in words.
    """

    alpha: float
    top: float
    step: float
    marks: list[dict[str, Any]]
    bands: list[dict[str, Any]]
    places: list[dict[str, Any]]
    sentence: str


def ruler(theory: Dynamics) -> Ruler:
    """The alpha ruler of some training data.

    The regime changes where A is 0 or |A| is 1; between two such alphas it stays the same. Beyond
    the limit marks say from and to which alphas a run settles again.
    """
    data, best, stable = theory.examples, theory.best_alpha, theory.stable_ranges
    if best is None or not stable or stable[0][1] > LARGEST / FURTHEST:
        return Ruler(
            theory.alpha, 1.0, 0.01, [], [], [], "No alpha makes a difference with this input."
        )
    edges = [edge for low_high in stable for edge in low_high][1:]
    wide = [high for low, high in stable[1:] if high - low > NARROW * edges[0]]
    last = max(edge for edge in (edges[0], *wide) if edge <= FURTHEST * edges[0])
    finest = last / 100
    power = 10.0 ** floor(log10(finest))
    step = power * max(m for m in (1, 2, 5) if m * power <= finest)
    top = step * ceil(1.6 * last / step)
    if top > ALPHA.high:
        top, step = ALPHA.high, ALPHA.high / 100
    roots = {root for example in data if (root := best_alpha([example])) and root < top}
    near = [edge for edge in edges if edge < top]
    ends = sorted({0.0, top, *roots, *near})
    bands: list[dict[str, Any]] = []
    for low, high in pairwise(ends):
        kind = seen_regime_of(data, (low + high) / 2)
        # Between two roots as near as floats can be there is no stretch to be named.
        if bands and (kind not in BAND_WORDS or bands[-1]["regime"] == kind.name.lower()):
            bands[-1]["high"] = high
        else:
            word = BAND_WORDS.get(kind, BAND_WORDS[Regime.MONOTONE])
            bands.append({"low": low, "high": high, "regime": kind.name.lower(), "word": word})
    names = ["best", "limit", *["from", "to"] * len(near)]
    marks = [
        {"alpha": short(alpha), "label": f"{name} {number(alpha)}"}
        for name, alpha in zip(names, [best, *near], strict=False)
        if alpha <= top
    ]
    gap = stable[1][0] if stable[1:] else 2 * edges[0]
    past = min(PAST * edges[0], (edges[0] + gap) / 2)
    places = {"Best alpha": best, "At the limit": edges[0], "Just past it": past}
    bounces = regime_of(data, edges[0]) is Regime.SUSTAINED_OSCILLATION
    at_limit = "bounces" if bounces else "no longer does"
    again = f", and {further}" if (further := further_ranges(stable)) else ""
    return Ruler(
        theory.alpha,
        top,
        step,
        marks,
        bands,
        [
            {"name": name, "alpha": short(alpha)}
            for name, alpha in places.items()
            if alpha <= ALPHA.high
        ],
        sentence=(
            f"At {number(best)} it lands in one {'pass' if len(data) > 1 else 'step'}, up to "
            f"{number(edges[0])} it settles{again}; at the limit it {at_limit}, beyond it blows up."
        ),
    )


def short(alpha: float) -> float:
    """The same alpha without rounding errors: 100 for 99.99999999999999.

    Its 14 digits stay well within the core's `TOLERANCE`.
    """
    return float(f"{alpha:.14g}")
