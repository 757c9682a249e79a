"""Where a run stands by formula: against exact fractions.

A `Rounded` is an exact number together with how far the same arithmetic in floats can be from it,
so each bound follows from the operations and none is chosen by trying.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from runs import both
from strategies import any_alpha, any_examples, any_number, pulls

from neuron import (
    Example,
    Regime,
    alpha_limit,
    dynamics,
    predicted_iterations,
    regime,
    train,
    weight_after,
)
from neuron.core.closed_form import counted_iterations, weight_by_formula
from neuron.state.parameters import TOLERANCES

UNIT = Fraction(1, 2**53)
SMALLEST = Fraction(1, 2**1074)


class Rounded:
    """An exact number, and a bound on the error of the float computed in its place."""

    def __init__(self, exact: Fraction | float, error: Fraction = Fraction(0)) -> None:
        self.exact, self.error = Fraction(exact), error

    @classmethod
    def by(cls, exact: Fraction, error: Fraction) -> Rounded:
        """The result of one operation, rounded to the nearest float."""
        return cls(exact, error + (abs(exact) + error) * UNIT + SMALLEST)

    def __add__(self, other: Rounded) -> Rounded:
        return Rounded.by(self.exact + other.exact, self.error + other.error)

    def __sub__(self, other: Rounded) -> Rounded:
        return Rounded.by(self.exact - other.exact, self.error + other.error)

    def __mul__(self, other: Rounded) -> Rounded:
        high = (abs(self.exact) + self.error) * (abs(other.exact) + other.error)
        return Rounded.by(self.exact * other.exact, high - abs(self.exact * other.exact))

    def __truediv__(self, other: Rounded) -> Rounded:
        least = abs(other.exact) - other.error
        assume(least > 0)
        quotient = self.exact / other.exact
        return Rounded.by(quotient, (self.error + abs(quotient) * other.error) / least)

    def __pow__(self, power: int) -> Rounded:
        size = abs(self.exact)
        rounded = Rounded.by(self.exact**power, (size + self.error) ** power - size**power)
        # A power is not always rounded to the nearest float, but is within two units of it.
        return Rounded(rounded.exact, rounded.error + 2 * UNIT * abs(rounded.exact))


def a_pass(examples: Sequence[Example], alpha: float) -> tuple[Rounded, Rounded, Rounded]:
    """A, B and 1 - A of a pass, by the operations that the core is built from."""
    factor, offset, gone = Rounded(1), Rounded(0), Rounded(0)
    for e in examples:
        pull = Rounded(alpha) * Rounded(e.input) * Rounded(e.input)
        factor = factor * (Rounded(1) - pull)
        moved = Rounded(alpha) * Rounded(e.input) * Rounded(e.goal)
        offset = offset * (Rounded(1) - pull) + moved
        gone = gone + (pull - gone * pull)
    return factor, offset, gone


def by_formula(examples: Sequence[Example], weight: float, alpha: float, passes: int) -> Rounded:
    factor, offset, gone = a_pass(examples, alpha)
    if len(examples) == 1:
        ideal = Rounded(examples[0].goal) / Rounded(examples[0].input)
    else:
        ideal = offset / gone
    return ideal + (Rounded(weight) - ideal) * factor**passes


def by_training(examples: Sequence[Example], weight: float, alpha: float, passes: int) -> Rounded:
    moving = Rounded(weight)
    for _ in range(passes):
        for e in examples:
            delta = Rounded(e.input) * moving - Rounded(e.goal)
            moving = moving - Rounded(alpha) * (delta * Rounded(e.input))
    return moving


numbers = st.integers(-9, 9).map(float) | st.floats(-1e6, 1e6)
inputs = numbers.filter(lambda x: abs(x) > 1e-6)


@given(inputs, numbers, numbers, pulls, st.integers(0, 30))
def test_formula_and_training_are_where_fractions_are(
    input: float, goal: float, weight: float, pull: float, passes: int
) -> None:
    """With one example both differ from the exact weight by no more than their roundings can."""
    alpha = pull / input**2
    data = [Example(input, goal)]
    formula, training = (by(data, weight, alpha, passes) for by in (by_formula, by_training))
    assert formula.exact == training.exact
    found = weight_after(data, weight, alpha, passes)
    assert found is not None
    assert abs(Fraction(found) - formula.exact) <= formula.error
    run = train(data, weight=weight, alpha=alpha, iterations=passes)
    assert abs(Fraction(run.weights[-1]) - training.exact) <= training.error


@given(
    st.lists(st.builds(Example, inputs, numbers), min_size=2, max_size=4),
    numbers,
    st.floats(0.01, 1.1),
    st.integers(0, 12),
)
def test_with_several_examples_too(
    examples: list[Example], weight: float, part: float, passes: int
) -> None:
    """Up to the limit and a little beyond it; whole passes are compared."""
    alpha = part * (alpha_limit(examples) or 0)
    assume(regime(examples, weight, alpha) is not Regime.ALREADY_THERE)
    formula, training = (by(examples, weight, alpha, passes) for by in (by_formula, by_training))
    assert formula.exact == training.exact
    found = weight_after(examples, weight, alpha, passes)
    assume(not dynamics(examples, weight, alpha).drifts)
    assert found is not None
    assert abs(Fraction(found) - formula.exact) <= formula.error
    run = train(examples, weight=weight, alpha=alpha, iterations=passes)
    assert abs(Fraction(run.weights[-1]) - training.exact) <= training.error


@pytest.mark.parametrize("passes", [0, 1, 100, 5_000, 10_000])
def test_a_long_run_has_the_same_formula(passes: int) -> None:
    """A = 1023/1024 is a float, so ten thousand factors cost no more than the power's rounding."""
    exact = 3 + 4 * Fraction(1023, 1024) ** passes
    found = weight_after([Example(1, 3)], 7, 1 / 1024, passes)
    assert found is not None
    assert abs(Fraction(found) - exact) <= 8 * UNIT * 7


