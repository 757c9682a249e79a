"""The arithmetic of learning, against printed results, an autograd, and exact fractions."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import count
from math import inf, isfinite, nan
from pathlib import Path
from time import process_time
from timeit import timeit
from typing import Any, cast

import pytest
from benchmarks.core import bare_loop, from_examples
from hypothesis import example, given
from hypothesis import strategies as st
from micrograd.engine import Value
from strategies import any_float, lists_of

from neuron import (
    Example,
    ideal_weight,
    mean_error,
    predicted_iterations,
    regime,
    shrink_factor,
    train,
)
from neuron.core.training import mean_errors

PUBLISHED = json.loads((Path(__file__).parent / "published_runs.json").read_text())
TERMS = ["weight", "prediction", "delta", "error", "weight_delta"]
COLUMNS = ["weights", "predictions", "deltas", "errors", "weight_deltas"]
DATA = [Example(2, 2), Example(-1, 3), Example(0, 5)]


# Magnitudes at which twenty steps neither overflow nor sink below normal floats.
moderate = st.just(0.0) | st.floats(1e-3, 100) | st.floats(-100, -1e-3)


@pytest.mark.parametrize("book", PUBLISHED, ids=lambda run: run["name"])
def test_every_value_the_book_prints_comes_out_bit_for_bit(book: dict[str, Any]) -> None:
    """Trask, Grokking Deep Learning, chapter 4: all printed rows, `==` (source in the file)."""
    printed = book["rows"]
    setting = {name: book[name] for name in ("input", "goal", "weight", "alpha")}
    steps = train(**setting, iterations=len(printed) - 1).steps
    assert [{term: getattr(steps[k], term) for term in row} for k, row in enumerate(printed)] == (
        printed
    )


@given(lists_of(moderate), moderate, moderate, st.integers(0, 3))
def test_agrees_with_an_independent_autograd(
    examples: list[Example], weight: float, alpha: float, iterations: int
) -> None:
    """Micrograd's gradient is twice `weight_delta`, so its runs at alpha / 2 are ours at alpha."""
    run = train(examples, weight=weight, alpha=alpha, iterations=iterations)
    expected = []
    for seen in [*examples * iterations, examples[0]]:
        w = Value(weight)
        error = (seen.input * w - seen.goal) ** 2
        error.backward()
        expected.append((weight, error.data, w.grad / 2))
        weight = weight - alpha / 2 * w.grad
    weights, errors, weight_deltas = zip(*expected, strict=True)
    assert (run.weights, run.weight_deltas) == (weights, weight_deltas)
    assert run.errors == pytest.approx(errors, rel=1e-12, abs=0)  # its power rounds otherwise


def test_one_example_can_be_given_as_input_and_goal() -> None:
    """`train(input=2, goal=2)` is `train([Example(2, 2)])`, and every number becomes a float."""
    run = train(input=2, goal=2, weight=0, alpha=1, iterations=3)
    assert run == train([Example(2.0, 2.0)], weight=0.0, alpha=1.0, iterations=3)
    assert {type(value) for column in COLUMNS for value in getattr(run, column)} == {float}


def test_rows_and_columns_are_the_same_run() -> None:
    """Entry k is before update k + 1, the last is the first example's; rows are as in a list."""
    run = train(DATA, weight=0.5, alpha=0.1, iterations=2)
    assert (run.examples, run.alpha, run.iterations) == (tuple(DATA), 0.1, 2)
    assert [s.index for s in run.steps] == [0, 1, 2, 3, 4, 5, 6]
    assert [s.iteration for s in run.steps] == [0, 0, 0, 1, 1, 1, 2]
    assert [s.example for s in run.steps] == [*DATA, *DATA, DATA[0]]
    for term, column in zip(TERMS, COLUMNS, strict=True):
        assert tuple(getattr(s, term) for s in run.steps) == getattr(run, column)
    rows = list(run.steps)
    assert [run.steps[k] for k in range(-7, 0)] == rows
    for part in (slice(2, 5), slice(None, None, -2), slice(-3, 99), slice(5, 2)):
        assert list(run.steps[part]) == rows[part]
    for index in (7, -8, 10**30):
        with pytest.raises(IndexError):
            run.steps[index]


