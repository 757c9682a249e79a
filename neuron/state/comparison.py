"""Kept runs beside the one shown: what they differ in, and which is there first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from neuron.core.closed_form import predicted_iterations
from neuron.core.training import Run
from neuron.state.parameters import CONTROLS, Settings
from neuron.words.numbers import arrival, as_text

MOST_PARTS = 2
"""So many settings at most are named beside a line; else its run has a number."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One run of a comparison.

    name: what tells it from the others, in a few words. run: the run. needed: iterations until
    the tolerance is met (`predicted_iterations`), None for never.
    """

    name: str
    run: Run
    needed: int | None

    @property
    def label(self) -> list[str]:
        """The name as it stands beside the run's line, in lines."""
        return self.name.partition(" (")[0].split(", ")


def compare(settings: Sequence[Settings], runs: Sequence[Run], tolerance: float) -> list[Compared]:
    """The runs with their names, in the order given; settings and runs are equally many.

    tolerance: as for `predicted_iterations`.
    """
    return [
        Compared(
            name, run, predicted_iterations(run.examples, run.weights[0], run.alpha, tolerance)
        )
        for name, run in zip(names(settings), runs, strict=True)
    ]


def names(settings: Sequence[Settings]) -> list[str]:
    """What tells each run from the others: ``alpha 0.1``, ``input 3, alpha 0.5``.

    Alpha alone where nothing differs; numbered where it would be more than `MOST_PARTS`:
    ``run 1 (input 3, goal 3, alpha 0.5)``.
    """
    differing = [
        control for control in CONTROLS if len({getattr(one, control.name) for one in settings}) > 1
    ]
    lists = list(dict.fromkeys(one.more for one in settings))
    if not differing and len(lists) == 1:
        differing = [control for control in CONTROLS if control.name == "alpha"]
    told = []
    for place, one in enumerate(settings, start=1):
        parts = [f"{c.label.lower()} {as_text(getattr(one, c.name))}" for c in differing]
        parts += [f"training data {lists.index(one.more) + 1}"] * (len(lists) > 1)
        name = ", ".join(parts).replace("-", "−")
        told.append(name if len(parts) <= MOST_PARTS else f"run {place} ({name})")
    return told


def in_words(compared: Sequence[Compared]) -> str:
    """Which run is there when, the first one first: ``Alpha 0.25 is there after 1 iteration``."""
    first, *others = sorted(compared, key=lambda one: inf if one.needed is None else one.needed)
    if first.needed is None:
        return "None of these runs is ever there."
    told = [f"{first.name} is there {arrival(first.needed)}"]
    told += [f"{one.name} {arrival(one.needed)}" for one in others]
    sentence = ", ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}."
