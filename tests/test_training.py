"""The arithmetic of learning, against printed results, an autograd, and exact fractions."""

from __future__ import annotations

import json
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
from hypothesis import example, given
from hypothesis import strategies as st
from micrograd.engine import Value
from strategies import any_float

from neuron import Example, Step, mean_error, train
from neuron.core.training import mean_errors

PUBLISHED = json.loads((Path(__file__).parent / "published_runs.json").read_text())
TERMS = ["weight", "prediction", "delta", "error", "weight_delta"]
COLUMNS = ["weights", "predictions", "deltas", "errors", "weight_deltas"]
DATA = [Example(2, 2), Example(-1, 3), Example(0, 5)]
ULP = Fraction(1, 2**53)  # the largest relative error of one rounded operation


# Magnitudes at which twenty steps neither overflow nor sink below normal floats.
moderate = st.just(0.0) | st.floats(1e-3, 100) | st.floats(-100, -1e-3)


def lists_of(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[list[Example]]:
    return st.lists(st.builds(Example, numbers, numbers), min_size=1, max_size=4)


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
    """Micrograd's gradient is twice `weight_delta`, so its runs at alpha / 2 are ours at alpha.

    Bit for bit, for 2 is exact in floats; but it takes the square as a power, which may round
    otherwise.
    """
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
    assert run.errors == pytest.approx(errors, rel=1e-12, abs=0)


def test_one_example_can_be_given_as_input_and_goal() -> None:
    """`train(input=2, goal=2)` is `train([Example(2, 2)])`, and every number becomes a float."""
    run = train(input=2, goal=2, weight=0, alpha=1, iterations=3)
    assert run == train([Example(2.0, 2.0)], weight=0.0, alpha=1.0, iterations=3)
    assert {type(value) for column in COLUMNS for value in getattr(run, column)} == {float}


def test_rows_and_columns_are_the_same_run() -> None:
    """Rows and columns agree: entry k is before update k + 1, the last is the first example's."""
    run = train(DATA, weight=0.5, alpha=0.1, iterations=2)
    assert [s.index for s in run.steps] == [0, 1, 2, 3, 4, 5, 6]
    assert [s.iteration for s in run.steps] == [0, 0, 0, 1, 1, 1, 2]
    assert [s.example for s in run.steps] == [*DATA, *DATA, DATA[0]]
    for term, column in zip(TERMS, COLUMNS, strict=True):
        assert tuple(getattr(s, term) for s in run.steps) == getattr(run, column)
    assert (run.examples, run.alpha, run.iterations) == (tuple(DATA), 0.1, 2)


def test_steps_are_indexed_like_a_list() -> None:
    """Negative indexes and slices give what a list of the same rows gives; past the ends, none."""
    steps = train(DATA, weight=0.5, alpha=0.1, iterations=2).steps
    rows = [steps[k] for k in range(7)]
    assert len(steps) == 7
    assert [steps[k] for k in range(-7, 0)] == rows
    for part in (slice(2, 5), slice(None, None, -2), slice(-3, 99), slice(5, 2)):
        assert list(steps[part]) == rows[part]
    for index in (7, -8, 10**30):
        with pytest.raises(IndexError):
            steps[index]


def test_no_iterations_is_one_look() -> None:
    """A run of 0 iterations has one entry: the untrained neuron."""
    run = train(input=2, goal=2, weight=0.5, alpha=0.1, iterations=0)
    assert list(run.steps) == [Step(0, 0, Example(2, 2), 0.5, 1.0, -1.0, 1.0, -2.0)]


def terms_of(example: Example, weight: float) -> list[float]:
    prediction = example.input * weight
    delta = prediction - example.goal
    return [weight, prediction, delta, delta * delta, delta * example.input]


@example([Example(1e308, 0)], 1e308, 1.0, 3)
@example([Example(1e300, 1e100)], 0.0, 1.0, 3)  # a finite error, an infinite weight_delta
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


def test_an_overflow_at_once_leaves_no_step() -> None:
    """Where not even the first look fits into floats, the run is empty and says so."""
    run = train(input=1e200, goal=0, weight=1e200, alpha=1, iterations=3)
    assert (run.overflowed_at, run.weights, list(run.steps)) == (0, (), [])


def test_records_are_frozen() -> None:
    """No field of a record can be changed."""
    run = train(DATA, weight=0.5, alpha=0.1, iterations=2)
    for record in (DATA[0], run.steps[0], run):
        for name in type(record).__annotations__:
            with pytest.raises(AttributeError):
                setattr(record, name, 1.0)


def barest_loop(iterations: int) -> None:
    input, goal, weight, alpha = 2.0, 2.0, 0.0, 0.5
    weights, predictions, deltas, errors, weight_deltas = ([0.0][:0] for _ in COLUMNS)
    for _ in range(iterations + 1):
        prediction = input * weight
        delta = prediction - goal
        error = delta * delta
        weight_delta = delta * input
        weights.append(weight)
        predictions.append(prediction)
        deltas.append(delta)
        errors.append(error)
        weight_deltas.append(weight_delta)
        weight = weight - alpha * weight_delta


@pytest.mark.parametrize(("iterations", "runs", "times"), [(18, 500, 2.0), (10_000, 1, 1.5)])
def test_costs_little_more_than_the_barest_loop(iterations: int, runs: int, times: float) -> None:
    """A run takes little more than the barest loop that records the same columns.

    Measured as 1.6 (1.3 microseconds more) and 1.25; the best of many interleaved turns, in the
    process's own time, so that a busy machine slows neither.
    """
    examples = [Example(2.0, 2.0)]

    def ours() -> None:
        train(examples, weight=0.0, alpha=0.5, iterations=iterations)

    def bare() -> None:
        barest_loop(iterations)

    def seconds(do: Callable[[], None]) -> float:
        return timeit(do, timer=process_time, number=runs)

    turns = [(seconds(bare), seconds(ours)) for _ in range(15)]
    barest, own = map(min, zip(*turns, strict=True))
    assert own <= times * barest


BAD_NUMBERS: dict[type[Exception], list[Any]] = {
    ValueError: [nan, inf, -inf, 10**400],
    TypeError: ["2", True, None, 2j],
}

GOOD: dict[Any, dict[str, Any]] = {
    Example: {"input": 1, "goal": 1},
    train: {"weight": 0, "alpha": 1, "iterations": 1},
}


def refusal_of(call: Any, *values: Any, **changed: Any) -> str:
    with pytest.raises((TypeError, ValueError)) as caught:
        call(*values, **GOOD[call] | changed)
    return f"{caught.type.__name__}: {caught.value}"


def refused_number(name: str, value: Any) -> str:
    call = (Example,) if name in ("input", "goal") else (train, DATA)
    return refusal_of(*call, **{name: value})


@pytest.mark.parametrize("error", BAD_NUMBERS)
@pytest.mark.parametrize("name", ["input", "goal", "weight", "alpha"])
def test_refuses_what_is_no_finite_number(name: str, error: type[Exception]) -> None:
    """The refusal names the argument, the rule and the value."""
    for value in BAD_NUMBERS[error]:
        said = f"{error.__name__}: {name} must be a finite number, got {value!r}"
        assert refused_number(name, value) == said


def test_refuses_a_number_too_long_to_print() -> None:
    """By its argument's name and not with Python's own error; up to 10,000 bits are printed."""
    got = "got a number of thousands of digits"
    for name in ("input", "goal", "weight", "alpha"):
        said = f"ValueError: {name} must be a finite number, "
        for value in (10**5000, 2**10_000):
            assert refused_number(name, value) == said + got
        assert refused_number(name, 2**9999) == f"{said}got {2**9999}"
    said = refusal_of(train, input=1, goal=1, iterations=-(10**5000))
    assert said == f"ValueError: iterations must be a whole number from 0 up, {got}"
    said = refusal_of(train, 10**5000)
    assert said == f"TypeError: examples must be a list of Example records, {got}"


@pytest.mark.parametrize("value", [-1, 2.5, 2.0, True, "3", None, nan])
def test_refuses_iterations_that_cannot_be_counted(value: Any) -> None:
    """`iterations must be a whole number from 0 up, got -1`; no float, no bool."""
    said = refusal_of(train, input=1, goal=1, iterations=value)
    error = "ValueError" if value == -1 else "TypeError"
    assert said == f"{error}: iterations must be a whole number from 0 up, got {value!r}"


@pytest.mark.parametrize(
    ("examples", "error", "got"),
    [
        ([], "ValueError", "[]"),
        ([(2.0, 2.0)], "TypeError", "(2.0, 2.0)"),
        ([Example(1, 1), 3], "TypeError", "3"),
        (Example(1, 1), "TypeError", "Example(input=1.0, goal=1.0)"),
        (5, "TypeError", "5"),
    ],
)
def test_refuses_data_that_are_no_examples(examples: Any, error: str, got: str) -> None:
    """Training data are a list of one Example or more; the refusal names what is none."""
    said = refusal_of(train, examples)
    assert said.startswith(f"{error}: examples must ")
    assert said.endswith(f", got {got}")


@pytest.mark.parametrize(
    "form",
    [
        *([None, 2, None], [None, None, 3], [None] * 3),
        *([DATA, 2, 3], [DATA, 2, None], [DATA, None, 3]),
    ],
)
def test_refuses_two_forms_at_once_and_half_a_form(form: list[Any]) -> None:
    """Data come as a list or as one whole input and goal: not both, not half, not neither."""
    examples, input, goal = form
    said = refusal_of(train, examples, input=input, goal=goal)
    assert said.startswith("TypeError: train() ")
    assert "a list of examples" in said
    assert said.endswith(f"got input={input}, goal={goal}")


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
