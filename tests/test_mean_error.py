"""The mean error of examples, at one weight and along a run: against exact fractions."""

from __future__ import annotations

import sys
from fractions import Fraction
from math import inf, isfinite

import pytest
from hypothesis import example, given
from strategies import any_float
from test_training import DATA, lists_of, moderate, terms_of

from neuron import Example, mean_error, train
from neuron.core.training import mean_errors


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
    """One a step, of the data asked and not of the data learned from; always finite."""
    run = train(learned, weight=weight, alpha=0.01, iterations=3)
    asked = mean_errors(examples, run)
    assert asked == tuple(min(mean_error(examples, w), sys.float_info.max) for w in run.weights)
    assert len(asked) == len(run.weights)
    assert all(map(isfinite, asked))


def test_mean_errors_of_one_example_are_the_runs_own() -> None:
    """Worked by hand for two: at weight 0.5, (1 − 2)² = 1 and (−0.5 − 3)² = 12.25."""
    run = train(DATA[:1], weight=0.5, alpha=0.1, iterations=9)
    assert mean_errors(DATA[:1], run) == mean_errors(run.examples, run) == run.errors
    assert mean_errors(DATA[:2], run)[0] == (1 + 12.25) / 2
