"""A run as a file to download: every column of `Step`, at full precision, and the program.

Nothing is computed until a file is requested.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from neuron.core.training import Example, Run
from neuron.words.numbers import as_text

COLUMNS = (
    *("index", "iteration", "input", "goal"),
    *("weight", "prediction", "delta", "error", "weight_delta"),
)
"""The columns of a file: those of `Step`, with its example as input and goal."""

USUAL_ITERATIONS = 18
"""The default number of iterations, which file names leave out."""

RULE = (
    "prediction = input * weight",
    "delta = prediction - goal",
    "error = delta * delta",
    "weight_delta = delta * input",
    "weight = weight - alpha * weight_delta",
)
"""How each step follows from the one before, in this order of operations."""

SOURCE = "Andrew Trask, Grokking Deep Learning, chapter 4"

BOOK_ALPHA = (
    "The slope of the error is 2 * delta * input. The rule lets alpha absorb the 2, so alpha is "
    "twice the learning rate of a library that follows the slope."
)


def name_of(run: Run) -> str:
    """A file name for a run, without extension: ``one-neuron_input-2_goal-2_alpha-0.1``.

    Includes a starting weight other than 0, iterations other than 18, and the step at which the
    run overflowed.
    """
    first, *others = run.examples
    parts = ["one-neuron"]
    if others:
        parts.append(f"{len(run.examples)}-examples")
    else:
        parts += [f"input-{as_text(first.input)}", f"goal-{as_text(first.goal)}"]
    if run.weights[0]:
        parts.append(f"weight-{as_text(run.weights[0])}")
    parts.append(f"alpha-{as_text(run.alpha)}")
    if run.iterations != USUAL_ITERATIONS:
        parts.append(f"iterations-{run.iterations}")
    if run.overflowed_at is not None:
        parts.append(f"stopped-at-step-{run.overflowed_at}")
    return "_".join(parts)


def file_name(run: Run, ending: str) -> str:
    """A file name for a run: ``one-neuron_input-2_goal-2_alpha-0.1.csv``."""
    return f"{name_of(run)}.{ending}"


def stopped_in_words(run: Run) -> str:
    """Where a run stopped because it overflowed; "" if it did not."""
    if run.overflowed_at is None:
        return ""
    return (
        f"The run overflowed at step {run.overflowed_at}: its numbers exceed 1.8e308. All "
        "earlier steps are included."
    )


def as_csv(run: Run) -> str:
    """The steps as comma-separated values, one row each, with `COLUMNS` as the header.

    Numbers are the shortest texts that read back as the same floats. Line endings follow RFC 4180.
    """
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(run))
    return text.getvalue()


def as_json(run: Run, test: Sequence[Example] = (), address: str = "") -> str:
    """The steps as JSON, with the settings, the rule and its source.

    test: the test data. address: the address of the page with this run.
    """
    return json.dumps(
        {
            "settings": {
                "training_data": [_example(example) for example in run.examples],
                "test_data": [_example(example) for example in test],
                "weight": run.weights[0],
                "alpha": run.alpha,
                "iterations": run.iterations,
            },
            "rule": RULE,
            "source": SOURCE,
            "alpha_is": BOOK_ALPHA,
            "address": address,
            "overflowed_at": run.overflowed_at,
            "stopped": stopped_in_words(run),
            "steps": [dict(zip(COLUMNS, row, strict=True)) for row in _rows(run)],
        },
        indent=1,
        allow_nan=False,
    )


def as_python(program: str) -> str:
    """The program as a Python file, with the source of its rule at the top."""
    return f'"""One neuron, learning. The rule: {SOURCE}."""\n\n{program}'


def _example(example: Example) -> dict[str, float]:
    return {"input": example.input, "goal": example.goal}


def _rows(run: Run) -> Iterator[tuple[Any, ...]]:
    for step in run.steps:
        yield (
            *(step.index, step.iteration, step.example.input, step.example.goal),
            *(step.weight, step.prediction, step.delta, step.error, step.weight_delta),
        )
