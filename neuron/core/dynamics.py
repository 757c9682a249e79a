"""Why a run converges, bounces or blows up: the theory, from the examples and alpha alone.

One pass through the training data is an affine map ``weight -> A * weight + B``. Each example
contributes ``weight -> (1 - alpha * input**2) * weight + alpha * input * goal``, so the *shrink
factor* (contraction factor) is ``A = product of (1 - alpha * input**2)``: what one pass leaves of
the gap, the distance to the ideal weight (fixed point). Goh, "Why Momentum Really Works" (Distill,
2017), derives the same bound as ``0 < alpha * lambda < 2`` with ``lambda = input**2``.

All functions need at least one example.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import copysign, inf, isclose, isfinite, log, prod

from neuron.core.training import Example, Run, finite

TOLERANCE = 1e-12
"""Relative distance within which a float equals a critical value, to allow for rounding:
200 * 0.1**2 is 2.0000000000000004, yet alpha 200 is exactly at the limit for input 0.1."""

TOO_NEAR = 1e-9
"""Relative distance below which two roots of A count as one, with no range between them."""

NEGLIGIBLE = 1e-300
"""An input**2 smaller than this, relative to the largest, has no noticeable effect."""


class Regime(Enum):
    """What a run does, regardless of its length."""

    MONOTONE = "monotone"
    ONE_STEP = "one step"
    DAMPED_OSCILLATION = "damped oscillation"
    SUSTAINED_OSCILLATION = "sustained oscillation"
    DIVERGENCE = "divergence"
    STUCK = "stuck"
    ALREADY_THERE = "already there"

    @property
    def converges(self) -> bool:
        """Whether such a run converges to an ideal weight, however long that takes."""
        return self in _CONVERGING


_CONVERGING = frozenset(
    {Regime.MONOTONE, Regime.ONE_STEP, Regime.DAMPED_OSCILLATION, Regime.ALREADY_THERE}
)


@dataclass(frozen=True)
class Dynamics:
    """Everything that follows from the training data, the starting weight and alpha.

    examples, weight, alpha: as given to `dynamics`.
    factors: each example's own ``1 - alpha * input**2``, in order; no unit.
    shrink_factor: their product, ``A``; infinite if it overflows.
    offset: ``B``, in the unit of a weight; infinite or NaN if it overflows.
    ideal_weight: the fixed point ``B / (1 - A)``, or None: see the function of that name.
    lowest_weight: the bottom of the error bowl, or None: see the function of that name.
    contradict: whether no weight meets every goal.
    drifts: whether A is 1, so that every pass adds the same ``B``.
    regime: what the run does from pass to pass.
    seen_regime: the regime as a chart by step shows it: see `seen_regime_of`.
    best_alpha: ``1 / largest input**2``, or None.
    """

    examples: tuple[Example, ...]
    weight: float
    alpha: float
    factors: tuple[float, ...]
    shrink_factor: float
    offset: float
    ideal_weight: float | None
    lowest_weight: float | None
    contradict: bool
    drifts: bool
    regime: Regime
    seen_regime: Regime
    best_alpha: float | None

    @cached_property  # slow bisections, which a sweep over hundreds of alphas does not need
    def stable_ranges(self) -> tuple[tuple[float, float], ...]:
        """All open ranges of alpha > 0 in which |A| < 1, ascending."""
        return tuple(stable_ranges(self.examples))

    @property
    def alpha_limit(self) -> float | None:
        """The smallest alpha > 0 with |A| = 1, or None."""
        return self.stable_ranges[0][1] if self.stable_ranges else None


def dynamics(examples: Sequence[Example], weight: float, alpha: float) -> Dynamics:
    """Everything that follows from the training data, the starting weight and alpha.

    Raises TypeError or ValueError as `finite` does for weight and alpha.
    """
    weight, alpha = finite("weight", weight), finite("alpha", alpha)
    factor, ideal = shrink_factor(examples, alpha), ideal_weight(examples, alpha)
    pulls = _pulls(examples, alpha)
    kind = seen = Regime.ALREADY_THERE
    if not _asks_for_nothing(examples, weight):
        kind = _regime(examples, alpha, factor)
        seen = _seen(kind, pulls)
    return Dynamics(
        examples=tuple(examples),
        weight=weight,
        alpha=alpha,
        factors=tuple(1 - pull for pull in pulls),
        shrink_factor=factor,
        offset=pass_offset(examples, alpha),
        ideal_weight=ideal,
        lowest_weight=lowest_weight(examples),
        contradict=contradict(examples),
        drifts=ideal is None and isclose(factor, 1, rel_tol=TOLERANCE),
        regime=kind,
        seen_regime=seen,
        best_alpha=best_alpha(examples),
    )


def dynamics_of(run: Run) -> Dynamics:
    """The `dynamics` of a run, which must have at least one step."""
    return dynamics(run.examples, run.weights[0], run.alpha)


def shrink_factor(examples: Sequence[Example], alpha: float) -> float:
    """``A = product of (1 - alpha * input**2)``, one factor per example; no unit.

    Infinite if it overflows, never NaN. Raises as `finite` does for alpha.
    """
    alpha = finite("alpha", alpha)
    factors = [1 - pull for pull in _pulls(examples, alpha)]
    if 0 in factors:
        return 0.0
    product = prod(factors)
    if product and isfinite(product):
        return product
    # An intermediate product overflowed or underflowed; the whole product may not.
    exact = prod(
        (1 - Fraction(alpha) * Fraction(e.input) ** 2 for e in examples), start=Fraction(1)
    )
    try:
        return float(exact)
    except OverflowError:
        return inf if exact > 0 else -inf


def pass_offset(examples: Sequence[Example], alpha: float) -> float:
    """``B`` of a pass ``weight -> A * weight + B``: where a pass takes a weight of 0.

    In the unit of a weight; infinite or NaN if it overflows.
    """
    offset = 0.0
    for example, pull in zip(examples, _pulls(examples, alpha), strict=True):
        offset = offset * (1 - pull) + alpha * example.input * example.goal
    return offset


def regime(examples: Sequence[Example], weight: float, alpha: float) -> Regime:
    """Which of the seven regimes a run with this starting weight and alpha is in.

    ALREADY_THERE if no example asks for any change to that weight, else as `regime_of`.
    """
    return dynamics(examples, weight, alpha).regime


def regime_of(examples: Sequence[Example], alpha: float) -> Regime:
    """Which regime a run with this alpha is in, unless it is already there at the start.

    Determined by ``A`` and each example's own factor, never by observing a run. ``A`` is
    compared with 1 and -1 within `TOLERANCE`. ONE_STEP requires an example whose own factor is 0
    within `TOLERANCE`: a product of many factors can be just as small although no pass lands. With
    an alpha so small that A is nearly 1 the weight still moves, unless floats round its updates
    away.
    """
    return _regime(examples, alpha, shrink_factor(examples, alpha))


def _regime(examples: Sequence[Example], alpha: float, factor: float) -> Regime:
    """`regime_of` with the shrink factor of this alpha."""
    pulls = _pulls(examples, alpha)
    if not any(pulls):
        return Regime.STUCK
    lands = any(isclose(pull, 1, rel_tol=TOLERANCE) for pull in pulls)
    if lands and abs(factor) <= TOLERANCE:
        return Regime.ONE_STEP
    if isclose(abs(factor), 1, rel_tol=TOLERANCE) and any(pull > 1 for pull in pulls):
        # A = 1 beyond the first limit: every pass moves the weight by the same B or, if B is 0,
        # ends where it began.
        returns = factor < 0 or _moves_by_nothing(examples, alpha)
        return Regime.SUSTAINED_OSCILLATION if returns else Regime.DIVERGENCE
    if any(pull < 0 for pull in pulls) or abs(factor) > 1:
        return Regime.DIVERGENCE
    # A factor that underflows to 0 keeps its sign.
    return Regime.MONOTONE if copysign(1, factor) > 0 else Regime.DAMPED_OSCILLATION


def seen_regime_of(examples: Sequence[Example], alpha: float) -> Regime:
    """The regime as a chart by step shows it: `regime_of`, with one exception.

    If ``A`` of whole passes is between 0 and 1, but ``alpha * input**2`` is above 1 for some
    example, steps overshoot within each pass: DAMPED_OSCILLATION, not MONOTONE.
    """
    return _seen(regime_of(examples, alpha), _pulls(examples, alpha))


def _seen(kind: Regime, pulls: Sequence[float]) -> Regime:
    """`seen_regime_of` from the regime and each ``alpha * input**2``."""
    overshoots = any(pull > 1 for pull in pulls)
    return Regime.DAMPED_OSCILLATION if kind is Regime.MONOTONE and overshoots else kind


def ideal_weight(examples: Sequence[Example], alpha: float) -> float | None:
    """The weight that a pass leaves unchanged, its fixed point: ``B / (1 - A)``.

    For one example that is ``goal / input``, whatever alpha is; for examples that contradict each
    other it is the compromise that this alpha settles on. None if there is no single such
    weight: every input is 0, or it overflows; with several examples also if alpha is 0 or A is 1.
    """
    alpha = finite("alpha", alpha)
    if len(examples) == 1:
        (example,) = examples
        quotient = example.goal / example.input if example.input else inf
        return quotient if isfinite(quotient) else None
    gone = 0.0  # 1 - A, computed directly because 1 - (1 - pull) loses digits
    pulls = _pulls(examples, alpha)
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

    ``sum(input * goal) / sum(input**2)``, the least-squares solution. Training settles there
    exactly if one weight meets every goal, else near it. None if every input is 0, or it overflows.
    """
    if len(examples) == 1:
        return ideal_weight(examples, 0)
    largest = _largest_input(examples)
    if not largest:
        return None
    # In units of the largest input, so that squares do not overflow.
    shares = [example.input / largest for example in examples]
    asked = sum(share * example.goal for share, example in zip(shares, examples, strict=True))
    weight = asked / sum(share * share for share in shares) / largest
    return weight if isfinite(weight) else None


