"""Any finite float in any field, any list of examples: against exact arithmetic and other units.

What a run records at any floats is in test_training.py.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import inf, isfinite, isnan, ldexp
from sys import float_info

from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import assert_readable, words_of
from strategies import lists_of
from test_dynamics import exact_pass, watched

from neuron import Example, Regime, dynamics, mean_error, predicted_iterations, train, weight_after
from neuron.core.dynamics import dynamics_of, regime_of
from neuron.story.predictions import CHOICES, answer
from neuron.words.captions import bowl_in_words, neuron_in_words
from neuron.words.verdict import HEADLINES, verdict

LOST = Fraction(1, 2**1075)  # the largest error of a product that sinks below normal floats
EDGES = [0.0, 5e-324, float_info.min, float_info.epsilon, 1.0, 2.0, 1e154, 1e-154, float_info.max]


# Edges of floats, all sizes as likely, and what Hypothesis thinks of.
any_float = (
    st.sampled_from([*EDGES, *(-edge for edge in EDGES)])
    | st.builds(ldexp, st.floats(-1, 1), st.integers(-1070, 1023))
    | st.floats(allow_nan=False, allow_infinity=False)
)


# Sizes at which no product of a few passes leaves the normal floats.
moderate = st.floats(0.01, 100) | st.floats(-100, -0.01)


any_list, moderate_list = lists_of(any_float, 8), lists_of(moderate, 8)


@st.composite
def examples_and_alpha(draw: st.DrawFn) -> tuple[list[Example], float]:
    """Any of both; or an alpha that makes a step of the size of the miss, at any size."""
    examples = draw(any_list | moderate_list)
    largest = max(abs(e.input) for e in examples)
    pull = draw(st.sampled_from([0.5, 1.0, 2.0]) | st.floats(-0.5, 3))
    alpha = pull / largest / largest if largest else inf
    return examples, alpha if isfinite(alpha) and draw(st.booleans()) else draw(any_float)


@example([Example(1e-28, -1e308), Example(3e-28, -1e308)], 0.0, -9.0, 0.5)  # ideal beyond floats
@example([Example(1e-147, 1), Example(1e-172, 1)], 0.0, 1.0, 0.5)  # alphas beyond floats
@given(any_list, any_float, any_float, st.floats(0, 1, exclude_min=True))
def test_theory_is_a_number_or_says_there_is_none(
    examples: list[Example], weight: float, alpha: float, tolerance: float
) -> None:
    """No error and no NaN; infinity only where it is documented."""
    theory = dynamics(examples, weight, alpha)
    assert not isnan(theory.shrink_factor)
    assert mean_error(examples, weight) >= 0
    for found in (weight_after(examples, weight, alpha, 3), theory.ideal_weight):
        assert found is None or isfinite(found)
    assert theory.lowest_weight is None or isfinite(theory.lowest_weight)
    for named in (theory.best_alpha, theory.alpha_limit):
        assert named is None or 0 < named < inf
    edges = [edge for both in theory.stable_ranges for edge in both]
    assert edges == sorted(edges)
    assert all(map(isfinite, edges))
    count = predicted_iterations(examples, weight, alpha, tolerance)
    assert count is None or count >= 0


@given(examples_and_alpha(), any_float | moderate)
def test_the_regime_is_what_the_exact_run_does(
    drawn: tuple[list[Example], float], weight: float
) -> None:
    """At any size, but where floats cannot tell: near a critical alpha, or pulls below them."""
    examples, alpha = drawn
    factor, _ = exact_pass(examples, alpha)
    pulls = [Fraction(alpha) * Fraction(e.input) ** 2 for e in examples]
    assume(max(map(abs, pulls)) > LOST * 2 and all(abs(1 - pull) > 1e-6 for pull in pulls))
    assume(max(pulls) <= 1 or abs(abs(factor) - 1) > 1e-6)
    expected = watched(examples, Fraction(weight), alpha)
    assume(expected not in (None, Regime.SUSTAINED_OSCILLATION))  # it began at the fixed point
    assert regime_of(examples, alpha) is expected
    assert dynamics(examples, weight, alpha).regime in (expected, Regime.ALREADY_THERE)


powers = st.integers(-30, 30).map(lambda power: 2.0**power)


@given(moderate_list, moderate, st.floats(1e-9, 2), powers, powers)
def test_other_units_are_the_same_run(
    examples: list[Example], weight: float, alpha: float, s: float, t: float
) -> None:
    """Units of powers of two are exact in floats, so run and theory scale bit for bit."""
    other = [Example(e.input * s, e.goal * t) for e in examples]
    unit, rate = t / s, alpha / s / s
    run = train(examples, weight=weight, alpha=alpha, iterations=2)
    scaled = train(other, weight=weight * unit, alpha=rate, iterations=2)
    units = {"weights": unit, "predictions": t, "errors": t * t, "weight_deltas": t * s}
    for name, scale in units.items():
        assert getattr(scaled, name) == tuple(scale * value for value in getattr(run, name))
    here, there = dynamics_of(run), dynamics_of(scaled)
    assert there.regime is here.regime
    assert there.shrink_factor == here.shrink_factor
    assert there.best_alpha == (here.best_alpha or 0) / s / s
    assert there.stable_ranges == tuple((a / s / s, b / s / s) for a, b in here.stable_ranges)
    for name in ("lowest_weight", "ideal_weight"):
        mine = getattr(here, name)
        assert getattr(there, name) == (None if mine is None else mine * unit)


STILL = {HEADLINES[Regime.STUCK], HEADLINES[Regime.ALREADY_THERE], "Stays where it is"}


@example(([Example(1e-308, 1e6)], 1.0), 0.0, 3)  # the bowl's bottom is beyond floats
@example(([Example(2, 4)], 1e-20), 1.0, 3)  # moves by less than floats can hold
@example(([Example(1e-170, 1e6)] * 2, 1e6), 0.0, 3)  # moves, though A rounds to 1
@example(([Example(0, 0), Example(1e-79, 1e-263)], 0.0), 0.0, 0)  # a miss whose square is no float
@given(examples_and_alpha(), any_float | moderate, st.integers(0, 30))
def test_any_run_can_be_put_into_words(
    drawn: tuple[list[Example], float], weight: float, iterations: int
) -> None:
    """Of every run that has a first step: whole sentences, without NaN or infinity, and true."""
    examples, alpha = drawn
    run = train(examples, weight=weight, alpha=alpha, iterations=iterations)
    assume(run.weights)
    theory = dynamics_of(run)
    told = f"{words_of(run)} {bowl_in_words(theory, run)} "
    told += "".join(clause for _, clause in neuron_in_words(run))
    told += " ".join(answer(pick, theory, run).told for pick in CHOICES)
    assert_readable(told)
    said = verdict(theory, run)
    assert not re.search("[=÷]|input²|factor", said.plain)
    assert "ith input 0 " not in told or not all(e.input for e in examples)
    assert "Alpha is 0:" not in told or alpha == 0
    assert "very input is 0," not in told or not any(e.input for e in examples)
    assert "goals exactly" not in told or {e.input * weight - e.goal for e in examples} == {0}
    still = len(set(run.weights)) == 1
    assert not re.search("n?ever moves|changes anything", told) or still
    if still and run.iterations and run.overflowed_at is None:
        assert said.headline in STILL
