"""Predict before you look: what the reader can pick, and the feedback on each pick."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isclose

from neuron.core.dynamics import TOLERANCE, Dynamics, Regime
from neuron.core.training import Run, train
from neuron.words.numbers import number
from neuron.words.reasons import rounded_away, seen_regime

AIM = 0.5
"""The height of the goal in the small pictures of the outcomes, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be picked.

    name: its identifier. label: on its button. need: a sentence without a formula: what would have
    to be true for this outcome or, if the question is not about a run, why it is right or wrong.
    regimes: the regimes for which this outcome is right. path: an outcome's small picture: the
    weight by step, from 0 at the bottom to 1 at the top, with the goal at `AIM`.
    """

    name: str
    label: str
    need: str
    regimes: frozenset[Regime] = frozenset()
    path: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that the reader answers before the run is shown.

    choices: at least two. right: the name of the right one; "" if it depends on the run. explained:
    the feedback on the right pick, if it does not depend on the run.
    """

    question: str
    choices: tuple[Choice, ...]
    right: str = ""
    explained: str = ""

    def right_for(self, theory: Dynamics, run: Run) -> str:
        """The name of the right choice for a run; "" if there is none."""
        if self.right:
            return self.right
        kind = seen_regime(theory, run)
        return next((choice.name for choice in self.choices if kind in choice.regimes), "")


@dataclass(frozen=True, slots=True)
class Answer:
    """The feedback on a pick once the run has been shown.

    right: whether it was right. told: a sentence or two without a formula.
    """

    right: bool
    told: str


def _path(start: float, shrink: float) -> tuple[float, ...]:
    """The weights of a real run of seven steps with this shrink factor."""
    return train(input=1, goal=AIM, weight=start, alpha=1 - shrink, iterations=7).weights


_OUTCOMES = (
    Choice(
        "creeps",
        "Creeps in",
        "For the weight to creep in, each update would have to close only part of the gap.",
        frozenset({Regime.MONOTONE}),
        _path(0.1, 0.6),
    ),
    Choice(
        "lands",
        "Lands in one step",
        "To land in one step, the weight would have to move by exactly the gap.",
        frozenset({Regime.ONE_STEP}),
        _path(0.1, 0),
    ),
    Choice(
        "settles",
        "Overshoots and settles",
        "To overshoot and still settle, the weight would have to move by more than the gap "
        "each time, but by less than twice the gap.",
        frozenset({Regime.DAMPED_OSCILLATION}),
        _path(0.1, -0.6),
    ),
    Choice(
        "bounces",
        "Bounces forever",
        "To bounce forever, the weight would have to move by exactly twice the gap each time.",
        frozenset({Regime.SUSTAINED_OSCILLATION}),
        _path(0.1, -1),
    ),
    Choice(
        "blows-up",
        "Blows up",
        "To blow up, the weight would have to move by more than twice the gap each time.",
        frozenset({Regime.DIVERGENCE}),
        _path(0.44, -1.35),
    ),
    Choice(
        "nothing",
        "Nothing happens",
        "For nothing to happen, the input or alpha would have to be 0, or the weight would "
        "already have to be right.",
        frozenset({Regime.STUCK, Regime.ALREADY_THERE}),
        _path(0.1, 1),
    ),
)

CHOICES = {choice.name: choice for choice in _OUTCOMES}
"""The six outcomes of a run, by name."""


def what_happens(question: str, *names: str) -> Ask:
    """A question about the run, with the named outcomes to pick from, or all six if none are."""
    return Ask(question, tuple(CHOICES[name] for name in names or CHOICES))


ONE_UPDATE = Ask(
    "Where will one update take the weight?",
    tuple(
        replace(CHOICES[name], label=label, need=need, path=CHOICES[name].path[:2])
        for name, label, need in (
            (
                "creeps",
                "Stops short of 1",
                "To stop short, the weight would have to move by only part of the gap.",
            ),
            ("lands", "Lands on 1", "To land, the weight would have to move by exactly the gap."),
            (
                "settles",
                "Goes past 1",
                "To go past it, the weight would have to move by more than the gap.",
            ),
        )
    ),
)
"""The question about a single update from weight 0, with the ideal weight 1."""

WHAT_HAPPENS = what_happens("What will the weight do?")
"""The question outside the story."""


def answer(pick: str, theory: Dynamics, run: Run, ask: Ask = WHAT_HAPPENS) -> Answer:
    """The feedback on a pick: whether it is right for this run, and why.

    pick: the name of one of the choices. run: the whole run, with at least one step. Raises
    KeyError for any other pick.
    """
    choice = {choice.name: choice for choice in ask.choices}[pick]
    right = ask.right_for(theory, run) == pick
    if ask.right:
        return Answer(right, ask.explained if right else _wrong(choice.need))
    if right:
        told = f"That is what happens. {_taken_away(theory, run)}".strip()
    elif seen_regime(theory, run) is Regime.ALREADY_THERE or rounded_away(theory, run):
        # What the pick requires of alpha may well be true, so say something else.
        told = _wrong("That would need updates that move the weight; here none does.")
    else:
        told = f"{_wrong(choice.need)} {_taken_away(theory, run)}".strip()
    return Answer(right, told)


def _wrong(need: str) -> str:
    return f"Not quite: {need[0].lower()}{need[1:]}"


def _taken_away(theory: Dynamics, run: Run) -> str:
    """How much of the gap an update takes away; "" if that is not a single number."""
    seen = seen_regime(theory, run)
    if len(run.examples) > 1 or seen is Regime.ALREADY_THERE:
        return ""
    if seen is Regime.STUCK:
        return "Here no update moves it."
    (example,) = run.examples
    share = run.alpha * example.input * example.input
    once, twice = (isclose(share, times, rel_tol=TOLERANCE) for times in (1, 2))
    amount = "exactly" if once else "exactly twice" if twice else _part(share)
    return f"Here each update moves it by {amount} the gap."


def _part(share: float) -> str:
    """A share of the gap with enough digits to tell it from 1 and 2: ``0.4 of``, ``4 times``."""
    digits = 4
    while digits < 17 and number(share, digits) in ("1", "2"):
        digits += 1
    return f"{number(share, digits)} {'of' if share < 1 else 'times'}"
