"""The theory of settling and blowing up, against algebra and real runs."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import inf, nextafter, prod, sqrt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import lists_of, whole

from neuron import (
    Example,
    Regime,
    alpha_limit,
    best_alpha,
    dynamics,
    ideal_weight,
    predicted_iterations,
    regime,
    shrink_factor,
    stable_ranges,
    train,
)
from neuron.core.dynamics import contradict, lowest_weight, regime_of, seen_regime_of


def of(*inputs: float) -> list[Example]:
    return [Example(input, 1) for input in inputs]


@pytest.mark.parametrize(
    ("inputs", "alpha", "factor", "expected"),
    [
        ([2], 0.1, 0.6, Regime.MONOTONE),
        ([2], 0.25, 0, Regime.ONE_STEP),
        ([2], 0.4, -0.6, Regime.DAMPED_OSCILLATION),
        ([2], 0.5, -1, Regime.SUSTAINED_OSCILLATION),
        ([2], 0.6, -1.4, Regime.DIVERGENCE),
        ([2], -0.1, 1.4, Regime.DIVERGENCE),
        ([0], 0.1, 1, Regime.STUCK),
        ([2], 0, 1, Regime.STUCK),
        ([-2], 0.1, 0.6, Regime.MONOTONE),
        ([0.1], 200, -1, Regime.SUSTAINED_OSCILLATION),  # 200 * 0.1**2 is 2.0000000000000004
        ([1e200], 1, -inf, Regime.DIVERGENCE),
        # (1 - a) * (1 - 9 * a) falls to -1.78, and rises through -1, 0 and 1
        ([1, 3], 1 / 9, 0, Regime.ONE_STEP),
        ([1, 3], (10 - sqrt(28)) / 18, -1, Regime.SUSTAINED_OSCILLATION),
        ([3, 1], (10 + sqrt(28)) / 18, -1, Regime.SUSTAINED_OSCILLATION),
        ([3, 1], 1, 0, Regime.ONE_STEP),
        # one that lands leaves nothing, also beside one that is beyond floats
        ([1e200, 1], 1, 0, Regime.ONE_STEP),
        ([1, 1e200, 1e200], 1, 0, Regime.ONE_STEP),
    ],
)
def test_the_shrink_factor_decides(
    inputs: list[float], alpha: float, factor: float, expected: Regime
) -> None:
    """The table of regimes, worked by hand; where |A| is 1 or more, no number of passes arrives."""
    assert shrink_factor(of(*inputs), alpha) == pytest.approx(factor, rel=1e-15)
    assert regime(of(*inputs), 0, alpha) is expected
    assert (predicted_iterations(of(*inputs), 0, alpha, 0.01) is None) is (abs(factor) >= 1)


@pytest.mark.parametrize("input", [0.1, 0.3, 0.7, -0.7, 1.1, 3, 1e-3, 999_999.9])
def test_critical_values_are_met_in_rounded_floats(input: float) -> None:
    """The best alpha is 1 / input**2 and lands, twice it bounces; a millionth beside, neither."""
    one, two = 1 / input**2, 2 / input**2
    assert best_alpha(of(input)) == one
    room = 1e-6
    expected = {
        one * (1 - room): Regime.MONOTONE,
        one: Regime.ONE_STEP,
        one * (1 + room): Regime.DAMPED_OSCILLATION,
        two * (1 - room): Regime.DAMPED_OSCILLATION,
        two: Regime.SUSTAINED_OSCILLATION,
        two * (1 + room): Regime.DIVERGENCE,
    }
    assert {alpha: regime(of(input), 0, alpha) for alpha in expected} == expected


@pytest.mark.parametrize(
    ("examples", "weight"),
    [
        ([Example(2, 2)], 1),
        ([Example(-2, 5)], -2.5),
        ([Example(1, 3), Example(2, 6)], 3),
        ([Example(0, 5), Example(2, 6)], 3),  # an input of 0 cannot ask
    ],
)
@pytest.mark.parametrize("alpha", [0, 0.1, 1, 50, -1])
def test_a_weight_that_is_the_answer_is_already_there(
    examples: list[Example], weight: float, alpha: float
) -> None:
    """Whatever alpha is, and exactly: the next float is not there."""
    assert regime(examples, weight, alpha) is Regime.ALREADY_THERE
    assert predicted_iterations(examples, weight, alpha, 0.01) == 0
    for other in (nextafter(weight, inf), nextafter(weight, -inf)):
        assert regime(examples, other, alpha) is not Regime.ALREADY_THERE


def test_every_example_that_can_ask_has_to_be_answered() -> None:
    """The answer to one of two is not there; an input of 0 predicts 0, right only for goal 0."""
    examples = [Example(1, 1), Example(1, 3)]
    assert {regime(examples, weight, 0.1) for weight in (1, 2, 3)} == {Regime.MONOTONE}
    assert regime([Example(0, 0)], 5, 0.1) is Regime.ALREADY_THERE
    assert regime([Example(0, 2)], 5, 0.1) is Regime.STUCK


# Inputs near each other, so that rounding in a product of their factors stays far below 1e-9.
near_inputs = st.lists(st.floats(1, 5) | st.floats(-5, -1), min_size=1, max_size=3)
numbers = st.floats(-100, 100).map(lambda x: round(x, 3))
any_examples = lists_of(numbers, 20)


def exact_pass(examples: list[Example], alpha: float) -> tuple[Fraction, Fraction]:
    """A and B of `weight -> A * weight + B`, in exact fractions."""
    factor, offset = Fraction(1), Fraction(0)
    for e in examples:
        x, goal = Fraction(e.input), Fraction(e.goal)
        rest = 1 - Fraction(alpha) * x * x
        factor, offset = factor * rest, offset * rest + Fraction(alpha) * x * goal
    return factor, offset


@pytest.mark.parametrize("alpha", [1, 0.5, 0.1, 1e-3, 1e-6, 1e-9, 1e-12, 1e-17])
def test_contradicting_examples_settle_on_a_compromise(alpha: float) -> None:
    """1 -> 1 and 1 -> 3 settle on (4 - a) / (2 - a): for small alphas, halfway, at 2."""
    compromise = ideal_weight([Example(1, 1), Example(1, 3)], alpha)
    assert compromise == pytest.approx((4 - alpha) / (2 - alpha), rel=1e-9)


@pytest.mark.parametrize(
    ("examples", "alpha"),
    [
        *((of(0), 0.1), ([Example(1e-200, 1e200)], 0.1)),
        *((of(0, 0), 0.1), (of(1, 2), 0), (of(3, 1), 10 / 9), (of(1, 1), nextafter(2, 0))),
        *(([Example(1e200, 1)] * 2, 1e200), ([Example(1, 1e308)] * 2, 10)),
        *(([Example(1, 1e-200)] * 2, 1e200), ([Example(1e-10, 1e300)] * 2, 1)),
    ],
)
def test_no_ideal_weight_where_a_pass_keeps_none(examples: list[Example], alpha: float) -> None:
    """With A = 1, with inputs of 0, or beyond floats, no single weight stays as it is."""
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


@pytest.mark.parametrize("off", [-1e-14, 0, 1e-14])
def test_a_drift_is_told_on_either_side_of_its_alpha(off: float) -> None:
    """A = 1 is met within 1e-12: such a run leaves, or, with goals of 0, is back each pass."""
    assert regime_of(of(1, 3), 10 / 9 + off) is Regime.DIVERGENCE
    returns = regime_of([Example(1, 0), Example(3, 0)], 10 / 9 + off)
    assert returns is Regime.SUSTAINED_OSCILLATION


@given(st.lists(st.floats(0.5, 2), min_size=1, max_size=4), st.floats(0.01, 3))
def test_what_is_seen_step_by_step(inputs: list[float], alpha: float) -> None:
    """A run that settles is seen to zigzag exactly if a step crosses its answer, the weight 0."""
    examples = [Example(x, 0) for x in inputs]
    kind = regime_of(examples, alpha)
    run = train(examples, weight=1, alpha=alpha, iterations=1)
    crosses = any(low * high < 0 for low, high in pairwise(run.weights))
    if kind is Regime.MONOTONE and crosses:
        assert seen_regime_of(examples, alpha) is Regime.DAMPED_OSCILLATION
    else:
        assert seen_regime_of(examples, alpha) is kind


def watched(examples: list[Example], weight: Fraction, alpha: float) -> Regime | None:
    """What an exact run does, from its weights at the ends of passes; None where nothing moves."""
    ends, moved = [weight], False
    for _ in range(2):
        for e in examples:
            asked = (Fraction(e.input) * weight - Fraction(e.goal)) * Fraction(e.input)
            moved = moved or bool(alpha and asked)
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
    lists_of(small_whole, 6),
    st.integers(-16, 192).map(lambda parts: parts / 64),  # every product of these is a float
    small_whole,
)
def test_a_regime_is_what_an_exact_run_does(
    examples: list[Example], alpha: float, weight: int
) -> None:
    """In exact fractions, watched from pass to pass, wherever alpha is critical and elsewhere."""
    kind = regime(examples, weight, alpha)
    seen = watched(examples, Fraction(weight), alpha)
    if seen is None:
        assert kind in (Regime.STUCK, Regime.ALREADY_THERE)
        return
    if seen is Regime.SUSTAINED_OSCILLATION and kind is not seen:
        seen = watched(examples, Fraction(weight) + 1, alpha)  # it began at the fixed point
    assert kind is seen


def test_a_product_that_floats_cannot_follow_is_still_a_number() -> None:
    """25 factors of about 1e-16 sink below floats before 1e400 lifts them: it is not 0."""
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
    for function in (lowest_weight, contradict, best_alpha, alpha_limit):
        assert getattr(theory, function.__name__) == function(examples)
    assert theory.regime is regime(examples, weight, alpha)
    there = theory.regime is Regime.ALREADY_THERE
    assert theory.seen_regime is (theory.regime if there else seen_regime_of(examples, alpha))
    assert list(theory.stable_ranges) == stable_ranges(examples)


def test_an_edge_is_exact_to_the_last_bit() -> None:
    """(1 - a) * (1 - 4 * a) is 1 at 5 / 4, and every product on the way is a float."""
    assert stable_ranges(of(2, 1)) == [(0, 5 / 4)]


def test_a_range_narrower_than_floats_still_holds_its_best_alpha() -> None:
    """Input 1 grows by 1e18 at 1e18, where input 1e-9 lands: a part in 1e18 to either side."""
    _, (low, high) = stable_ranges(of(1, 1e-9))
    assert low < 1e18 < high
    assert [low, high] == pytest.approx([1e18] * 2, rel=1e-15)


@pytest.mark.parametrize(
    ("inputs", "best", "ranges"),
    [
        ([2], 1 / 4, [(0, 1 / 2)]),
        ([2, -2, 0, 2], 1 / 4, [(0, 1 / 2)]),
        # (1 - a) * (1 - 9 * a) is -1 at (10 -+ sqrt(28)) / 18 and 1 at 10 / 9
        ([1, -3], 1 / 9, [(0, (10 - sqrt(28)) / 18), ((10 + sqrt(28)) / 18, 10 / 9)]),
        # (1 - a) * (1 - 4 * a) stays above -1, and is 1 at 5 / 4
        ([2, 1], 1 / 4, [(0, 5 / 4)]),
        ([1e6, 1e-150], 1e-12, [(0, 2e-12)]),  # an input that is nothing beside the other
        # nothing can be learned, or the alpha is beyond floats
        *(([0], None, []), ([0, 0, -0.0], None, []), ([1e-200], None, []), ([1e200], None, [])),
        ([1e-154], 1e308, []),  # 2e308 is beyond
        ([7e161], None, []),  # 1 / 7e161**2 is below the smallest float, 2 / 7e161**2 is it
        ([1e160], 1e-320, [(0, 2e-320)]),
        ([1e-150, 5e-155], 1e300, [(0, 2.000000005e300)]),  # they settle again, around 4e308
    ],
)
def test_ranges_solve_the_quadratic(
    inputs: list[float], best: float | None, ranges: list[tuple[float, float]]
) -> None:
    """For two inputs |A| = 1 is a quadratic equation, solved by hand, as far as floats go."""
    data = of(*inputs)
    edges = [edge for both in stable_ranges(data) for edge in both]
    flat = [edge for both in ranges for edge in both]
    expected = [best, flat[1] if flat else None, *flat]
    assert [best_alpha(data), alpha_limit(data), *edges] == [
        value if value is None else pytest.approx(value, rel=1e-14, abs=0) for value in expected
    ]


@example([1.0, nextafter(1.0, 2.0), -5.0])  # two inputs as near each other as floats can be
@example([5.0, nextafter(5.0, 6.0), 1.0])
@given(near_inputs)
def test_ranges_hold_every_alpha_that_shrinks_and_no_other(inputs: list[float]) -> None:
    """|A| is 1 at every edge, below 1 inside, above 1 outside: looked up on a fine grid."""
    ranges = stable_ranges(of(*inputs))
    edges = [edge for both in ranges for edge in both]
    assert edges == sorted(edges)
    assert edges[0] == 0
    assert edges[1] == alpha_limit(of(*inputs))
    for edge in edges:
        assert abs(exact_pass(of(*inputs), edge)[0]) == pytest.approx(1, abs=1e-9)
    for k in range(1, 400):
        alpha = k / 400 * 2.5 / min(x * x for x in inputs)
        factor = prod(1 - alpha * x * x for x in inputs)
        assert shrink_factor(of(*inputs), alpha) == pytest.approx(factor, abs=1e-9)
        if abs(abs(factor) - 1) > 1e-6:
            assert any(low < alpha < high for low, high in ranges) is (abs(factor) < 1)


@example([Example(0, 3), Example(0, -1)])
@example([Example(100, 100), Example(0.001, -100)])
@given(any_examples)
def test_the_lowest_weight_is_the_bottom_of_the_bowl(examples: list[Example]) -> None:
    """There what the examples ask for cancels out, in exact fractions: the bowl is level."""
    pairs = [(Fraction(e.input), Fraction(e.goal)) for e in examples]
    found = lowest_weight(examples)
    if not any(x for x, _ in pairs):
        assert found is None
        return
    assert found is not None
    slope = sum(((x * Fraction(found) - goal) * x for x, goal in pairs), Fraction(0))
    size = sum((abs(x * goal) for x, goal in pairs), Fraction(0))
    assert abs(slope) <= size * 40 * Fraction(1, 2**53)


@pytest.mark.parametrize(
    ("examples", "weight"),
    [
        ([Example(1, 1), Example(2, 8)], 17 / 5),
        ([Example(1e200, 1e200), Example(1e200, 3e200)], 2),  # squares beyond floats
        ([Example(1e-200, 1e-200), Example(1e-200, 3e-200)], 2),
        ([Example(1e-300, 1e300)] * 2, None),
        ([Example(0, 1)], None),
    ],
)
def test_lowest_weights_worked_by_hand(examples: list[Example], weight: float | None) -> None:
    """The least-squares answer, at all sizes; none where every input is 0, or beyond floats."""
    assert lowest_weight(examples) == (weight if weight is None else pytest.approx(weight))


@given(lists_of(whole))
def test_goals_contradict_where_goal_over_input_differ(examples: list[Example]) -> None:
    """In fractions, whatever the rounding of the lowest weight; an input of 0 asks for nothing."""
    answers = {Fraction(int(e.goal), int(e.input)) for e in examples if e.input}
    assert contradict(examples) is (len(answers) > 1)


@pytest.mark.parametrize(
    ("examples", "told"),
    [
        ([Example(1, 1), Example(1, 1 + 3e-12)], True),
        ([Example(1, 1), Example(1, 1 + 1e-12)], False),  # each half of it away
        ([Example(1e6, 1e6), Example(1e-6, 5e-6)], True),  # the small one asks for 5, not for 1
        ([Example(1e200, 1e200), Example(1e200, 3e200)], True),
        ([Example(1e6, 5e-324)], False),  # its answer is no float, and there is no other example
    ],
)
def test_contradictions_worked_by_hand(examples: list[Example], told: bool) -> None:
    """Each goal for itself, to a few roundings; none where the answer is beyond floats."""
    assert contradict(examples) is told
