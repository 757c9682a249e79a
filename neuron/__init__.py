"""One artificial neuron: train it, and predict what the training will do."""

from neuron.core.closed_form import predicted_iterations, weight_after
from neuron.core.dynamics import (
    Dynamics,
    Regime,
    alpha_limit,
    best_alpha,
    dynamics,
    ideal_weight,
    regime,
    shrink_factor,
    stable_ranges,
)
from neuron.core.training import Example, Run, Step, mean_error, train

__all__ = [
    "Dynamics",
    "Example",
    "Regime",
    "Run",
    "Step",
    "alpha_limit",
    "best_alpha",
    "dynamics",
    "ideal_weight",
    "mean_error",
    "predicted_iterations",
    "regime",
    "shrink_factor",
    "stable_ranges",
    "train",
    "weight_after",
]
