"""Trials: each is the run, the theory and the count of its own alpha, and of nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from strategies import any_alpha, any_run, any_tolerance

from neuron import Run, dynamics, predicted_iterations, train
from neuron.core.dynamics import dynamics_of
from neuron.core.sweep import Trial, sweep, trial


@given(any_run(40), st.lists(any_alpha, max_size=4), st.integers(0, 3), any_tolerance)
def test_a_sweep_changes_alpha_alone(
    run: Run, alphas: list[float], iterations: int, tolerance: float
) -> None:
    """In the order given, each trained by itself; a trial of that run alone is the same."""
    data, start = run.examples, run.weights[0]
    trials = sweep(dynamics_of(run), alphas, iterations, tolerance)
    assert len(trials) == len(alphas)
    for alpha, found in zip(alphas, trials, strict=True):
        again = train(data, weight=start, alpha=alpha, iterations=iterations)
        needed = predicted_iterations(data, start, alpha, tolerance)
        assert found == Trial(again, dynamics(data, start, alpha), needed)
        assert found == trial(again, tolerance)
