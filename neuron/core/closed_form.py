"""Where a run stands after so many passes, by formula instead of by training.

A pass is ``weight -> A * weight + B``, so after k of them a weight that began at ``start`` is
``ideal + (start - ideal) * A**k``. The number of iterations that are needed follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, isfinite, log, log1p, ulp

from neuron.core.dynamics import Dynamics, Regime, dynamics
from neuron.core.training import Example, Run, finite

ROUNDING = 1e-14
"""Relative error that a quotient of two logarithms can have, generously."""

SLACK = 1e-9
"""Relative distance within which a counted gap passes for small enough: 0.1 * 0.1 is
0.010000000000000002, and yet 1% is left."""


def weight_after(
    examples: Sequence[Example], weight: float, alpha: float, iterations: int
) -> float | None:
    """The weight after so many passes: ``ideal + (weight - ideal) * A**iterations``.

    Where every pass adds the same B: ``weight + iterations * B``. None beyond floats.

    examples: at least one. iterations: a whole number from 0 up.
    """
    return weight_by_formula(dynamics(examples, weight, alpha), iterations)


def weight_by_formula(theory: Dynamics, iterations: int) -> float | None:
    """`weight_after` of a `Dynamics`."""
    start, ideal = theory.weight, theory.ideal_weight
    if theory.regime is Regime.ALREADY_THERE:  # A**iterations would blow up ideal's last digit
        return start
    try:
        if theory.drifts:
            value = start + iterations * theory.offset
        elif ideal is None:
            return None
        else:
            value = ideal + (start - ideal) * theory.shrink_factor**iterations
    except OverflowError:
        return None
    return value if isfinite(value) else None


def predicted_iterations(
    examples: Sequence[Example], weight: float, alpha: float, tolerance: float
) -> int | None:
    """The smallest k with ``|A|**k <= tolerance``: passes until so little of the gap is left.

    k = log(tolerance) / log|A|, rounded up.

    tolerance: a fraction of the starting gap, above 0 and at most 1; the error, being squared,
    has then fallen to ``tolerance**2`` of what it was. 0 when the run starts at its answer, 1 when
    one pass lands, None when the gap never gets so small, or not within as many passes as floats
    can count. Raises ValueError for a tolerance outside its range.
    """
    return needed_iterations(dynamics(examples, weight, alpha), tolerance)


def needed_iterations(theory: Dynamics, tolerance: float) -> int | None:
    """`predicted_iterations` of a `Dynamics`."""
    tolerance = finite("tolerance", tolerance)
    if not 0 < tolerance <= 1:
        raise ValueError(f"tolerance must be above 0 and at most 1, got {tolerance!r}")
    if theory.regime is Regime.ALREADY_THERE or tolerance == 1:
        return 0
    if theory.regime is Regime.ONE_STEP:
        return 1
    if not theory.regime.converges:
        return None
    # log1p, because 1 - pull would lose the digits of a small pull.
    pulls = [theory.alpha * e.input * e.input for e in theory.examples]
    shrink = sum(log1p(-pull) if pull < 1 else log(pull - 1) for pull in pulls)
    passes = log(tolerance) / shrink * (1 - ROUNDING)  # a tie is met
    return max(1, ceil(passes)) if isfinite(passes) else None


def counted_iterations(theory: Dynamics, run: Run, tolerance: float) -> int | None:
    """Passes of a run until ``|weight - ideal| <= tolerance * |start - ideal|``.

    tolerance: as for `predicted_iterations`. None if the run ends before, or has no ideal weight.
    """
    if theory.regime is Regime.ALREADY_THERE:
        return 0
    ideal = theory.ideal_weight
    if ideal is None:
        return None
    enough = max(tolerance * abs(theory.weight - ideal) * (1 + SLACK), ulp(ideal))
    passes = run.weights[:: len(run.examples)]
    return next((k for k, w in enumerate(passes) if abs(w - ideal) <= enough), None)
