"""The program beside the neuron, and files to take away: all hold the numbers of the core."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import nbformat
import pandas  # type: ignore[import-untyped, unused-ignore]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_example, any_run, plain_run

from neuron import Example, Run, train
from neuron.story.chapters import CHAPTERS, program_of
from neuron.words.exports import RULE, as_csv, as_json, as_python, file_name
from neuron.words.notebook import notebook
from neuron.words.program import WIDTH, Grown, program

TWO = [Example(1, 1), Example(2, 3)]


def executed(text: str, names: dict[str, Any]) -> list[str]:
    """The lines that a program prints; it changes the names."""
    with redirect_stdout(StringIO()) as printed:
        exec(compile(text, "program", "exec"), names)
    return printed.getvalue().splitlines()


def printed_by(run: Run, test: tuple[Example, ...]) -> list[str]:
    """What the whole program has to print: the core's numbers."""
    rows = zip(run.weights, run.predictions, run.errors, strict=True)
    asked = ((e.input, e.input * run.weights[-1], e.goal) for e in test)
    return [" ".join(map(repr, row)) for row in (*rows, *asked)]


def assert_prints(run: Run, test: tuple[Example, ...] = (), grown: Grown = Grown.ALPHA) -> None:
    """Every step's weight, prediction and error, and what it says to each test example."""
    names: dict[str, Any] = {}
    assert executed(program(run, test, grown).text, names) == printed_by(run, test)
    assert repr(names["weight"]) == repr(run.weights[-1])


tests = st.lists(any_example, max_size=5).map(tuple)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapters_program_prints_what_the_chapter_shows(name: str) -> None:
    """Without a run: prediction, then delta and error; with one it is the run's own program."""
    chapter, run = CHAPTERS[name], CHAPTERS[name].settings.run()
    beside = program_of(chapter.settings, run)
    if run.iterations:
        assert beside == program(run, chapter.settings.test, chapter.program)
        return
    (first,) = run.steps
    shown = {"predict": f"{first.prediction}"}
    shown["measure"] = f"{first.prediction} {first.delta} {first.error}"
    assert executed(beside.text, {}) == [shown[name]]


@given(any_run(300, examples=5) | plain_run(300), tests, st.sampled_from(Grown))
def test_any_program_prints_the_cores_numbers(
    run: Run, test: tuple[Example, ...], grown: Grown
) -> None:
    """One example and several, with test data and without, to the end of floats.

    What a run needs comes by itself, however little its chapter's program has.
    """
    assert_prints(run, test, grown if run.iterations else Grown.LEARN)


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


def test_a_program_is_short() -> None:
    """At most 20 lines in the whole story, each narrow enough to stand beside the neuron."""
    for chapter in CHAPTERS.values():
        lines = program_of(chapter.settings, chapter.settings.run()).lines
        assert len(lines) <= 20
        assert max(len(line.text) for line in lines) <= WIDTH
    many = program(train([Example(x, 0.1) for x in range(20)], weight=0, alpha=0.1, iterations=1))
    assert max(len(line.text) for line in many.lines) <= WIDTH + 4  # the loop's second margin


ARTICLE = train(input=2.0, goal=2.0, weight=0.0, alpha=0.1, iterations=18)
BLOWS_UP = train(input=7.0, goal=-0.3, weight=0.1, alpha=1.1, iterations=500)
THREE = train(
    [Example(1.1, 0.3), Example(-0.7, 2), Example(3, 1e-5)], weight=-1 / 3, alpha=0.07, iterations=9
)
RUNS = [ARTICLE, BLOWS_UP, THREE]
NAMES = ("weight", "prediction", "delta", "error", "weight_delta")


def columns(run: Run) -> dict[str, list[float]]:
    """What a file of this run must hold, from the run's own rows."""
    return {
        "index": [step.index for step in run.steps],
        "iteration": [step.iteration for step in run.steps],
        "input": [step.example.input for step in run.steps],
        "goal": [step.example.goal for step in run.steps],
        **{name: list(getattr(run, f"{name}s")) for name in NAMES},
    }


