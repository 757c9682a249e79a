"""The arithmetic of learning, against printed results, an autograd, and exact fractions."""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from itertools import count
from math import isfinite
from pathlib import Path
from time import process_time
from timeit import timeit
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from micrograd.engine import Value
from strategies import any_float

from neuron import Example, Step, train

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


def test_the_published_rows_are_all_there() -> None:
    """The four runs have the 4, 20, 20 and 20 rows that the book's notebook prints."""
    assert [len(book["rows"]) for book in PUBLISHED] == [4, 20, 20, 20]


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


@given(
    input=moderate.filter(bool),
    goal=moderate,
    weight=moderate,
    pull=st.floats(-1, 10),
    iterations=st.integers(0, 25),
)
def test_follows_the_closed_form(
    input: float, goal: float, weight: float, pull: float, iterations: int
) -> None:
    """`weight_k = ideal + (start - ideal) * A**k`, within what rounding can add up to.

    With p = alpha * input**2 and M no less than the weights and the ideal, one update rounds
    by at most (7 |p| + 1) * M / 2**53, to first order; every later update multiplies that by A.
    """
    alpha = pull / input**2
    run = train(input=input, goal=goal, weight=weight, alpha=alpha, iterations=iterations)
    p = Fraction(alpha) * Fraction(input) ** 2
    ideal = Fraction(goal) / Fraction(input)
    miss = Fraction(weight) - ideal
    for k, learned in enumerate(run.weights):
        growth = max(Fraction(1), abs(1 - p)) ** k
        room = k * growth * (7 * abs(p) + 2) * (abs(ideal) + abs(miss)) * ULP
        underflow = Fraction(1, 10**300)
        assert abs(Fraction(learned) - (ideal + miss * (1 - p) ** k)) <= room + underflow


@given(lists_of(moderate), moderate, st.floats(0, 2), st.integers(1, 6))
def test_one_pass_is_an_affine_map(
    examples: list[Example], weight: float, pull: float, iterations: int
) -> None:
    """A pass is `w -> A * w + B`, composed of each example's map; room as for the closed form.

    No update enlarges a miss here (0 <= p <= 2), so at most 15 roundings an update add up.
    """
    alpha = pull / max(e.input**2 for e in examples) if any(e.input for e in examples) else pull
    run = train(examples, weight=weight, alpha=alpha, iterations=iterations)
    factor, offset = Fraction(1), Fraction(0)
    for e in examples:
        x, goal = Fraction(e.input), Fraction(e.goal)
        factor *= 1 - Fraction(alpha) * x**2
        offset = (1 - Fraction(alpha) * x**2) * offset + Fraction(alpha) * x * goal
    largest = max(map(abs, [*run.weights, *(e.goal / e.input for e in examples if e.input)]))
    exact = Fraction(weight)
    for updates in range(0, len(run.weights), len(examples)):
        room = updates * 16 * ULP * Fraction(largest) + Fraction(1, 10**300)
        assert abs(Fraction(run.weights[updates]) - exact) <= room
        exact = factor * exact + offset


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
    """Negative indexes and slices give what a list of the same rows gives."""
    steps = train(DATA, weight=0.5, alpha=0.1, iterations=2).steps
    rows = [steps[k] for k in range(7)]
    assert len(steps) == 7
    assert [steps[k] for k in range(-7, 0)] == rows
    for part in (slice(2, 5), slice(None, None, -2), slice(-3, 99), slice(5, 2)):
        assert list(steps[part]) == rows[part]


@pytest.mark.parametrize("index", [7, -8, 10**30])
def test_no_step_outside_the_run(index: int) -> None:
    """An index past either end raises IndexError, as a list does."""
    with pytest.raises(IndexError):
        train(DATA, weight=0.5, alpha=0.1, iterations=2).steps[index]


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


@pytest.mark.parametrize(("x_sign", "goal_sign"), [(1, -1), (-1, 1), (-1, -1)])
@given(lists_of(any_float), any_float, any_float, st.integers(0, 9))
def test_mirrored_signs_mirror_the_run(
    x_sign: int,
    goal_sign: int,
    examples: list[Example],
    weight: float,
    alpha: float,
    iterations: int,
) -> None:
    """Other signs of inputs or goals change signs and nothing else, exactly: floats are even."""
    run = train(examples, weight=weight, alpha=alpha, iterations=iterations)
    mirror = train(
        [Example(x_sign * e.input, goal_sign * e.goal) for e in examples],
        weight=x_sign * goal_sign * weight,
        alpha=alpha,
        iterations=iterations,
    )
    both = x_sign * goal_sign
    for column, sign in zip(COLUMNS, [both, goal_sign, goal_sign, 1, both], strict=True):
        assert getattr(mirror, column) == tuple(sign * v for v in getattr(run, column))
    assert mirror.overflowed_at == run.overflowed_at


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

    turns = [
        (
            timeit(bare, timer=process_time, number=runs),
            timeit(ours, timer=process_time, number=runs),
        )
        for _ in range(15)
    ]
    barest, own = map(min, zip(*turns, strict=True))
    assert own <= times * barest
