"""The program as a Jupyter notebook (format 4.5): a cell per chapter, the program, and a chart.

The cells are plain Python, to be run in order; only the last one needs plotly.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from neuron.core.training import Example, Run, train
from neuron.words.exports import BOOK_ALPHA, SOURCE
from neuron.words.program import Grown, Program, program

_RECORDED = {
    "print(weight, pred, error)": "history.append((weight, pred, error))",
    "print(weight, pred, delta * delta)": "history.append((weight, pred, delta * delta))",
}
"""The lines that record a step for the chart, by the lines that print it."""

_BY_STEP = """\
import plotly.graph_objects as go
from plotly.subplots import make_subplots

weights, preds, errors = zip(*history)
picture = make_subplots(rows=1, cols=2, subplot_titles=("weight by step", "error by step"))
picture.add_scatter(y=weights, mode="lines+markers", name="weight", row=1, col=1)
picture.add_scatter(y=errors, mode="lines+markers", name="error", row=1, col=2)
picture.update_xaxes(title_text="step")
{scale}picture"""

_GROWS = 'picture.update_yaxes(type="log", row=1, col=2)  # it grows too far for a plain scale\n'

_BY_WEIGHT = """\
import plotly.graph_objects as go

weights = [weight + k / 10 for k in range(-20, 21)]
picture = go.Figure()
picture.add_scatter(x=weights, y=[{value} for w in weights], name="{name} at every weight")
picture.add_scatter(x=[weight], y=[{here}], mode="markers", name="this weight")
picture.update_layout(xaxis_title="weight", yaxis_title="{name}")
picture"""


def notebook(run: Run, test: Sequence[Example] = (), grown: Grown = Grown.ALPHA) -> str:
    """The notebook of a run, as the text of an .ipynb file.

    run, test, grown: as for `program`; one cell prints that program's output.
    """
    whole = program(run, test, grown)
    cells = list(_cells(run, whole, test, grown))
    return json.dumps(
        {
            "cells": [
                {"id": f"cell-{place}", "metadata": {}} | cell for place, cell in enumerate(cells)
            ],
            "metadata": {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        indent=1,
    )


def _cells(
    run: Run, whole: Program, test: Sequence[Example], grown: Grown
) -> Iterator[dict[str, Any]]:
    first = run.examples[0]
    still = train([first], weight=run.weights[0], alpha=1, iterations=0)
    learns = grown >= Grown.LEARN or run.iterations > 0
    yield _words(
        "# One neuron, learning\n\n"
        "Run the cells in order. Each adds what one chapter of the page adds.\n\n"
        f"The rule: {SOURCE}."
    )
    yield _words("## Predict\n\nThe input times the weight: forward propagation.")
    yield _code(program(still, grown=Grown.PREDICT).text)
    if grown >= Grown.MEASURE or learns:
        yield _words(
            "## Measure\n\nDelta says which way the prediction is off, and by how much. Its "
            "square is the error, which is never negative."
        )
        known = program(still, grown=Grown.PREDICT).lines
        added = [line for line in program(still, grown=Grown.MEASURE).lines if line not in known]
        yield _code("".join(f"{line.text}\n" for line in added))
    if learns:
        yield _words(
            "## Learn\n\nDelta times the input is what this example asks of the weight: "
            "backpropagation."
        )
        yield _code("weight_delta = delta * input\nprint(weight_delta)\n")
    scaled = any(line.part == "alpha" for line in whole.lines)
    if scaled:
        yield _words(f"## Alpha\n\nAlpha says how much of that correction is applied. {BOOK_ALPHA}")
        yield _code(f"alpha = {float(run.alpha)!r}\nprint(weight - alpha * weight_delta)\n")
    if learns:
        told = "weight, prediction and error of every step"
        asked = ", then input, prediction and goal of each test example" if test else ""
        yield _words(f"## The whole program\n\nIt prints {told}{asked}.")
        yield _code("history = []\n" + "".join(_recording(whole)))
        grows = run.errors[-1] > run.errors[0] > 0
        picture = _BY_STEP.format(scale=_GROWS if grows else "")
    elif grown is Grown.MEASURE:
        here, value = "error", "(input * w - goal_pred) ** 2"
        picture = _BY_WEIGHT.format(name="error", here=here, value=value)
    else:
        picture = _BY_WEIGHT.format(name="prediction", here="pred", value="input * w")
    yield _words("## A picture\n\nThis cell needs the package plotly.")
    yield _code(picture)


def _recording(whole: Program) -> Iterator[str]:
    """The program's lines, with a line to record each step below the one that prints it."""
    for line in whole.lines:
        yield f"{line.text}\n"
        code = line.text.lstrip()
        if code in _RECORDED:
            yield f"{line.text[: -len(code)]}{_RECORDED[code]}\n"


def _words(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": text}


def _code(text: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "source": text.rstrip("\n"),
        "execution_count": None,
        "outputs": [],
    }
