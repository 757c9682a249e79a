"""The program beside the neuron: Python runs it, and it prints the core's numbers, bit for bit."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_example, any_run, plain_run

from neuron import Example, Run, train
from neuron.story.chapters import CHAPTERS, program_of
from neuron.words.program import WIDTH, Grown, Program, program

TWO = [Example(1, 1), Example(2, 3)]


def executed(beside: Program) -> tuple[dict[str, Any], list[list[str]]]:
    """The names that Python is left with, and the words of each line that was printed."""
    names: dict[str, Any] = {}
    with redirect_stdout(StringIO()) as printed:
        exec(beside.text, names)
    return names, [line.split() for line in printed.getvalue().splitlines()]


def shown(*columns: tuple[float, ...]) -> list[list[str]]:
    return [[repr(value) for value in row] for row in zip(*columns, strict=True)]


def assert_prints(run: Run, test: tuple[Example, ...] = (), grown: Grown = Grown.ALPHA) -> None:
    """Every step's weight, prediction and error, and what it says to each test example."""
    names, printed = executed(program(run, test, grown))
    asked = [[repr(e.input), repr(e.input * run.weights[-1]), repr(e.goal)] for e in test]
    assert printed == shown(run.weights, run.predictions, run.errors) + asked
    assert repr(names["weight"]) == repr(run.weights[-1])


tests = st.lists(any_example, max_size=5).map(tuple)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapters_program_prints_what_the_chapter_shows(name: str) -> None:
    """Of chapters without a run: prediction, then delta and error; of the others every step."""
    chapter, run = CHAPTERS[name], CHAPTERS[name].settings.run()
    beside = program_of(chapter.settings, run)
    if run.iterations:
        assert beside == program(run, chapter.settings.test, chapter.program)
        assert_prints(run, chapter.settings.test, chapter.program)
        return
    columns = {"predict": [run.predictions], "measure": [run.predictions, run.deltas, run.errors]}
    names, printed = executed(beside)
    assert printed == shown(*columns[name])
    assert names["weight"] == run.weights[-1]


@given(any_run(300, examples=5) | plain_run(300), tests)
def test_any_program_prints_the_cores_numbers(run: Run, test: tuple[Example, ...]) -> None:
    """One example and several, with test data and without, to the end of floats."""
    assert_prints(run, test, Grown.ALPHA if run.iterations else Grown.LEARN)


@pytest.mark.parametrize("examples", [[Example(2, 2)], TWO])
def test_it_stops_where_floats_run_out_also_in_the_last_look(examples: list[Example]) -> None:
    """Whichever step is the first beyond floats, one of the loop or the look after all updates."""
    longest = train(examples, weight=1e6, alpha=1e5, iterations=100).overflowed_at
    assert longest is not None
    last = longest // len(examples)
    for iterations in (last - 1, last, last + 1):
        run = train(examples, weight=1e6, alpha=1e5, iterations=iterations)
        assert (run.overflowed_at is None) is (iterations < last)
        assert_prints(run)


def test_it_grows_a_line_at_a_time() -> None:
    """Each stage keeps the lines of the one before, and adds what its chapter is about."""
    runs = [train(input=2, goal=2, weight=0, alpha=1, iterations=k) for k in (0, 0, 1, 1)]
    lines = [
        {line.text.strip() for line in program(run, grown=grown).lines} - {"print(pred)"}
        for run, grown in zip(runs, Grown, strict=True)
    ]
    assert lines[0] == {"input = 2.0", "weight = 0.0", "", "pred = input * weight"}
    assert lines[1] - lines[0] >= {"goal_pred = 2.0", "delta = pred - goal_pred"}
    assert lines[2] - lines[1] >= {"weight_delta = delta * input", "weight = weight - weight_delta"}
    assert lines[3] - lines[2] == {"alpha = 1.0", "weight = weight - alpha * weight_delta"}


def test_what_a_run_needs_comes_by_itself() -> None:
    """A chapter opened with other settings still has a program that is true."""
    assert_prints(train(input=2, goal=2, weight=0, alpha=0.3, iterations=0), (), Grown.LEARN)
    assert_prints(train(input=2, goal=2, weight=0, alpha=0.3, iterations=4), (), Grown.PREDICT)
    assert_prints(train(TWO, weight=0, alpha=0.1, iterations=4), (), Grown.PREDICT)
    assert "alpha" not in program(train(TWO, weight=0, alpha=1, iterations=4), (), Grown.LEARN).text


def test_a_program_is_short() -> None:
    """At most 20 lines in the whole story, each narrow enough to stand beside the neuron."""
    for chapter in CHAPTERS.values():
        lines = program_of(chapter.settings, chapter.settings.run()).lines
        assert len(lines) <= 20
        assert max(len(line.text) for line in lines) <= WIDTH
    many = program(train([Example(x, 0.1) for x in range(20)], weight=0, alpha=0.1, iterations=1))
    assert max(len(line.text) for line in many.lines) <= WIDTH + 4  # the loop's second margin
