"""Where a run stands by formula: against exact fractions."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import count, takewhile
from math import ceil, prod, ulp

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import both
from strategies import pulls
from test_dynamics import exact_pass, of

from neuron import Example, Regime, alpha_limit, dynamics, predicted_iterations, train, weight_after
from neuron.core.closed_form import counted_iterations, weight_by_formula
from neuron.state.parameters import TOLERANCES

numbers = st.integers(-9, 9).map(float) | st.floats(-1e6, 1e6)
inputs = numbers.filter(lambda x: abs(x) > 1e-6)
one = st.builds(Example, inputs, numbers)


@given(st.lists(one, min_size=1, max_size=4), numbers, pulls, st.integers(0, 30))
def test_formula_and_training_are_where_fractions_are(
    examples: list[Example], weight: float, pull: float, passes: int
) -> None:
    """Both are as near to the exact weight as a few thousand roundings on the way allow."""
    passes //= len(examples)
    alpha = pull / max(e.input**2 for e in examples)
    theory = dynamics(examples, weight, alpha)
    factor, offset = exact_pass(examples, alpha)
    assume(not theory.drifts and theory.regime is not Regime.ALREADY_THERE and factor != 1)
    ideal, exact = offset / (1 - factor), Fraction(weight)
    for _ in range(passes):
        exact = factor * exact + offset
    growth = prod(max(1, abs(1 - alpha * e.input**2)) for e in examples) ** max(1, passes)
    moved = passes * sum(abs(alpha * e.input * e.goal) for e in examples)
    largest = growth * (abs(weight) + abs(ideal) + moved) / min(1, abs(1 - factor) or 1)
    found = weight_after(examples, weight, alpha, passes)
    run = train(examples, weight=weight, alpha=alpha, iterations=passes)
    assert found is not None
    for value in (found, run.weights[-1]):
        assert abs(Fraction(value) - exact) <= 1e-12 * largest + 1e-300


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


@pytest.mark.parametrize(
    ("examples", "weight", "alpha"),
    [
        ([Example(0, 5)], -7.5, 0.3),
        ([Example(2, 5), Example(3, 1)], -7.5, 0.0),
        ([Example(2, 2)], 1, 1e6),
        ([Example(0.1, 0.3)], 0.3 / 0.1, 1e3),
        ([Example(1, 1), Example(3, 3), Example(7, 7)], 1, 1.2),
    ],
)
def test_what_does_not_move_stays_by_formula(
    examples: list[Example], weight: float, alpha: float
) -> None:
    """Stuck, or at its answer: beyond the limit A**k grows, but there is no miss to multiply."""
    passes = (0, 1, 10_000)
    assert [weight_after(examples, weight, alpha, k) for k in passes] == [weight] * 3
    assert set(train(examples, weight=weight, alpha=alpha, iterations=50).weights) == {weight}


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


@pytest.mark.parametrize("alpha", [1e-3, 1e-6, 1e-9, 1e-12])
@pytest.mark.parametrize("tolerance", [0.9, 0.5, 0.01])
def test_slow_runs_are_counted_to_the_last_pass(alpha: float, tolerance: float) -> None:
    """The count is log(tolerance) / log(A) rounded up, as 50-digit arithmetic has it."""
    with localcontext(prec=50):
        passes = Decimal(tolerance).ln() / (1 - Decimal(alpha)).ln()
    assert predicted_iterations(of(1), 0, alpha, tolerance) == ceil(passes)


@pytest.mark.parametrize("tolerance", [0.0, -0.1, 1.5])
def test_refuses_a_tolerance_that_is_no_part(tolerance: float) -> None:
    """A tolerance is a part of the starting miss: above 0, at most 1."""
    said = f"^tolerance must be above 0 and at most 1, got {tolerance}$"
    with pytest.raises(ValueError, match=said):
        predicted_iterations(of(2), 0, 0.1, tolerance)


def first_within(examples: list[Example], alpha: float, tolerance: Fraction) -> int:
    """The smallest k with |A|**k <= tolerance in exact fractions; a near tie is left out."""
    factor = abs(exact_pass(examples, alpha)[0])
    powers = list(takewhile(lambda left: left > tolerance, (factor**k for k in count())))
    for left in (powers[-1], powers[-1] * factor):
        assume(abs(left / tolerance - 1) > Fraction(1, 10**7))
    return len(powers)


several = st.lists(st.builds(Example, st.floats(1, 5), st.floats(-9, 9)), min_size=2, max_size=5)
parts = st.floats(0.025, 0.475) | st.floats(0.525, 0.975)
tolerances = st.sampled_from([*TOLERANCES]) | st.floats(1e-6, 0.5)


@example([Example(2, 4)], 1.0, 0.2, 0.01)
@given(st.tuples(one).map(list) | several, st.floats(0.01, 100), parts, tolerances)
def test_predicted_is_counted_is_exact(
    examples: list[Example], miss: float, part: float, tolerance: float
) -> None:
    """Three ways to one number of passes: logarithms, a real run, and powers of the exact A."""
    alpha = part * (alpha_limit(examples) or 0)
    factor, offset = exact_pass(examples, alpha)
    assume(Fraction(1, 1000) < abs(factor) < Fraction(99, 100))
    ideal = float(offset / (1 - factor))
    weight = ideal + miss * max(1.0, abs(ideal))
    needed = first_within(examples, alpha, Fraction(tolerance))
    assert predicted_iterations(examples, weight, alpha, tolerance) == needed
    for iterations in (needed - 1, needed, needed + 3):
        run = train(examples, weight=weight, alpha=alpha, iterations=iterations)
        counted = counted_iterations(*both(run), tolerance)
        assert counted == (None if iterations < needed else needed)


TWO = [Example(2, 2)]


@pytest.mark.parametrize(
    ("data", "weight", "alpha", "tolerance", "counted"),
    [
        (TWO, 1, 0.6, 0.01, 0),  # already there
        (TWO, 0, 0.25, 0.01, 1),  # one step
        (TWO, 0, 0.225, 0.01, 2),  # 0.1 * 0.1, in floats a little more than 0.01
        (TWO, 0, 0.5, 0.01, None),  # bounces
        (TWO, 0, 0.6, 0.01, None),  # blows up
        (TWO, 0, 0, 0.01, None),  # stuck
        (TWO, 0, 5e-324, 0.01, None),  # moves, but in more passes than floats can count
        ([Example(0, 2)], 0, 0.1, 0.01, None),
        ([Example(2, 2), Example(2, 6)], 0, 0.5, 0.01, None),  # drifts
        ([Example(2, 2), Example(2, 2)], 0, 0.5, 0.01, None),  # comes back
        # a tie counts as reached: half of half of half is an eighth
        ([Example(1, 0)], 1, 0.5, 0.125, 3),
        ([Example(1, 0)], 1, 1.5, 0.125, 3),
        ([Example(1, 0)], 1, 0.9, 0.001, 3),
        ([Example(1, 0)], 1, 0.25, 0.75**3, 3),
        ([Example(1, 0)], 1, 0.625, 0.375**9, 9),
        ([Example(1, 0)], 1, 0.5, 0.75, 1),
        ([Example(1, 0)], 1, 0.5, 1, 0),
        ([Example(1, 0)], 1, 1, 1e-9, 1),
    ],
)
def test_counted_in_every_regime(
    data: list[Example], weight: float, alpha: float, tolerance: float, counted: int | None
) -> None:
    """So much of the miss is left after so many passes, or never; the formula says the same."""
    run = train(data, weight=weight, alpha=alpha, iterations=50)
    assert counted_iterations(*both(run), tolerance) == counted
    assert predicted_iterations(data, weight, alpha, tolerance) == counted


def test_a_miss_of_the_last_digit_is_there() -> None:
    """3 × weight meets 0.1 a digit beside 0.1 / 3, and stays: nearer than that no float comes."""
    run = train(input=3, goal=0.1, weight=0.1 / 3 + 2**-50, alpha=0.5 / 9, iterations=60)
    left = [abs(weight - 0.1 / 3) for weight in run.weights]
    assert left[-1] > 1e-6 * left[0]
    counted = counted_iterations(*both(run), 1e-6)
    assert counted is not None
    assert left[counted] <= ulp(0.1 / 3) < left[counted - 1]
