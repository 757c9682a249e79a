"""A comparison of runs in words: which of them gets there first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from neuron.core.sweep import Trial
from neuron.words.numbers import arrival, percent


@dataclass(frozen=True, slots=True)
class Compared:
    """One run of a comparison: a short name that distinguishes it, and its `Trial`."""

    name: str
    trial: Trial

    @property
    def label(self) -> list[str]:
        """The name as the label of the run's line, split into lines of text."""
        return self.name.partition(" (")[0].split(", ")


def comparison_in_words(compared: Sequence[Compared], tolerance: float) -> str:
    """When each run gets there, the quickest first.

    tolerance: the one used for the trials.
    """
    share = percent(tolerance)
    first, *others = sorted(compared, key=_needed)
    if first.trial.needed is None:
        return f"In none of these runs does the gap ever fall to {share}."
    told = [f"{first.name} has at most {share} of its gap left {arrival(first.trial.needed)}"]
    told += [f"{one.name} {arrival(one.trial.needed)}" for one in others]
    sentence = ", ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _needed(one: Compared) -> float:
    return inf if one.trial.needed is None else one.trial.needed
