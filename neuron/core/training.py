"""How one neuron learns: the arithmetic, and nothing else.

The rule is that of Trask, *Grokking Deep Learning*, chapter 4::

    prediction   = input * weight
    delta        = prediction - goal
    error        = delta * delta
    weight_delta = delta * input
    weight       = weight - alpha * weight_delta

The true derivative of the error is ``2 * delta * input``; the book absorbs the 2 into
alpha, so its alpha is twice the learning rate of, say, PyTorch's SGD on the same error. The order
of operations is the book's, so every value it prints is reproduced bit for bit.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from math import inf, isfinite
from sys import float_info
from typing import NamedTuple, overload

LARGEST = float_info.max
"""The largest float, about 1.8e308."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example: for this ``input``, the prediction should be ``goal``.

    input: what the neuron is given; any finite number.
    goal: what it should predict; any finite number, in the unit of the prediction.

    Raises TypeError if either is not a number, ValueError for NaN and infinity.
    """

    input: float
    goal: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "input", finite("input", self.input))
        object.__setattr__(self, "goal", finite("goal", self.goal))


@dataclass(frozen=True, slots=True)
class Step:
    """The neuron applied to one example, before it learns from it.

    index: number of updates made so far, from 0.
    iteration: number of whole passes through the training data made so far, from 0.
    example: the example it is applied to.
    weight: the weight before update ``index + 1``.
    prediction: ``example.input * weight``.
    delta: ``prediction - example.goal``; positive when the prediction is too high.
    error: ``delta * delta``; never negative.
    weight_delta: ``delta * example.input``; the update is ``-alpha * weight_delta``.
    """

    index: int
    iteration: int
    example: Example
    weight: float
    prediction: float
    delta: float
    error: float
    weight_delta: float


class Run(NamedTuple):
    """A whole training run, as columns of equal length.

    Entry k of each column describes the neuron before update k + 1, so a run of n updates has
    n + 1 entries; the last is the trained neuron, applied to the first example again.

    examples: the training data, in the order of a pass.
    alpha: the learning rate, as given.
    iterations: the number of passes requested.
    weights, predictions, deltas, errors, weight_deltas: the columns; see `Step` for each.
    overflowed_at: None, or the index of the first step that overflows (beyond about 1.8e308).
        The columns end just before it, so it is also their length.
    """

    examples: tuple[Example, ...]
    alpha: float
    iterations: int
    weights: tuple[float, ...]
    predictions: tuple[float, ...]
    deltas: tuple[float, ...]
    errors: tuple[float, ...]
    weight_deltas: tuple[float, ...]
    overflowed_at: int | None

    @property
    def steps(self) -> Sequence[Step]:
        """The same run row by row; each `Step` is built on demand."""
        return _Steps(self)


class _Steps(Sequence[Step]):
    """The rows of a run, each built from the columns on demand."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __len__(self) -> int:
        return len(self._run.weights)

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Step]: ...
    def __getitem__(self, index: int | slice) -> Step | Sequence[Step]:
        if isinstance(index, slice):
            return tuple(self[k] for k in range(*index.indices(len(self))))
        k = range(len(self))[index]
        run = self._run
        iteration, place = divmod(k, len(run.examples))
        return Step(
            index=k,
            iteration=iteration,
            example=run.examples[place],
            weight=run.weights[k],
            prediction=run.predictions[k],
            delta=run.deltas[k],
            error=run.errors[k],
            weight_delta=run.weight_deltas[k],
        )


