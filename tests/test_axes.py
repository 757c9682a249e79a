"""Axes: what is drawn is inside, and what stands beside a tick is where the tick stands."""

from __future__ import annotations

from itertools import pairwise
from math import inf, log10

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import assert_true, assert_whole

from neuron.charts import axes

# All sizes that are drawn, all equally likely.
sizes = st.floats(-300, 300).map(lambda exponent: 10.0**exponent)
signed = sizes | sizes.map(lambda size: -size)
points = signed | st.just(0.0) | st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0, 1, "0 0.2 0.4 0.6 0.8 1"),
        (-0.1, 2.5, "0 1 2"),
        (-4, 4, "−4 −2 0 2 4"),
        (0.9996, 1.0001, "0.9996 0.9997 0.9998 0.9999 1 1.0001"),
        (0, 2_000_000, "0 500_000 1_000_000 1_500_000 2_000_000"),
        (0, 3e-7, "0 1~×~10⁻⁷ 2~×~10⁻⁷ 3~×~10⁻⁷"),
        (-1e300, 1e300, "−1~×~10³⁰⁰ −5~×~10²⁹⁹ 0 5~×~10²⁹⁹ 1~×~10³⁰⁰"),
    ],
)
def test_ticks_are_round_numbers(low: float, high: float, texts: str) -> None:
    """1, 2 or 5 times a power of ten apart, in the words of the rest of the page."""
    axis = axes.axis(low, high)
    spaced = texts.replace("_", "\u202f").replace("~", "\u00a0")
    assert axis.texts == tuple(spaced.split(" "))
    assert (axis.low, axis.high) == (low, high)


@given(points, signed)
def test_any_range_has_a_few_true_ticks(low: float, length: float) -> None:
    """From 1e-300 to 1e300, and down to the least length that is drawn of a number."""
    high = low + max(abs(length), 2 * axes.FINEST * abs(low), 1e-300)
    assume(max(abs(low), high) <= 1e300)
    axis = axes.axis(low, high)
    assert_true(axis)
    assert len(axis.ticks) >= 2
    apart = (high - low) / 5
    for left, right in pairwise(axis.ticks):
        assert 0.99 * apart <= right - left <= 2.51 * apart


@example(1.0, 1.0)
@example(-7.25, -7.25)
@given(points, points)
def test_what_has_no_length_has_an_axis_too(low: float, high: float) -> None:
    """Both ends are shown, also where floats between them would show as stairs."""
    low, high = sorted([low, high])
    axis = axes.axis(low, high)
    assert_whole(axis)
    assert axis.low <= low <= high <= axis.high
    if low == high:
        assert axis.low < low < axis.high


def test_a_logarithm_is_finite_for_every_error() -> None:
    """Powers of ten are whole numbers; 0, which has no logarithm, is below every other error."""
    assert [axes.logarithm(error) for error in (0.01, 1, 1e300)] == [-2, 0, 300]
    assert axes.logarithm(0) <= axes.logarithm(5e-324) < axes.logarithm(1e-323) < -320


@given(signed, signed, st.integers(-300, 300))
def test_the_symmetric_logarithm_keeps_order_and_sign(a: float, b: float, power: int) -> None:
    """It rises with the weight, is odd, and is finite wherever floats are."""
    scale = 10.0**power
    low, high = (axes.symmetric_logarithm(weight, scale) for weight in sorted([a, b]))
    assert -inf < low <= high < inf
    assert axes.symmetric_logarithm(-a, scale) == -axes.symmetric_logarithm(a, scale)


@pytest.mark.parametrize("weight", [1e3, 1e6, 1e100, 1e250])
def test_the_symmetric_logarithm_is_a_logarithm_where_the_weight_is_large(weight: float) -> None:
    """log10(weight / scale), within a millionth from a thousand scales on; 0 at 0."""
    for scale in (1, 10):
        drawn = axes.symmetric_logarithm(weight * scale, scale)
        assert drawn == pytest.approx(log10(weight), abs=1e-6)
        assert axes.symmetric_logarithm(0, scale) == 0
