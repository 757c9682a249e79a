"""Any finite float in any field, any list of examples: told and drawn without NaN or infinity."""

from __future__ import annotations

import re
from math import inf, isfinite

from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import both, from_json
from runs import words_of as verdict_of
from test_any_input import (
    any_float,
    any_list,
    examples_and_alpha,
    inside,
    inside_list,
    lists_of,
    moderate,
)

from neuron import Example, Regime, Run, train
from neuron.charts.ruler import ruler
from neuron.charts.stage import stage
from neuron.core.dynamics import dynamics_of
from neuron.player.payloads import as_json
from neuron.state.parameters import CONTROLS
from neuron.story.predictions import CHOICES, answer
from neuron.words import captions as explain
from neuron.words.verdict import HEADLINES, verdict

STILL = {HEADLINES[Regime.STUCK], HEADLINES[Regime.ALREADY_THERE], "Stays where it is"}


def assert_no_odd_number(said: str) -> None:
    assert not re.search(r"\b(nan|inf|infinity)\b|[{}]", said, re.IGNORECASE), said


def words_of(run: Run, test: list[Example]) -> list[str]:
    pictures = [f(run) for f in (explain.neuron_in_words, explain.weight_in_words)]
    return [
        *(verdict_of(run), explain.bowl_in_words(*both(run))),
        *(*pictures, explain.error_in_words(run, test)),
        *(answer(pick, *both(run)).told for pick in CHOICES),
    ]


@example(([Example(1e-308, 1e6)], 1.0), [], 0.0, 3)  # the bowl's bottom is beyond floats
@example(([Example(2, 4)], 1e-20), [], 1.0, 3)  # moves by less than floats can hold
@example(([Example(1e-170, 1e6)] * 2, 1e6), [], 0.0, 3)  # moves, though A rounds to 1
@given(examples_and_alpha(), any_list, any_float | moderate, st.integers(0, 30))
def test_any_run_can_be_put_into_words(
    drawn: tuple[list[Example], float], test: list[Example], weight: float, iterations: int
) -> None:
    """Of every run that has a first step: whole sentences, without NaN or infinity, and true."""
    examples, alpha = drawn
    run = train(examples, weight=weight, alpha=alpha, iterations=iterations)
    assume(run.weights)
    words = words_of(run, test)
    for said in words:
        assert_no_odd_number(said)
    told = " ".join(words)
    assert "ith input 0 " not in told or not all(e.input for e in examples)
    still = len(set(run.weights)) == 1
    assert not re.search("n?ever moves|changes anything", told) or still
    if still and run.iterations and run.overflowed_at is None:
        assert verdict(*both(run)).headline in STILL
    for texts in list(explain.every_step(run).values())[-5:]:
        assert all(isfinite(float(text)) for text in texts)


@example([Example(1e-147, 1), Example(1e-172, 1)], [], 0.0, 1e6, 1)  # alphas beyond floats
@given(inside_list, lists_of(inside) | st.just([]), inside, inside.map(abs), st.integers(0, 30))
def test_whatever_the_controls_let_in_can_be_drawn(
    examples: list[Example], test: list[Example], weight: float, alpha: float, iterations: int
) -> None:
    """The ruler and the stage of any run within the controls' limits are finite, as JSON."""
    assert {abs(c.low) for c in CONTROLS[:3]} | {c.high for c in CONTROLS[:4]} == {1e6}
    run = train(examples, weight=weight, alpha=alpha, iterations=iterations)
    from_json(as_json(stage(run, dynamics_of(run), test, log=True)))
    scale = ruler(dynamics_of(run))
    assert 0 < scale.step < scale.top < inf
    places = [mark.alpha for mark in scale.marks]
    places += [end for band in scale.bands for end in (band.low, band.high)]
    assert all(0 <= place <= scale.top for place in places)
    assert_no_odd_number(scale.sentence)
    assert " to 0;" not in scale.sentence  # no stretch ends where it begins
