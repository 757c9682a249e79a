"""The weight after any number of passes, by formula instead of training.

A pass is ``weight -> A * weight + B``, so after k passes a weight that began at ``start`` is
``ideal + (start - ideal) * A**k``. The number of iterations needed follows from this.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, isfinite, log, log1p, ulp

from neuron.core.dynamics import Dynamics, Regime, dynamics
from neuron.core.training import Example, Run, finite

ROUNDING = 1e-14
"""A generous bound on the relative error of a quotient of two logarithms."""

SLACK = 1e-9
"""Relative amount by which a counted gap may exceed the tolerance, to allow for rounding: 0.1 * 0.1
is 0.010000000000000002, yet counts as 1%."""


def weight_after(
    examples: Sequence[Example], weight: float, alpha: float, iterations: int
) -> float | None:
    """The weight by formula: ``ideal + (weight - ideal) * A**iterations``.

    If every pass adds the same B: ``weight + iterations * B``. None if it overflows, or there is
    no ideal weight.

    examples: at least one. iterations: a whole number from 0 up.
    """
    return weight_by_formula(dynamics(examples, weight, alpha), iterations)


def weight_by_formula(theory: Dynamics, iterations: int) -> float | None:
    """`weight_after` for a `Dynamics`."""
    start, ideal = theory.weight, theory.ideal_weight
    if theory.regime is Regime.ALREADY_THERE:  # A**iterations would magnify ideal's rounding
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
    """The smallest k with ``|A|**k <= tolerance``: passes until the gap is that small.

    k = log(tolerance) / log|A|, rounded up.

    tolerance: a fraction of the starting gap, above 0 and at most 1; the error, being squared,
    has then fallen to ``tolerance**2`` of what it was. 0 if the run is there from the start, 1 if
    one pass lands, None if the gap never gets that small or the number of passes overflows.
    Raises ValueError for a tolerance outside its range.
    """
    return needed_iterations(dynamics(examples, weight, alpha), tolerance)


def needed_iterations(theory: Dynamics, tolerance: float) -> int | None:
    """`predicted_iterations` for a `Dynamics`."""
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
    passes = log(tolerance) / shrink * (1 - ROUNDING)  # a tie counts as reached
    return max(1, ceil(passes)) if isfinite(passes) else None


def counted_iterations(theory: Dynamics, run: Run, tolerance: float) -> int | None:
    """Passes of a run until ``|weight - ideal| <= tolerance * |start - ideal|``.

    tolerance: as for `predicted_iterations`. None if the run ends first, or has no ideal weight.
    """
    if theory.regime is Regime.ALREADY_THERE:
        return 0
    ideal = theory.ideal_weight
    if ideal is None:
        return None
    enough = max(tolerance * abs(theory.weight - ideal) * (1 + SLACK), ulp(ideal))
    passes = run.weights[:: len(run.examples)]
    return next((k for k, w in enumerate(passes) if abs(w - ideal) <= enough), None)
