"""Comparing kept runs with the one shown: names that say how they differ."""

from __future__ import annotations

from collections.abc import Sequence

from neuron.core.sweep import trial
from neuron.core.training import Run
from neuron.state.parameters import CONTROLS, Settings
from neuron.words.comparison import Compared
from neuron.words.numbers import exactly

MOST_PARTS = 2
"""The most settings in a run's name; runs that differ in more are numbered."""


def compare(settings: Sequence[Settings], runs: Sequence[Run], tolerance: float) -> list[Compared]:
    """The runs with their names, in the order given; settings and runs have equal length.

    tolerance: as for `predicted_iterations`.
    """
    return [
        Compared(name, trial(run, tolerance))
        for name, run in zip(names(settings), runs, strict=True)
    ]


def names(settings: Sequence[Settings]) -> list[str]:
    """A distinguishing name for each run: ``alpha 0.1``, ``input 3, alpha 0.5``.

    Only alpha if nothing differs; numbered if more than `MOST_PARTS` do:
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
        parts = [f"{c.label.lower()} {exactly(getattr(one, c.name))}" for c in differing]
        parts += [f"training data {lists.index(one.more) + 1}"] * (len(lists) > 1)
        name = ", ".join(parts)
        told.append(name if len(parts) <= MOST_PARTS else f"run {place} ({name})")
    return told
