"""Kept runs beside the one shown: names tell them apart, words order them, lines are the runs."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from math import inf, log10, sqrt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from runs import assert_readable
from strategies import any_tolerance, any_training

from neuron import Example, predicted_iterations
from neuron.charts.downsampling import MOST_DRAWN, downsample
from neuron.charts.overlay import APART, LOWEST, SHOWN, overlay
from neuron.charts.picture import OFF
from neuron.core.dynamics import lowest_weight
from neuron.core.training import mean_errors
from neuron.state.comparison import compare, names
from neuron.state.parameters import Settings
from neuron.words.comparison import Compared, comparison_in_words
from neuron.words.numbers import arrival, percent

# As a reader compares: the same neuron with several alphas, or other starts too.
alike = st.builds(
    Settings,
    alpha=st.sampled_from([0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 1.0]),
    weight=st.sampled_from([0.0, -1.0]),
    iterations=st.sampled_from([0, 18, 300]),
)
any_short = st.builds(
    lambda one, iterations: replace(one, iterations=iterations, more=one.more[:3]),
    any_training,
    st.integers(0, 400),
)
groups = st.lists(alike, min_size=1, max_size=5, unique=True)
groups |= st.lists(any_short, min_size=1, max_size=5, unique=True)


def compared(settings: list[Settings], tolerance: float = 0.01) -> list[Compared]:
    return compare(settings, [one.run() for one in settings], tolerance)


def range_of(figure: dict[str, Any], axis: str = "yaxis") -> tuple[float, float]:
    low, high = figure["layout"][axis]["range"]
    return low, high


def alphas(*values: float) -> list[Settings]:
    return [Settings(alpha=alpha) for alpha in values]


@example([Settings(alpha=0.1), Settings(alpha=0.1 + 2**-56)])
@example([Settings(more=(Example(1, 1),)), Settings(more=(Example(1, 2),)), Settings()])
@given(groups)
def test_any_two_runs_have_two_names(settings: list[Settings]) -> None:
    """However little they differ in a control or in their lists; a button of each can be found."""
    told = names(settings)
    assert len(set(told)) == len(settings)
    assert all(told)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (alphas(0.1, 0.25), ["alpha 0.1", "alpha 0.25"]),
        (alphas(0.1, 0.1), ["alpha 0.1", "alpha 0.1"]),
        (alphas(0.1), ["alpha 0.1"]),
        (alphas(0.49999999, 0.5), ["alpha 0.49999999", "alpha 0.5"]),
        (
            [Settings(input=3, alpha=1e-6), Settings(weight=-0.5)],
            [
                "run 1 (input 3, starting weight 0, alpha 0.000001)",
                "run 2 (input 2, starting weight −0.5, alpha 0.1)",
            ],
        ),
        (
            [Settings(more=(Example(1, 1),)), Settings(alpha=0.2), Settings()],
            [
                "alpha 0.1, training data 1",
                "alpha 0.2, training data 2",
                "alpha 0.1, training data 2",
            ],
        ),
    ],
)
def test_names_worked_by_hand(settings: list[Settings], told: list[str]) -> None:
    """What differs, in the order of the page; equal lists have one number."""
    assert names(settings) == told


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            alphas(0.1, 0.5, 0.25),
            "Alpha 0.25 has at most 1% of its gap left after 1 iteration, alpha 0.1 after 18 "
            "iterations, alpha 0.5 never.",
        ),
        (alphas(0.5, 0.6), "In none of these runs does the gap ever fall to 1%."),
        (
            [Settings(weight=0), Settings(weight=1)],
            "Starting weight 1 has at most 1% of its gap left from the start, starting weight "
            "0 after 18 iterations.",
        ),
        (
            alphas(0.4, 0.1, 0.6),
            "Alpha 0.4 has at most 1% of its gap left after 18 iterations, alpha 0.1 after 18 "
            "iterations, alpha 0.6 never.",
        ),
    ],
)
def test_the_difference_in_words(settings: list[Settings], said: str) -> None:
    """The first one first, equal ones in their order, never last; 18 is the article's count."""
    rows = compared(settings, sqrt(1e-7 / 4))
    assert comparison_in_words(rows, 0.01) == said


@given(groups, any_tolerance)
def test_the_words_name_each_run_once_in_order(settings: list[Settings], tolerance: float) -> None:
    """Counts ascend from run to run, and stand beside the run's own name."""
    rows = compared(settings, tolerance)
    for one, given_settings in zip(rows, settings, strict=True):
        assert one.trial.run.alpha == given_settings.alpha
        assert one.trial.needed == predicted_iterations(
            given_settings.training, given_settings.weight, given_settings.alpha, tolerance
        )
    said = comparison_in_words(rows, tolerance)
    assert_readable(said)
    counts = [inf if one.trial.needed is None else one.trial.needed for one in rows]
    if min(counts) == inf:
        assert said == f"In none of these runs does the gap ever fall to {percent(tolerance)}."
        return
    left = f" has at most {percent(tolerance)} of its gap left "
    assert left in said
    listed = said[0].lower() + said[1:].replace(left, " ", 1)
    told = [f"{one.name} {arrival(one.trial.needed)}" for one in rows]
    assert len(listed) == len(", ".join(told)) + len(".")
    in_order = sorted(zip(map(listed.index, told), counts, strict=True))
    assert [count for _, count in in_order] == sorted(counts)