@pytest.mark.parametrize("second", [2.0, 6.0, -2.0])
def test_where_a_is_1_every_pass_adds_the_same(second: float) -> None:
    """2 -> 2 and 2 -> g at alpha 0.5: w becomes 2 − w, and then g − 2 + w."""
    examples = [Example(2, 2), Example(2, second)]
    theory = dynamics(examples, 3, 0.5)
    run = train(examples, weight=3, alpha=0.5, iterations=20)
    assert theory.drifts
    after = [weight_by_formula(theory, k) for k in range(21)]
    assert after == [3 + k * (second - 2) for k in range(21)]
    assert run.weights[::2] == tuple(after)


def test_a_stuck_run_stays_by_formula() -> None:
    """Alpha 0, or an input of 0: the start, after any number of passes."""
    for data, alpha in (([Example(0, 5)], 0.3), ([Example(2, 5), Example(3, 1)], 0.0)):
        assert [weight_after(data, -7.5, alpha, k) for k in (0, 1, 10_000)] == [-7.5] * 3


def test_a_run_that_starts_at_its_answer_stays_by_formula() -> None:
    """Beyond the limit A**k grows without end, but there is no miss to be multiplied by it."""
    assert weight_after([Example(2, 2)], 1, 1e6, 10_000) == 1
    assert weight_after([Example(0.1, 0.3)], 0.3 / 0.1, 1e3, 9_999) == 0.3 / 0.1
    examples = [Example(1, 1), Example(3, 3), Example(7, 7)]
    run = train(examples, weight=1, alpha=1.2, iterations=50)
    assert [weight_after(examples, 1, 1.2, k) for k in (1, 50)] == [1, run.weights[-1]]


HUGE = [Example(1e6, 0.0)] * 20


@pytest.mark.parametrize(
    ("examples", "alpha", "passes"),
    [
        ([Example(2, 2)], 0.6, 3_000),  # 1.4**3000
        ([Example(1, -1)], 3, 1_023),  # 2**1023 is a float, 2.5 times that is none
        ([Example(1e6, 1e6)], 1e6, 20),
        (HUGE, 1e6, 1),  # A alone is 1e360, and B is 0
        ([Example(1e6, 1e6)] * 20, 1e6, 1),
        ([*HUGE[1:], Example(1e-3, 5)], 1e6, 1),  # A is 0, but on its way a pass leaves floats
        ([Example(1e6, 1.0)] * 18 + [Example(1e-3, 1.0)] * 2, 1e6, 1),  # B is no number
    ],
)
def test_beyond_floats_there_is_no_number(
    examples: list[Example], alpha: float, passes: int
) -> None:
    """None: neither an infinity nor, where A is beyond floats, a weight that stands still."""
    assert weight_after(examples, 1.5, alpha, passes) is None
    assert not dynamics(examples, 1.5, alpha).drifts
    assert train(examples, weight=1.5, alpha=alpha, iterations=passes).overflowed_at is not None


@given(
    any_examples,
    any_number,
    any_alpha,
    st.integers(0, 10_000),
    st.sampled_from([*TOLERANCES, 0.5, 1.0]),
)
def test_nothing_on_the_page_is_nan_or_raises(
    examples: list[Example], weight: float, alpha: float, passes: int, tolerance: float
) -> None:
    """A finite weight or None; a count from 0 up or None; and a short run agrees or is unfinished.

    Never is said exactly where the regime does not settle.
    """
    found = weight_after(examples, weight, alpha, passes)
    assert found is None or -inf < found < inf
    needed = predicted_iterations(examples, weight, alpha, tolerance)
    assert needed is None or needed >= 0
    kind = regime(examples, weight, alpha)
    if tolerance < 1 and kind in (Regime.STUCK, Regime.SUSTAINED_OSCILLATION, Regime.DIVERGENCE):
        assert needed is None
    run = train(examples, weight=weight, alpha=alpha, iterations=5)
    counted = counted_iterations(*both(run), tolerance)
    assert counted is None or 0 <= counted <= 5
