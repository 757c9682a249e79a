"""The verdict: what it says of a run is what theory says, with the run's numbers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import both, read, run_of, words_of
from strategies import any_run, few_digits, plain_run, whole

from neuron import (
    Regime,
    Run,
    alpha_limit,
    best_alpha,
    shrink_factor,
    train,
)
from neuron.words.numbers import number
from neuron.words.verdict import BAND_WORDS, HEADLINES, verdict

VERDICTS = [
    (Regime.MONOTONE, {}),
    (Regime.ONE_STEP, {"alpha": 0.25}),
    (Regime.DAMPED_OSCILLATION, {"alpha": 0.4}),
    (Regime.SUSTAINED_OSCILLATION, {"alpha": 0.5}),
    (Regime.DIVERGENCE, {"alpha": 1}),
]


@pytest.mark.parametrize(("kind", "changed"), VERDICTS)
def test_a_verdict_holds_factor_best_alpha_and_limit(kind: Regime, changed: dict[str, Any]) -> None:
    """Its three numbers are the core's, as the page writes numbers."""
    run = run_of(**changed)
    said = verdict(*both(run))
    best, limit = best_alpha(run.examples), alpha_limit(run.examples)
    assert best is not None
    assert limit is not None
    assert (said.regime, said.headline) == (kind, HEADLINES[kind])
    product = f"{number(run.alpha)} × 2² = {number(shrink_factor(run.examples, run.alpha))}"
    assert "×" not in said.plain
    assert product in said.why.replace("\u00a0", " ")
    advice = said.advice.replace("\u00a0", " ")
    assert f"best alpha is 1/2² = {number(best)}. Any" in advice
    assert f"between 0 and the limit, 2/2² = {number(limit)}, works" in advice


def test_every_regime_has_a_headline_of_its_own() -> None:
    """No two kinds of run are called the same, and none is without a name."""
    assert set(HEADLINES) == set(Regime)
    assert len(set(HEADLINES.values())) == len(Regime)
    assert set(BAND_WORDS) < set(Regime)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"alpha": 1}, "makes the gap 3 times as large, on the other side."),
        ({"alpha": 1}, "after 18 steps the error is 6.004 × 10¹⁷."),  # 4 * 9**18 is 6.00378e17
        ({"alpha": 1, "iterations": 1}, "after 1 step the error is 36."),
        ({"alpha": 1, "iterations": 2000}, "too large for a computer's floats"),
        (
            {"alpha": 1, "iterations": 0},
            "nothing has been trained yet. with 0 iterations the neuron keeps",
        ),
        ({"weight": 0.3, "iterations": 0}, "keeps its starting weight, 0.3.  set iterations"),
        (
            {"input": 0, "iterations": 0},
            "nothing can be learned. no update ever moves the weight, because the input is 0.",
        ),
        ({"alpha": 0.5}, "between 0 and 2,"),
        ({"alpha": 0.5, "weight": -0.3}, "between −0.3 and 2.3,"),
        ({"alpha": 0.49999}, "1 − 0.49999 × 2² = −0.99996:"),
        ({"alpha": 0.5000000001}, "× 2² = −1.0000000004, so every gap is larger than the last."),
        (
            {"alpha": 0.5000000001},
            "blows up. each update makes the gap 1.0000000004 times as large",
        ),
        (
            {"input": 0.001, "alpha": 1},  # 0.999999**18 is 0.999982; ln 0.01 / ln 0.999999
            "has hardly moved yet. after 18 iterations 99.9982% of the gap is left; "
            "1% would take 4\u202f605\u202f168 iterations.",
        ),
        ({"input": 3, "alpha": 0.01}, "1/3² ≈ 0.1111."),
        ({}, "creeps towards the goal. each update leaves 0.6 of the gap."),
        ({"alpha": 0.25}, "lands in one step. one update closes the whole gap."),
        ({"alpha": 0.4}, "each update leaves 0.6 of the gap, on the other side."),
        ({"alpha": 0.5}, "bounces forever. each update lands just as far away, on the other side."),
        ({"input": 0}, "the prediction is 0 × weight = 0 whatever the weight is"),
        ({"input": 0}, "any other input can be learned from."),
        ({"alpha": 0}, "alpha is 0:"),
        ({"weight": 1}, "the starting weight 1 predicts 2, exactly the goal"),
        ({"alpha": 1e-20, "weight": 3}, "stays where it is. each update is so small that a"),
        ({"alpha": 1e-20, "weight": 3, "iterations": 0}, "nothing has been trained yet."),
        ({"input": -2}, "1/(−2)² = 0.25"),
        ({"input": 1.1, "alpha": 1 / 1.1**2 + 1e-16}, "= 0: one update leaves nothing of"),
        ({"alpha": 0.5}, "and the error never changes."),
        (
            {"input": -1.5, "goal": -0.25, "weight": 1, "alpha": 2 / 1.5**2, "iterations": 100},
            "and the error hardly changes.",
        ),
        ({"input": 0.1, "alpha": 200}, "1 − 200 × 0.1² = −1 flips"),
    ],
)
def test_what_a_verdict_says(changed: dict[str, Any], said: str) -> None:
    """The special part of each kind of run, with numbers worked by hand."""
    assert said in words_of(run_of(**changed)).replace("\u00a0", " ").lower()


@pytest.mark.parametrize("changed", [{"alpha": 0}, {"weight": 3, "goal": 0}, {"goal": 0}])
def test_another_input_is_not_advised_where_it_would_not_help(changed: dict[str, Any]) -> None:
    """With alpha 0 none learns; where the goal 0 is met, nothing is to be learned."""
    assert "Any other input" not in words_of(run_of(input=0, **changed))


@given(whole.filter(bool), few_digits, few_digits)
def test_a_bounce_names_the_two_weights_of_the_run(input: int, goal: float, weight: float) -> None:
    """They are the starting weight and the weight after one update, and no others."""
    run = train(input=input, goal=goal, weight=weight, alpha=2 / input**2, iterations=4)
    said = verdict(*both(run))
    assume(said.regime is Regime.SUSTAINED_OSCILLATION)
    found = re.search(r"between (\S+) and (\S+),", said.why)
    assert found
    for text, bounced in zip(found.groups(), run.weights, strict=False):
        assert float(read(text)) == pytest.approx(bounced, rel=5.1e-4, abs=1e-12)


@example(run_of(input=1e-200))
@example(run_of(input=1e-170, goal=1e6, alpha=1e6))
@example(run_of(input=1e-200, goal=1e-200))
@given(any_run(60, examples=1) | plain_run(40))
def test_no_words_hold_nan_infinity_or_a_falsehood_about_zero(run: Run) -> None:
    """Whatever the settings: whole sentences, and "is 0" only of what is 0."""
    said = verdict(*both(run))
    assert not re.search(r"\b(nan|inf|infinity|none)\b|[{}]", words_of(run), re.IGNORECASE)
    (learned,) = run.examples
    assert "Alpha is 0:" not in said.why or run.alpha == 0
    assert "input 0 " not in said.why or learned.input == 0
    assert "exactly the goal" not in said.why or run.deltas[0] == 0


@given(st.floats(0.01, 0.499999).map(lambda alpha: float(f"{alpha:.6g}")))
def test_what_the_reader_typed_is_repeated_as_typed(alpha: float) -> None:
    """An alpha of six digits stands in the verdict with all of them."""
    why = verdict(*both(run_of(alpha=alpha))).why.replace("\u00a0", " ")
    assert f"1 − {alpha!r} × 2² " in why