@example([Settings(goal=-2, alpha=6, iterations=1)])  # leaves the chart below alone
@given(groups)
def test_any_runs_are_lines_of_finite_numbers(settings: list[Settings]) -> None:
    """One a run, thinned as everywhere; it leaves the chart where a point that is drawn does."""
    rows = compared(settings)
    laid = overlay(rows)
    json.dumps(laid.figures, allow_nan=False)
    lengths = [len(one.trial.run.weights) for one in rows]
    for name, figure in laid.figures.items():
        *lines, heads = figure["data"]
        assert (heads["x"], heads["y"]) == ([None], [None])
        (low, high), (left, right) = range_of(figure), range_of(figure, "xaxis")
        assert left <= 0 <= max(lengths) - 1 <= right
        columns, notes = laid.columns[name], figure["layout"]["annotations"]
        assert [len(column) for column in columns] == lengths
        for line, column, note in zip(lines, columns, notes, strict=True):
            assert line["x"] == downsample(tuple(column))
            assert line["y"] == [column[k] for k in line["x"]]
            assert len(line["x"]) <= MOST_DRAWN + 3
            inside = low <= min(line["y"]) and max(line["y"]) <= high
            assert note["text"].endswith("<br>off the chart") is not inside


@given(groups)
def test_the_lines_of_weight_are_the_runs(settings: list[Settings]) -> None:
    """What leaves the chart ends beyond it; the axis holds every start and every answer."""
    rows = compared(settings)
    laid = overlay(rows)
    low, high = range_of(laid.figures["weight"])
    beyond = OFF * (high - low)
    for one, column in zip(rows, laid.columns["weight"], strict=True):
        run = one.trial.run
        held = [min(max(w, low - beyond), high + beyond) for w in run.weights]
        assert list(column) == held
        assert low <= run.weights[0] <= high
        bottom = lowest_weight(run.examples)
        assert bottom is None or abs(bottom) > 1e300 or low <= bottom <= high


@given(groups)
def test_the_lines_of_error_are_its_logarithms(settings: list[Settings]) -> None:
    """Each mean error, no lower than the floor: a part of the largest start, which 0 stands at."""
    rows = compared(settings)
    laid = overlay(rows)
    errors = [mean_errors(one.trial.run.examples, one.trial.run) for one in rows]
    largest = max(column[0] for column in errors) or 1.0
    floor = log10(max(largest * LOWEST, 5e-324))
    for column, heights in zip(errors, laid.columns["error"], strict=True):
        expected = [max(floor, log10(max(error, 5e-324))) for error in column]
        assert list(heights) == pytest.approx(expected, abs=1e-12)
    low, _ = range_of(laid.figures["error"])
    assert low <= min(map(min, laid.columns["error"]))


def test_floor_and_ceiling_of_the_error() -> None:
    """16 powers of ten below the largest start and 4 above it; a start of no error counts as 1."""
    rows = compared([Settings(alpha=0.25), Settings(alpha=0.6, iterations=300)])
    error = overlay(rows).figures["error"]
    assert error["data"][0]["y"][-1] == pytest.approx(log10(4) - 16)
    assert error["data"][1]["y"][-1] > 40
    low, high = range_of(error)
    assert high - low == pytest.approx(1.16 * 20, rel=0.01)
    assert low < log10(4) - 16 < low + 0.1 * (high - low)
    still = overlay(compared([Settings(weight=1)])).columns["error"]
    assert still == [[-16] * 19]


@given(groups, st.sampled_from(["weight", "error"]))
def test_each_name_stands_where_its_line_ends(settings: list[Settings], name: str) -> None:
    """In the order of the ends, within the axis, as far apart as their lines need, if possible."""
    figure = overlay(compared(settings)).figures[name]
    low, high = range_of(figure)
    *lines, _ = figure["data"]
    ends = [min(max(line["y"][-1], low), high) for line in lines]
    notes = figure["layout"]["annotations"]
    heights = [note["y"] for note in notes]
    slack = 1e-9 * (high - low)
    assert all(low - slack <= height <= high + slack for height in heights)
    texts = [note["text"].count("<br>") + 1 for note in notes]
    line = min(APART, (1 + APART) / sum(texts)) * (high - low)
    for lower, upper in pairwise(sorted(range(len(ends)), key=lambda k: (ends[k], k))):
        needed = line * (texts[lower] + texts[upper]) / 2
        assert heights[upper] - heights[lower] >= needed - slack
    if texts == [1]:
        assert heights == pytest.approx(ends, abs=slack)


@given(groups)
def test_names_and_styles_go_with_their_lines(settings: list[Settings]) -> None:
    """A name has its line's colour, the head too; the run shown is last, and solid."""
    rows = compared(settings)
    for figure in overlay(rows).figures.values():
        *lines, heads = figure["data"]
        notes = figure["layout"]["annotations"]
        colours = [line["line"]["color"] for line in lines]
        assert [note["font"]["color"] for note in notes] == colours
        names = [note["text"].removesuffix("<br>off the chart") for note in notes]
        assert [name.split("<br>") for name in names] == [r.label for r in rows]
        assert heads["marker"]["color"] == colours
        assert len(set(colours)) == len(set(heads["marker"]["symbol"])) == len(rows)
        dashes = [line["line"]["dash"] for line in lines]
        assert (colours[-1], dashes[-1]) == (SHOWN[0], "solid")
        assert len(set(dashes)) == len(rows)
