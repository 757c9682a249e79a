"""The pictures of several examples and of test data: their bowl, their end, both error lines."""

from __future__ import annotations

from dataclasses import asdict
from math import isfinite

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import points_of, run_of
from strategies import any_example, any_run, plain_run
from test_stage import drawn_values, leaves

from neuron import Example, Run, mean_error, train
from neuron.charts.downsampling import MOST_DRAWN
from neuron.charts.picture import CEILING
from neuron.charts.stage import stage
from neuron.core.dynamics import lowest_weight
from neuron.core.training import mean_errors


def test_more_examples_have_a_bowl_too() -> None:
    """The bowl of several examples is their mean error: its lowest point need not be 0."""
    run = train([Example(1, 1), Example(1, 3)], weight=0, alpha=0.1, iterations=5)
    bowl = stage(run).pictures["bowl"]
    points = points_of(bowl.views[0]["paths"][0])
    assert all(y == ((x - 1) ** 2 + (x - 3) ** 2) / 2 for x, y in points)


# Eleven updates of a trillionfold each, and one that takes it all back: A is 0.
THERE_AND_BACK = train([Example(1e6, 1)] * 13 + [Example(1, 5)], weight=0, alpha=1, iterations=5)


GOAL_ZERO_FIRST = train([Example(2, 0), Example(2, 2)], weight=0, alpha=1, iterations=9)


@example(THERE_AND_BACK, [])
@example(GOAL_ZERO_FIRST, [])
@example(THERE_AND_BACK, [Example(1e6, 0)])
@example(train([Example(0, 1), Example(0, 3)], weight=0, alpha=1, iterations=5), [Example(0, 2)])
@example(run_of(alpha=1, iterations=2000), [Example(1e6, 1)])  # a test error beyond floats
@given(any_run(800) | plain_run(300), st.lists(any_example, max_size=20))
def test_any_training_and_test_data_have_a_stage(run: Run, test: list[Example]) -> None:
    """Nothing raises, all is finite, and every drawn point is inside: both error lines too.

    Only errors beyond what is drawn at all may be above.
    """
    drawn = stage(run, test)
    everything = {name: asdict(picture) for name, picture in drawn.pictures.items()}
    numbers = [v for v in leaves([everything, drawn.columns]) if isinstance(v, (int, float))]
    assert all(map(isfinite, numbers))
    for name in ("weight", "error"):
        picture = drawn.pictures[name]
        low, high = picture.figure["layout"]["yaxis"]["range"]
        shown = drawn_values(drawn, run, name)
        assert low < min(shown)
        assert min(max(shown), CEILING) < high
        assert len(shown) == len(picture.y) * len(run.weights)
        assert picture.drawn[-1] == len(run.weights) - 1
        assert len(picture.drawn) <= MOST_DRAWN + 2 * len(picture.y)
    error = "error" if len(run.examples) == 1 else "training_error"
    logarithmic = "weight_log" in drawn.columns
    lines = [error, "test_error"] if test else [error]
    assert drawn.pictures["error"].y == [f"{line}_log" if logarithmic else line for line in lines]
    assert drawn.columns[error] == mean_errors(run.examples, run)
    assert drawn.columns.get("test_error") == (mean_errors(test, run) if test else None)


@given(any_run(800))
def test_the_bowl_of_several_is_their_mean_error(run: Run) -> None:
    """Its curve, and what the ball glides along, are the core's error at each weight."""
    bowl = stage(run).pictures["bowl"]
    for view in bowl.views:
        for x, y in points_of(view["paths"][0]):
            assert y == min(mean_error(run.examples, x), CEILING)
    if bowl.curve:
        steepness, bottom, lowest = bowl.curve
        assert bottom == lowest_weight(run.examples)
        assume(steepness > 1e-280)  # below, the square of an input has no digits left
        largest = max(abs(e.input * bottom) + abs(e.goal) for e in run.examples)
        for weight in run.weights[:20]:
            exact = mean_error(run.examples, weight)
            if exact > CEILING:
                break  # the ball has left the picture
            away = weight - bottom
            glide = lowest + steepness * away * away
            rounding = 1e-12 * (largest**2 + steepness * (abs(weight) + abs(bottom)) ** 2)
            assert glide == pytest.approx(exact, rel=1e-6, abs=rounding + 1e-300)


def test_the_bowl_of_several_stands_over_its_lowest_weight() -> None:
    """1 -> 1 and 1 -> 3: centred at 2, where the mean error is 1, not at the settled weight."""
    run = train([Example(1, 1), Example(1, 3)], weight=0, alpha=0.1, iterations=5)
    bowl = stage(run).pictures["bowl"]
    assert bowl.curve == (1, 2, 1)
    low, high = bowl.views[0]["x_axis"]["range"]
    assert (low + high) / 2 == pytest.approx(2)


@pytest.mark.parametrize(
    ("alpha", "texts"),
    [(0.1, ["iterations end at 2.053"]), (2.0, []), (2.1, []), (0, [])],
)
def test_only_a_run_that_settles_is_said_to_settle(alpha: float, texts: list[str]) -> None:
    """With several examples the dashed line is where training ends, so it needs an end."""
    run = train([Example(1, 1), Example(1, 3)], weight=0, alpha=alpha, iterations=2)
    layout = stage(run).pictures["weight"].figure["layout"]
    assert [note["text"] for note in layout.get("annotations", [])] == texts


def test_two_error_lines_are_named_in_words_and_shapes() -> None:
    """Training and test error differ by symbol and by name, not by colour alone."""
    figure = stage(run_of(), [Example(1, 1)]).pictures["error"].figure
    names = [note["text"] for note in figure["layout"]["annotations"]]
    assert names == ["■ training error", "◆ test error"]
    symbols = [trace["marker"].get("symbol") for trace in figure["data"]]
    assert symbols == [None, "square", None, "diamond"]
    assert "annotations" not in stage(run_of()).pictures["error"].figure["layout"]