def terms_of(example: Example, weight: float) -> list[float]:
    prediction = example.input * weight
    delta = prediction - example.goal
    return [weight, prediction, delta, delta * delta, delta * example.input]


@example([Example(1e308, 0)], 1e308, 1.0, 3)  # not even the first look fits into floats
@example([Example(1e200, 1e120)], 0.0, 1.0, 0)  # a finite error, an infinite weight_delta
@example([Example(1, 1e154), Example(0, 0)], 0.0, 1e308, 3)  # an infinite weight times 0
@given(lists_of(any_float), any_float, any_float, st.integers(0, 30))
def test_keeps_every_finite_step_and_nothing_else(
    examples: list[Example], weight: float, alpha: float, iterations: int
) -> None:
    """Whatever the finite numbers: no exception, no NaN, no infinity, and no step lost."""
    run = train(examples, weight=weight, alpha=alpha, iterations=iterations)
    entries, wanted = len(run.weights), len(examples) * iterations + 1
    for column in COLUMNS:
        assert len(getattr(run, column)) == entries
        assert all(map(isfinite, getattr(run, column)))
    if run.overflowed_at is None:
        assert entries == wanted
    else:
        assert run.overflowed_at == entries < wanted
        after = run.weights[-1] - run.alpha * run.weight_deltas[-1] if entries else weight
        assert not all(map(isfinite, terms_of(examples[entries % len(examples)], after)))


def test_a_diverging_run_goes_on_to_the_end_of_floats() -> None:
    """The book's diverging run has error 0.04 * 9**k up to the last k that fits into floats."""
    end = next(k for k in count() if Fraction(4, 100) * 9**k > sys.float_info.max)
    for iterations in (1000, 10**400):
        run = train(input=2, goal=0.8, weight=0.5, alpha=1, iterations=iterations)
        assert run.overflowed_at == len(run.steps) == end


@pytest.mark.parametrize(("iterations", "runs", "times"), [(18, 500, 2.0), (10_000, 1, 1.5)])
def test_costs_little_more_than_the_barest_loop(iterations: int, runs: int, times: float) -> None:
    """The barest loop records the same columns; measured as 1.5 (a microsecond) and 1.1 to 1.4."""

    def seconds(loop: Callable[[int], object]) -> float:
        return timeit(lambda: loop(iterations), timer=process_time, number=runs)

    turns = [(seconds(bare_loop), seconds(from_examples)) for _ in range(15)]
    barest, own = map(min, zip(*turns, strict=True))
    assert own <= times * barest


def learn(examples: Any = DATA, **changed: Any) -> object:
    return train(examples, **({"weight": 0, "alpha": 1, "iterations": 1} | changed))


TAKES: list[tuple[str, Callable[[Any], object]]] = [
    ("input", lambda value: Example(value, 1)),
    ("goal", lambda value: Example(1, value)),
    ("weight", lambda value: learn(weight=value)),
    ("alpha", lambda value: learn(alpha=value)),
    ("weight", lambda value: regime(DATA, value, 0.1)),
    ("alpha", lambda value: regime(DATA, 0, value)),
    ("alpha", lambda value: shrink_factor(DATA, value)),
    ("alpha", lambda value: ideal_weight(DATA, value)),
    ("tolerance", lambda value: predicted_iterations(DATA, 0, 0.1, value)),
]
TOO_LONG = "a number of thousands of digits"  # Python prints no whole number of 5,000 digits