@pytest.mark.parametrize("run", RUNS)
def test_readers_of_tables_get_the_very_floats(run: Run) -> None:
    """Pandas reads every column of every step back to the last bit."""
    assert pandas.read_csv(StringIO(as_csv(run))).to_dict("list") == columns(run)


@pytest.mark.parametrize("run", RUNS)
def test_json_holds_the_steps_and_what_makes_them(run: Run) -> None:
    """From the settings in it, the run is made again; its own rule gives each next weight."""
    test = (Example(5, 6),)
    read = json.loads(as_json(run, test, "?alpha=1"), parse_constant=pytest.fail)
    assert pandas.DataFrame(read["steps"]).to_dict("list") == columns(run)
    settings = read["settings"]
    assert settings.pop("test_data") == [{"input": 5, "goal": 6}]
    data = [Example(**example) for example in settings.pop("training_data")]
    assert train(data, **settings) == run
    for now, after in zip(read["steps"], read["steps"][1:], strict=False):
        names: dict[str, Any] = {**now, "alpha": run.alpha}
        exec("\n".join(read["rule"]), names)
        assert names["weight"] == after["weight"]
        assert [names[name] for name in NAMES[1:]] == [now[name] for name in NAMES[1:]]
    assert (read["rule"], read["address"]) == (list(RULE), "?alpha=1")


def test_a_file_says_what_is_inside_and_where_a_run_stopped() -> None:
    """In its name, and in JSON; a run that ends by itself stopped nowhere."""
    assert file_name(ARTICLE, "csv") == "one-neuron_input-2_goal-2_alpha-0.1.csv"
    assert file_name(THREE, "json") == (
        "one-neuron_3-examples_weight--0.3333333333333333_alpha-0.07_iterations-9.json"
    )
    stop = BLOWS_UP.overflowed_at
    assert stop == len(BLOWS_UP.weights) < 500
    assert f"stopped-at-step-{stop}" in file_name(BLOWS_UP, "csv")
    read = json.loads(as_json(BLOWS_UP))
    assert read["overflowed_at"] == stop
    assert f"step {stop}" in read["stopped"]
    read = json.loads(as_json(ARTICLE))
    assert (read["overflowed_at"], read["stopped"]) == (None, "")


def run_cells(text: str) -> tuple[dict[str, Any], list[list[str]]]:
    """A notebook's names after its cells were run in order, and the lines that each printed."""
    book: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(book)
    names: dict[str, Any] = {}
    cells = [cell.source for cell in book.cells if cell.cell_type == "code"]
    return names, [executed(cell, names) for cell in cells]


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_chapters_notebook_runs_and_prints_the_pages_numbers(name: str) -> None:
    """Its form is right, its cells print the first step, then every step, and it draws them."""
    chapter = CHAPTERS[name]
    settings, run = chapter.settings, chapter.settings.run()
    names, printed = run_cells(notebook(run, settings.test, chapter.program))
    first = run.steps[0]
    assert printed[0] == [repr(first.prediction)]
    picture = names["picture"]
    if not run.iterations:
        assert picture.data[1].x[0] == first.weight
        assert picture.data[1].y[0] in (first.prediction, first.error)
        return
    assert printed[1] == [f"{first.prediction!r} {first.delta!r} {first.error!r}"]
    assert printed[2] == [repr(first.weight_delta)]
    assert printed[-2] == printed_by(run, settings.test)
    assert [tuple(trace.y) for trace in picture.data] == [run.weights, run.errors]


@pytest.mark.parametrize("run", RUNS)
def test_any_runs_program_is_run_by_an_interpreter(run: Run) -> None:
    """The file is the program beside the neuron, needs the standard library alone, and prints."""
    beside = program(run, (Example(3, 4),)).text
    text = as_python(beside)
    assert re.fullmatch(f'"""[^\n]+"""\n\n{re.escape(beside)}', text)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", "-"], input=text, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == printed_by(run, (Example(3, 4),))
    names, printed = run_cells(notebook(run, (Example(3, 4),)))
    assert printed[-2] == printed_by(run, (Example(3, 4),))
    assert tuple(names["picture"].data[0].y) == run.weights
