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
from neuron.charts.downsampling import MOST_DRAWN, downsample
from neuron.charts.overlay import APART, HIGHEST, LOWEST, SHOWN, overlay
from neuron.charts.picture import OFF, around
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
Figures = dict[str, dict[str, Any]]


def compared(settings: list[Settings]) -> list[Compared]:
    return compare(settings, [run_on(one) for one in settings], 0.01)


def figures_of(rows: list[Compared]) -> Figures:
    return overlay(rows).figures


def heights_of(figure: dict[str, Any]) -> list[float]:
    return [note["y"] for note in figure["layout"]["annotations"]]


@given(groups)
def test_the_lines_of_weight_are_the_runs(settings: list[Settings]) -> None:
    """One line a run in its order, thinned as everywhere; what leaves the chart ends beyond it."""
    rows = compared(settings)
    *lines, heads = figures_of(rows)["weight"]["data"]
    low, high = figures_of(rows)["weight"]["layout"]["yaxis"]["range"]
    assert len(lines) == len(rows)
    assert (heads["x"], heads["y"]) == ([None], [None])
    beyond = OFF * (high - low)
    for line, one in zip(lines, rows, strict=True):
        held = [min(max(w, low - beyond), high + beyond) for w in one.trial.run.weights]
        assert line["x"] == downsample(tuple(held))
        assert line["y"] == [held[k] for k in line["x"]]
        assert (line["x"][0], line["x"][-1]) == (0, len(one.trial.run.weights) - 1)
        assert len(line["x"]) <= MOST_DRAWN + 3


@given(groups)
def test_every_start_and_every_answer_is_in_the_chart(settings: list[Settings]) -> None:
    """The axis of weight holds what each run's own chart over alpha would hold."""
    rows = compared(settings)
    low, high = figures_of(rows)["weight"]["layout"]["yaxis"]["range"]
    for one in rows:
        assert low <= one.trial.run.weights[0] <= high
        bottom = lowest_weight(one.trial.run.examples)
        assert bottom is None or abs(bottom) > 1e300 or low <= bottom <= high
    assert low == min(around(one.trial.run)[0] for one in rows)
    assert high == max(around(one.trial.run)[1] for one in rows)


@given(groups)
def test_the_lines_of_error_are_its_logarithms(settings: list[Settings]) -> None:
    """Each mean error, no lower than the floor: a part of the largest start, which 0 stands at."""
    rows = compared(settings)
    *lines, _ = figures_of(rows)["error"]["data"]
    starts = [
        min(mean_error(one.trial.run.examples, one.trial.run.weights[0]), LARGEST) for one in rows
    ]
    floor = log10(max((max(starts) or 1.0) * LOWEST, 5e-324))
    for line, one in zip(lines, rows, strict=True):
        for k, height in zip(line["x"], line["y"], strict=True):
            error = min(mean_error(one.trial.run.examples, one.trial.run.weights[k]), LARGEST)
            assert height == pytest.approx(max(floor, log10(max(error, 5e-324))), abs=1e-12)
    low, high = figures_of(rows)["error"]["layout"]["yaxis"]["range"]
    assert low <= min(height for line in lines for height in line["y"])
    shown = max(height for line in lines for height in line["y"])
    ceiling = log10(min(max(starts) or 1.0, LARGEST / HIGHEST) * HIGHEST)
    assert min(shown, ceiling) <= high


@given(groups)
def test_a_line_that_leaves_its_chart_is_said_to(settings: list[Settings]) -> None:
    """Exactly where a point that is drawn lies beyond the axis."""
    for figure in figures_of(compared(settings)).values():
        *lines, _ = figure["data"]
        low, high = figure["layout"]["yaxis"]["range"]
        for line, note in zip(lines, figure["layout"]["annotations"], strict=True):
            inside = low <= min(line["y"]) and max(line["y"]) <= high
            assert note["text"].endswith("<br>off the chart") is not inside


