"""The verdict: what it says of a run is what theory says, with the run's numbers."""

from __future__ import annotations

import re
from math import sqrt
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from runs import both, read, run_of, words_of
from strategies import few_digits, whole

from neuron import Example, Regime, Run, alpha_limit, ideal_weight, mean_error, train
from neuron.words.numbers import number
from neuron.words.verdict import BAND_WORDS, HEADLINES, verdict


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
        ({"alpha": 1, "iterations": 2000}, "larger than any that a computer can store"),
        (
            {"weight": 0.3, "iterations": 0},
            "nothing has been trained yet. with 0 iterations the neuron keeps its starting weight, "
            "0.3.  set iterations",
        ),
        (
            {"input": 0, "iterations": 0},
            "nothing can be learned. no update ever moves the weight, because the input is 0.",
        ),
        ({"alpha": 0.49999}, "1 − 0.49999 × 2² = −0.99996:"),
        ({"alpha": 0.5000000001}, "× 2² = −1.0000000004, so every gap is larger than the last."),
        (
            {"alpha": 0.5000000001},
            "blows up. each update makes the gap 1.0000000004 times as large",
        ),
        (
            {"input": 0.001, "alpha": 1},  # 0.999999**18 is 0.999982; ln 0.01 / ln 0.999999
            "has hardly moved yet. after 18 iterations 99.9982% of the gap is left; getting down "
            "to 1% would take 4\u202f605\u202f168 iterations.",
        ),
        ({"input": 3, "alpha": 0.01}, "1/3² ≈ 0.1111."),
        ({}, "creeps towards the goal. each update leaves 0.6 of the gap."),
        ({"alpha": 0.25}, "lands in one step. one update closes the whole gap."),
        ({}, "1 − 0.1 × 2² = 0.6"),
        ({}, "1/2² = 0.25. any alpha between 0 and the limit, 2/2² = 0.5, works; at the limit"),
        ({"alpha": 0.4}, "overshoots, then zigzags in. each update leaves 0.6 of the gap, on the"),
        ({"alpha": 0.5}, "bounces forever. each update lands just as far away, on the other side."),
        ({"input": 0}, "the prediction is 0 × weight = 0 whatever the weight is"),
        ({"input": 0}, "the neuron can learn from any other input."),
        ({"alpha": 0}, "alpha is 0:"),
        ({"weight": 1}, "with the starting weight 1 the prediction is 2, exactly the goal"),
        ({"alpha": 1e-20, "weight": 3}, "stays where it is. each update is so small that a"),
        ({"alpha": 1e-20, "weight": 3, "iterations": 0}, "nothing has been trained yet."),
        ({"input": -2}, "1/(−2)² = 0.25"),
        ({"input": 1.1, "alpha": 1 / 1.1**2 + 1e-16}, "= 0: one update closes the whole of"),
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
    assert "any other input" not in words_of(run_of(input=0, **changed))


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


ONE_TO_ONE_AND_THREE = [Example(1, 1), Example(1, 3)]
TWO_AND_SIX = [Example(1, 3), Example(2, 6)]
ONE_AND_THREE = [Example(1, 1), Example(3, 3)]


def of_many(examples: list[Example], **changed: Any) -> Run:
    return train(examples, **{"weight": 0.0, "alpha": 0.1, "iterations": 5} | changed)


@pytest.mark.parametrize("alpha", [0.001, 0.1, 0.5, 1.5])
def test_contradicting_examples_settle_on_a_named_compromise(alpha: float) -> None:
    """1 -> 1 and 1 -> 3: the core's ideal weight, and an error of 1 that none can go below."""
    ideal = ideal_weight(ONE_TO_ONE_AND_THREE, alpha)
    assert ideal is not None
    why = verdict(*both(of_many(ONE_TO_ONE_AND_THREE, alpha=alpha))).why
    assert "No weight meets all the goals; the best, 2, leaves a mean error of 1. After" in why
    found = re.search(r"every iteration ends at the same weight, (\S+?)(,|\.$)", why)
    assert found
    assert float(read(found[1])) == pytest.approx(ideal, rel=5.1e-4)
    assert float(read(found[1])) != 2
    error = number(mean_error(ONE_TO_ONE_AND_THREE, ideal))
    assert why.endswith(f", with a mean error of {error}." if error != "1" else f"{found[1]}.")


@given(st.lists(whole.filter(bool), min_size=2, max_size=5), few_digits, st.floats(0.01, 0.99))
def test_goals_that_one_weight_meets_are_called_so(
    inputs: list[int], weight: float, part: float
) -> None:
    """Whatever the rounding of goals = input * weight: no compromise is claimed."""
    examples = [Example(x, x * weight) for x in inputs]
    run = of_many(examples, weight=200, alpha=part * (alpha_limit(examples) or 0))
    assume(verdict(*both(run)).regime in (Regime.MONOTONE, Regime.DAMPED_OSCILLATION))
    said = words_of(run)
    found = re.search(r"settles at the weight (\S+), which meets every goal", said)
    assert found
    assert float(read(found[1])) == pytest.approx(weight, rel=5.1e-4, abs=1e-9)
    assert not re.search("compromise|not the most accurate", said)


INTO_A_COMPROMISE = "Overshoots, then zigzags into a compromise. "
OVER_ALL = "the product of 1 − alpha × input² over all 2 examples"


