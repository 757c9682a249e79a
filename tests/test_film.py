"""The film over alpha: every frame is a real run, and what the browser gets is the same numbers."""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import asdict
from math import log10

import pytest
from hypothesis import example, given
from runs import both, from_json, points_of, run_of
from strategies import any_run, any_tolerance

from neuron import Run, train
from neuron.charts.film import Film, film
from neuron.charts.picture import CEILING, OFF
from neuron.charts.ruler import ruler
from neuron.charts.sweep import LONGEST, Sweep, sweep
from neuron.core.dynamics import dynamics_of, lowest_weight
from neuron.player.payloads import film_reel
from neuron.words.numbers import number
from neuron.words.sweep import sweep_in_words


def filmed(run: Run, tolerance: float = 0.01) -> tuple[Film, Sweep]:
    swept = sweep(*both(run), tolerance)
    return film(*both(run), swept), swept


@example(run_of(input=1, goal=0, weight=1e153), 0.01)  # leaves floats within a few steps
@example(run_of(input=1, goal=0, weight=2.225e-311, alpha=0, iterations=4), 0.1)  # few bits left
@given(any_run(100), any_tolerance)
def test_each_row_is_a_run_as_far_as_the_axis_shows_it(run: Run, tolerance: float) -> None:
    """Within the axis bit for bit; what leaves it ends beyond, on the side where the weight is.

    A run that ended early stays at its last weight, so that all rows are as wide.
    """
    drawn, swept = filmed(run, tolerance)
    low, high = drawn.path["layout"]["yaxis"]["range"]
    beyond = OFF * (high - low)
    assert len(drawn.rows) == drawn.width * len(swept.alphas)
    assert drawn.width <= LONGEST + 1
    for k, alpha in enumerate(swept.alphas):
        again = train(
            run.examples, weight=run.weights[0], alpha=alpha, iterations=run.iterations
        ).weights[: drawn.width]
        row = drawn.rows[k * drawn.width : (k + 1) * drawn.width]
        for place, shown in enumerate(row):
            weight = again[min(place, len(again) - 1)]
            if low - beyond <= weight <= high + beyond:
                assert shown == weight
            else:
                assert shown == (low - beyond if weight < low else high + beyond)


@given(any_run(100))
def test_start_and_answer_are_within_the_axis(run: Run) -> None:
    """Whatever alpha does, where it starts and where it should go are seen."""
    drawn, _ = filmed(run)
    layout = drawn.path["layout"]
    low, high = layout["yaxis"]["range"]
    assert low < run.weights[0] < high
    bottom = lowest_weight(run.examples)
    if bottom is None or abs(bottom) > CEILING:
        assert layout["shapes"] == []
        return
    assert low < bottom < high
    (shape,) = layout["shapes"]
    assert points_of(shape["path"]) == [(0, bottom), (max(drawn.width - 1, 1), bottom)]


@given(any_run(100), any_tolerance)
def test_iterations_stand_where_their_logarithm_is_and_never_above_all(
    run: Run, tolerance: float
) -> None:
    """log10(1 + n), for 0 has its place too; so do the powers of ten beside the axis."""
    drawn, swept = filmed(run, tolerance)
    axis = drawn.needed.figure["layout"]["yaxis"]
    low, high = axis["range"]
    assert drawn.columns["alpha"] == swept.alphas
    *powers, (top, word) = zip(axis["tickvals"], axis["ticktext"], strict=True)
    assert word == "never"
    if set(swept.needed) == {0}:
        assert powers == [(0, "0")]
    else:
        assert powers == [(log10(1 + 10**k), number(10**k)) for k in range(len(powers))]
    counts = [0.0]
    for height, needed in zip(drawn.columns["needed"], swept.needed, strict=True):
        assert low < height < high
        if needed is None:
            assert height == top
        else:
            assert 10**height - 1 == pytest.approx(needed, rel=1e-9, abs=1e-9)
            counts.append(height)
    assert low < max([*counts, *(height for height, _ in powers)]) < top < high


@given(any_run(100))
def test_the_marks_of_the_ruler_stand_in_the_chart(run: Run) -> None:
    """Each mark is a line at its alpha within the axis; the first two are named."""
    drawn, swept = filmed(run)
    layout = drawn.needed.figure["layout"]
    marks = ruler(dynamics_of(run)).marks
    low, high = layout["xaxis"]["range"]
    lines = [points_of(shape["path"]) for shape in layout["shapes"]]
    assert [line[0][0] for line in lines] == [mark.alpha for mark in marks]
    assert all(low < mark.alpha < high for mark in marks)
    assert low <= swept.alphas[0] < swept.alphas[-1] <= high
    said = [(note["x"], note["text"]) for note in layout["annotations"]]
    assert said == [(mark.alpha, mark.label) for mark in marks[:2]]


@given(any_run(100), any_tolerance)
def test_the_browser_gets_the_same_numbers(run: Run, tolerance: float) -> None:
    """JSON without NaN; columns and rows bit for bit; names and sentences of each alpha."""
    drawn, swept = filmed(run, tolerance)
    reel = from_json(film_reel(run, swept))

    def unpacked(text: str) -> tuple[float, ...]:
        return tuple(memoryview(b64decode(text, validate=True)).cast("d"))

    assert unpacked(reel["rows"]) == drawn.rows
    assert reel["width"] == drawn.width
    columns = {name: unpacked(text) for name, text in reel["columns"].items()}
    assert columns == drawn.columns
    assert reel["here"] == swept.here
    assert reel["exact"] is (swept.alphas[swept.here] == run.alpha)
    assert reel["names"] == list(swept.names)
    assert reel["sentences"] == list(swept.sentences)
    assert reel["needed"] == json.loads(json.dumps(asdict(drawn.needed)))
    assert reel["path"] == drawn.path
    assert reel["words"]["needed"] == sweep_in_words(dynamics_of(run))
    assert reel["words"]["path"].endswith(f" to {number(swept.alphas[-1])}.")


def test_the_opening_film_worked_by_hand() -> None:
    """Alpha 0.25 lands in one step, 0.5 bounces between 0 and 2, 0.75 leaves the chart."""
    drawn, swept = filmed(run_of())
    rows = {
        alpha: drawn.rows[k * drawn.width : (k + 1) * drawn.width]
        for k, alpha in enumerate(swept.alphas)
    }
    assert drawn.width == 19
    assert drawn.path["layout"]["yaxis"]["range"] == [-0.5, 2.5]
    assert rows[0.0] == (0,) * 19
    assert rows[0.25] == (0, *[1] * 18)
    assert rows[0.5] == (0, 2) * 9 + (0,)
    assert rows[0.75][:4] == (0, 3, -3, 9)
    assert rows[0.75][-2:] == (14.5, -12.5)
