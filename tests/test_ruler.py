"""The alpha ruler: its marks and bands are what theory says of each alpha."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import isfinite, prod, sqrt
from random import Random
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from neuron import (
    Example,
    Regime,
    Run,
    alpha_limit,
    best_alpha,
    regime,
    shrink_factor,
    stable_ranges,
    train,
)
from neuron.charts.ruler import FURTHEST, LARGEST_LIMIT, Ruler, ruler
from neuron.core.dynamics import dynamics_of, regime_of, seen_regime_of
from neuron.words.verdict import BAND_WORDS

# A test must not fail because a machine is slow.
# Inputs of either sign within the page's limits, all sizes as likely; where they are small, the
# limit is beyond where alpha ends.
sizes = st.floats(-2.69, 6).map(lambda exponent: 10.0**exponent)


small = st.floats(-6, -2.75).map(lambda exponent: 10.0**exponent)


any_input = sizes | sizes.map(lambda size: -size) | st.integers(1, 1_000_000).map(float)


KINDS = [Regime.MONOTONE, Regime.DAMPED_OSCILLATION, Regime.DIVERGENCE]


def run_of(input: float, alpha: float = 0.1) -> Run:
    return train(input=input, goal=2, weight=0, alpha=alpha, iterations=1)


@pytest.mark.parametrize(
    ("input", "expected"),
    [
        (2, [(0.25, "best 0.25"), (0.5, "limit 0.5")]),
        (-0.1, [(100, "best 100"), (200, "limit 200")]),  # 1 / 0.1**2 is 99.99999999999999
        (3, [(0.11111111111111, "best 0.1111"), (0.22222222222222, "limit 0.2222")]),
    ],
)
def test_marks_are_free_of_the_dust_of_floats(input: float, expected: Any) -> None:
    """1 / input**2 and 2 / input**2 as a person would write them."""
    assert [
        (mark.alpha, mark.label) for mark in ruler(dynamics_of(run_of(input))).marks
    ] == expected


@given(any_input, st.floats(0, 1_000_000))
def test_the_scale_reaches_from_zero_past_the_limit(input: float, alpha: float) -> None:
    """Bands follow each other from 0 to the top; the top is a whole number of steps."""
    run = run_of(input, alpha)
    scale, limit = ruler(dynamics_of(run)), alpha_limit(run.examples)
    assert limit is not None
    assert scale.alpha == alpha
    assert 1.2 * limit < scale.top < 2 * limit
    assert scale.top / scale.step == pytest.approx(round(scale.top / scale.step), rel=1e-12)
    assert 100 <= round(scale.top / scale.step) <= 1000
    assert (scale.bands[0].low, scale.bands[-1].high) == (0, scale.top)
    assert all(left.high == right.low for left, right in pairwise(scale.bands))


@given(any_input, st.floats(1e-6, 1 - 1e-6))
def test_every_alpha_of_a_band_does_what_the_band_says(input: float, part: float) -> None:
    """Anywhere inside a band the core gives the band's regime."""
    run = run_of(input)
    bands = ruler(dynamics_of(run)).bands
    assert [band.regime for band in bands] == [kind.name.lower() for kind in KINDS]
    assert [band.word for band in bands] == [BAND_WORDS[kind] for kind in KINDS]
    for kind, band in zip(KINDS, bands, strict=True):
        alpha = band.low + part * (band.high - band.low)
        assert regime(run.examples, run.weights[0], alpha) is kind


@example(0.001, 0.5)
@given(small, st.floats(1e-6, 1 - 1e-6))
def test_a_scale_ends_where_alpha_ends(input: float, part: float) -> None:
    """Small inputs have their limit beyond: bands and marks are those up to a million, and true."""
    run = run_of(input)
    scale = ruler(dynamics_of(run))
    assert (scale.top, scale.step) == (1e6, 1e4)
    assert (scale.bands[0].low, scale.bands[-1].high) == (0, scale.top)
    assert all(left.high == right.low for left, right in pairwise(scale.bands))
    assert [mark.alpha for mark in scale.marks] == pytest.approx(
        [n / input**2 for n in (1, 2) if n / input**2 <= 1e6], rel=1e-11
    )
    for band in scale.bands:
        alpha = band.low + part * (band.high - band.low)
        assert band.regime == regime(run.examples, 0, alpha).name.lower()


def test_the_ruler_in_words() -> None:
    """The sentence names both critical alphas and what happens at and around them."""
    assert ruler(dynamics_of(run_of(2))).sentence == (
        "At 0.25 it lands in one step, up to 0.5 it settles; "
        "at the limit it bounces, beyond it blows up."
    )


