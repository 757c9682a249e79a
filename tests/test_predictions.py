"""Predict first: a pick is right exactly when theory says so, and the reason given is true."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from runs import both, run_of

from neuron import Example, Regime, regime, train
from neuron.story.predictions import CHOICES, answer
from neuron.words.verdict import verdict

RUNS: dict[Regime, dict[str, Any]] = {
    Regime.MONOTONE: {"alpha": 0.1},
    Regime.ONE_STEP: {"alpha": 0.25},
    Regime.DAMPED_OSCILLATION: {"alpha": 0.4},
    Regime.SUSTAINED_OSCILLATION: {"alpha": 0.5},
    Regime.DIVERGENCE: {"alpha": 0.6},
    Regime.STUCK: {"input": 0},
    Regime.ALREADY_THERE: {"weight": 1},
}
FITS = {
    Regime.MONOTONE: "creeps",
    Regime.ONE_STEP: "lands",
    Regime.DAMPED_OSCILLATION: "settles",
    Regime.SUSTAINED_OSCILLATION: "bounces",
    Regime.DIVERGENCE: "blows-up",
    Regime.STUCK: "nothing",
    Regime.ALREADY_THERE: "nothing",
}
# What alpha × input² must be, in words and as what is true of it.
NEEDS: dict[str, tuple[str, Callable[[float], bool]]] = {
    "creeps": ("alpha × input² between 0 and 1.", lambda pull: 0 < pull < 1),
    "lands": ("alpha × input² = 1.", lambda pull: pull == 1),
    "settles": ("alpha × input² between 1 and 2.", lambda pull: 1 < pull < 2),
    "bounces": ("alpha × input² = 2.", lambda pull: pull == 2),
    "blows-up": ("alpha × input² above 2.", lambda pull: pull > 2),
    "nothing": ("input 0, alpha 0, or a weight that is right.", lambda pull: pull == 0),
}
SEVERAL = {
    Regime.MONOTONE: ([Example(1, 1), Example(1, 3)], 0.1),
    Regime.ONE_STEP: ([Example(1, 1), Example(2, 3)], 0.25),
    Regime.DAMPED_OSCILLATION: ([Example(1, 1), Example(3, 3)], 0.2),
    Regime.DIVERGENCE: ([Example(1, 1), Example(3, 3)], 0.5),
    Regime.STUCK: ([Example(1, 1), Example(3, 3)], 0.0),
}
# The shrink factor that a pick needs, as it is said.
FACTORS = {
    "creeps": "between 0 and 1, with no alpha × input² above 1",
    "lands": "0",
    "settles": "between −1 and 1 but not 0, with some alpha × input² above 1",
    "bounces": "−1, or 1 with updates that cancel out",
    "blows-up": "beyond 1 or −1, or 1 with updates that add up",
    "nothing": "1 because every alpha × input² is 0, or the starting weight right",
}
REPROACH = re.compile(
    r"\b(wrong|incorrect|mistake|fail\w*|sorry|unfortunately|bad|should have|oops|score)\b", re.I
)


def test_the_six_answers() -> None:
    """Their labels, from gentle to wild; together they cover every regime once."""
    assert [choice.label for choice in CHOICES.values()] == [
        "Creeps in",
        "Lands in one step",
        "Overshoots and settles",
        "Bounces for ever",
        "Blows up",
        "Nothing happens",
    ]
    covered = [kind for choice in CHOICES.values() for kind in choice.regimes]
    assert sorted(kind.name for kind in covered) == sorted(kind.name for kind in Regime)


@pytest.mark.parametrize(("pick", "kind"), list(product(CHOICES, Regime)))
def test_a_pick_is_right_exactly_when_the_regime_fits(pick: str, kind: Regime) -> None:
    """Each of the six with each of the seven; the reason is always this run's own."""
    run = run_of(**RUNS[kind])
    assert regime(run.examples, run.weights[0], run.alpha) is kind
    right, said = answer(pick, *both(run))
    assert right is (FITS[kind] == pick)
    assert said.endswith(verdict(*both(run)).why)
    assert said.startswith("That is what happens. ") is right
    assert not REPROACH.search(said)
    assert "{" not in said


