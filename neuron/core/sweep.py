"""Runs that differ only in alpha, each with its theory and the iterations it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from neuron.core.closed_form import needed_iterations
from neuron.core.dynamics import Dynamics, dynamics, dynamics_of
from neuron.core.training import Run, train


@dataclass(frozen=True, slots=True)
class Trial:
    """One of several runs.

    run: the run, which may end before it gets there. theory: its `Dynamics`. needed: the iterations
    it takes to get there (`predicted_iterations`), None for never.
    """

    run: Run
    theory: Dynamics
    needed: int | None


def trial(run: Run, tolerance: float) -> Trial:
    """The `Trial` of a run; tolerance: as for `predicted_iterations`."""
    theory = dynamics_of(run)
    return Trial(run, theory, needed_iterations(theory, tolerance))


def sweep(
    theory: Dynamics, alphas: Sequence[float], iterations: int, tolerance: float
) -> tuple[Trial, ...]:
    """One run per alpha, each of this many iterations, from the same start on the same data.

    tolerance: as for `predicted_iterations`.
    """
    trials = []
    for alpha in alphas:
        run = train(theory.examples, weight=theory.weight, alpha=alpha, iterations=iterations)
        each = dynamics(theory.examples, theory.weight, alpha)
        trials.append(Trial(run, each, needed_iterations(each, tolerance)))
    return tuple(trials)
