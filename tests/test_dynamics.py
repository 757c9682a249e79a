"""The theory of settling and blowing up, against algebra and real runs."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import inf, nextafter, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neuron import Example, Regime, ideal_weight, predicted_iterations, regime, shrink_factor, train

# A test must not fail because a machine is slow.
# Inputs of either sign within the page's limits, all sizes as likely.
sizes = st.floats(-6, 6).map(lambda exponent: 10.0**exponent)
any_input = sizes | sizes.map(lambda size: -size)


def of(*inputs: float) -> list[Example]:
    return [Example(input, 1) for input in inputs]


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


@pytest.mark.parametrize("inputs", [[1e200, 1], [1, 1e200], [1e200, 1, 1e200]])
def test_a_factor_of_zero_leaves_nothing_in_any_order(inputs: list[float]) -> None:
    """One example that lands in one step makes A = 0, also beside one that is beyond floats."""
    assert shrink_factor(of(*inputs), 1.0) == 0


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