@pytest.mark.parametrize(
    ("pick", "kind"), [(p, k) for p, k in product(CHOICES, Regime) if FITS[k] != p]
)
def test_another_pick_is_told_what_it_needs_and_what_happens(pick: str, kind: Regime) -> None:
    """What was picked, what it needs, and what is here instead: and that is never the same.

    A weight that is right already has no miss, whatever alpha is.
    """
    run = run_of(**RUNS[kind])
    said = answer(pick, *both(run))[1]
    assert said.startswith(f"You picked “{CHOICES[pick].label}”: not this time. ")
    if kind is Regime.ALREADY_THERE:
        assert "That takes updates that move the weight, and here none does." in said
        assert "alpha × input²" not in said
        return
    need, is_met = NEEDS[pick]
    assert need in said
    found = re.search(r"Here alpha × input² is (\d[\d.]*\d|\d)\. ", said)
    assert found
    pull = run.alpha * run.examples[0].input ** 2
    assert float(found[1]) == pytest.approx(pull, rel=1e-11)
    assert not is_met(float(found[1]))


@pytest.mark.parametrize(("pick", "kind"), list(product(CHOICES, SEVERAL)))
def test_several_examples_are_explained_by_the_factor_of_a_pass(pick: str, kind: Regime) -> None:
    """No input² is spoken of as if there were only one."""
    examples, alpha = SEVERAL[kind]
    run = train(examples, weight=0, alpha=alpha, iterations=5)
    assert regime(run.examples, 0, alpha) is kind
    right, said = answer(pick, *both(run))
    assert right is (FITS[kind] == pick)
    assert said.endswith(verdict(*both(run)).why)
    if not right:
        needed = f"the shrink factor of one pass would have to be {FACTORS[pick]}."
        assert needed in said
        assert not re.search(r"Here alpha|alpha × input² (=|below|between)", said)
        assert not REPROACH.search(said)


@pytest.mark.parametrize("pick", CHOICES)
def test_steps_that_overshoot_within_a_pass_are_seen_to(pick: str) -> None:
    """2 -> 2 twice at alpha 0.4: each step leaves −0.6 of the miss, each pass 0.36 of it."""
    run = train([Example(2, 2)] * 2, weight=0, alpha=0.4, iterations=5)
    assert run.weights[:3] == pytest.approx([0, 1.6, 0.64])
    assert regime(run.examples, 0, 0.4) is Regime.MONOTONE
    right, said = answer(pick, *both(run))
    assert right is (pick == "settles")
    assert "Within it some steps overshoot" in said
    assert right or FACTORS[pick] in said


@pytest.mark.parametrize("pick", [pick for pick in CHOICES if pick != "nothing"])
def test_several_examples_already_met_have_no_miss(pick: str) -> None:
    """A weight that meets all goals stays, whatever the shrink factor is."""
    run = train([Example(1, 3), Example(2, 6)], weight=3, alpha=0.1, iterations=5)
    right, said = answer(pick, *both(run))
    assert not right
    assert "That takes updates that move the weight, and here none does." in said
    assert "shrink factor" not in said


@pytest.mark.parametrize("pick", CHOICES)
def test_updates_that_are_rounded_away_make_nothing_happen(pick: str) -> None:
    """By the formula it creeps, yet nobody sees anything move, and no pick is told that it fits."""
    run = train(input=2, goal=4, weight=1, alpha=1e-20, iterations=9)
    assert set(run.weights) == {1.0}
    right, said = answer(pick, *both(run))
    assert right is (pick == "nothing")
    assert "a computer's floats round it away" in said
    assert right or "That takes updates that move the weight, and here none does." in said
