"""Runs over each other: the lines are the runs, and each can be told by its name."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from math import log10
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs import run_on
from strategies import any_training

from neuron import mean_error
from neuron.charts.downsampling import MOST_DRAWN, thin
from neuron.charts.overlay import APART, HIGHEST, LOWEST, SHOWN, overlay
from neuron.charts.picture import OFF
from neuron.core.dynamics import lowest_weight
from neuron.core.training import LARGEST
from neuron.state.comparison import compare
from neuron.state.parameters import Settings
from neuron.words.comparison import Compared

# As a reader compares: the same neuron with several alphas, or other starts too.
alike = st.lists(
    st.builds(
        Settings,
        alpha=st.sampled_from([0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 1.0]),
        weight=st.sampled_from([0.0, -1.0]),
        iterations=st.sampled_from([0, 18, 300]),
    ),
    min_size=1,
    max_size=5,
    unique=True,
)
any_short = st.builds(
    lambda one, iterations: replace(one, iterations=iterations, more=one.more[:3]),
    any_training,
    st.integers(0, 400),
)
groups = alike | st.lists(any_short, min_size=1, max_size=5, unique=True)


def compared(settings: list[Settings]) -> list[Compared]:
    return compare(settings, [run_on(one) for one in settings], 0.01)


def range_of(figure: dict[str, Any], axis: str = "yaxis") -> tuple[float, float]:
    low, high = figure["layout"][axis]["range"]
    return low, high


@given(groups)
def test_any_runs_are_lines_of_finite_numbers(settings: list[Settings]) -> None:
    """One a run in its order, thinned as everywhere, with a column as long as the run.

    A line is said to leave the chart exactly where a point that is drawn lies beyond the axis.
    """
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
            assert line["x"] == thin(tuple(column))
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
    errors = [
        [min(mean_error(one.trial.run.examples, w), LARGEST) for w in one.trial.run.weights]
        for one in rows
    ]
    largest = max(column[0] for column in errors) or 1.0
    floor = log10(max(largest * LOWEST, 5e-324))
    for column, heights in zip(errors, laid.columns["error"], strict=True):
        assert list(heights) == pytest.approx(
            [max(floor, log10(max(error, 5e-324))) for error in column], abs=1e-12
        )
    low, high = range_of(laid.figures["error"])
    assert low <= min(map(min, laid.columns["error"]))
    ceiling = log10(min(largest, LARGEST / HIGHEST) * HIGHEST)
    assert min(max(map(max, laid.columns["error"])), ceiling) <= high


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
    """In the order of the ends, within the axis, as far apart as their lines need, if possible.

    The name of a single run, unless it has several lines, stands at its line's very end.
    """
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
