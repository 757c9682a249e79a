"""Runs that differ in alpha alone, each with its theory and the iterations it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from neuron.core.closed_form import needed_iterations
from neuron.core.dynamics import Dynamics, dynamics, dynamics_of
from neuron.core.training import Run, train


@dataclass(frozen=True, slots=True)
class Trial:
    """One run among others.

    run: the run, which may be shorter than it needs to be. theory: its `Dynamics`. needed: the
    iterations until so little of its gap is left (`predicted_iterations`), None for never.
    """

    run: Run
    theory: Dynamics
    needed: int | None


def trial(run: Run, tolerance: float) -> Trial:
    """A run as one among others; tolerance: as for `predicted_iterations`."""
    theory = dynamics_of(run)
    return Trial(run, theory, needed_iterations(theory, tolerance))


def sweep(
    theory: Dynamics, alphas: Sequence[float], iterations: int, tolerance: float
) -> tuple[Trial, ...]:
    """A run of so many iterations with each alpha, from the same start on the same data.

    tolerance: as for `predicted_iterations`.
    """
    trials = []
    for alpha in alphas:
        run = train(theory.examples, weight=theory.weight, alpha=alpha, iterations=iterations)
        each = dynamics(theory.examples, theory.weight, alpha)
        trials.append(Trial(run, each, needed_iterations(each, tolerance)))
    return tuple(trials)
