"""A sweep over the alphas of the ruler: the same run with each of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from neuron.charts.ruler import ruler, short
from neuron.core import sweep as core
from neuron.core.dynamics import Dynamics
from neuron.core.training import Run
from neuron.words.numbers import DIGITS, GIVEN_DIGITS, number
from neuron.words.sweep import trial_in_words

FRAMES = 240
"""How many equal steps the ruler is divided into; critical alphas are added."""

LONGEST = 40
"""How many steps of each run are drawn: more would look the same."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Runs that differ only in alpha, by ascending alpha; all columns have equal length.

    alphas: from 0 to the ruler's end, including each critical alpha and the reader's. names: the
    alphas as text, the reader's in full. trials: a run with each. sentences: what happens at each.
    here: the index of the reader's alpha, or the last if that is off the ruler.
    """

    alphas: tuple[float, ...]
    names: tuple[str, ...]
    trials: tuple[core.Trial, ...]
    sentences: tuple[str, ...]
    here: int

    @property
    def needed(self) -> tuple[int | None, ...]:
        """The iterations each run needs, None for never."""
        return tuple(trial.needed for trial in self.trials)

    @property
    def paths(self) -> tuple[tuple[float, ...], ...]:
        """Each run's weight by step."""
        return tuple(trial.run.weights for trial in self.trials)


def sweep(theory: Dynamics, run: Run, tolerance: float) -> Sweep:
    """The sweep with a run's training data, starting weight and length, at most `LONGEST` steps.

    tolerance: as for `predicted_iterations`.
    """
    scale = ruler(theory)
    even = {short(scale.top * k / FRAMES) for k in range(FRAMES + 1)}
    critical = {mark.alpha for mark in scale.marks}
    mine = {theory.alpha} if 0 <= theory.alpha <= scale.top else set()
    alphas = sorted(even | critical | mine)
    iterations = min(run.iterations, LONGEST // len(run.examples))
    trials = core.sweep(theory, alphas, iterations, tolerance)
    names = [number(alpha, GIVEN_DIGITS if alpha == theory.alpha else DIGITS) for alpha in alphas]
    return Sweep(
        alphas=tuple(alphas),
        names=tuple(names),
        trials=trials,
        sentences=tuple(
            trial_in_words(trial, name, tolerance)
            for trial, name in zip(trials, names, strict=True)
        ),
        here=min(bisect_left(alphas, theory.alpha), len(alphas) - 1),
    )
