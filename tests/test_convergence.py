"""The theory of settling and blowing up, against published counts, algebra, and real runs."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import ceil, inf, nextafter, prod, sqrt
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from neuron import (
    Example,
    Regime,
    alpha_limit,
    best_alpha,
    ideal_weight,
    predicted_iterations,
    regime,
    shrink_factor,
    stable_ranges,
    train,
)

# A test must not fail because a machine is slow.
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Inputs of either sign within the page's limits, all sizes as likely.
sizes = st.floats(-6, 6).map(lambda exponent: 10.0**exponent)
any_input = sizes | sizes.map(lambda size: -size)
# Inputs near each other, so that rounding in a product of their factors stays far below 1e-9.
near_inputs = st.lists(st.floats(1, 5) | st.floats(-5, -1), min_size=1, max_size=3)


def of(*inputs: float) -> list[Example]:
    return [Example(input, 1) for input in inputs]


def exact_pass(examples: list[Example], alpha: float) -> tuple[Fraction, Fraction]:
    """A and B of `weight -> A * weight + B`, in exact fractions."""
    factor, offset = Fraction(1), Fraction(0)
    for e in examples:
        x, goal = Fraction(e.input), Fraction(e.goal)
        rest = 1 - Fraction(alpha) * x * x
        factor, offset = factor * rest, offset * rest + Fraction(alpha) * x * goal
    return factor, offset


@pytest.mark.parametrize(
    ("input", "alpha", "factor", "expected"),
    [
        (2, 0.1, 0.6, Regime.MONOTONE),
        (2, 0.25, 0, Regime.ONE_STEP),
        (2, 0.4, -0.6, Regime.DAMPED_OSCILLATION),
        (2, 0.5, -1, Regime.SUSTAINED_OSCILLATION),
        (2, 0.6, -1.4, Regime.DIVERGENCE),
        (2, -0.1, 1.4, Regime.DIVERGENCE),
        (0, 0.1, 1, Regime.STUCK),
        (2, 0, 1, Regime.STUCK),
        (-2, 0.1, 0.6, Regime.MONOTONE),
        (0.1, 200, -1, Regime.SUSTAINED_OSCILLATION),  # 200 * 0.1**2 is 2.0000000000000004
        (1e200, 1, -inf, Regime.DIVERGENCE),
    ],
)
def test_the_shrink_factor_decides(
    input: float, alpha: float, factor: float, expected: Regime
) -> None:
    """The table of regimes, row by row; A = 1 - alpha * input**2 worked by hand.

    Where |A| is 1 or more, no number of passes arrives.
    """
    assert shrink_factor(of(input), alpha) == pytest.approx(factor, rel=1e-15)
    assert regime(of(input), 0, alpha) is expected
    assert (predicted_iterations(of(input), 0, alpha, 0.01) is None) is (abs(factor) >= 1)


@pytest.mark.parametrize("input", [0.1, 0.3, 0.7, -0.7, 1.1, 3, 1e-3, 999_999.9])
def test_critical_values_are_met_in_rounded_floats(input: float) -> None:
    """1 / input**2 is one step and 2 / input**2 bounces, though their floats are rounded.

    A millionth to either side is another regime.
    """
    one, two = 1 / input**2, 2 / input**2
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


@pytest.mark.parametrize("alpha", [1e-12, 1e-17, 1e-300])
def test_a_tiny_alpha_creeps(alpha: float) -> None:
    """Only alpha 0 is stuck: a tiny one creeps even where 1 - alpha * input**2 rounds to 1."""
    assert regime(of(2), 0, alpha) is Regime.MONOTONE
    assert regime(of(2, 3), 0, alpha) is Regime.MONOTONE
    assert regime(of(2), 0, -alpha) is Regime.DIVERGENCE


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


def test_the_answer_to_one_example_only_is_not_there() -> None:
    """Two examples are answered when both are."""
    examples = [Example(1, 1), Example(1, 3)]
    assert {regime(examples, weight, 0.1) for weight in (1, 2, 3)} == {Regime.MONOTONE}


def test_input_zero_is_there_only_if_goal_zero_asks_for_it() -> None:
    """An input of 0 predicts 0: right if that is the goal, else stuck."""
    assert regime([Example(0, 0)], 5, 0.1) is Regime.ALREADY_THERE
    assert regime([Example(0, 2)], 5, 0.1) is Regime.STUCK


shrinking = st.floats(0.01, 0.99)
growing = st.floats(1.01, 20)
FACTORS = {
    Regime.MONOTONE: shrinking,
    Regime.DAMPED_OSCILLATION: shrinking.map(lambda factor: -factor),
    Regime.DIVERGENCE: growing | growing.map(lambda factor: -factor),
}


@untimed
@pytest.mark.parametrize("expected", FACTORS, ids=lambda kind: kind.name)
@given(any_input, st.floats(-10, 10), st.floats(1, 100) | st.floats(-100, -1), st.data())
def test_the_verdict_is_what_a_run_does(
    expected: Regime, input: float, ideal: float, miss: float, data: st.DataObject
) -> None:
    """Monotone misses keep their sign and shrink, damped ones alternate, diverging ones grow.

    The miss is never below a millionth of the weight, where rounding (1e-15) cannot be seen.
    """
    factor = data.draw(FACTORS[expected])
    alpha = (1 - factor) / input**2
    learned = Example(input, ideal * input)
    run = train([learned], weight=ideal + miss, alpha=alpha, iterations=3)
    assert regime([learned], ideal + miss, alpha) is expected
    misses = [Fraction(w) - Fraction(learned.goal) / Fraction(input) for w in run.weights]
    for before, after in pairwise(misses):
        assert (abs(after) < abs(before)) is (expected is not Regime.DIVERGENCE)
        assert (after * before > 0) is (factor > 0)


def drift(examples: list[Example], alpha: float) -> list[float]:
    run = train(examples, weight=0, alpha=alpha, iterations=40)
    return list(run.weights[:: len(examples)])


def test_a_bouncing_run_returns_for_ever() -> None:
    """At A = -1 every second pass is back where it was, with one example or with several."""
    edge = (10 - sqrt(28)) / 18  # of (1 - a) * (1 - 9 * a) = -1
    for examples, alpha in [(of(2), 0.5), (of(1, 3), edge)]:
        assert regime(examples, 0, alpha) is Regime.SUSTAINED_OSCILLATION
        weights = drift(examples, alpha)
        assert weights[::2] == pytest.approx([weights[0]] * 21, abs=1e-9)
        assert abs(weights[1] - weights[0]) > 0.1


def test_a_run_that_drifts_away_does_not_bounce() -> None:
    """At A = +1 a pass adds the same again and again: the weight leaves, it does not return.

    Inputs 1 and 3 have (1 - a) * (1 - 9 * a) = 1 at a = 10 / 9.
    """
    examples, alpha = of(1, 3), 10 / 9
    weights = drift(examples, alpha)
    steps = [after - before for before, after in pairwise(weights)]
    assert steps == pytest.approx([steps[0]] * 40, rel=1e-9)
    assert abs(weights[-1]) > 100
    assert regime(examples, 0, alpha) is Regime.DIVERGENCE


@settings(untimed, max_examples=1000)
@given(any_input)
def test_best_alpha_and_limit_are_seen_in_training(input: float) -> None:
    """At the best alpha one step lands; at 0.999 of the limit misses shrink, at 1.001 they grow.

    0.998**50 is 0.905 and 1.002**50 is 1.105.
    """
    best, limit = best_alpha(of(input)), alpha_limit(of(input))
    assert best is not None
    assert limit is not None

    def left(alpha: float, iterations: int) -> float:
        run = train(input=input, goal=0, weight=1, alpha=alpha, iterations=iterations)
        return abs(run.weights[-1])

    assert left(best, 1) < 1e-12
    assert left(0.999 * limit, 50) == pytest.approx(0.905, abs=0.001)
    assert left(1.001 * limit, 50) == pytest.approx(1.105, abs=0.001)


@pytest.mark.parametrize("inputs", [[0], [0, 0, -0.0], [1e-200]])
def test_no_alpha_where_nothing_can_be_learned(inputs: list[float]) -> None:
    """With inputs of 0, or so small that the alpha is beyond floats, there is none to name."""
    assert best_alpha(of(*inputs)) is None
    assert alpha_limit(of(*inputs)) is None
    assert stable_ranges(of(*inputs)) == []


@pytest.mark.parametrize("input", [0.1, -0.3, 0.7, 1.1, 13, 123.456])
def test_the_best_alpha_is_the_float_of_its_formula(input: float) -> None:
    """1 / input**2 as Python computes it, to the last bit."""
    assert best_alpha(of(input)) == 1 / input**2


def test_alphas_are_named_as_long_as_floats_hold_them() -> None:
    """Also where input**2 is beyond floats; no limit is named where 1 or 2 / input**2 is."""
    assert best_alpha(of(1e160)) == 1e-320
    assert [best_alpha(of(1e-154)), stable_ranges(of(1e-154))] == [pytest.approx(1e308), []]
    for input in (1e200, 7e161):  # 1 / 7e161**2 is below the smallest float, 2 / 7e161**2 is it
        assert [best_alpha(of(input)), stable_ranges(of(input))] == [None, []]


def test_an_edge_is_exact_to_the_last_bit() -> None:
    """(1 - a) * (1 - 4 * a) is 1 at 5 / 4, and every product on the way is a float."""
    assert stable_ranges(of(2, 1)) == [(0, 5 / 4)]


def test_a_range_that_ends_beyond_floats_is_left_out() -> None:
    """Inputs 1e-150 and 5e-155 settle up to 2e300, and again around 4e308."""
    (edges,) = stable_ranges(of(1e-150, 5e-155))
    assert edges == pytest.approx((0, 2e300))


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
        ([1e6, 1e-150], 1e-12, None),  # an input that is nothing beside the other
    ],
)
def test_ranges_solve_the_quadratic(
    inputs: list[float], best: float, ranges: list[tuple[float, float]] | None
) -> None:
    """For two inputs |A| = 1 is a quadratic equation, solved by hand."""
    assert best_alpha(of(*inputs)) == pytest.approx(best, rel=1e-14)
    limit = alpha_limit(of(*inputs))
    assert limit == pytest.approx(ranges[0][1] if ranges else 2 * best, rel=1e-14)
    if ranges:
        flat = [edge for both in stable_ranges(of(*inputs)) for edge in both]
        assert flat == pytest.approx([edge for both in ranges for edge in both], rel=1e-14)


def test_inputs_1_and_3_settle_again_beyond_their_limit() -> None:
    """They diverge between 0.2616 and 0.8495 and settle again up to 1.1111."""
    printed = [f"{edge:.4f}" for both in stable_ranges(of(1, 3)) for edge in both]
    assert printed == ["0.0000", "0.2616", "0.8495", "1.1111"]


@untimed
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


@pytest.mark.parametrize("inputs", [[1e200, 1], [1, 1e200], [1e200, 1, 1e200]])
def test_a_factor_of_zero_leaves_nothing_in_any_order(inputs: list[float]) -> None:
    """One example that lands in one step makes A = 0, also beside one that is beyond floats."""
    assert shrink_factor(of(*inputs), 1.0) == 0


# Google, Machine Learning Crash Course, "Reducing Loss: Optimizing Learning Rate", prints how many
# steps its two curves take. The mapping to one neuron is ours: best alpha 1.6 and 0.25, and
# "reached" is within 0.55 % and 0.603 % of the starting distance.
FIRST, SECOND = (sqrt(1 / 1.6), 0.0055), (2.0, 0.00603)


@pytest.mark.parametrize(
    ("curve", "alpha", "steps"),
    [
        *((FIRST, alpha, steps) for alpha, steps in [(0.1, 81), (1, 6), (1.6, 1), (4, None)]),
        *((SECOND, alpha, steps) for alpha, steps in [(0.03, 40), (0.1, 11), (0.25, 1), (1, None)]),
    ],
)
def test_counts_as_the_crash_course_prints(
    curve: tuple[float, float], alpha: float, steps: int | None
) -> None:
    """The published numbers of steps, and that a rate of 4, or of 1, never arrives."""
    input, tolerance = curve
    assert predicted_iterations(of(input), 0, alpha, tolerance) == steps


def test_the_articles_run_needs_18_iterations() -> None:
    """Input 2, goal 2, weight 0, alpha 0.1: the error is below 1e-7 "18 times" on, not 17."""
    run = train(input=2, goal=2, weight=0, alpha=0.1, iterations=18)
    assert run.errors[18] < 1e-7 < run.errors[17]
    assert predicted_iterations(run.examples, 0, 0.1, sqrt(1e-7 / run.errors[0])) == 18


@untimed
@given(near_inputs, st.floats(0, 1.2), st.integers(-9, 9), st.floats(1e-6, 0.5))
def test_predicted_is_what_a_run_takes(
    inputs: list[float], part: float, ideal: int, tolerance: float
) -> None:
    """Passes are counted in a run until the miss is small enough; near-ties are left out."""
    examples = [Example(x, ideal * x) for x in inputs]
    alpha = part * (alpha_limit(examples) or 0)
    factor, offset = exact_pass(examples, alpha)
    assume(1e-9 < abs(factor) < 0.97 or abs(factor) > 1.001)
    count = predicted_iterations(examples, ideal + 100, alpha, tolerance)
    if abs(factor) > 1:
        assert count is None
        return
    assume(all(abs(abs(float(factor)) ** k / tolerance - 1) > 1e-6 for k in range(500)))
    run = train(examples, weight=ideal + 100, alpha=alpha, iterations=500)
    target = offset / (1 - factor)
    misses = [abs(Fraction(w) - target) for w in run.weights[:: len(examples)]]
    assert count == next(k for k, m in enumerate(misses) if m <= misses[0] * Fraction(tolerance))


@pytest.mark.parametrize(
    ("alpha", "tolerance", "count"),
    [(0.5, 0.125, 3), (1.5, 0.125, 3), (0.9, 0.001, 3), (1, 1e-9, 1), (0.5, 0.75, 1), (0.5, 1, 0)],
)
def test_a_tie_counts_as_reached(alpha: float, tolerance: float, count: int) -> None:
    """Half of half of half is an eighth: 3 passes, rounded floats or not."""
    assert predicted_iterations(of(1), 0, alpha, tolerance) == count


@pytest.mark.parametrize("alpha", [1e-3, 1e-6, 1e-9, 1e-12])
@pytest.mark.parametrize("tolerance", [0.9, 0.5, 0.01])
def test_slow_runs_are_counted_to_the_last_pass(alpha: float, tolerance: float) -> None:
    """The count is log(tolerance) / log(A) rounded up, as 50-digit arithmetic has it."""
    with localcontext(prec=50):
        passes = Decimal(tolerance).ln() / (1 - Decimal(alpha)).ln()
    assert predicted_iterations(of(1), 0, alpha, tolerance) == ceil(passes)


def test_more_passes_than_floats_can_count_are_no_number() -> None:
    """The smallest float above 0 as alpha moves, but log(0.5) / log(A) is beyond floats."""
    assert predicted_iterations(of(1), 0, 5e-324, 0.5) is None


@pytest.mark.parametrize("tolerance", [0.0, -0.1, 1.5])
def test_refuses_a_tolerance_that_is_no_part(tolerance: float) -> None:
    """A tolerance is a part of the starting miss: above 0, at most 1."""
    with pytest.raises(ValueError, match="tolerance must be above 0 and at most 1, got ") as caught:
        predicted_iterations(of(2), 0, 0.1, tolerance)
    assert str(caught.value).endswith(f"got {tolerance!r}")


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("alpha", lambda bad: shrink_factor(of(2), bad)),
        ("alpha", lambda bad: regime(of(2), 0, bad)),
        ("weight", lambda bad: regime(of(2), bad, 0.1)),
        ("alpha", lambda bad: ideal_weight(of(2), bad)),
        ("tolerance", lambda bad: predicted_iterations(of(2), 0, 0.1, bad)),
    ],
)
def test_refuses_what_is_no_finite_number(name: str, call: Any) -> None:
    """The refusal is the one that `train` gives."""
    for bad, error in [(inf, ValueError), (-inf, ValueError), ("1", TypeError), (True, TypeError)]:
        with pytest.raises(error, match=f"^{name} must be a finite number, got {bad!r}$"):
            call(bad)