def contradict(examples: Sequence[Example]) -> bool:
    """Whether no weight meets every goal: `lowest_weight` misses at least one of them.

    Goals are compared within a relative distance of `TOLERANCE`. Examples with input 0 are
    ignored. False if fewer than two others are left, or there is no lowest weight.
    """
    bottom = lowest_weight(examples)
    asking = [example for example in examples if example.input]
    if bottom is None or len(asking) < 2:
        return False
    return not all(isclose(e.input * bottom, e.goal, rel_tol=TOLERANCE) for e in asking)


def best_alpha(examples: Sequence[Example]) -> float | None:
    """The smallest alpha with A = 0: ``1 / input**2`` of the largest input.

    None if every input is 0, or so small or large that the value overflows or underflows.
    """
    return _over_square(1.0, _largest_input(examples))


def alpha_limit(examples: Sequence[Example]) -> float | None:
    """The smallest alpha > 0 with |A| = 1: ``2 / input**2`` for one example.

    None as for `best_alpha`. With several examples, training may converge again beyond it: see
    `stable_ranges`.
    """
    ranges = stable_ranges(examples)
    return ranges[0][1] if ranges else None


def stable_ranges(examples: Sequence[Example]) -> list[tuple[float, float]]:
    """All open ranges of alpha > 0 in which |A| < 1, ascending; [] when every input is 0.

    A range whose end overflows is left out.

    log|A| is a sum of ``log|1 - alpha * input**2|``, concave between neighbouring roots
    ``1 / input**2``. So up to the first root there is no crossing of |A| = 1, between two roots
    there are two or none, and beyond the last there is one: bisection finds each to the last bit.
    """
    largest = _largest_input(examples)
    first_root = _over_square(1.0, largest)
    limit_of_one = _over_square(2.0, largest)
    if first_root is None or limit_of_one is None:
        return []
    # In units of 1 / largest**2, so that neither squares nor alphas overflow.
    weights = Counter((example.input / largest) ** 2 for example in examples)
    squares = sorted((s for s in weights if s > NEGLIGIBLE), reverse=True)
    if len(squares) == 1:
        return [(0.0, limit_of_one)]

    def growth(alpha: float) -> float:
        """log|A|: negative where a pass shrinks the gap."""
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
        if isclose(low, high, rel_tol=TOO_NEAR):
            continue
        peak = _bisect(lambda a: slope(a) > 0, low, high)
        if growth(peak) > TOO_NEAR:
            edges.append(_bisect(lambda a: growth(a) < 0, low, peak))
            edges.append(_bisect(lambda a: growth(a) > 0, peak, high))
    # Beyond the last root every factor grows; at 2 / smallest square each is at most -1.
    edges.append(_bisect(lambda a: growth(a) < 0, roots[-1], 2 * roots[-1]))
    scaled = [edge * first_root for edge in edges]
    ranges = zip(scaled[::2], scaled[1::2], strict=True)
    return [(low, high) for low, high in ranges if high < inf]


def _pulls(examples: Sequence[Example], alpha: float) -> list[float]:
    """``alpha * input**2`` of each example, multiplied in an order that does not overflow early."""
    return [alpha * example.input * example.input for example in examples]


def _moves_by_nothing(examples: Sequence[Example], alpha: float) -> bool:
    """Whether a pass has B = 0, apart from rounding."""
    size = 0.0
    for example, pull in zip(examples, _pulls(examples, alpha), strict=True):
        size = size * abs(1 - pull) + abs(alpha * example.input * example.goal)
    return abs(pass_offset(examples, alpha)) <= TOLERANCE * size


def _asks_for_nothing(examples: Sequence[Example], weight: float) -> bool:
    """Whether every example's weight_delta is exactly 0.

    If all inputs are 0, so must be every goal.
    """
    if all(example.input == 0 for example in examples):
        return all(example.goal == 0 for example in examples)
    return all((e.input * weight - e.goal) * e.input == 0 for e in examples)


def _largest_input(examples: Sequence[Example]) -> float:
    return max(abs(example.input) for example in examples)


def _over_square(numerator: float, input: float) -> float | None:
    """``numerator / input**2``; None if that is not a positive float."""
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
