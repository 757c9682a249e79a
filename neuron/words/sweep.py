"""A sweep over alpha in words."""

from __future__ import annotations

from neuron.core.dynamics import Dynamics, Regime
from neuron.core.sweep import Trial
from neuron.words.numbers import left_in_words, number
from neuron.words.reasons import factor_text, rounded_away
from neuron.words.verdict import further_ranges, headline


def trial_in_words(trial: Trial, alpha: str, tolerance: float) -> str:
    """What one alpha does, and when the run gets there.

    alpha: as text. tolerance: the one used for the trial.
    """
    by = "By formula, " if rounded_away(trial.theory, trial.run) else ""
    when = f"{by}{left_in_words(tolerance, trial.needed)}."
    when = f"{when[0].upper()}{when[1:]}"
    return (
        f"At alpha {alpha} the shrink factor is {factor_text(trial.theory)}. "
        f"{headline(trial.theory, trial.run)}. {when}"
    )


def sweep_in_words(theory: Dynamics) -> str:
    """The sweep in words: where training is quickest, and from which alpha on it fails."""
    if theory.regime is Regime.ALREADY_THERE:
        return "With every alpha the weight is right from the start: no update changes anything."
    best, limit = theory.best_alpha, theory.alpha_limit
    if best is None or limit is None:
        return "With this training data no alpha closes the gap."
    further = further_ranges(theory.stable_ranges).replace("again between", "between")
    again = f", except {further}" if further else ""
    return (
        f"At the best alpha, {number(best)}, one iteration is enough. Towards 0, and towards the "
        f"limit of {number(limit)}, it takes more and more iterations; at the limit and beyond, "
        f"the gap never closes{again}."
    )
