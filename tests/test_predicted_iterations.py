"""The predicted number of iterations, against published counts, real runs and 50 digits."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_dynamics import of
from test_dynamics_several import exact_pass, near_inputs

from neuron import Example, alpha_limit, predicted_iterations, train

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