def test_floor_and_ceiling_of_the_error() -> None:
    """16 powers of ten below the largest start and 4 above it; a start of no error counts as 1."""
    rows = compared([Settings(alpha=0.25), Settings(alpha=0.6, iterations=300)])
    lines = figures_of(rows)["error"]["data"]
    assert lines[0]["y"][-1] == pytest.approx(log10(4) - 16)
    assert lines[1]["y"][-1] > 40
    low, high = figures_of(rows)["error"]["layout"]["yaxis"]["range"]
    span = high - low
    assert span == pytest.approx(1.16 * 20, rel=0.01)
    assert low < log10(4) - 16 < low + 0.1 * span
    still = figures_of(compared([Settings(weight=1)]))["error"]
    assert still["data"][0]["y"] == [-16] * 19


@given(groups, st.sampled_from(["weight", "error"]))
def test_each_name_stands_where_its_line_ends(settings: list[Settings], name: str) -> None:
    """In the order of the ends, within the axis, as far apart as their lines need, if possible.

    A name that has room around it stands at its line's end.
    """
    rows = compared(settings)
    figure = figures_of(rows)[name]
    low, high = figure["layout"]["yaxis"]["range"]
    *lines, _ = figure["data"]
    ends = [min(max(line["y"][-1], low), high) for line in lines]
    heights = heights_of(figure)
    slack = 1e-9 * (high - low)
    assert all(low - slack <= height <= high + slack for height in heights)
    order = sorted(range(len(rows)), key=lambda k: (ends[k], k))
    texts = [note["text"].count("<br>") + 1 for note in figure["layout"]["annotations"]]
    line = min(APART, (1 + APART) / sum(texts)) * (high - low)
    for lower, upper in pairwise(order):
        needed = line * (texts[lower] + texts[upper]) / 2
        assert heights[upper] - heights[lower] >= needed - slack
    widest = line * max(texts)
    for k, end in enumerate(ends):
        free = all(abs(end - other) >= widest for j, other in enumerate(ends) if j != k)
        alone = free and all(abs(heights[j] - ends[j]) <= slack for j in range(len(ends)) if j != k)
        beyond = line * (texts[k] - 1) / 2  # a name of several lines is not cut
        if alone and low + beyond <= end <= high - beyond:
            assert abs(heights[k] - end) <= slack


@given(groups)
def test_names_and_styles_go_with_their_lines(settings: list[Settings]) -> None:
    """A name has its line's colour, the head too; the run shown is last, and solid."""
    rows = compared(settings)
    for figure in figures_of(rows).values():
        *lines, heads = figure["data"]
        notes = figure["layout"]["annotations"]
        colours = [line["line"]["color"] for line in lines]
        assert [note["font"]["color"] for note in notes] == colours
        names = [note["text"].removesuffix("<br>off the chart") for note in notes]
        assert [name.split("<br>") for name in names] == [r.label for r in rows]
        assert heads["marker"]["color"] == colours
        assert len(set(colours)) == len(set(heads["marker"]["symbol"])) == len(rows)
        assert colours[-1] == SHOWN[0]
        dashes = [line["line"]["dash"] for line in lines]
        assert dashes[-1] == "solid"
        assert len(set(dashes)) == len(rows)


@given(groups)
def test_the_columns_are_the_lines_at_every_step(settings: list[Settings]) -> None:
    """As long as the runs; what is drawn of a line is taken from its column, long or short."""
    rows = compared(settings)
    laid = overlay(rows)
    for name, figure in laid.figures.items():
        *lines, _ = figure["data"]
        for line, column, one in zip(lines, laid.columns[name], rows, strict=True):
            assert len(column) == len(one.trial.run.weights)
            assert line["y"] == [column[k] for k in line["x"]]


@given(groups)
def test_any_runs_can_be_drawn(settings: list[Settings]) -> None:
    """Nothing raises, all numbers are finite, and the steps of the longest run are shown."""
    rows = compared(settings)
    figures = figures_of(rows)
    json.dumps(figures, allow_nan=False)
    last = max(len(one.trial.run.weights) for one in rows) - 1
    for figure in figures.values():
        low, high = figure["layout"]["xaxis"]["range"]
        assert low <= 0 <= last <= high
