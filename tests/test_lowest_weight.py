"""The lowest weight, and goals that contradict: against exact fractions and brute force."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import whole
from test_dynamics_several import any_examples, near_inputs, numbers

from neuron import Example, alpha_limit, ideal_weight, mean_error, train
from neuron.core.dynamics import contradict, lowest_weight


@example([Example(0, 3), Example(0, -1)])
@example([Example(100, 100), Example(0.001, -100)])
@given(any_examples)
def test_the_lowest_weight_is_the_bottom_of_the_bowl(examples: list[Example]) -> None:
    """It is sum(input * goal) / sum(input**2), in exact fractions, and no weight near is lower."""
    squares = sum(Fraction(e.input) ** 2 for e in examples)
    found = lowest_weight(examples)
    if not squares:
        assert found is None
        return
    asked = sum(Fraction(e.input) * Fraction(e.goal) for e in examples)
    size = sum(abs(Fraction(e.input) * Fraction(e.goal)) for e in examples) / squares
    assert found is not None
    assert abs(Fraction(found) - asked / squares) <= size * 40 * Fraction(1, 2**53)

    def height(weight: Fraction) -> Fraction:
        return sum(
            ((Fraction(e.input) * weight - Fraction(e.goal)) ** 2 for e in examples), Fraction(0)
        )

    for away in (Fraction(1, 10**6), Fraction(1), Fraction(1000)):
        step = away * max(size, Fraction(1, 1000))
        lowest = height(Fraction(found))
        assert lowest < min(height(Fraction(found) + step), height(Fraction(found) - step))


@given(any_examples.filter(lambda data: len(data) < 6 and any(e.input for e in data)), numbers)
def test_a_grid_finds_no_lower_weight(examples: list[Example], around: float) -> None:
    """Brute force: the core's own error at 200 weights is never below that at the bottom."""
    bottom = lowest_weight(examples)
    assert bottom is not None
    lowest = mean_error(examples, bottom)
    for k in range(-100, 101):
        assert mean_error(examples, around + k / 10) >= lowest * (1 - 1e-9) - 1e-18


@pytest.mark.parametrize(
    ("examples", "weight"),
    [
        ([Example(-4, 3)], -0.75),
        ([Example(1, 1), Example(1, 3)], 2),
        ([Example(1, 1), Example(2, 8)], 17 / 5),
        ([Example(0, 9), Example(2, 6)], 3),
        ([Example(1e200, 1e200), Example(1e200, 3e200)], 2),  # squares beyond floats
        ([Example(1e-200, 1e-200), Example(1e-200, 3e-200)], 2),
        ([Example(1e-300, 1e300)] * 2, None),
        ([Example(0, 1)], None),
    ],
)
def test_lowest_weights_worked_by_hand(examples: list[Example], weight: float | None) -> None:
    """The least-squares answer, at all sizes; none where every input is 0, or beyond floats."""
    assert lowest_weight(examples) == (weight if weight is None else pytest.approx(weight))


@given(st.lists(st.builds(Example, whole.filter(bool), whole), min_size=1, max_size=5))
def test_goals_contradict_where_goal_over_input_differ(examples: list[Example]) -> None:
    """In fractions, whatever the rounding of the lowest weight."""
    answers = {Fraction(int(e.goal), int(e.input)) for e in examples}
    assert contradict(examples) is (len(answers) > 1)


@pytest.mark.parametrize(
    ("examples", "told"),
    [
        ([Example(1, 1), Example(1, 1 + 3e-12)], True),
        ([Example(1, 1), Example(1, 1 + 1e-12)], False),  # each half of it away
        ([Example(1e6, 1e6), Example(1e-6, 5e-6)], True),  # the small one asks for 5, not for 1
        ([Example(1e200, 1e200), Example(1e200, 3e200)], True),
        ([Example(0, 9), Example(2, 6)], False),  # the first asks for nothing
        ([Example(0, 9), Example(2, 6), Example(1, 2)], True),
        ([Example(0, 0), Example(2, 6)], False),
        ([Example(0, 1), Example(0, 2)], False),
        ([Example(1e6, 5e-324)], False),  # its answer is no float, and there is no other example
    ],
)
def test_contradictions_worked_by_hand(examples: list[Example], told: bool) -> None:
    """Each goal for itself, to a few roundings; none where nothing can be learned."""
    assert contradict(examples) is told


def test_small_alphas_settle_at_the_lowest_weight() -> None:
    """As alpha goes to 0 the compromise goes to the bottom of the bowl; a large one stays beside.

    1 -> 1 and 2 -> 8: training settles where a pass ends as it began, which theory names.
    """
    examples = [Example(1, 1), Example(2, 8)]
    bottom = lowest_weight(examples)
    apart = [
        abs((ideal_weight(examples, alpha) or 0) - (bottom or 0)) for alpha in (0.2, 1e-3, 1e-6)
    ]
    assert apart == sorted(apart, reverse=True)
    assert apart[0] > 0.1
    assert apart[2] < 1e-5
    run = train(examples, weight=0, alpha=0.2, iterations=60)
    assert run.weights[-1] == pytest.approx(ideal_weight(examples, 0.2))


@given(near_inputs.filter(lambda inputs: len(inputs) > 1), st.integers(-9, 9))
def test_goals_that_one_weight_meets_have_it_as_both(inputs: list[float], weight: int) -> None:
    """Without contradiction the bottom of the bowl is where training settles."""
    examples = [Example(x, x * weight) for x in inputs]
    assert lowest_weight(examples) == pytest.approx(weight, abs=1e-9)
    alpha = 0.5 * (alpha_limit(examples) or 0)
    assert ideal_weight(examples, alpha) == pytest.approx(weight, abs=1e-6)