@pytest.mark.parametrize(("name", "call"), TAKES)
def test_refuses_what_is_no_finite_number(name: str, call: Callable[[Any], object]) -> None:
    """The refusal names the argument, the rule and the value, of up to 10,000 bits."""
    for error, value, shown in (
        *((ValueError, value, repr(value)) for value in (nan, inf, -inf, 10**400, 2**9999)),
        *((ValueError, value, TOO_LONG) for value in (2**10_000, 10**5000)),
        *((TypeError, value, repr(value)) for value in ("2", True, None, 2j)),
    ):
        said = re.escape(f"{name} must be a finite number, got {shown}")
        with pytest.raises(error, match=f"^{said}$"):
            call(value)


COUNTED = "iterations must be a whole number from 0 up, got"
NO_FORM = "train() needs a list of examples, or both input and goal, got"
BOTH = "train() takes a list of examples or one input and goal, not both, got"


@pytest.mark.parametrize(
    ("examples", "changed", "error", "said"),
    [
        *((DATA, {"iterations": bad}, TypeError, f"{COUNTED} {bad!r}")
            for bad in (2.5, 2.0, True, "3", None, nan)),
        (DATA, {"iterations": -1}, ValueError, f"{COUNTED} -1"),
        (DATA, {"iterations": -(10**5000)}, ValueError, f"{COUNTED} {TOO_LONG}"),
        ([], {}, ValueError, "examples must hold at least one Example, got []"),
        ([(2, 2)], {}, TypeError, "examples must hold only Example records, got (2, 2)"),
        ([*DATA, 3], {}, TypeError, "examples must hold only Example records, got 3"),
        *((bad, {}, TypeError, f"examples must be a list of Example records, got {shown}")
            for bad, shown in [(5, "5"), (10**5000, TOO_LONG), (DATA[0], repr(DATA[0]))]),
        *((None, {"input": x, "goal": y}, TypeError, f"{NO_FORM} input={x}, goal={y}")
            for x, y in [(2, None), (None, 3), (None, None)]),
        *((DATA, {"input": x, "goal": y}, TypeError, f"{BOTH} input={x}, goal={y}")
            for x, y in [(2, None), (None, 3), (2, 3)]),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_refuses_what_cannot_be_trained(
    examples: Any, changed: dict[str, Any], error: type[Exception], said: str
) -> None:
    """Iterations are no float and no bool; data a list of examples, or one whole input and goal."""
    with pytest.raises(error, match=f"^{re.escape(said)}$"):
        learn(examples, **changed)


def test_an_error_of_the_callers_own_list_is_the_callers() -> None:
    """What goes wrong while examples are made is not told as a refusal."""

    def examples() -> Iterator[Example]:
        yield Example(1, 1)
        raise TypeError("the caller's")

    with pytest.raises(TypeError, match=r"^the caller's$"):
        train(cast("list[Example]", examples()), weight=0, alpha=1, iterations=1)


@example([Example(1, 0)] * 2, 1.3e154)  # the sum of the errors is beyond floats, the mean is not
@given(lists_of(moderate) | lists_of(any_float), moderate | any_float)
def test_mean_error_is_the_mean_of_the_squared_deltas(
    examples: list[Example], weight: float
) -> None:
    """The mean, taken in exact fractions; infinite where an error is beyond floats, never NaN."""
    errors = [terms_of(e, weight)[3] for e in examples]
    exact = inf if inf in errors else float(sum(map(Fraction, errors)) / len(errors))
    assert mean_error(examples, weight) == pytest.approx(exact, rel=1e-12, abs=1e-300)


@example([Example(1e200, 0)], [Example(1, 1)], 1e100)  # the examples overflow, the run does not
@given(lists_of(moderate) | lists_of(any_float), lists_of(moderate), moderate)
def test_mean_errors_are_the_mean_error_at_each_weight(
    examples: list[Example], learned: list[Example], weight: float
) -> None:
    """One a step, of the data asked, whatever data the run learned from; always finite."""
    run = train(learned, weight=weight, alpha=0.01, iterations=3)
    for data in (examples, learned):
        asked = mean_errors(data, run)
        assert asked == tuple(min(mean_error(data, w), sys.float_info.max) for w in run.weights)
