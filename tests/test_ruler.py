"""The alpha ruler: its marks and bands are what theory says of each alpha."""

from __future__ import annotations

from itertools import pairwise
from math import isfinite
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
from neuron.charts.ruler import FURTHEST, LARGEST, ruler
from neuron.core.dynamics import dynamics_of, seen_regime_of
from neuron.words.numbers import number
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


@given(any_input)
def test_marks_are_the_cores_to_fourteen_digits(input: float) -> None:
    """The two critical alphas, ascending, labelled with what the page writes elsewhere."""
    run = run_of(input)
    core = [best_alpha(run.examples), alpha_limit(run.examples)]
    marks = ruler(dynamics_of(run)).marks
    assert [mark.alpha for mark in marks] == [float(f"{alpha:.14g}") for alpha in core]
    assert [m.label.partition(" ")[2] for m in marks] == [number(a) for a in core if a is not None]


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


@given(any_input)
def test_a_mark_is_a_critical_value_to_the_core(input: float) -> None:
    """At the marks themselves it lands in one step, and it bounces forever."""
    run = run_of(input)
    kinds = [regime(run.examples, 0, mark.alpha) for mark in ruler(dynamics_of(run)).marks]
    assert kinds == [Regime.ONE_STEP, Regime.SUSTAINED_OSCILLATION]


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
    matters = limit is not None and limit <= LARGEST / FURTHEST
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
