"""Best alpha, limit and stable ranges: against algebra, real runs and a fine grid."""

from __future__ import annotations

from math import nextafter, prod, sqrt

import pytest
from hypothesis import example, given, settings
from test_dynamics import any_input, of
from test_dynamics_several import exact_pass, near_inputs

from neuron import alpha_limit, best_alpha, shrink_factor, stable_ranges, train


@settings(max_examples=1000)
@given(any_input)
def test_best_alpha_and_limit_are_seen_in_training(input: float) -> None:
    """At the best alpha one step lands; at 0.999 of the limit misses shrink, at 1.001 they grow.

    0.998**50 is 0.905 and 1.002**50 is 1.105.
    """
    best, limit = best_alpha(of(input)), alpha_limit(of(input))
    assert best is not None
    assert limit is not None

    def left(alpha: float, iterations: int) -> float:
        run = train(input=input, goal=0, weight=1, alpha=alpha, iterations=iterations)
        return abs(run.weights[-1])

    assert left(best, 1) < 1e-12
    assert left(0.999 * limit, 50) == pytest.approx(0.905, abs=0.001)
    assert left(1.001 * limit, 50) == pytest.approx(1.105, abs=0.001)


@pytest.mark.parametrize("inputs", [[0], [0, 0, -0.0], [1e-200]])
def test_no_alpha_where_nothing_can_be_learned(inputs: list[float]) -> None:
    """With inputs of 0, or so small that the alpha is beyond floats, there is none to name."""
    assert best_alpha(of(*inputs)) is None
    assert alpha_limit(of(*inputs)) is None
    assert stable_ranges(of(*inputs)) == []


@pytest.mark.parametrize("input", [0.1, -0.3, 0.7, 1.1, 13, 123.456])
def test_the_best_alpha_is_the_float_of_its_formula(input: float) -> None:
    """1 / input**2 as Python computes it, to the last bit."""
    assert best_alpha(of(input)) == 1 / input**2


def test_alphas_are_named_as_long_as_floats_hold_them() -> None:
    """Also where input**2 is beyond floats; no limit is named where 1 or 2 / input**2 is."""
    assert best_alpha(of(1e160)) == 1e-320
    assert [best_alpha(of(1e-154)), stable_ranges(of(1e-154))] == [pytest.approx(1e308), []]
    for input in (1e200, 7e161):  # 1 / 7e161**2 is below the smallest float, 2 / 7e161**2 is it
        assert [best_alpha(of(input)), stable_ranges(of(input))] == [None, []]


def test_an_edge_is_exact_to_the_last_bit() -> None:
    """(1 - a) * (1 - 4 * a) is 1 at 5 / 4, and every product on the way is a float."""
    assert stable_ranges(of(2, 1)) == [(0, 5 / 4)]


def test_a_range_that_ends_beyond_floats_is_left_out() -> None:
    """Inputs 1e-150 and 5e-155 settle up to 2e300, and again around 4e308."""
    (edges,) = stable_ranges(of(1e-150, 5e-155))
    assert edges == pytest.approx((0, 2e300))


def test_a_range_narrower_than_floats_still_holds_its_best_alpha() -> None:
    """Input 1 grows by 1e18 at 1e18, where input 1e-9 lands: a part in 1e18 to either side."""
    _, (low, high) = stable_ranges(of(1, 1e-9))
    assert low < 1e18 < high
    assert [low, high] == pytest.approx([1e18] * 2, rel=1e-15)


@pytest.mark.parametrize(
    ("inputs", "best", "ranges"),
    [
        ([2], 1 / 4, [(0, 1 / 2)]),
        ([2, -2, 0, 2], 1 / 4, [(0, 1 / 2)]),
        # (1 - a) * (1 - 9 * a) is -1 at (10 -+ sqrt(28)) / 18 and 1 at 10 / 9
        ([1, -3], 1 / 9, [(0, (10 - sqrt(28)) / 18), ((10 + sqrt(28)) / 18, 10 / 9)]),
        # (1 - a) * (1 - 4 * a) stays above -1, and is 1 at 5 / 4
        ([2, 1], 1 / 4, [(0, 5 / 4)]),
        ([1e6, 1e-150], 1e-12, None),  # an input that is nothing beside the other
    ],
)
def test_ranges_solve_the_quadratic(
    inputs: list[float], best: float, ranges: list[tuple[float, float]] | None
) -> None:
    """For two inputs |A| = 1 is a quadratic equation, solved by hand."""
    assert best_alpha(of(*inputs)) == pytest.approx(best, rel=1e-14)
    limit = alpha_limit(of(*inputs))
    assert limit == pytest.approx(ranges[0][1] if ranges else 2 * best, rel=1e-14)
    if ranges:
        flat = [edge for both in stable_ranges(of(*inputs)) for edge in both]
        assert flat == pytest.approx([edge for both in ranges for edge in both], rel=1e-14)


def test_inputs_1_and_3_settle_again_beyond_their_limit() -> None:
    """They diverge between 0.2616 and 0.8495 and settle again up to 1.1111."""
    printed = [f"{edge:.4f}" for both in stable_ranges(of(1, 3)) for edge in both]
    assert printed == ["0.0000", "0.2616", "0.8495", "1.1111"]


@example([1.0, nextafter(1.0, 2.0), -5.0])  # two inputs as near each other as floats can be
@example([5.0, nextafter(5.0, 6.0), 1.0])
@given(near_inputs)
def test_ranges_hold_every_alpha_that_shrinks_and_no_other(inputs: list[float]) -> None:
    """|A| is 1 at every edge, below 1 inside, above 1 outside: looked up on a fine grid."""
    ranges = stable_ranges(of(*inputs))
    edges = [edge for both in ranges for edge in both]
    assert edges == sorted(edges)
    assert edges[0] == 0
    assert edges[1] == alpha_limit(of(*inputs))
    for edge in edges:
        assert abs(exact_pass(of(*inputs), edge)[0]) == pytest.approx(1, abs=1e-9)
    for k in range(1, 400):
        alpha = k / 400 * 2.5 / min(x * x for x in inputs)
        factor = prod(1 - alpha * x * x for x in inputs)
        assert shrink_factor(of(*inputs), alpha) == pytest.approx(factor, abs=1e-9)
        if abs(abs(factor) - 1) > 1e-6:
            assert any(low < alpha < high for low, high in ranges) is (abs(factor) < 1)