@overload
def train(
    examples: Sequence[Example], /, *, weight: float, alpha: float, iterations: int
) -> Run: ...
@overload
def train(*, input: float, goal: float, weight: float, alpha: float, iterations: int) -> Run: ...
def train(
    examples: Sequence[Example] | None = None,
    /,
    *,
    weight: float,
    alpha: float,
    iterations: int,
    input: float | None = None,
    goal: float | None = None,
) -> Run:
    """Train the neuron and record every step.

    One iteration passes once through the examples, in order, and updates after each:
    ``weight = weight - alpha * (input * weight - goal) * input``.

    examples: the training data, at least one; or one example given as ``input`` and ``goal``.
    weight: where the weight starts; any finite number.
    alpha: the learning rate; any finite number (0 never moves the weight, a negative one diverges).
    iterations: the number of passes; a whole number from 0 up.

    Returns a `Run` with ``len(examples) * iterations + 1`` entries, fewer if it overflows.
    Raises TypeError or ValueError naming the argument, the rule and the value.
    """
    data = _training_data(examples, input, goal)
    weight = finite("weight", weight)
    alpha = finite("alpha", alpha)
    steps = len(data) * _whole("iterations", iterations) + 1

    weights: list[float] = []
    predictions: list[float] = []
    deltas: list[float] = []
    errors: list[float] = []
    weight_deltas: list[float] = []
    for input, goal in _looks(data, steps):
        prediction = input * weight
        delta = prediction - goal
        error = delta * delta
        weight_delta = delta * input
        if not error < inf:  # NaN is not below infinity either
            break
        weights.append(weight)
        predictions.append(prediction)
        deltas.append(delta)
        errors.append(error)
        weight_deltas.append(weight_delta)
        weight = weight - alpha * weight_delta

    # An infinite weight_delta spoils the next error, so only the last step can have one.
    if weight_deltas and not isfinite(weight_deltas[-1]):
        for column in (weights, predictions, deltas, errors, weight_deltas):
            column.pop()
    return Run(
        data,
        alpha,
        iterations,
        tuple(weights),
        tuple(predictions),
        tuple(deltas),
        tuple(errors),
        tuple(weight_deltas),
        overflowed_at=len(weights) if len(weights) < steps else None,
    )


def _looks(data: Sequence[Example], steps: int) -> Iterator[tuple[float, float]]:
    """Input and goal of each step: pass after pass, then the first example once more."""
    pairs = [(example.input, example.goal) for example in data]
    return islice(cycle(pairs), min(steps, sys.maxsize))


def mean_error(examples: Sequence[Example], weight: float) -> float:
    """The mean of ``(input * weight - goal)**2`` over the examples: the height of the error bowl.

    examples: at least one. Infinite if it overflows, never NaN for a finite weight.
    """
    deltas = [example.input * weight - example.goal for example in examples]
    squares = [delta * delta for delta in deltas]
    total = _total(squares)
    if total < inf:
        return total / len(squares)
    return _total([square / len(squares) for square in squares])  # only the sum overflowed


def _total(values: Sequence[float]) -> float:
    """The sum from left to right, as in the browser; since Python 3.12 `sum` rounds differently."""
    total = 0.0
    for value in values:
        total += value
    return total


def mean_errors(examples: Sequence[Example], run: Run) -> tuple[float, ...]:
    """`mean_error` of the examples at each weight of a run: its training or test error.

    Errors that overflow become the largest float.
    """
    if tuple(examples) == run.examples and len(run.examples) == 1:
        return run.errors
    return tuple(min(mean_error(examples, weight), LARGEST) for weight in run.weights)


def finite(name: str, value: object) -> float:
    """``value`` as a float; ``name`` is the argument's name, for the message.

    Raises TypeError if it is not a number (a bool is not), ValueError for NaN and infinity.
    """
    if type(value) is float and isfinite(value):  # the usual case, kept fast
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} must be a finite number, got {value!r}")
    try:
        number = float(value)
    except OverflowError:
        number = inf
    if not isfinite(number):
        raise ValueError(f"{name} must be a finite number, got {shown(value)}")
    return number


def _whole(name: str, value: object) -> int:
    """``value`` if it is a whole number from 0 up, else TypeError or ValueError."""
    if type(value) is not int:  # True is an int, too
        raise TypeError(f"{name} must be a whole number from 0 up, got {value!r}")
    if value < 0:
        raise ValueError(f"{name} must be a whole number from 0 up, got {shown(value)}")
    return value


def shown(value: object) -> str:
    """``repr(value)``, except for a whole number that is too long for Python to print."""
    too_long = isinstance(value, int) and value.bit_length() > 10_000
    return "a number of thousands of digits" if too_long else repr(value)


def _training_data(
    examples: Sequence[Example] | None, input: float | None, goal: float | None
) -> tuple[Example, ...]:
    if examples is None:
        if input is None or goal is None:
            raise TypeError(
                "train() needs a list of examples, or both input and goal, "
                f"got input={input!r}, goal={goal!r}"
            )
        return (Example(input, goal),)
    if input is not None or goal is not None:
        raise TypeError(
            "train() takes a list of examples or one input and goal, not both, "
            f"got input={input!r}, goal={goal!r}"
        )
    try:
        each = iter(examples)
    except TypeError:
        got = shown(examples)
        raise TypeError(f"examples must be a list of Example records, got {got}") from None
    data = tuple(each)
    if not data:
        raise ValueError(f"examples must hold at least one Example, got {examples!r}")
    for example in data:
        if not isinstance(example, Example):
            raise TypeError(f"examples must hold only Example records, got {example!r}")
    return data
