"""The alpha ruler: its marks and bands are what theory says of each alpha."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from neuron import Example, Regime, best_alpha, dynamics, shrink_factor, stable_ranges
from neuron.charts.ruler import Ruler, ruler
from neuron.core.dynamics import regime_of, seen_regime_of
from neuron.words.verdict import BAND_WORDS

# All sizes of the page as likely, of either sign.
sizes = st.floats(-6, 6).map(lambda exponent: 10.0**exponent)
any_input = sizes | sizes.map(lambda size: -size) | st.integers(1, 1_000_000).map(float)
few_inputs = st.lists(
    st.integers(-9, 9).map(float) | st.floats(-9, 9), min_size=1, max_size=20
).filter(lambda inputs: any(abs(x) > 5e-3 for x in inputs))
parts = st.floats(0.001, 0.999)


def of(*inputs: float) -> list[Example]:
    """Examples that all ask for the weight 1."""
    return [Example(x, x) for x in inputs]


def ruler_of(examples: Sequence[Example], alpha: float = 0.1) -> Ruler:
    return ruler(dynamics(examples, 0, alpha))


def assert_bands(scale: Ruler, data: list[Example], part: float) -> None:
    """That bands go from 0 to the top, each another regime: the core's, but where A touches 0."""
    assert (scale.bands[0].low, scale.bands[-1].high) == (0, scale.top)
    for left, right in pairwise(scale.bands):
        assert left.high == right.low
        assert left.regime != right.regime
    for band in scale.bands:
        alpha = band.low + part * (band.high - band.low)
        factor = abs(shrink_factor(data, alpha))
        if factor > 1e-8 and abs(factor - 1) > 1e-8:
            kind = seen_regime_of(data, alpha)
            assert (band.regime, band.word) == (kind.name.lower(), BAND_WORDS[kind])


@example(0.001, 0.1, 0.5)
@given(any_input, st.floats(0, 1_000_000), parts)
def test_a_scale_reaches_from_zero_past_the_limit(input: float, alpha: float, part: float) -> None:
    """The top is a whole number of steps; where the limit is too far, it is where alpha ends."""
    data = of(input)
    scale, (_, limit) = ruler_of(data, alpha), stable_ranges(data)[0]
    assert_bands(scale, data, part)
    if 1.6 * limit > 1e6:
        assert (scale.top, scale.step) == (1e6, 1e4)
        return
    assert [Regime[band.regime.upper()] for band in scale.bands] == [*BAND_WORDS]
    assert 1.2 * limit < scale.top < 2 * limit
    assert scale.top / scale.step == pytest.approx(round(scale.top / scale.step), rel=1e-12)
    assert 100 <= round(scale.top / scale.step) <= 1000


@given(few_inputs, st.booleans(), parts)
def test_bands_of_several_examples_are_what_the_core_says(
    inputs: list[float], agree: bool, part: float
) -> None:
    """Whether one weight meets all goals or not; the limit is on the scale."""
    data = [Example(x, x if agree else 1) for x in inputs]
    scale = ruler_of(data)
    assert_bands(scale, data, part)
    assert stable_ranges(data)[0][1] < scale.top


def test_the_ruler_in_words() -> None:
    """The sentence names both critical alphas and what happens at and around them."""
    assert ruler_of(of(2)).sentence == (
        "At 0.25 it lands in one step; up to 0.5 it settles; "
        "at the limit it bounces; beyond that it blows up."
    )


@pytest.mark.parametrize("inputs", [[0], [0, 0], [1e-200], [1.2727320211281524e-154]])
def test_where_no_alpha_makes_a_difference_there_is_nothing_to_mark(inputs: list[float]) -> None:
    """Nor to go to; the thumb still has a scale to move on."""
    scale = ruler_of([Example(x, 2) for x in inputs], 0.3)
    assert (scale.marks, scale.bands, scale.places) == ((), (), ())
    assert 0 < scale.step < scale.top
    assert scale.sentence == "No alpha makes a difference with this data."


def test_inputs_1_and_3_settle_again_beyond_their_limit() -> None:
    """The ruler shows the second stretch: (1 − a)(1 − 9a) is −1 at 0.2616 and 0.8495, 1 at 10/9."""
    scale = ruler_of(of(1, 3))
    labels = ["best 0.1111", "limit 0.2616", "from 0.8495", "to 1.111"]
    assert [mark.label for mark in scale.marks] == labels
    assert scale.sentence == (
        "At 0.1111 it lands in one iteration; up to 0.2616 it settles, "
        "and again between 0.8495 and 1.111; at the limit it bounces; beyond that it blows up."
    )


def test_a_far_second_stretch_is_said_and_not_drawn() -> None:
    """Inputs 1 and 10 settle again near 1, fifty times their limit: the scale ends before."""
    scale = ruler_of(of(1, 10))
    assert [mark.label.split()[0] for mark in scale.marks] == ["best", "limit"]
    assert scale.top < 0.05
    assert "and again between 0.9898 and 1.01;" in scale.sentence


@example(0.001)
@given(any_input)
def test_the_buttons_of_one_example(input: float) -> None:
    """Best lands in one step, the limit bounces, past it, by 5 %, it blows up; each up to 1e6."""
    scale = ruler_of(of(input))
    wanted = {"Best alpha": 1.0, "At the limit": 2.0, "Past the limit": 2.1}
    can_be_set = {name: n / input**2 for name, n in wanted.items() if n / input**2 <= 1e6}
    places = {place.name: place.alpha for place in scale.places}
    assert places == pytest.approx(can_be_set, rel=1e-11)
    assert [mark.alpha for mark in scale.marks] == [*places.values()][:2]
    assert all(alpha <= scale.top for alpha in places.values())
    kinds = [Regime.ONE_STEP, Regime.SUSTAINED_OSCILLATION, Regime.DIVERGENCE]
    found = [regime_of(of(input), alpha) for alpha in places.values()]
    assert found == kinds[: len(places)]


@example([1.0, 3.0], True)
@example([0.1], True)  # 1 / 0.1**2 is 99.99999999999999
@example([1.0, 1 + sqrt(2) + 1e-6], True)
@example([1.0, 1 + sqrt(2) - 1e-6], True)
@example([1.0, 2.4142136], False)
@given(few_inputs, st.booleans())
def test_marks_and_buttons_of_any_examples(inputs: list[float], agree: bool) -> None:
    """Marks, best and limit are the core's to 14 digits; just past it, the run does blow up."""
    data = [Example(x, x if agree else 1) for x in inputs]
    scale, stable = ruler_of(data), stable_ranges(data)
    best, (_, limit) = best_alpha(data), stable[0]
    assert best is not None
    edges = [best, *(edge for ends in stable for edge in ends if edge)]
    drawn = [alpha for edge in edges if (alpha := float(f"{edge:.14g}")) < scale.top]
    assert [mark.alpha for mark in scale.marks] == drawn
    places = {place.name: place.alpha for place in scale.places}
    assert [places["Best alpha"], places["At the limit"]] == drawn[:2]
    past = places["Past the limit"]
    assert limit < past <= 1.05 * limit * (1 + 1e-11)
    assert past < scale.top
    if stable[1:]:
        assert past < stable[1][0]
    assert regime_of(data, best) is Regime.ONE_STEP
    assert regime_of(data, past) is Regime.DIVERGENCE
