"""The pictures of a run: all of it is drawn, where it is true, in colours that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from math import isfinite
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import points_of, run_of
from strategies import any_run, plain_run

from neuron import Regime, Run, mean_error, regime
from neuron.charts.downsampling import MOST_DRAWN, thin
from neuron.charts.picture import CEILING, GROWTH_NEEDING_LOG
from neuron.charts.stage import Stage, stage


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from leaves(part)
    else:
        yield value


def drawn_values(drawn: Stage, run: Run, name: str) -> list[float]:
    """All that a picture draws, of every column it names."""
    columns = {"weight": run.weights, "error": run.errors} | drawn.columns
    return [value for y in drawn.pictures[name].y for value in columns[y]]


@example(run_of(goal=0, weight=5e-324, alpha=0))  # a bowl shorter than floats can divide
@example(run_of(goal=5e-324, input=5, alpha=1e6, iterations=700))  # grows by 550 powers of ten
@example(run_of(goal=0, input=1000, weight=5e-324, alpha=1e6, iterations=2))
@example(run_of(input=1e-307, goal=17, alpha=1))  # an ideal weight of 1.7e308
@example(run_of(alpha=1, iterations=2000))  # to the end of floats
@given(any_run(300, examples=1) | plain_run(300))
def test_any_settings_have_a_stage_of_finite_numbers(run: Run) -> None:
    """Whatever the five controls are set to: nothing raises, all ranges ascend, no NaN."""
    drawn = stage(run)
    assert list(drawn.pictures) == ["bowl", "weight", "error"]
    everything = {name: asdict(picture) for name, picture in drawn.pictures.items()}
    numbers = [v for v in leaves([everything, drawn.columns]) if isinstance(v, (int, float))]
    assert all(map(isfinite, numbers))
    for name, picture in drawn.pictures.items():
        layouts = [picture.figure["layout"]]
        layouts += [{"xaxis": v["x_axis"], "yaxis": v["y_axis"]} for v in picture.views]
        for layout in layouts:
            for axis in ("xaxis", "yaxis"):
                low, high = layout[axis]["range"]
                assert low < high, (name, axis)


@given(any_run(300, examples=1) | plain_run(300))
def test_the_weight_and_error_charts_cover_every_step(run: Run) -> None:
    """All that is drawn is inside the axes, and a linear error axis begins at 0."""
    drawn = stage(run)
    for name in ("weight", "error"):
        values = drawn_values(drawn, run, name)
        layout = drawn.pictures[name].figure["layout"]
        low, high = layout["yaxis"]["range"]
        assert low < min(values) <= max(values) < high
        first, last = layout["xaxis"]["range"]
        assert first < 0 <= len(run.weights) - 1 < last
    if "weight_log" not in drawn.columns:
        low, high = drawn.pictures["error"].figure["layout"]["yaxis"]["range"]
        assert low < 0 < high / 10


@example(run_of(input=9, goal=-1.72, weight=-1.72 / 9, alpha=0.5, iterations=300))
@given(any_run(300, examples=1) | plain_run(300))
def test_the_bowl_shows_this_weight_and_the_next(run: Run) -> None:
    """At each step the view in force holds the ball and the tip of its arrow."""
    bowl = stage(run).pictures["bowl"]
    starts = [view["from"] for view in bowl.views]
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    centre = sum(bowl.views[0]["x_axis"]["range"]) / 2
    for step, weight in enumerate(run.weights):
        view = [view for view in bowl.views if view["from"] <= step][-1]
        low, high = view["x_axis"]["range"]
        assert all(low < near < high for near in run.weights[step : step + 2])
        assert abs(weight - centre) <= view["half"] * (1 + 1e-9)
        low, high = view["y_axis"]["range"]
        assert low < min(run.errors[step], CEILING) < high


@given(plain_run(300))
def test_the_bowl_is_the_mean_error(run: Run) -> None:
    """Its curve, and the curve the ball glides on, are the core's error at each weight."""
    bowl = stage(run).pictures["bowl"]
    for view in bowl.views:
        points = points_of(view["paths"][0])
        assert len(points) > 20
        assert [y for _, y in points] == [
            min(mean_error(run.examples, x), CEILING) for x, _ in points
        ]
        middle, half = points[len(points) // 2][0], view["half"]
        edges = [points[0][0], points[-1][0]]
        assert edges == pytest.approx([middle - half, middle + half], abs=1e-6 * half)
    assert (bowl.curve is None) is (run.examples[0].input == 0)
    if bowl.curve:
        steepness, ideal, lowest = bowl.curve
        assert lowest == pytest.approx(0, abs=1e-9)
        for weight, error in zip(run.weights, run.errors, strict=True):
            rounding = 1e-14 * steepness * (abs(weight) + abs(ideal)) ** 2 + 1e-300
            glide = lowest + steepness * (weight - ideal) ** 2
            assert glide == pytest.approx(error, rel=1e-6, abs=rounding)


@example(-29.5, 1)
@example(-30.5, 1)
@given(st.floats(-10, 10), st.integers(0, 60))
def test_axes_are_logarithmic_exactly_where_a_run_blows_up(factor: float, updates: int) -> None:
    """From 30 times the first miss on, |A|**n, which no other run reaches."""
    alpha = (1 - factor) / 4
    assume(alpha >= 0)
    run = run_of(alpha=alpha, iterations=updates)
    growth = abs(1 - 4 * Fraction(alpha)) ** updates
    assume(abs(growth / Fraction(GROWTH_NEEDING_LOG) - 1) > Fraction(1, 10**6))
    blows_up = regime(run.examples, 0, alpha) is Regime.DIVERGENCE
    drawn = stage(run)
    logarithmic = blows_up and growth > GROWTH_NEEDING_LOG
    assert set(drawn.columns) == {"error"} | ({"weight_log", "error_log"} if logarithmic else set())
    assert [p.y for p in drawn.pictures.values()] == (
        [["error"], ["weight_log"], ["error_log"]]
        if logarithmic
        else [["error"], ["weight"], ["error"]]
    )
    assert (len(drawn.pictures["bowl"].views) > 1) <= logarithmic


def test_the_ideal_weight_is_marked_where_it_can_be() -> None:
    """A dashed line at goal / input with its number; none with input 0."""
    layout = stage(run_of(goal=3)).pictures["weight"].figure["layout"]
    assert [note["text"] for note in layout["annotations"]] == ["ideal weight 1.5"]
    assert points_of(layout["shapes"][0]["path"]) == [(0, 1.5), (18, 1.5)]
    assert "annotations" not in stage(run_of(input=0)).pictures["weight"].figure["layout"]


finite_columns = st.lists(
    st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=300
).map(tuple)


@given(finite_columns, st.integers(6, 30))
def test_thinning_keeps_ends_and_extremes(values: tuple[float, ...], most: int) -> None:
    """Ascending, with first, last, lowest and highest; never more than about ``most``."""
    kept = thin(values, most)
    assert kept == sorted(set(kept))
    assert (kept[0], kept[-1]) == (0, len(values) - 1)
    assert {min(values), max(values)} <= {values[k] for k in kept}
    assert len(kept) <= most + 1
    if len(values) <= most:
        assert len(kept) == len(values)


@pytest.mark.parametrize("iterations", [300, 1000, 10_000])
def test_thinning_keeps_both_sides_of_a_bounce(iterations: int) -> None:
    """Every stretch of the line still shows both weights, though thousands are left out."""
    run = run_of(alpha=0.5, iterations=iterations)
    kept = thin(run.weights)
    assert (kept[0], kept[-1]) == (0, iterations)
    assert MOST_DRAWN / 3 <= len(kept) <= MOST_DRAWN + 1
    longest = 3 * iterations // MOST_DRAWN + 3
    for start in range(0, iterations - longest, longest):
        seen = {run.weights[k] for k in kept if start <= k <= start + longest}
        assert seen == {0, 2}
