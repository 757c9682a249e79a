"""Predict first: a pick is right exactly when theory says so, and the reason given is true."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

import pytest
from runs import both, run_of

from neuron import Example, Regime, regime, train
from neuron.story.chapters import CHAPTERS
from neuron.story.predictions import AIM, CHOICES, answer
from neuron.words.verdict import verdict

RUNS: dict[Regime, tuple[dict[str, Any], str]] = {
    Regime.MONOTONE: ({"alpha": 0.1}, "creeps"),
    Regime.ONE_STEP: ({"alpha": 0.25}, "lands"),
    Regime.DAMPED_OSCILLATION: ({"alpha": 0.4}, "settles"),
    Regime.SUSTAINED_OSCILLATION: ({"alpha": 0.5}, "bounces"),
    Regime.DIVERGENCE: ({"alpha": 0.6}, "blows-up"),
    Regime.STUCK: ({"input": 0}, "nothing"),
    Regime.ALREADY_THERE: ({"weight": 1}, "nothing"),
}
"""Of each regime a run's settings, and the pick that fits."""
# What part of the gap an update must take away, in words and as what is true of it.
NEEDS: dict[str, tuple[str, Callable[[float], bool]]] = {
    "creeps": ("close only part of the gap.", lambda share: 0 < share < 1),
    "lands": ("move by exactly the gap.", lambda share: share == 1),
    "settles": ("more than the gap each time, but by less than twice", lambda share: 1 < share < 2),
    "bounces": ("exactly twice the gap each time.", lambda share: share == 2),
    "blows-up": ("more than twice the gap each time.", lambda share: share > 2),
    "nothing": ("the input or alpha would have to be 0, or", lambda share: share == 0),
}
SEVERAL = [
    ([Example(1, 1), Example(1, 3)], 0.1, "creeps"),
    ([Example(1, 1), Example(2, 3)], 0.25, "lands"),
    ([Example(1, 1), Example(3, 3)], 0.2, "settles"),
    ([Example(2, 2), Example(2, 2)], 0.4, "settles"),  # each pass leaves 0.36, each step −0.6
    ([Example(1, 1), Example(3, 3)], 0.5, "blows-up"),
    ([Example(1, 1), Example(3, 3)], 0.0, "nothing"),
]
STILL = "Not quite: that would need updates that move the weight; here none does."
REPROACH = re.compile(
    r"\b(wrong|incorrect|mistake|fail\w*|sorry|unfortunately|bad|should have|oops|score)\b", re.I
)


def lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def test_the_answers_cover_every_regime_once() -> None:
    covered = [kind for choice in CHOICES.values() for kind in choice.regimes]
    assert sorted(kind.name for kind in covered) == sorted(kind.name for kind in Regime)
    assert len({choice.label for choice in CHOICES.values()}) == len(CHOICES) == 6


FORMULA = re.compile(r"alpha|[²=÷]|factor")


@pytest.mark.parametrize(("pick", "kind"), list(product(CHOICES, Regime)))
def test_a_pick_is_right_exactly_when_the_regime_fits(pick: str, kind: Regime) -> None:
    """Another is told what it needs and what is here, never the same; without a formula."""
    changed, fits = RUNS[kind]
    run = run_of(**changed)
    assert regime(run.examples, run.weights[0], run.alpha) is kind
    said = answer(pick, *both(run))
    assert said.right is (fits == pick)
    assert said.told.startswith("That is what happens.") is said.right
    assert not REPROACH.search(said.told)
    assert len(re.split(r"(?<=[.?!])\s+", said.told)) <= 2
    assert not FORMULA.search(said.told.replace("the input or alpha would", ""))
    if said.right:
        return
    if kind is Regime.ALREADY_THERE:
        assert said.told == STILL
        return
    need, is_met = NEEDS[pick]
    assert said.told.startswith(f"Not quite: {lower(CHOICES[pick].need)}")
    assert need in said.told
    share = run.alpha * run.examples[0].input ** 2
    assert not is_met(share)
    if kind is Regime.STUCK:
        assert said.told.endswith("Here no update moves it.")
        return
    found = re.search(r"Here each update moves it by (.+) the gap\.$", said.told)
    assert found
    times = {"exactly": 1.0, "exactly twice": 2.0}.get(found[1])
    assert (times or float(found[1].split()[0])) == pytest.approx(share, rel=1e-3)


