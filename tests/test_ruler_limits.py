"""The ruler's marks and buttons: right for any input, by training and in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import prod, sqrt
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from neuron import Example, Regime, Run, alpha_limit, best_alpha, stable_ranges, train
from neuron.charts.ruler import Ruler, ruler
from neuron.core.dynamics import dynamics_of, regime_of

ONE_AND_THREE = [Example(1, 1), Example(3, 3)]


def run_of(input: float) -> Run:
    return of_many([Example(input, 2)])


def of_many(examples: list[Example]) -> Run:
    return train(examples, weight=0, alpha=0.1, iterations=1)


def thousand_inputs() -> list[float]:
    """Drawn once and for all: all sizes of the page as likely, and any number of it as likely."""
    draw = Random(4)
    sized = [draw.choice([-1, 1]) * 10 ** draw.uniform(-6, 6) for _ in range(500)]
    return sized + [draw.uniform(-1e6, 1e6) for _ in range(500)]


def place_of(scale: Ruler, name: str) -> float:
    (alpha,) = [place.alpha for place in scale.places if place.name == name]
    return float(alpha)


def test_the_limit_of_a_thousand_inputs_is_where_training_turns() -> None:
    """Misses shrink at 0.999 of the marked limit and grow at 1.001 of it; at best one is enough."""
    for input in thousand_inputs():
        data = [Example(input, 2)]
        best, limit = best_alpha(data), alpha_limit(data)
        assert best is not None
        assert limit is not None
        can_be_set = [alpha for alpha in (best, limit) if alpha <= 1e6]
        marks = [mark.alpha for mark in ruler(dynamics_of(run_of(input))).marks]
        assert marks == pytest.approx(can_be_set, rel=1e-11)
        for alpha, shrinks in ((0.999 * limit, True), (1.001 * limit, False)):
            run = train(input=input, goal=input, weight=0, alpha=alpha, iterations=100)
            assert (abs(run.weights[-1] - 1) < 0.9) is shrinks
            assert (abs(run.weights[-1] - 1) > 1.1) is not shrinks
        run = train(input=input, goal=input, weight=0, alpha=best, iterations=1)
        assert run.weights[-1] == pytest.approx(1, abs=1e-11)


def test_the_buttons_of_a_thousand_inputs_do_what_they_are_called() -> None:
    """Best lands in one step, the limit bounces, just past it blows up; past is 5 % past."""
    for input in thousand_inputs():
        scale = ruler(dynamics_of(run_of(input)))
        data = [Example(input, 2)]
        wanted = {"Best alpha": 1.0, "At the limit": 2.0, "Past the limit": 2.1}
        can_be_set = {name: n for name, n in wanted.items() if n / input**2 <= 1e6}
        assert [place.name for place in scale.places] == [*can_be_set]
        alphas = [place.alpha for place in scale.places]
        assert alphas == pytest.approx([n / input**2 for n in can_be_set.values()], rel=1e-11)
        assert alphas[:2] == [mark.alpha for mark in scale.marks]
        assert all(alpha <= scale.top for alpha in alphas)
        kinds = [Regime.ONE_STEP, Regime.SUSTAINED_OSCILLATION, Regime.DIVERGENCE]
        assert [regime_of(data, alpha) for alpha in alphas] == kinds[: len(alphas)]


few_inputs = st.lists(
    st.integers(-9, 9).map(float) | st.floats(-9, 9), min_size=2, max_size=20
).filter(lambda inputs: any(abs(x) > 1e-3 for x in inputs))


@example([1.0, 3.0], True)
@example([1.0, 1 + sqrt(2) + 1e-6], True)
@example([1.0, 1 + sqrt(2) - 1e-6], True)
@example([1.0, 2.4142136], False)
@given(few_inputs, st.booleans())
def test_the_buttons_of_several_examples(inputs: list[float], agree: bool) -> None:
    """Best and limit are the core's to fourteen digits; just past it the run does blow up.

    Also where it would soon settle again: past lies before the next range.
    """
    data = [Example(x, x if agree else 1) for x in inputs]
    scale, stable = ruler(dynamics_of(of_many(data))), stable_ranges(data)
    best, limit = best_alpha(data), alpha_limit(data)
    assert best is not None
    assert limit is not None
    assert place_of(scale, "Best alpha") == float(f"{best:.14g}")
    assert place_of(scale, "At the limit") == float(f"{limit:.14g}")
    past = place_of(scale, "Past the limit")
    assert limit < past <= 1.05 * limit * (1 + 1e-11)
    assert past < scale.top
    if stable[1:]:
        assert past < stable[1][0]
    assert regime_of(data, best) is Regime.ONE_STEP
    assert regime_of(data, past) is Regime.DIVERGENCE


def test_just_past_the_limit_is_before_the_next_range() -> None:
    """Inputs 1 and 2.4143 settle again 2 % past their limit: half way there it blows up."""
    data = [Example(1, 1), Example(2.4143, 2.4143)]
    (_, limit), (again, _) = stable_ranges(data)
    assert limit < again < 1.05 * limit
    past = place_of(ruler(dynamics_of(of_many(data))), "Past the limit")
    assert past == pytest.approx((limit + again) / 2)
    run = train(data, weight=0, alpha=past, iterations=4000)
    assert abs(run.weights[-1] - 1) > 1.01


def test_without_a_limit_there_are_no_buttons() -> None:
    """Nothing to go to where no alpha makes a difference."""
    assert ruler(dynamics_of(run_of(0))).places == ()
    assert ruler(dynamics_of(of_many([Example(0, 1), Example(0, 2)]))).places == ()


def exact_factor(data: list[Example], alpha: Fraction) -> Fraction:
    return prod((1 - alpha * Fraction(e.input) ** 2 for e in data), start=Fraction(1))


@given(st.lists(st.integers(1, 12), min_size=2, max_size=6))
def test_marks_of_several_examples_are_exact_to_a_billionth(inputs: list[int]) -> None:
    """A billionth to either side of each edge, |A| in exact fractions is on either side of 1.

    And none is left out: wherever |A| passes 1 on a fine grid, there is an edge.
    """
    data = [Example(x, 1) for x in inputs]
    scale = ruler(dynamics_of(of_many(data)))
    best, *edges = [Fraction(mark.alpha) for mark in scale.marks]
    assert abs(exact_factor(data, best)) < 1e-9
    billionth = Fraction(1, 10**9)
    for edge in edges:
        sides = [abs(exact_factor(data, edge * (1 + d))) < 1 for d in (-billionth, billionth)]
        assert sides[0] is not sides[1]
    grid = [Fraction(scale.top) * k / 997 for k in range(1, 998)]
    settles = [abs(exact_factor(data, alpha)) < 1 for alpha in grid]
    for (low, before), (high, then) in pairwise(zip(grid, settles, strict=True)):
        if before is not then:
            assert any(low <= edge <= high for edge in edges)


def test_edges_of_inputs_1_and_3_are_where_training_turns() -> None:
    """Roots of 9a² − 10a + 2 and 9a² − 10a: 0.2616, 0.8495 and 1.1111."""
    edges = [mark.alpha for mark in ruler(dynamics_of(of_many(ONE_AND_THREE))).marks[1:]]
    worked = [(10 - sqrt(28)) / 18, (10 + sqrt(28)) / 18, 10 / 9]
    assert edges == pytest.approx(worked, rel=1e-11)
    runs = {0.2613: True, 0.2619: False, 0.849: False, 0.85: True, 1.11: True, 1.112: False}
    for alpha, settles in runs.items():
        run = train(ONE_AND_THREE, weight=0, alpha=alpha, iterations=1500)
        assert (abs(run.weights[-1] - 1) < 0.5) is settles
        assert (abs(run.weights[-1] - 1) > 2) is not settles
