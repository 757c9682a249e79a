"""Files to take away, each opened by an ordinary reader of its kind."""

from __future__ import annotations

import csv
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

from neuron import Example, Run, train
from neuron.story.chapters import CHAPTERS
from neuron.words.exports import RULE, as_csv, as_json, as_python, file_name
from neuron.words.notebook import notebook
from neuron.words.program import program

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
    """Pandas and the csv module read every column of every step back to the last bit."""
    text = as_csv(run)
    by_pandas = pandas.read_csv(StringIO(text)).to_dict("list")
    assert by_pandas == columns(run)
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert {name: [float(row[name]) for row in rows] for name in rows[0]} == columns(run)


@pytest.mark.parametrize("run", RUNS)
def test_json_holds_the_steps_and_what_makes_them(run: Run) -> None:
    """From the settings in it, the run is made again; its own rule gives each next weight."""
    test = (Example(5, 6),)
    read = json.loads(as_json(run, test, "?alpha=1"), parse_constant=pytest.fail)
    assert pandas.DataFrame(read["steps"]).to_dict("list") == columns(run)
    settings = read["settings"]
    data = [Example(**example) for example in settings["training_data"]]
    numbers = {name: settings[name] for name in ("weight", "alpha", "iterations")}
    assert train(data, **numbers) == run
    assert settings["test_data"] == [{"input": 5, "goal": 6}]
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


def printed_by(run: Run, test: tuple[Example, ...]) -> list[str]:
    """What the whole program has to print: the core's numbers."""
    rows = zip(run.weights, run.predictions, run.errors, strict=True)
    asked = ((e.input, e.input * run.weights[-1], e.goal) for e in test)
    return [" ".join(map(repr, row)) for row in (*rows, *asked)]


def run_cells(text: str) -> tuple[dict[str, Any], list[list[str]]]:
    """A notebook's names after its cells were run in order, and the lines that each printed."""
    book: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(book)
    names: dict[str, Any] = {}
    printed = []
    for cell in book.cells:
        if cell.cell_type == "code":
            with redirect_stdout(StringIO()) as said:
                exec(compile(cell.source, "cell", "exec"), names)
            printed.append(said.getvalue().splitlines())
    return names, printed


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
