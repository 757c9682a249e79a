"""The challenges: an alpha to find, and how well a run does."""

from __future__ import annotations

from math import sqrt

from neuron.core.closed_form import predicted_iterations
from neuron.core.dynamics import Regime, best_alpha
from neuron.core.training import Run
from neuron.state.parameters import Settings
from neuron.story.chapter import CHALLENGES, Challenge, Chapter, Stop
from neuron.words.numbers import arrival, exactly

SOURCE = (
    "Google, *Machine Learning Crash Course*, learning rate exercise; the mapping onto one neuron "
    "is ours"
)


def _challenge(
    name: str, title: str, left: str, challenge: Challenge, settings: Settings
) -> Chapter:
    text = (
        "Find the alpha that needs the fewest iterations to shrink the gap between the weight and "
        f"the ideal weight to {left} of what it was."
    )
    return Chapter(
        name,
        CHALLENGES,
        title,
        "Find the alpha that needs the fewest iterations.",
        settings,
        stops=(Stop(text, lights=("alpha",)),),
        regime=Regime.MONOTONE,
        handles=("alpha",),
        fields=("alpha",),
        challenge=challenge,
        source=SOURCE,
    )


CHALLENGE_RUNS = (
    _challenge(
        "challenge-1",
        "Fewest iterations 1",
        "0.55%",
        Challenge(0.0055, 1),
        Settings(sqrt(1 / 1.6), 1.0, 0.0, 0.1, 100, lesson="challenge-1"),
    ),
    _challenge(
        "challenge-2",
        "Fewest iterations 2",
        "0.603%",
        Challenge(0.00603, 1),
        Settings(2.0, 2.0, 0.0, 0.03, 60, lesson="challenge-2"),
    ),
)
"""The challenges in order."""


def is_met(challenge: Challenge, run: Run) -> bool:
    """Whether a run does as well in a challenge as any alpha can."""
    needed = _needed(challenge, run)
    return needed is not None and needed <= challenge.best


def to_be_found(challenge: Challenge, run: Run) -> bool:
    """Whether there is a best alpha that the reader has not found yet."""
    return best_alpha(run.examples) is not None and not is_met(challenge, run)


def score(challenge: Challenge, run: Run, tries: int = 0) -> str:
    """How a run does in a challenge, in words; tries: the number of alphas tried, 0 if unknown."""
    needed = _needed(challenge, run)
    alpha = exactly(run.alpha)
    if needed is None:
        return f"With alpha {alpha} it never gets close enough."
    there = f"With alpha {alpha} it gets there {arrival(needed)}"
    if not is_met(challenge, run):
        return f"{there}; fewer are possible."
    count = {0: "", 1: " Found on the first try!"}.get(tries, f" Found in {tries} tries!")
    return f"{there}; no alpha does better.{count}"


def _needed(challenge: Challenge, run: Run) -> int | None:
    """The iterations until the gap is within the challenge's tolerance; None if never."""
    return predicted_iterations(run.examples, run.weights[0], run.alpha, challenge.tolerance)
