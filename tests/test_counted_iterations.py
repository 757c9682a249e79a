"""After how many passes a run is there: counted, predicted, and in exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import count, islice, takewhile
from math import ulp

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import both
from test_closed_form import a_pass, inputs

from neuron import Example, alpha_limit, predicted_iterations, train
from neuron.core.closed_form import counted_iterations
from neuron.state.parameters import TOLERANCES


def first_within(examples: Sequence[Example], alpha: float, tolerance: Fraction) -> Fraction | int:
    """The smallest k with |A|**k <= tolerance in exact fractions; a near tie is left out."""
    factor = abs(a_pass(examples, alpha)[0].exact)
    powers = list(takewhile(lambda left: left > tolerance, (factor**k for k in count())))
    for left in (powers[-1], powers[-1] * factor):
        assume(abs(left / tolerance - 1) > Fraction(1, 10**7))
    return len(powers)


settling = st.floats(0.05, 0.95) | st.floats(1.05, 1.95)
tolerances = st.sampled_from([*TOLERANCES]) | st.floats(1e-6, 0.5)


@example(2.0, 2.0, 1.0, 0.4, 0.01)
@given(inputs, st.floats(-1e6, 1e6), st.floats(0.01, 100), settling, tolerances)
def test_predicted_is_counted_is_exact(
    input: float, ideal: float, miss: float, pull: float, tolerance: float
) -> None:
    """Three ways to one number: logarithms, a real run, and powers of the exact A.

    The miss is no smaller than floats can follow: a thousandth of the ideal weight.
    """
    goal, alpha = ideal * input, pull / input**2
    assume(abs(goal) < 1e12)
    data = [Example(input, goal)]
    weight = ideal + miss * max(1.0, abs(ideal))
    needed = first_within(data, alpha, Fraction(tolerance))
    assert predicted_iterations(data, weight, alpha, tolerance) == needed
    run = train(data, weight=weight, alpha=alpha, iterations=int(needed) + 3)
    assert counted_iterations(*both(run), tolerance) == needed
    short = train(data, weight=weight, alpha=alpha, iterations=int(needed) - 1)
    assert counted_iterations(*both(short), tolerance) is None


@given(
    st.lists(st.builds(Example, st.floats(1, 5), st.floats(-9, 9)), min_size=2, max_size=5),
    st.floats(0.05, 0.95),
    tolerances,
)
def test_passes_are_counted_not_steps(
    examples: list[Example], part: float, tolerance: float
) -> None:
    """With several examples the same three ways agree, in whole passes."""
    alpha = part * (alpha_limit(examples) or 0)
    factor, offset, gone = a_pass(examples, alpha)
    ideal = offset.exact / gone.exact
    assume(Fraction(1, 1000) < abs(factor.exact) < Fraction(99, 100))
    needed = int(first_within(examples, alpha, Fraction(tolerance)))
    weight = float(ideal) + 100
    assert predicted_iterations(examples, weight, alpha, tolerance) == needed
    run = train(examples, weight=weight, alpha=alpha, iterations=needed)
    assert counted_iterations(*both(run), tolerance) == needed
    passes = islice(run.weights, 0, None, len(examples))
    left = [abs(Fraction(w) - ideal) for w in passes]
    assert left[needed] <= Fraction(tolerance) * left[0] * (1 + Fraction(1, 10**6))
    assert all(miss > Fraction(tolerance) * left[0] for miss in left[:needed])


@pytest.mark.parametrize(
    ("data", "weight", "alpha", "counted"),
    [
        ([Example(2, 2)], 1, 0.6, 0),  # already there
        ([Example(2, 2)], 0, 0.25, 1),  # one step
        ([Example(2, 2)], 0, 0.225, 2),  # 0.1 * 0.1, in floats a little more than 0.01
        ([Example(2, 2)], 0, 0.5, None),  # bounces
        ([Example(2, 2)], 0, 0.6, None),  # blows up
        ([Example(2, 2)], 0, 0, None),  # stuck
        ([Example(0, 2)], 0, 0.1, None),
        ([Example(2, 2), Example(2, 6)], 0, 0.5, None),  # drifts
        ([Example(2, 2), Example(2, 2)], 0, 0.5, None),  # comes back
    ],
)
def test_counted_in_every_regime(
    data: list[Example], weight: float, alpha: float, counted: int | None
) -> None:
    """1 % of the miss is left after so many passes, or never; the formula says the same."""
    run = train(data, weight=weight, alpha=alpha, iterations=50)
    assert counted_iterations(*both(run), 0.01) == counted
    assert predicted_iterations(data, weight, alpha, 0.01) == counted


@pytest.mark.parametrize(("factor", "passes"), [(0.75, 3), (0.375, 9)])
def test_a_tie_is_met(factor: float, passes: int) -> None:
    """The tolerance is a power of A to the bit, yet the logarithms' quotient lies a bit above."""
    data, tolerance = [Example(1, 0)], factor**passes
    assert tolerance == Fraction(factor) ** passes
    assert predicted_iterations(data, 1, 1 - factor, tolerance) == passes
    run = train(data, weight=1, alpha=1 - factor, iterations=passes)
    assert counted_iterations(*both(run), tolerance) == passes


def test_a_miss_of_the_last_digit_is_there() -> None:
    """3 × weight meets 0.1 a digit beside 0.1 / 3, and stays: nearer than that no float comes."""
    run = train(input=3, goal=0.1, weight=0.1 / 3 + 2**-50, alpha=0.5 / 9, iterations=60)
    left = [abs(weight - 0.1 / 3) for weight in run.weights]
    assert left[-1] > 1e-6 * left[0]
    counted = counted_iterations(*both(run), 1e-6)
    assert counted is not None
    assert left[counted] <= ulp(0.1 / 3) < left[counted - 1]
