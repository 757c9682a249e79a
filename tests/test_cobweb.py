"""The cobweb: the map is the one that the run follows, and every view shows what it must."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs import both, points_of, run_of
from strategies import any_run, few_digits, plain_run

from neuron import Example, Run, alpha_limit, ideal_weight, train
from neuron.charts.cobweb import cobweb, passes
from neuron.charts.downsampling import MOST_DRAWN

several = st.builds(
    lambda examples, weight, part, iterations: train(
        examples, weight=weight, alpha=part * (alpha_limit(examples) or 0), iterations=iterations
    ),
    st.lists(st.builds(Example, st.integers(1, 4), few_digits), min_size=2, max_size=5),
    few_digits,
    st.sampled_from([0.1, 0.5, 1.0, 1.05]) | st.floats(0.01, 1.5),
    st.integers(0, 60),
)
runs = any_run(600) | plain_run(300) | several
Point = tuple[float, float]


def view_at(views: list[dict[str, Any]], step: int) -> dict[str, Any]:
    return [view for view in views if view["from"] <= step][-1]


def height(line: list[Point], x: float) -> float:
    """Where a straight line is at x, in exact fractions."""
    (x0, y0), (x1, y1) = ((Fraction(x), Fraction(y)) for x, y in line)
    return float(y0 + (Fraction(x) - x0) * (y1 - y0) / (x1 - x0))


@given(any_run(600))
def test_passes_are_the_weights_of_whole_passes(run: Run) -> None:
    """Entry k is the weight at which pass k + 1 begins; half a pass at the end has none."""
    count = len(run.examples)
    assert passes(run) == tuple(s.weight for s in run.steps if s.index == s.iteration * count)


@given(plain_run(300) | several)
def test_the_map_leads_from_each_weight_to_the_next(run: Run) -> None:
    """In the view of each pass, the map at w_k is w_(k+1), to a millionth of the square.

    Map and diagonal cross within every view, where a weight stays as it is.
    """
    weights, views = passes(run), cobweb(*both(run)).views
    for k, (weight, following) in enumerate(pairwise(weights)):
        view = view_at(views, k)
        rule = points_of(view["paths"][1])
        if rule[0] != rule[1]:  # else it starts at its answer: known is only that it stays
            size = max(view["half"], abs(weight), abs(following))
            assert abs(height(rule, weight) - following) <= 1e-6 * size
    ideal = ideal_weight(run.examples, run.alpha)
    if ideal is None:
        return
    for view in views:
        low, high = view["x_axis"]["range"]
        assert low < ideal < high
        rule = points_of(view["paths"][1])
        if rule[0] != rule[1]:
            assert height(rule, ideal) == pytest.approx(ideal, abs=1e-6 * view["half"])


@given(runs)
def test_the_stairs_go_from_diagonal_to_map_and_back(run: Run) -> None:
    """Corners are (w, w), then (w, next): upright to the map, level to the diagonal.

    Nothing that is drawn is NaN or infinite.
    """
    weights, picture = passes(run), cobweb(*both(run))
    json.dumps(asdict(picture), allow_nan=False)
    for view in picture.views:
        points = [point for path in view["paths"] for point in points_of(path)]
        assert all(isfinite(x) and isfinite(y) for x, y in points)
        corners = points_of(view["paths"][2])
        on_diagonal, on_map = corners[::2], corners[1::2]
        assert all(x == y for x, y in on_diagonal)
        assert all(a[0] == b[0] for a, b in zip(on_diagonal, on_map, strict=False))
        assert all(a[1] == b[1] for a, b in zip(on_map, on_diagonal[1:], strict=True))
        found = tuple(x for x, _ in on_diagonal)
        if len(found) > 1 or found[0] in weights:  # the first that fit, none left out between
            assert found == weights[: len(found)]


@given(runs)
def test_every_view_shows_the_weight_and_the_next(run: Run) -> None:
    """At each pass both points of the stair lie within both axes, and so does the drawn stair."""
    weights, views = passes(run), cobweb(*both(run)).views
    assert views[0]["from"] == 0
    starts = [view["from"] for view in views]
    assert starts == sorted(set(starts))
    assert starts[-1] < len(weights)
    for k, weight in enumerate(weights):
        view = view_at(views, k)
        low, high = view["x_axis"]["range"]
        assert view["x_axis"] == view["y_axis"]
        for shown in weights[k : k + 2]:
            assert low <= shown <= high
        drawn = [x for x, _ in points_of(view["paths"][2])]
        assert weight in drawn or k >= MOST_DRAWN


def test_a_run_that_leaves_floats_in_its_first_pass_has_a_cobweb() -> None:
    """There is one weight only, and no next one to show."""
    run = train([Example(1e6, 1e6)] * 20, weight=0, alpha=1e6, iterations=5)
    assert passes(run) == (0,)
    (view,) = cobweb(*both(run)).views
    low, high = view["x_axis"]["range"]
    assert low < 0 < high


def test_the_opening_cobweb_worked_by_hand() -> None:
    """W becomes 0.6 w + 0.4: from 0 to 0.4 to 0.64, towards 1, in a square of 1.2 around 1."""
    (view,) = cobweb(*both(run_of(iterations=2))).views
    diagonal, rule, stairs = (points_of(path) for path in view["paths"])
    assert diagonal == [pytest.approx((-0.2, -0.2)), pytest.approx((2.2, 2.2))]
    assert rule == [pytest.approx((-0.2, 0.28)), pytest.approx((2.2, 1.72))]
    expected = [(0, 0), (0, 0.4), (0.4, 0.4), (0.4, 0.64), (0.64, 0.64)]
    assert stairs == [pytest.approx(corner) for corner in expected]


def test_a_run_that_blows_up_zooms_out() -> None:
    """Views follow each other with a growing square; a run that settles keeps the first."""
    views = cobweb(*both(run_of(alpha=0.6, iterations=60))).views
    halves = [view["half"] for view in views]
    assert len(views) > 3
    assert all(wide > 2 * narrow for narrow, wide in pairwise(halves))
    assert len(cobweb(*both(run_of(alpha=0.4, iterations=60))).views) == 1


@pytest.mark.parametrize(("second", "offset"), [(6.0, 4.0), (2.0, 0.0)])
def test_with_a_of_1_the_map_runs_beside_the_diagonal(second: float, offset: float) -> None:
    """2 -> 2 and 2 -> g at alpha 0.5 add g − 2 each pass; without an offset it is the diagonal."""
    run = train([Example(2, 2), Example(2, second)], weight=1.5, alpha=0.5, iterations=6)
    for view in cobweb(*both(run)).views:
        assert all(y - x == pytest.approx(offset) for x, y in points_of(view["paths"][1]))