@pytest.mark.parametrize(
    ("alpha", "said"),
    [
        (0.1, "0.4 of"),
        (0.25, "exactly"),
        (0.5, "exactly twice"),
        (0.5000001, "2.0000004 times"),
        (0.2499999, "0.9999996 of"),
    ],
)
def test_what_is_taken_away_is_told_from_once_and_twice(alpha: float, said: str) -> None:
    """Rounding never makes of almost once or twice the gap what it is not."""
    run = run_of(alpha=alpha)
    fits = RUNS[regime(run.examples, 0, alpha)][1]
    assert answer(fits, *both(run)).told == (
        f"That is what happens. Here each update moves it by {said} the gap."
    )


@pytest.mark.parametrize("pick", CHOICES)
@pytest.mark.parametrize(("examples", "alpha", "fits"), SEVERAL)
def test_several_examples_have_no_one_share_of_the_gap(
    examples: list[Example], alpha: float, fits: str, pick: str
) -> None:
    """What each of several updates takes away differs, so no number is said of it."""
    run = train(examples, weight=0, alpha=alpha, iterations=5)
    said = answer(pick, *both(run))
    assert said.right is (fits == pick)
    assert said.told == (
        "That is what happens." if said.right else f"Not quite: {lower(CHOICES[pick].need)}"
    )


@pytest.mark.parametrize("pick", CHOICES)
def test_where_nothing_moves_there_is_no_gap_to_tell_of(pick: str) -> None:
    """A weight that meets all goals stays; an update may be rounded away, though it creeps."""
    met = train([Example(1, 3), Example(2, 6)], weight=3, alpha=0.1, iterations=5)
    lost = train(input=2, goal=4, weight=1, alpha=1e-20, iterations=9)
    assert set(lost.weights) == {1.0}
    for run in (met, lost):
        said = answer(pick, *both(run))
        assert said.right is (pick == "nothing")
        assert said.right or said.told == STILL
    assert "a computer rounds it away" in verdict(*both(lost)).why


@pytest.mark.parametrize("name", CHOICES)
def test_a_small_picture_is_of_what_its_word_says(name: str) -> None:
    """From low or high on its way to the goal, by a real run, within the picture, told apart."""
    path = CHOICES[name].path
    assert all(0 <= height <= 1 for height in path)
    gaps = [height - AIM for height in path]
    sides = [before * after < 0 for before, after in pairwise(gaps)]
    assert sides == [name in ("settles", "bounces", "blows-up")] * 7
    sizes = [abs(gap) for gap in gaps]
    if name == "lands":
        assert sizes[1:] == [0] * 7
    elif name in ("bounces", "nothing"):
        assert sizes == pytest.approx([sizes[0]] * 8)
    else:
        falls = [after < before for before, after in pairwise(sizes)]
        assert falls == [name in ("creeps", "settles")] * 7


def test_a_question_with_an_answer_of_its_own_needs_no_run() -> None:
    """The choice's own sentence to another pick, the question's to the right one; no formula."""
    ask = CHAPTERS["measure"].ask
    assert ask is not None
    run = CHAPTERS["measure"].settings.run()
    said = {choice.name: answer(choice.name, *both(run), ask) for choice in ask.choices}
    assert [one.right for one in said.values()] == [False, True, False]
    assert said["weight-2"].told == ask.explained
    assert said["weight-4"].told == f"Not quite: {lower(ask.choices[2].need)}"


def test_a_question_may_leave_the_right_outcome_out() -> None:
    """In a chapter whose settings were changed, no pick is right, and each is told its need."""
    ask = CHAPTERS["learn"].ask
    assert ask is not None
    run = run_of(alpha=0.5)
    assert ask.right_for(*both(run)) == ""
    assert not any(answer(choice.name, *both(run), ask).right for choice in ask.choices)
