"""Where a run stands after so many passes, by formula instead of by training.

A pass is ``weight -> A * weight + B``, so after k of them a weight that began at ``start`` is
``ideal + (start - ideal) * A**k``. The iterations that are needed follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, isclose, isfinite, log, log1p, ulp

from neuron.core.dynamics import (
    TOLERANCE,
    Regime,
    ideal_weight,
    pass_offset,
    pulls_of,
    regime,
    shrink_factor,
)
from neuron.core.training import Example, Run, finite

ROUNDING = 1e-14
"""Relative error that a quotient of two logarithms can have, generously."""

SLACK = 1e-9
"""Relative distance within which a counted miss passes for small enough: 0.1 * 0.1 is
0.010000000000000002, and yet 1 % is left."""


def weight_after(
    examples: Sequence[Example], weight: float, alpha: float, iterations: int
) -> float | None:
    """The weight after so many passes: ``ideal + (weight - ideal) * A**iterations``.

    Where every pass only `drifts`: ``weight + iterations * B``. None beyond floats.

    examples: at least one. iterations: a whole number from 0 up.
    """
    return closed_form(examples, weight, alpha)(iterations)


def closed_form(
    examples: Sequence[Example], weight: float, alpha: float
) -> Callable[[int], float | None]:
    """`weight_after` for any number of passes: ``closed_form(examples, weight, alpha)(k)``."""
    factor, offset = shrink_factor(examples, alpha), pass_offset(examples, alpha)
    ideal, adds = ideal_weight(examples, alpha), drifts(examples, alpha)
    stays = regime(examples, weight, alpha) is Regime.ALREADY_THERE

    def after(iterations: int) -> float | None:
        if stays:  # the last digit of ideal is rounded, and A**iterations would blow that up
            return weight
        try:
            if adds:
                value = weight + iterations * offset
            elif ideal is None:
                return None
            else:
                value = ideal + (weight - ideal) * factor**iterations
        except OverflowError:
            return None
        return value if isfinite(value) else None

    return after


def drifts(examples: Sequence[Example], alpha: float) -> bool:
    """Whether every pass adds the same B, for A is 1: the reason why no weight is ideal.

    The other reason is that the ideal weight, or the pass, is beyond floats.
    """
    factor = shrink_factor(examples, alpha)
    return ideal_weight(examples, alpha) is None and isclose(factor, 1, rel_tol=TOLERANCE)


def predicted_iterations(
    examples: Sequence[Example], weight: float, alpha: float, tolerance: float
) -> int | None:
    """The smallest k with ``|A|**k <= tolerance``: passes until so little of the miss is left.

    k = log(tolerance) / log|A|, rounded up.

    tolerance: a fraction of the starting miss, above 0 and at most 1; the error, being squared,
    has then fallen to ``tolerance**2`` of what it was. 0 when the run starts at its answer, 1 where
    A counts as 0 (`TOLERANCE` in convergence.py), None when it never gets there, or not within as
    many passes as floats can count. Raises ValueError for a tolerance outside its range.
    """
    tolerance = finite("tolerance", tolerance)
    if not 0 < tolerance <= 1:
        raise ValueError(f"tolerance must be above 0 and at most 1, got {tolerance!r}")
    kind = regime(examples, weight, alpha)
    if kind is Regime.ALREADY_THERE or tolerance == 1:
        return 0
    if kind is Regime.ONE_STEP:
        return 1
    if kind not in (Regime.MONOTONE, Regime.DAMPED_OSCILLATION):
        return None
    # log1p, for 1 - pull would lose the digits of a small pull; ROUNDING, so that a tie is met.
    shrink = sum(log1p(-p) if p < 1 else log(p - 1) for p in pulls_of(examples, alpha))
    passes = log(tolerance) / shrink * (1 - ROUNDING)
    return max(1, ceil(passes)) if isfinite(passes) else None


def counted_iterations(run: Run, tolerance: float) -> int | None:
    """Passes of a run until ``|weight - ideal| <= tolerance * |start - ideal|``.

    tolerance: as for `predicted_iterations`. None if the run ends before, or has no ideal weight.
    """
    if regime(run.examples, run.weights[0], run.alpha) is Regime.ALREADY_THERE:
        return 0
    ideal = ideal_weight(run.examples, run.alpha)
    if ideal is None:
        return None
    enough = max(tolerance * abs(run.weights[0] - ideal) * (1 + SLACK), ulp(ideal))
    passes = run.weights[:: len(run.examples)]
    return next((k for k, w in enumerate(passes) if abs(w - ideal) <= enough), None)
