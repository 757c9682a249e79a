"""The core beside other ways to compute the same five columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from timeit import repeat

import numpy as np
from micrograd.engine import Value

from neuron import Example, train

from .spread import Spread

INPUT, GOAL, WEIGHT, ALPHA = 2.0, 2.0, 0.0, 0.1
EXAMPLES = [Example(INPUT, GOAL)]
BEST_OF = 12  # what else the machine does only adds to a time
STEPS = 10_000  # are timed at once, so that a short run, too, takes milliseconds


def from_examples(iterations: int) -> tuple[float, ...]:
    """`neuron.train` with its data at hand, as the bare loop has them.

    As each of these ways, it gives the weights, for a check.
    """
    return train(EXAMPLES, weight=WEIGHT, alpha=ALPHA, iterations=iterations).weights


def from_numbers(iterations: int) -> tuple[float, ...]:
    """`neuron.train`, which first makes an `Example` of an input and a goal, and checks it."""
    return train(input=INPUT, goal=GOAL, weight=WEIGHT, alpha=ALPHA, iterations=iterations).weights


def bare_loop(iterations: int) -> list[float]:
    """The five columns and nothing else: no check of what is given, no end at an overflow."""
    weight = WEIGHT
    weights, predictions, deltas, errors, weight_deltas = ([0.0][:0] for _ in range(5))
    for _ in range(iterations + 1):
        prediction = INPUT * weight
        delta = prediction - GOAL
        error = delta * delta
        weight_delta = delta * INPUT
        weights.append(weight)
        predictions.append(prediction)
        deltas.append(delta)
        errors.append(error)
        weight_deltas.append(weight_delta)
        weight = weight - ALPHA * weight_delta
    return weights


def numpy_loop(iterations: int) -> list[float]:
    """The same loop in numpy's floats and arrays; a run is a chain, so there is no vector in it."""
    weights, predictions, deltas, errors, weight_deltas = np.empty((5, iterations + 1))
    input, goal, weight, alpha = map(np.float64, (INPUT, GOAL, WEIGHT, ALPHA))
    for k in range(iterations + 1):
        weights[k] = weight
        predictions[k] = prediction = input * weight
        deltas[k] = delta = prediction - goal
        errors[k] = delta * delta
        weight_deltas[k] = weight_delta = delta * input
        weight = weight - alpha * weight_delta
    return list(map(float, weights))


def micrograd(iterations: int) -> list[float]:
    """An autograd of scalars: its gradient is twice weight_delta."""
    columns: list[tuple[float, ...]] = []
    weight = WEIGHT
    for _ in range(iterations + 1):
        w = Value(weight)
        prediction = INPUT * w
        delta = prediction - GOAL
        error = delta**2
        error.backward()
        columns.append((weight, prediction.data, delta.data, error.data, w.grad / 2))
        weight = weight - ALPHA / 2 * w.grad
    return [column[0] for column in columns]


Times = dict[str, Spread]
WAYS: dict[str, Callable[[int], Sequence[float]]] = {
    "bare loop": bare_loop,
    "`train(examples, ...)`": from_examples,
    "`train(input=2, goal=2, ...)`": from_numbers,
    "numpy": numpy_loop,
    "micrograd": micrograd,
}


def run_times(iterations: int, rounds: int) -> Times:
    """Seconds for one run in each way; the ways take turns, but each runs several times in a row.

    What ran before leaves memory in a state that slows the first runs after it.
    """
    number = max(1, STEPS // (iterations + 1))
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(rounds):
        for name, way in WAYS.items():
            taken = repeat(partial(way, iterations), number=number, repeat=BEST_OF)
            times[name].append(min(taken) / number)
    return {name: Spread(tuple(values)) for name, values in times.items()}
