"""The stage's pictures: where their scales begin, when they grow, and what is said of them."""

from __future__ import annotations

from itertools import pairwise
from math import isclose, log10

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import assert_true, assert_whole, both, read, run_of
from strategies import any_example, any_run, plain_run

from neuron import Example, Run, mean_error, train
from neuron.charts.axes import Axis, logarithm, round_step, symmetric_logarithm
from neuron.charts.picture import CEILING, drawable
from neuron.charts.stage import Stage, View, figures, grip, stage
from neuron.core.dynamics import dynamics_of
from neuron.core.training import mean_errors
from neuron.words.captions import bowl_in_words, neuron_in_words

# Eleven updates of a trillionfold each, and one that takes it all back: A is 0.
THERE_AND_BACK = train([Example(1e6, 1)] * 13 + [Example(1, 5)], weight=0, alpha=1, iterations=5)
runs = any_run(300) | plain_run(300)
tests = st.lists(any_example, max_size=20)


def stage_of(run: Run, *test: Example, log: bool = False) -> Stage:
    return stage(run, dynamics_of(run), test, log=log)


def half(view: View) -> float:
    return (view.weight.high - view.weight.low) / 2


def middle(view: View) -> float:
    return (view.weight.high + view.weight.low) / 2


@example(run_of(alpha=0.5), [])  # a bounce
@example(run_of(alpha=0.01, iterations=3), [])  # errors between two powers of ten
@example(run_of(input=1, goal=10, alpha=1e-16, iterations=1), [])  # errors an ulp apart
@example(run_of(input=1, goal=1e-160, alpha=9748, iterations=78), [])
@example(THERE_AND_BACK, [Example(1e6, 0)])
@example(run_of(goal=0, weight=5e-324, alpha=0), [])  # a bowl shorter than floats can divide
@example(run_of(goal=5e-324, input=5, alpha=1e6, iterations=700), [])
@example(run_of(input=5e-324), [])
@example(run_of(input=1e-307, goal=17, alpha=1), [])  # an ideal weight of 1.7e308
@example(run_of(alpha=1, iterations=2000), [Example(1e6, 1)])  # to the end of floats
@example(train([Example(0, 1), Example(0, 3)], weight=0, alpha=1, iterations=5), [Example(0, 2)])
@given(runs, tests)
def test_any_run_has_scales_of_finite_numbers_with_true_ticks(
    run: Run, test: list[Example]
) -> None:
    """Of weights, errors, predictions and steps, in every view; the log axes hold all points."""
    drawn = stage_of(run, *test, log=True)
    for view in drawn.views:
        for axis in (view.weight, view.bowl, view.error, view.prediction):
            assert_true(axis)
    steps, last = drawn.steps, len(run.weights) - 1
    assert_whole(steps)
    assert -0.1 * max(last, 1) < steps.low < 0 <= last < steps.high <= 1.1 * max(last, 1)
    assert [int(read(text)) for text in steps.texts] == list(steps.ticks)
    assert (drawn.logarithmic is None) is (not any(run.weights))
    if drawn.logarithmic:
        small, weight = drawn.logarithmic.small, drawn.logarithmic.weight
        assert_whole(weight)
        points = [symmetric_logarithm(w, small) for w in run.weights]
        assert -weight.high == weight.low < min(points) <= max(points) < weight.high
        assert len(weight.ticks) >= 3
        for tick, text in zip(weight.ticks, weight.texts, strict=True):
            assert tick == pytest.approx(symmetric_logarithm(float(read(text)), small), rel=1e-9)
        error = drawn.logarithmic.error
        assert_whole(error)
        shown = [mean_errors(data, run) for data in (run.examples, test) if data]
        points = [logarithm(e) for column in shown for e in column]
        assert error.low < min(points) <= max(points) < error.high
        assert len(error.ticks) >= (2 if max(points) - min(points) > 2 else 1)
        for tick, text in zip(error.ticks, error.texts, strict=True):
            assert tick == pytest.approx(float(read(text).log10()), abs=1e-12)


