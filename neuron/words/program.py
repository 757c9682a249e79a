"""The program shown beside the neuron: plain Python that prints the run's own numbers.

It uses the book's names and the core's order of operations, so its results are bit-identical.
Numbers are written as floats that read back exactly, because whole numbers would be computed with
Python's unlimited integers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from neuron.core.training import Example, Run

WIDTH = 52
"""How many characters a line of examples may have before it is wrapped."""


class Grown(IntEnum):
    """How far the program has grown in the story; each stage includes those before it."""

    PREDICT = 1
    MEASURE = 2
    LEARN = 3
    ALPHA = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the program.

    text: the Python. shows: the value shown to its right while the run plays: a column of the run,
    "next_weight", "iteration", "example" or "". beat: when it is highlighted: "predict",
    "compare", "send back", "update" or "". part: the part of the stage it belongs to: "input",
    "weight", "prediction", "goal", "delta", "error", "correction", "alpha", "test" or "".
    """

    text: str
    shows: str = ""
    beat: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """A complete program, line by line; scaled: whether alpha scales its update."""

    lines: tuple[Line, ...]
    scaled: bool

    @property
    def text(self) -> str:
        """The source code, as it is run and copied."""
        return "".join(f"{line.text}\n" for line in self.lines)


_BLANK = Line("")
_STOP = "if not isfinite(error):"


def program(run: Run, test: Sequence[Example] = (), grown: Grown = Grown.ALPHA) -> Program:
    """The program of a run.

    From the stage LEARN on, it prints weight, prediction and error of every step, one step per
    line, then input, prediction and goal of each test example. Before that, it prints the
    prediction, or prediction, delta and error. Its `weight` ends as ``run.weights[-1]``.

    run: must have at least one step, and inputs below 1e150 in size, so that the error is the first
    number to overflow. grown: the minimum stage; whatever else the run needs (a loop, an alpha
    other than 1) is added.
    """
    if run.iterations:
        grown = max(grown, Grown.LEARN)
    if run.alpha != 1 and grown is Grown.LEARN:
        grown = Grown.ALPHA
    listed = len(run.examples) > 1 and grown >= Grown.LEARN
    lines = [*_settings(run, test, grown, listed), _BLANK]
    if grown < Grown.LEARN:
        lines += _look(grown)
        lines.append(Line("print(pred)" if grown < Grown.MEASURE else "print(pred, delta, error)"))
    else:
        lines += _training(run, grown, listed)
    if test:
        lines += [
            _BLANK,
            Line("for input, goal_pred in test_data:", part="test"),
            Line("    print(input, input * weight, goal_pred)", part="test"),
        ]
    return Program(tuple(lines), scaled=grown >= Grown.ALPHA)


def _settings(run: Run, test: Sequence[Example], grown: Grown, listed: bool) -> Iterable[Line]:
    """The lines that set the program's values."""
    if run.overflowed_at is not None:
        yield Line("from math import isfinite")
        yield _BLANK
    first = run.examples[0]
    if listed:
        yield from _list("training_data", run.examples, "goal")
    else:
        yield Line(f"input = {first.input!r}", part="input")
        if grown >= Grown.MEASURE:
            yield Line(f"goal_pred = {first.goal!r}", part="goal")
    if test:
        yield from _list("test_data", test, "test")
    yield Line(f"weight = {run.weights[0]!r}", part="weight")
    if grown >= Grown.ALPHA:
        yield Line(f"alpha = {float(run.alpha)!r}", part="alpha")


def _list(name: str, examples: Sequence[Example], part: str) -> Iterable[Line]:
    """A list of examples, wrapped to `WIDTH`."""
    pairs = [f"({example.input!r}, {example.goal!r})" for example in examples]
    whole = f"{name} = [{', '.join(pairs)}]"
    if len(whole) <= WIDTH:
        yield Line(whole, part=part)
        return
    yield Line(f"{name} = [", part=part)
    row = ""
    for pair in pairs:
        if row and len(f"{row} {pair},") > WIDTH:
            yield Line(row, part=part)
            row = ""
        row = f"{row} {pair}," if row else f"    {pair},"
    yield Line(row, part=part)
    yield Line("]", part=part)


def _look(grown: Grown) -> Iterable[Line]:
    """What the neuron does with one example before it changes."""
    yield Line("pred = input * weight", "prediction", "predict", "prediction")
    if grown >= Grown.MEASURE:
        yield Line("delta = pred - goal_pred", "delta", "compare", "delta")
        yield Line("error = delta * delta", "error", "compare", "error")


def _training(run: Run, grown: Grown, listed: bool) -> Iterable[Line]:
    """The loop and a final prediction, or the lines that stop it on overflow."""
    stops = run.overflowed_at is not None
    # The final prediction, after all updates, may also overflow: then the loop must include it.
    rounds = run.iterations + (run.overflowed_at == run.iterations * len(run.examples))
    yield Line(f"for iteration in range({rounds}):", "iteration")
    margin = "    "
    if listed:
        yield Line("    for input, goal_pred in training_data:", "example", "", "goal")
        margin += "    "
    for line in _step(grown, stops):
        yield Line(margin + line.text, line.shows, line.beat, line.part)
    if stops and listed:
        yield Line(f"    {_STOP}")
        yield Line("        break")
    if not stops:
        yield _BLANK
        if listed:
            yield Line("input, goal_pred = training_data[0]")
        yield Line("pred = input * weight", part="prediction")
        yield Line("delta = pred - goal_pred", part="delta")
        yield Line("print(weight, pred, delta * delta)")


def _step(grown: Grown, stops: bool) -> Iterable[Line]:
    """One step: predict, compare and update."""
    yield from _look(grown)
    if stops:
        yield Line(_STOP)
        yield Line("    weight = last_weight")
        yield Line("    break")
    yield Line("weight_delta = delta * input", "weight_delta", "send back", "correction")
    yield Line("print(weight, pred, error)")
    if stops:
        yield Line("last_weight = weight")
    scaled = "alpha * weight_delta" if grown >= Grown.ALPHA else "weight_delta"
    yield Line(f"weight = weight - {scaled}", "next_weight", "update", "weight")
