"""Why a run settles, bounces or blows up: theory, from the shrink factor alone.

One pass through the training data is an affine map ``weight -> A * weight + B``. Each example
contributes ``weight -> (1 - alpha * input**2) * weight + alpha * input * goal``, so the *shrink
factor* is ``A = product of (1 - alpha * input**2)``: what one pass leaves of the miss, where the
miss is the distance to the ideal weight. Goh, "Why Momentum Really Works" (Distill, 2017), derives
the same bound as ``0 < alpha * lambda < 2`` with ``lambda = input**2``.

All functions take at least one example.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from enum import Enum
from itertools import pairwise
from math import inf, isclose, isfinite, log, prod

from neuron.core.training import Example, finite

TOLERANCE = 1e-9
"""Relative distance within which a float counts as equal to a critical value: 200 * 0.1**2 is
2.0000000000000004, and yet alpha 200 is exactly at the limit for input 0.1."""

NEGLIGIBLE = 1e-300
"""An input**2 so small beside the largest that no alpha on this side of it can feel it."""


class Regime(Enum):
    """What a run does, whatever its length."""

    MONOTONE = "monotone"
    ONE_STEP = "one step"
    DAMPED_OSCILLATION = "damped oscillation"
    SUSTAINED_OSCILLATION = "sustained oscillation"
    DIVERGENCE = "divergence"
    STUCK = "stuck"
    ALREADY_THERE = "already there"


def shrink_factor(examples: Sequence[Example], alpha: float) -> float:
    """``A = product of (1 - alpha * input**2)``, one factor an example; no unit.

    Infinite where it is beyond floats, never NaN. Raises as `finite` does for alpha.
    """
    factors = [1 - pull for pull in pulls_of(examples, finite("alpha", alpha))]
    return 0.0 if 0 in factors else prod(factors)  # 0 * inf would be NaN


def pass_offset(examples: Sequence[Example], alpha: float) -> float:
    """``B`` of a pass ``weight -> A * weight + B``: where a weight of 0 is after it.

    In the unit of a weight; infinite or NaN where it is beyond floats.
    """
    offset = 0.0
    for example, pull in zip(examples, pulls_of(examples, alpha), strict=True):
        offset = offset * (1 - pull) + alpha * example.input * example.goal
    return offset


def regime(examples: Sequence[Example], weight: float, alpha: float) -> Regime:
    """Which of the seven regimes a run with this start and this alpha is in.

    ALREADY_THERE if the start is already the answer, else `regime_of`.
    """
    if _asks_for_nothing(examples, finite("weight", weight)):
        return Regime.ALREADY_THERE
    return regime_of(examples, alpha)


def regime_of(examples: Sequence[Example], alpha: float) -> Regime:
    """Which regime a run with this alpha is in, from wherever it starts but the answer.

    Decided by ``A`` alone, never by watching numbers: 0, 1 and -1 are met within `TOLERANCE`, but
    an alpha so small that A is nearly 1 still moves, unless floats round its updates away.
    """
    pulls = pulls_of(examples, finite("alpha", alpha))
    if all(pull == 0 for pull in pulls):
        return Regime.STUCK
    factor = shrink_factor(examples, alpha)
    if abs(factor) <= TOLERANCE:
        return Regime.ONE_STEP
    if isclose(abs(factor), 1, rel_tol=TOLERANCE) and any(pull > 1 for pull in pulls):
        # A = 1 beyond the first limit: every pass moves the weight on by the same B, or, where B
        # is 0, ends where it began.
        returns = factor < 0 or _moves_by_nothing(examples, alpha)
        return Regime.SUSTAINED_OSCILLATION if returns else Regime.DIVERGENCE
    if any(pull < 0 for pull in pulls) or abs(factor) > 1:
        return Regime.DIVERGENCE
    return Regime.MONOTONE if factor > 0 else Regime.DAMPED_OSCILLATION


def seen_regime_of(examples: Sequence[Example], alpha: float) -> Regime:
    """What a chart by step shows of a run with this alpha: `regime_of`, but for one case.

    Where ``A`` of whole passes is between 0 and 1, yet for some example ``alpha * input**2`` is
    above 1, steps overshoot within each pass: DAMPED_OSCILLATION, not MONOTONE.
    """
    kind = regime_of(examples, alpha)
    overshoots = any(pull > 1 for pull in pulls_of(examples, alpha))
    return Regime.DAMPED_OSCILLATION if kind is Regime.MONOTONE and overshoots else kind


def ideal_weight(examples: Sequence[Example], alpha: float) -> float | None:
    """The weight that a pass leaves as it is: ``B / (1 - A)``.

    For one example that is ``goal / input``, whatever alpha is; for examples that contradict each
    other it is the compromise this alpha settles on. None where no single weight is: every input
    is 0, or it is beyond floats; with several examples also where alpha is 0, or A is 1.
    """
    alpha = finite("alpha", alpha)
    if len(examples) == 1:
        (example,) = examples
        quotient = example.goal / example.input if example.input else inf
        return quotient if isfinite(quotient) else None
    gone = 0.0  # 1 - A, directly, for 1 - (1 - pull) loses digits
    pulls = pulls_of(examples, alpha)
    for pull in pulls:
        gone += pull - gone * pull
    offset = pass_offset(examples, alpha)
    drifts = abs(gone) <= TOLERANCE and any(pull > 1 for pull in pulls)
    if gone == 0 or drifts or not (isfinite(gone) and isfinite(offset)):
        return None
    quotient = offset / gone
    return quotient if isfinite(quotient) else None


def lowest_weight(examples: Sequence[Example]) -> float | None:
    """The weight at the bottom of the error bowl, where `mean_error` is least.

    ``sum(input * goal) / sum(input**2)``, the least-squares answer. Training settles there exactly
    if one weight meets every goal, else near it. None when every input is 0, or beyond floats.
    """
    if len(examples) == 1:
        return ideal_weight(examples, 0)
    largest = _largest_input(examples)
    if not largest:
        return None
    # In units of the largest input, so that squares stay within floats.
    shares = [example.input / largest for example in examples]
    asked = sum(share * example.goal for share, example in zip(shares, examples, strict=True))
    weight = asked / sum(share * share for share in shares) / largest
    return weight if isfinite(weight) else None


def contradict(examples: Sequence[Example]) -> bool:
    """Whether the examples ask for different weights: `lowest_weight` meets not all their goals.

    ``input * weight`` meets a goal within a relative distance of `TOLERANCE`. Examples with input 0
    ask for nothing. False where less than two ask, and where there is no lowest weight.
    """
    bottom = lowest_weight(examples)
    asking = [example for example in examples if example.input]
    if bottom is None or len(asking) < 2:
        return False
    return not all(isclose(e.input * bottom, e.goal, rel_tol=TOLERANCE) for e in asking)


def best_alpha(examples: Sequence[Example]) -> float | None:
    """The smallest alpha with A = 0: ``1 / input**2`` of the largest input.

    None when every input is 0, or so small or large that no float above 0 is that value.
    """
    return _over_square(1.0, _largest_input(examples))


def alpha_limit(examples: Sequence[Example]) -> float | None:
    """The smallest alpha > 0 with |A| = 1: ``2 / input**2`` for one example.

    None as for `best_alpha`. Several examples can settle again beyond it: see `stable_ranges`.
    """
    ranges = stable_ranges(examples)
    return ranges[0][1] if ranges else None


def stable_ranges(examples: Sequence[Example]) -> list[tuple[float, float]]:
    """All open ranges of alpha > 0 in which |A| < 1, ascending; [] when every input is 0.

    A range that ends beyond floats is left out.
    log|A| is a sum of ``log|1 - alpha * input**2|``, concave between neighbouring roots
    ``1 / input**2``. So up to the first root there is no crossing of |A| = 1, between two roots
    there are two or none, and beyond the last there is one: bisection finds each to the last bit.
    """
    largest = _largest_input(examples)
    first_root = _over_square(1.0, largest)
    limit_of_one = _over_square(2.0, largest)
    if first_root is None or limit_of_one is None:
        return []
    # In units of 1 / largest**2, so that neither squares nor alphas leave the range of floats.
    weights = Counter((example.input / largest) ** 2 for example in examples)
    squares = sorted((s for s in weights if s > NEGLIGIBLE), reverse=True)
    if len(squares) == 1:
        return [(0.0, limit_of_one)]

    def growth(alpha: float) -> float:
        """log|A|: negative where a pass shrinks the miss."""
        total = 0.0
        for square in squares:
            distance = abs(1 - alpha * square)
            total += weights[square] * (log(distance) if distance else -inf)
        return total

    def slope(alpha: float) -> float:
        return sum(weights[square] * square / (alpha * square - 1) for square in squares)

    edges = [0.0]
    roots = [1 / square for square in squares]
    for low, high in pairwise(roots):
        if isclose(low, high, rel_tol=TOLERANCE):
            continue
        peak = _bisect(lambda a: slope(a) > 0, low, high)
        if growth(peak) > TOLERANCE:
            edges.append(_bisect(lambda a: growth(a) < 0, low, peak))
            edges.append(_bisect(lambda a: growth(a) > 0, peak, high))
    # Beyond the last root every factor grows; at 2 / smallest square each is at most -1.
    edges.append(_bisect(lambda a: growth(a) < 0, roots[-1], 2 * roots[-1]))
    scaled = [edge * first_root for edge in edges]
    ranges = zip(scaled[::2], scaled[1::2], strict=True)
    return [(low, high) for low, high in ranges if high < inf]


def pulls_of(examples: Sequence[Example], alpha: float) -> list[float]:
    """``alpha * input**2`` of each example, in an order that keeps it within floats longest."""
    return [alpha * example.input * example.input for example in examples]


def _moves_by_nothing(examples: Sequence[Example], alpha: float) -> bool:
    """Whether B of a pass is 0, but for rounding."""
    size = 0.0
    for example, pull in zip(examples, pulls_of(examples, alpha), strict=True):
        size = size * abs(1 - pull) + abs(alpha * example.input * example.goal)
    return abs(pass_offset(examples, alpha)) <= TOLERANCE * size


def _asks_for_nothing(examples: Sequence[Example], weight: float) -> bool:
    """Whether no example asks for any change, exactly.

    An input of 0 cannot ask; if all inputs are 0, only a goal that is met counts as an answer.
    """
    if all(example.input == 0 for example in examples):
        return all(example.goal == 0 for example in examples)
    return all((e.input * weight - e.goal) * e.input == 0 for e in examples)


def _largest_input(examples: Sequence[Example]) -> float:
    return max(abs(example.input) for example in examples)


def _over_square(numerator: float, input: float) -> float | None:
    """``numerator / input**2``; None where that is no positive float."""
    if not input:
        return None
    square = input * input
    value = numerator / square if 0 < square < inf else numerator / input / input
    return value if 0 < value < inf else None


def _bisect(before: Callable[[float], bool], low: float, high: float) -> float:
    """Where ``before`` turns from True to False between low and high, to the last bit."""
    while low < (middle := low + (high - low) / 2) < high:
        if before(middle):
            low = middle
        else:
            high = middle
    return high
