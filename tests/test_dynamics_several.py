"""Where training on several examples ends, and whether: against algebra and brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import nextafter, sqrt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_dynamics import of

from neuron import (
    Example,
    Regime,
    alpha_limit,
    best_alpha,
    dynamics,
    ideal_weight,
    regime,
    shrink_factor,
    stable_ranges,
    train,
)
from neuron.core.dynamics import lowest_weight, regime_of, seen_regime_of

# Inputs near each other, so that rounding in a product of their factors stays far below 1e-9.
near_inputs = st.lists(st.floats(1, 5) | st.floats(-5, -1), min_size=1, max_size=3)
numbers = st.floats(-100, 100).map(lambda x: round(x, 3))
any_examples = st.lists(st.builds(Example, numbers, numbers), min_size=1, max_size=20)


def exact_pass(examples: list[Example], alpha: float) -> tuple[Fraction, Fraction]:
    """A and B of `weight -> A * weight + B`, in exact fractions."""
    factor, offset = Fraction(1), Fraction(0)
    for e in examples:
        x, goal = Fraction(e.input), Fraction(e.goal)
        rest = 1 - Fraction(alpha) * x * x
        factor, offset = factor * rest, offset * rest + Fraction(alpha) * x * goal
    return factor, offset


def test_the_ideal_weight_of_one_example_is_goal_over_input() -> None:
    """Whatever alpha is; there is none for input 0, nor beyond floats."""
    assert [ideal_weight([Example(-4, 3)], alpha) for alpha in (0, 0.1, 9)] == [-0.75] * 3
    assert ideal_weight([Example(0, 1)], 0.1) is None
    assert ideal_weight([Example(1e-200, 1e200)], 0.1) is None


@pytest.mark.parametrize("alpha", [1, 0.5, 0.1, 1e-3, 1e-6, 1e-9, 1e-12, 1e-17])
def test_contradicting_examples_settle_on_a_compromise(alpha: float) -> None:
    """1 -> 1 and 1 -> 3 settle on (4 - a) / (2 - a): for small alphas, halfway, at 2."""
    compromise = ideal_weight([Example(1, 1), Example(1, 3)], alpha)
    assert compromise == pytest.approx((4 - alpha) / (2 - alpha), rel=1e-9)


@pytest.mark.parametrize(
    ("examples", "alpha"),
    [
        *((of(0, 0), 0.1), (of(1, 2), 0), (of(3, 1), 10 / 9), (of(1, 1), nextafter(2, 0))),
        *(([Example(1e200, 1)] * 2, 1e200), ([Example(1, 1e308)] * 2, 10)),
        *(([Example(1, 1e-200)] * 2, 1e200), ([Example(1e-10, 1e300)] * 2, 1)),
    ],
)
def test_no_ideal_weight_where_a_pass_keeps_none(examples: list[Example], alpha: float) -> None:
    """With A = 1, or beyond floats, no single weight stays as it is."""
    assert ideal_weight(examples, alpha) is None


@given(near_inputs, st.lists(st.floats(-9, 9), min_size=3, max_size=3), st.floats(0.05, 0.95))
def test_the_ideal_weight_stays_as_it_is(
    inputs: list[float], goals: list[float], part: float
) -> None:
    """A pass that starts at the ideal weight ends there: B / (1 - A), exactly taken."""
    examples = [Example(x, goal) for x, goal in zip(inputs, goals, strict=False)]
    alpha = part * (alpha_limit(examples) or 0)
    factor, offset = exact_pass(examples, alpha)
    expected = float(offset / (1 - factor))
    assert ideal_weight(examples, alpha) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(any_examples, numbers, st.floats(0, 3) | st.floats(0, 0.01))
def test_the_regime_of_an_alpha_is_that_of_every_start_but_the_answer(
    examples: list[Example], weight: float, alpha: float
) -> None:
    """`regime` adds only that a run may start at its answer."""
    kind = regime(examples, weight, alpha)
    assert kind in (regime_of(examples, alpha), Regime.ALREADY_THERE)
    asks = any((e.input * weight - e.goal) * e.input for e in examples)
    if asks:
        assert kind is regime_of(examples, alpha)


@pytest.mark.parametrize(
    ("alpha", "kind"),
    [
        (0, Regime.STUCK),
        (0.1, Regime.MONOTONE),
        (1 / 9, Regime.ONE_STEP),
        (0.2, Regime.DAMPED_OSCILLATION),
        ((10 - sqrt(28)) / 18, Regime.SUSTAINED_OSCILLATION),
        (0.5, Regime.DIVERGENCE),
        ((10 + sqrt(28)) / 18, Regime.SUSTAINED_OSCILLATION),
        (0.9, Regime.DAMPED_OSCILLATION),
        (1, Regime.ONE_STEP),
        (1.05, Regime.MONOTONE),
        (1.2, Regime.DIVERGENCE),
        (-0.1, Regime.DIVERGENCE),
    ],
)
def test_regimes_of_inputs_1_and_3(alpha: float, kind: Regime) -> None:
    """A = (1 − a)(1 − 9a), worked by hand: it falls to −1.78, and rises through −1, 0 and 1."""
    assert regime_of(of(1, 3), alpha) is kind
    assert regime_of(of(3, 1), alpha) is kind


def test_a_pass_that_ends_where_it_began_does_not_blow_up() -> None:
    """At A = 1 goals that one weight meets have B = 0: every pass brings the weight back."""
    examples = [Example(1, 1), Example(3, 3)]
    run = train(examples, weight=0, alpha=10 / 9, iterations=30)
    assert run.weights[::2] == pytest.approx([0] * 31, abs=1e-9)
    assert run.weights[1::2] == pytest.approx([10 / 9] * 30, abs=1e-9)
    assert regime_of(examples, 10 / 9) is Regime.SUSTAINED_OSCILLATION
    assert regime_of([Example(1, 1), Example(3, 3.001)], 10 / 9) is Regime.DIVERGENCE


@pytest.mark.parametrize("unit", [1e-12, 1, 1e12])
@pytest.mark.parametrize(
    ("contradiction", "returns"), [(0, True), (1.9e-12, True), (2.1e-12, False)]
)
def test_b_is_0_within_the_tolerance_of_what_cancels_in_it(
    unit: float, contradiction: float, returns: bool
) -> None:
    """At alpha 10/9 goals 1 and 3 push by -10 and 10: B is 0 within 1e-12 of their sum, 20."""
    examples = [Example(1, unit), Example(3, 3 * unit * (1 + contradiction))]
    kind = Regime.SUSTAINED_OSCILLATION if returns else Regime.DIVERGENCE
    assert regime_of(examples, 10 / 9) is kind


def test_goals_of_0_push_nothing() -> None:
    """B is 0 exactly, so A = 1 brings the weight back."""
    examples = [Example(1, 0), Example(3, 0)]
    assert regime_of(examples, 10 / 9) is Regime.SUSTAINED_OSCILLATION


@pytest.mark.parametrize("off", [-1e-14, 1e-14])
def test_a_drift_is_told_on_either_side_of_its_alpha(off: float) -> None:
    """A = 1 is met within 1e-12, from below too: such a run leaves, it does not bounce."""
    assert regime_of(of(1, 3), 10 / 9 + off) is Regime.DIVERGENCE


def test_an_input_of_0_changes_nothing_beside_others() -> None:
    """Its factor is 1, whichever regime the others are in."""
    for alpha in (-0.1, 0, 0.1, 0.25, 0.4, 0.5, 0.6):
        assert regime_of(of(0, 2), alpha) is regime_of(of(2), alpha)


def test_no_alpha_beyond_the_limit_has_a_weight_to_drift_to() -> None:
    """At A = 1 a pass adds B: there is no ideal weight, but the bowl still has its bottom."""
    examples = [Example(1, 1), Example(3, 1)]
    assert ideal_weight(examples, 10 / 9) is None
    assert lowest_weight(examples) == pytest.approx(0.4)
    factor, offset = exact_pass(examples, 10 / 9)
    assert float(factor) == pytest.approx(1)
    run = train(examples, weight=5, alpha=10 / 9, iterations=30)
    assert run.weights[-1] == pytest.approx(5 + 30 * float(offset))
    assert abs(float(offset)) > 1


@given(st.lists(st.floats(0.5, 2), min_size=1, max_size=4), st.floats(0.01, 3))
def test_what_is_seen_step_by_step(inputs: list[float], alpha: float) -> None:
    """A run that settles from pass to pass is seen to zigzag exactly if a step crosses its answer.

    All goals ask for weight 0, so a step that overshoots changes the weight's sign.
    """
    examples = [Example(x, 0) for x in inputs]
    kind = regime_of(examples, alpha)
    run = train(examples, weight=1, alpha=alpha, iterations=1)
    crosses = any(low * high < 0 for low, high in pairwise(run.weights))
    if kind is Regime.MONOTONE and crosses:
        assert seen_regime_of(examples, alpha) is Regime.DAMPED_OSCILLATION
    else:
        assert seen_regime_of(examples, alpha) is kind


def watched(examples: list[Example], weight: Fraction, alpha: float) -> Regime | None:
    """What an exact run does, from watching its weights at the ends of three passes.

    None where nothing moves at all: then it is stuck, or already there.
    """
    ends, moved = [weight], False
    for _ in range(2):
        for e in examples:
            asked = (Fraction(e.input) * weight - Fraction(e.goal)) * Fraction(e.input)
            moved = moved or bool(alpha * asked)
            weight -= Fraction(alpha) * asked
        ends.append(weight)
    first, second = ends[1] - ends[0], ends[2] - ends[1]
    if not moved:
        return None
    if abs(second) == abs(first):
        drifts = first and second == first
        return Regime.DIVERGENCE if drifts else Regime.SUSTAINED_OSCILLATION
    if second == 0:
        return Regime.ONE_STEP
    if abs(second) > abs(first):
        return Regime.DIVERGENCE
    return Regime.MONOTONE if first * second > 0 else Regime.DAMPED_OSCILLATION


small_whole = st.integers(-4, 4)


@settings(max_examples=500)
@example([Example(1, 1)] * 20, 0.7, 5)  # 3.5e-11 of the gap is left: it creeps, it does not land
@example([Example(1, 1)] * 5, 0.985, 5)
@example([Example(1, 1)] * 5, 1.015, 5)
@example([Example(1, 1)] * 40, 1 - 2**-30, 5)  # A is 2**-1200: 0 as a float, and yet above 0
@example([Example(1, 1)] * 41, 1 + 2**-30, 5)
@example([Example(1, 1), Example(1, 1)], 2.0, 5)  # A = 1: bounces, it is not stuck
@example([Example(1, 1), Example(1, 2)], 2.0, 5)  # A = 1: drifts away
@example([Example(1, 1), Example(1, 1)], 3.0, 5)  # A = 4: diverges with a positive alpha
@example([Example(1, 1), Example(1.5, 1.5)], 0.8, 5)  # A = -0.16
@example([Example(1, 1), Example(1, 1)], 1.5, 5)  # A = 0.25, and each step overshoots
@example([Example(2, 2)], 0.5000000001, 0)  # what a reader can type is beyond the limit, and grows
@example([Example(2, 2)], 0.4999999999, 0)
@example([Example(2, 2)], 0.2500000001, 0)
@example([Example(2, 2)], 1e-300, 0)
@given(
    st.lists(st.builds(Example, small_whole, small_whole), min_size=1, max_size=6),
    st.integers(-16, 192).map(lambda parts: parts / 64),  # every product of these is a float
    small_whole,
)
def test_a_regime_is_what_an_exact_run_does(
    examples: list[Example], alpha: float, weight: int
) -> None:
    """In exact fractions, watched from pass to pass, wherever alpha is critical and elsewhere.

    A start that a pass happens to leave unchanged, though steps move it, shows nothing: it is left
    out.
    """
    kind = regime(examples, weight, alpha)
    seen = watched(examples, Fraction(weight), alpha)
    if seen is None:
        assert kind in (Regime.STUCK, Regime.ALREADY_THERE)
        return
    if seen is Regime.SUSTAINED_OSCILLATION and kind is not seen:
        seen = watched(examples, Fraction(weight) + 1, alpha)  # it began at the fixed point
    assert kind is seen


def test_a_product_that_floats_cannot_follow_is_still_a_number() -> None:
    """25 factors of about 1e-16 sink below floats before 1e400 lifts them: 1, not 0 times infinity.

    (2**-53)**25 * (1e200)**2, in exact fractions.
    """
    alpha = 1 - 2**-53
    examples = of(*[1.0] * 25, 1e200)
    exact = Fraction(1, 2**53) ** 25 * (1 - Fraction(alpha) * Fraction(1e200) ** 2)
    assert shrink_factor(examples, alpha) == float(exact)
    assert shrink_factor(examples[::-1], alpha) == float(exact)
    assert shrink_factor(examples + of(1e200), alpha) == float("inf")


@given(any_examples, numbers, st.floats(0, 3) | st.floats(0, 0.01))
def test_dynamics_hold_what_the_functions_say(
    examples: list[Example], weight: float, alpha: float
) -> None:
    """One record, and each of its fields is the public function's answer."""
    theory = dynamics(examples, weight, alpha)
    assert (theory.examples, theory.weight, theory.alpha) == (tuple(examples), weight, alpha)
    assert theory.factors == tuple(1 - alpha * e.input * e.input for e in examples)
    assert theory.shrink_factor == shrink_factor(examples, alpha)
    assert theory.ideal_weight == ideal_weight(examples, alpha)
    assert theory.lowest_weight == lowest_weight(examples)
    assert theory.regime is regime(examples, weight, alpha)
    there = theory.regime is Regime.ALREADY_THERE
    assert theory.seen_regime is (theory.regime if there else seen_regime_of(examples, alpha))
    assert theory.best_alpha == best_alpha(examples)
    assert theory.alpha_limit == alpha_limit(examples)
    assert list(theory.stable_ranges) == stable_ranges(examples)