def test_with_input_zero_there_is_nothing_to_mark() -> None:
    """No marks and no bands, and a sentence for that; the thumb still has a scale to move on."""
    scale = ruler(dynamics_of(run_of(0, 0.3)))
    assert (scale.alpha, scale.marks, scale.bands) == (0.3, (), ())
    assert 0 < scale.step < scale.top
    assert scale.sentence == "No alpha makes a difference with this input."


@example(1.2727320211281524e-154)
@example(1e-200)
@given(st.floats(-1_000_000, 1_000_000))
def test_any_input_has_a_ruler(input: float) -> None:
    """Nothing raises, every number is finite, and there are marks exactly where alpha matters."""
    scale = ruler(dynamics_of(run_of(input)))
    assert 0 < scale.step < scale.top
    assert isfinite(scale.top)
    limit = alpha_limit([Example(input, 2)])
    matters = limit is not None and limit <= LARGEST_LIMIT / FURTHEST
    assert bool(scale.bands) is matters
    assert bool(scale.marks) <= matters
    assert ("No alpha makes a difference" in scale.sentence) is (not scale.bands)


ONE_AND_THREE = [Example(1, 1), Example(3, 3)]


def of_many(examples: list[Example], alpha: float = 0.1) -> Run:
    return train(examples, weight=0, alpha=alpha, iterations=1)


def test_inputs_1_and_3_settle_again_beyond_their_limit() -> None:
    """The ruler shows the second stretch: (1 − a)(1 − 9a) is −1 at 0.2616 and 0.8495, 1 at 10/9."""
    scale = ruler(dynamics_of(of_many(ONE_AND_THREE)))
    labels = [mark.label for mark in scale.marks]
    assert labels == ["best 0.1111", "limit 0.2616", "from 0.8495", "to 1.111"]
    assert [f"{mark.alpha:.4f}" for mark in scale.marks] == (
        ["0.1111", "0.2616", "0.8495", "1.1111"]
    )
    found = [(f"{b.low:.4f}", b.word) for b in scale.bands]
    assert found == [
        ("0.0000", "creeps"),
        ("0.1111", "zigzags in"),
        ("0.2616", "blows up"),
        ("0.8495", "zigzags in"),  # beyond 1 from pass to pass it creeps, but steps overshoot
        ("1.1111", "blows up"),
    ]
    assert scale.sentence == (
        "At 0.1111 it lands in one pass, up to 0.2616 it settles, "
        "and again between 0.8495 and 1.111; at the limit it bounces, beyond it blows up."
    )


@given(
    st.lists(
        st.builds(Example, st.integers(-9, 9) | st.floats(-9, 9), st.just(1.0)),
        min_size=2,
        max_size=20,
    ).filter(lambda examples: any(abs(e.input) > 5e-3 for e in examples)),
    st.floats(0.001, 0.999),
)
def test_bands_of_several_examples_are_what_the_core_says(
    examples: list[Example], part: float
) -> None:
    """Anywhere inside a band the core gives its regime, but for the points where A touches 0.

    Bands follow each other from 0 to the top, which lies beyond the limit and every mark.
    """
    scale = ruler(dynamics_of(of_many(examples)))
    assert (scale.bands[0].low, scale.bands[-1].high) == (0, scale.top)
    assert all(left.high == right.low for left, right in pairwise(scale.bands))
    assert all(left.regime != right.regime for left, right in pairwise(scale.bands))
    assert stable_ranges(examples)[0][1] < scale.top
    assert all(0 < mark.alpha < scale.top for mark in scale.marks)
    for band in scale.bands:
        alpha = band.low + part * (band.high - band.low)
        left = abs(shrink_factor(examples, alpha))
        if left > 1e-8 and abs(left - 1) > 1e-8:
            kind = seen_regime_of(examples, alpha)
            assert band.regime == kind.name.lower()
            assert band.word == BAND_WORDS[kind]


def test_a_far_second_stretch_is_said_and_not_drawn() -> None:
    """Inputs 1 and 10 settle again near 1, fifty times their limit: the scale ends before."""
    scale = ruler(dynamics_of(of_many([Example(1, 1), Example(10, 10)])))
    assert [mark.label.split()[0] for mark in scale.marks] == ["best", "limit"]
    assert scale.top < 0.05
    assert "and again between 0.9898 and 1.01;" in scale.sentence


def test_examples_that_ask_for_nothing_have_no_ruler() -> None:
    """All inputs 0: no marks, no bands, no raised error."""
    scale = ruler(dynamics_of(of_many([Example(0, 1), Example(0, 2)])))
    assert (scale.marks, scale.bands) == ((), ())


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