@example(run_of(input=9, goal=-1.72, weight=-1.72 / 9, alpha=0.5, iterations=300), [])
@example(THERE_AND_BACK, [])
@given(runs, tests)
def test_the_picture_grows_when_a_point_has_left_it_and_not_before(
    run: Run, test: list[Example]
) -> None:
    """Each view begins at the first step that the last one does not hold; about 60 at most."""
    views = stage_of(run, *test).views
    assert (views[0].step, views[0].scale) == (0, 1)
    assert len(views) <= 62
    centre, reach = middle(views[0]), half(views[0])
    assume(reach > 1e-290)
    room = 1e-9 * (abs(centre) / reach + 1)  # of the middle, which is read from the axis
    ends = [view.step for view in views[1:]] + [len(run.weights)]
    for view, end in zip(views, ends, strict=True):
        assert view.step < end
        inside = [abs(w - centre) / reach / view.scale for w in run.weights[view.step : end]]
        assert max(inside) <= 1 + room or half(view) >= CEILING / 2
        assert half(view) == pytest.approx(min(reach * view.scale, CEILING), rel=1e-9 + room)
    for before, after in pairwise(views):
        assert abs(run.weights[after.step] - centre) > half(before) * (1 - room)
        power = log10(after.scale / before.scale)
        assert power > 0
        assert isclose(power, round(power), abs_tol=1e-9)


@given(plain_run(60), tests)
def test_the_first_scale_shows_the_beginning(run: Run, test: list[Example]) -> None:
    """The bowl's bottom is in the middle; start, starting errors and goals are in the picture.

    A bounce of the starting gap to the other side fits, and if there is a run, the gap is large
    enough to be seen.
    """
    (view, *_), theory = stage_of(run, *test).views, dynamics_of(run)
    bottom, start = theory.lowest_weight, run.weights[0]
    assert bottom is not None
    size = half(view)
    assert middle(view) == pytest.approx(bottom, abs=1e-9 * (size + abs(bottom)))
    assert abs(start - bottom) <= 0.8 * size
    tiny = 1e-6 * abs(bottom)
    seen = abs(start - bottom) >= size / 21
    assert seen or abs(start - bottom) <= tiny or len(run.weights) == 1
    for data in filter(None, (run.examples, test)):
        error = mean_error(data, start)
        assert view.error.low < error < view.error.high
    goals = [e.goal for e in (*run.examples, *test)]
    assert view.prediction.low <= min(goals) <= max(goals) <= view.prediction.high


@given(plain_run(300))
def test_the_number_line_is_the_axis_of_weights_times_input(run: Run) -> None:
    """So that a weight and its prediction are at the same place of their pictures, in each view."""
    (data,) = run.examples
    for view in stage_of(run).views:
        ends = sorted((view.weight.low * data.input, view.weight.high * data.input))
        line = [view.prediction.low, view.prediction.high]
        assert line == pytest.approx(ends, abs=(ends[1] - ends[0]) * 1e-9)


@given(plain_run(60) | any_run(60), tests)
def test_the_bowl_leaves_the_picture_at_both_edges(run: Run, test: list[Example]) -> None:
    """It is no line at the bottom, whatever its steepness and however wrong it is on test data.

    Where all is flat, there is no bowl.
    """
    assume(any(abs(e.input) > 1e-100 for e in run.examples))
    view = stage_of(run, *test).views[0]
    edges = [mean_error(run.examples, w) for w in (view.weight.low, view.weight.high)]
    start = mean_error(run.examples, run.weights[0])
    assume(min(edges) > 1e-300 and max(edges) < 1e290)
    assert min(edges) >= view.bowl.high * (1 - 1e-9) or start > 0.9 * view.bowl.high
    assert view.bowl.low < start < view.bowl.high <= view.error.high


