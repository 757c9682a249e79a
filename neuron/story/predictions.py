"""Predict before you look: what the reader can pick, and what is said to each pick."""

from __future__ import annotations

from dataclasses import dataclass

from neuron.core.dynamics import Dynamics, Regime
from neuron.core.training import Run
from neuron.words.numbers import GIVEN_DIGITS, number
from neuron.words.reasons import rounded_away, seen_regime, why


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to "what will happen?".

    label: on its button. regimes: which runs it is right for. need: what it would take with one
    training example, for the reader who picked it and was wrong. factor: what the shrink factor
    would have to be, with any training data.
    """

    label: str
    regimes: frozenset[Regime]
    need: str
    factor: str


def _choice(label: str, need: str, factor: str, *regimes: Regime) -> Choice:
    return Choice(label, frozenset(regimes), need, factor)


CHOICES = {
    "creeps": _choice(
        "Creeps in",
        "To creep in, an update must take away a part of the miss, not all: alpha × input² between "
        "0 and 1.",
        "between 0 and 1, with no alpha × input² above 1",
        Regime.MONOTONE,
    ),
    "lands": _choice(
        "Lands in one step",
        "To land in one step, an update must take away exactly the miss: alpha × input² = 1.",
        "0",
        Regime.ONE_STEP,
    ),
    "settles": _choice(
        "Overshoots and settles",
        "To overshoot and still settle, an update must take away more than the miss, but less than "
        "twice: alpha × input² between 1 and 2.",
        "between −1 and 1 but not 0, with some alpha × input² above 1",
        Regime.DAMPED_OSCILLATION,
    ),
    "bounces": _choice(
        "Bounces for ever",
        "To bounce for ever, an update must take away exactly twice the miss: alpha × input² = 2.",
        "−1, or 1 with updates that cancel out",
        Regime.SUSTAINED_OSCILLATION,
    ),
    "blows-up": _choice(
        "Blows up",
        "To blow up, an update must take away more than twice the miss: alpha × input² above 2.",
        "beyond 1 or −1, or 1 with updates that add up",
        Regime.DIVERGENCE,
    ),
    "nothing": _choice(
        "Nothing happens",
        "For nothing to happen, the update must be 0: input 0, alpha 0, or a weight that is right.",
        "1 because every alpha × input² is 0, or the starting weight right",
        Regime.STUCK,
        Regime.ALREADY_THERE,
    ),
}
"""The six answers, by name, from gentle to wild."""


def answer(pick: str, theory: Dynamics, run: Run) -> tuple[bool, str]:
    """Whether the pick is right for this run, and the sentences that say why.

    The explanation is always made from this run's own numbers; after a wrong pick it begins with
    what that pick would have taken.
    """
    choice = CHOICES[pick]
    kind = seen_regime(theory, run)
    right = kind in choice.regimes
    if right:
        return True, f"That is what happens. {why(theory, run)}"
    if kind is Regime.ALREADY_THERE or rounded_away(
        theory, run
    ):  # alpha may be all that the pick needs
        need = "That takes updates that move the weight, and here none does."
    elif len(run.examples) == 1:
        (example,) = run.examples
        product = run.alpha * example.input * example.input
        need = f"{choice.need} Here alpha × input² is {number(product, GIVEN_DIGITS)}."
    else:
        need = f"For your pick the shrink factor of one pass would have to be {choice.factor}."
    return False, f"You picked “{choice.label}”: not this time. {need} {why(theory, run)}"
