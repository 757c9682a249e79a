"""A sweep over the alphas of the ruler: what the same start becomes with each of them."""

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
"""How many parts the ruler is divided into; the critical alphas are added to them."""

LONGEST = 40
"""How many steps of each run are drawn: more could not be told apart."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Runs that differ in nothing but alpha, by ascending alpha; all columns of equal length.

    alphas: from 0 to the ruler's end, including each critical alpha and the reader's. names: how
    they are shown, the reader's with all its digits. trials: a run with each. sentences: what
    happens at each. here: the place of the reader's alpha, or the last if that is off the ruler.
    """

    alphas: tuple[float, ...]
    names: tuple[str, ...]
    trials: tuple[core.Trial, ...]
    sentences: tuple[str, ...]
    here: int

    @property
    def needed(self) -> tuple[int | None, ...]:
        """Iterations until so little of the gap is left, None for never."""
        return tuple(trial.needed for trial in self.trials)

    @property
    def paths(self) -> tuple[tuple[float, ...], ...]:
        """The weight by step of each run."""
        return tuple(trial.run.weights for trial in self.trials)


def sweep(theory: Dynamics, run: Run, tolerance: float) -> Sweep:
    """The sweep with a run's training data, starting weight and, up to `LONGEST` steps, length.

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