@pytest.mark.parametrize(
    ("changed", "weight", "prediction"),
    [
        ({}, (-0.5, 2.5), (-1, 5)),  # around 1; a gap of 1 and a half
        ({"weight": 0.5}, (-0.5, 2.5), (-1, 5)),  # a smaller gap leaves the scale as it is
        ({"weight": 0.95}, (0.92, 1.08), (1.84, 2.16)),  # but a far smaller one must be seen
        ({"weight": 4}, (-4, 6), (-8, 12)),  # 1.4 times a gap of 3 is shown as 5 to both sides
        ({"weight": 1}, (-0.5, 2.5), (-1, 5)),
        ({"goal": 0}, (-1.5, 1.5), (-3, 3)),
        ({"input": 0, "weight": 3}, (-2, 8), (-0.3, 4.3)),
    ],
)
def test_the_first_scale_worked_by_hand(
    changed: dict[str, float], weight: tuple[float, float], prediction: tuple[float, float]
) -> None:
    """1.4 times the gap or the ideal weight to both sides, as a round number."""
    view = stage_of(run_of(**changed)).views[0]
    assert (view.weight.low, view.weight.high) == pytest.approx(weight)
    assert (view.prediction.low, view.prediction.high) == pytest.approx(prediction)


def test_a_blow_up_worked_by_hand() -> None:
    """A is −1.4: the gap is above 1.5 from step 2 on, above 15 from 9 on, above 150 from 15 on."""
    views = stage_of(run_of(alpha=0.6)).views
    assert [(view.step, view.scale) for view in views] == [(0, 1), (2, 10), (9, 100), (15, 1000)]
    assert len(stage_of(run_of(alpha=0.5, iterations=1000)).views) == 1


def test_the_ideal_weight_is_marked_where_it_can_be() -> None:
    """At goal / input; nowhere with input 0, or where it is too far away to be drawn."""
    assert stage_of(run_of(goal=3)).ideal == 1.5
    assert stage_of(run_of(input=0)).ideal is None
    assert drawable(1e301) is None
    assert stage_of(run_of()).logarithmic is None


@given(st.floats(1e-300, 1e300))
def test_arrow_keys_go_round_steps(finest: float) -> None:
    """1, 2 or 5 times a power of ten, the largest that is not above what is asked."""
    step = round_step(finest)
    assert step <= finest * (1 + 1e-6)
    assert finest / step < 2.5 * (1 + 1e-6)
    assert f"{step:.6e}"[:8] in ("1.000000", "2.000000", "5.000000")


def test_a_handle_goes_across_its_picture_in_about_80_steps() -> None:
    """Also at sizes where floats end."""
    assert grip(Axis(-1, 3, (), ()), -9, 9, (0.5,)).step == 0.05
    assert grip(Axis(-5e-324, 5e-324, (), ()), -9, 9).step > 0


def test_the_axis_of_error_says_whether_it_is_a_mean() -> None:
    for run, title in ((run_of(), "error"), (THERE_AND_BACK, "mean error")):
        assert figures(run)["error"]["layout"]["yaxis"]["title"]["text"] == title


def test_the_pictures_in_words() -> None:
    """Each begins with its accessible name, and tells nothing that changes from step to step."""
    run = run_of(iterations=1)
    assert dict(neuron_in_words(run))["goal"] == ", which should be the goal, 2"
    assert bowl_in_words(*both(run)).startswith("Error bowl: ")
    assert bowl_in_words(*both(run_of(input=0))).startswith("Error bowl: flat. ")
    assert bowl_in_words(*both(run)) == bowl_in_words(*both(run_of(iterations=9)))
    several = train([Example(1, 1), Example(1, 3)], weight=0, alpha=0.5, iterations=1)
    assert "goes through 2 examples in turn" in dict(neuron_in_words(several))[""]
    assert bowl_in_words(*both(several)) == (
        "Error bowl: the mean error at every weight. It is lowest, 1, at weight 2, and rises on "
        "both sides."
    )