@pytest.mark.parametrize(
    ("examples", "changed", "said"),
    [
        (ONE_AND_THREE, {}, "Creeps towards the goal. Each iteration leaves 0.09 of the gap. "),
        (ONE_AND_THREE, {}, f"factor 0.09, {OVER_ALL}."),
        (
            ONE_AND_THREE,
            {},
            "The best alpha is 0.1111; a run settles with any alpha between 0 and 0.2616, "
            "and again between 0.8495 and 1.111.",
        ),
        (ONE_AND_THREE, {"alpha": 1 / 9}, "Lands in one iteration. "),
        (
            ONE_AND_THREE,
            {"alpha": 0.2},
            f"factor −0.64, {OVER_ALL}: it changes sides, and gets smaller. "
            "It settles at the weight 1, which meets every goal. ",
        ),
        (
            [Example(2, 2)] * 2,
            {"alpha": 0.4},
            f"factor 0.36, {OVER_ALL}. Within an iteration, some steps overshoot, because their "
            "alpha × input² is above 1. It settles at the weight 1, ",
        ),
        (ONE_AND_THREE, {"alpha": 0.5, "iterations": 1}, "After 2 steps the mean error is 15.31."),
        (ONE_AND_THREE, {"alpha": 9, "iterations": 999}, "than any that a computer can store"),
        (
            ONE_AND_THREE,
            {"alpha": (10 - sqrt(28)) / 18},
            "Bounces forever. Each iteration lands just as far away, on the other side. "
            "Each iteration flips the gap to the other side and keeps its size: "
            f"the shrink factor, {OVER_ALL}, is −1. ",
        ),
        (
            ONE_AND_THREE,
            {"alpha": 10 / 9},
            "Bounces forever. Each iteration ends where it began, forever. "
            f"Each iteration ends where it began: the shrink factor, {OVER_ALL}, is 1, "
            "and its updates cancel out. ",
        ),
        (
            [Example(1, 1), Example(3, 1)],
            {"alpha": 10 / 9},
            "Each iteration moves the weight on by the same amount, forever: "
            f"the shrink factor, {OVER_ALL}, is 1. After 10 steps the mean error is ",
        ),
        (
            ONE_TO_ONE_AND_THREE,
            {"alpha": 0},
            "No update ever moves the weight, because alpha is 0. Alpha is 0: every update is",
        ),
        (ONE_TO_ONE_AND_THREE, {"alpha": 0}, "Nothing can be learned. "),
        (ONE_TO_ONE_AND_THREE, {}, "Creeps towards a compromise. "),
        (ONE_TO_ONE_AND_THREE, {"alpha": 1}, "Lands on a compromise in one iteration. "),
        (ONE_TO_ONE_AND_THREE, {"alpha": 1.9}, INTO_A_COMPROMISE),
        ([Example(1, 1), Example(2, 6)], {"alpha": 0.4}, INTO_A_COMPROMISE),
        (ONE_TO_ONE_AND_THREE, {"alpha": 4.5}, "Blows up. "),
        (  # alpha 1/9 lands at −1/3; (2·2 + 2·5 − 3·1) / (4 + 4 + 9) is 0.6471
            [Example(2, 2), Example(2, 5), Example(-3, 1)],
            {},
            "The best alpha, 0.1111, is the fastest, but not the most accurate: it lands at "
            "−0.3333; a very small alpha ends close to 0.6471. A run settles with any alpha "
            "between 0 and 0.404.",
        ),
        (  # half way between is best; with alpha 1 the last goal is met
            [Example(1, 1000), Example(1, 1001)],
            {"alpha": 1},
            "the best, 1000.5, leaves a mean error of 0.25. After many iterations, every iteration "
            "ends at the same weight, 1001, with a mean error of 0.5. ",
        ),
        (
            [Example(1, 1000), Example(1, 1000.1)],
            {"alpha": 1},
            "it lands at 1000.1; a very small alpha ends close to 1000.05. ",
        ),
        ([Example(1e6, 0)] * 20, {"weight": 1, "alpha": 1e6}, "by the shrink factor ∞, the"),
        ([Example(1e6, 0)] * 19, {"weight": 1, "alpha": 1e6}, "by the shrink factor −∞, the"),
        ([Example(0, 1), Example(0, 2)], {}, "Every input is 0, so the prediction"),
        (TWO_AND_SIX, {"weight": 3}, "The starting weight 3 meets every goal exactly."),
        (
            [Example(0, 5), Example(2, 6)],
            {"weight": 3},
            "asks for a change to the starting weight 3: with input 0 the prediction is 0",
        ),
        (
            [Example(2, 2), Example(0, 3)],
            {},
            "It settles at the weight 1, which meets every goal except that of input 0: "
            "with input 0 the prediction is 0 whatever the weight is. ",
        ),
        ([Example(1e-200, 1)] * 2, {}, "too small for a computer to store"),
        (  # one factor is 0, but before it the numbers are too large
            [Example(1e6, 1e6)] * 13 + [Example(1, 1)],
            {"alpha": 1},
            "Too large for a computer. Within an iteration the weight grows beyond the numbers "
            "that a computer can store. Each iteration would multiply the gap by the shrink factor "
            "0, ",
        ),
        (  # the run ends at 0, though 1 meets both
            [Example(1e6, 1e6), Example(1e-3, 1e-3)],
            {"alpha": 1e6},
            " Where it settles is lost in a computer's rounding. ",
        ),
        (
            [Example(100, 100), Example(0.01, 1)],
            {"alpha": 1e-5},
            "leaves a mean error of 0.49. It settles there, to all the digits shown. ",
        ),
        (  # no "1, not 1"
            [Example(2, 2), Example(2, 2.00000001)],
            {},
            "digits shown. The best alpha is 0.25; a run settles with any alpha between 0 and 0.5.",
        ),
    ],
)
def test_what_a_verdict_says_of_several(
    examples: list[Example], changed: dict[str, Any], said: str
) -> None:
    """With numbers worked by hand: (1 − 0.1)(1 − 0.9) = 0.09, (1 − 0.2)(1 − 1.8) = −0.64."""
    assert said in words_of(of_many(examples, **changed))
