"""What a run does and why, in words: from the shrink factor, with the run's own numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from neuron.core.dynamics import (
    Regime,
    alpha_limit,
    best_alpha,
    contradict,
    ideal_weight,
    lowest_weight,
    regime,
    stable_ranges,
)
from neuron.core.training import Run
from neuron.words.numbers import GIVEN_DIGITS, both_ends, number
from neuron.words.reasons import rounded_away, seen_regime, squared, told_apart, why

EQUALS = "\u00a0=\u00a0"
"""An equals sign at which no line breaks."""

NARROW = 0.02
"""Ranges of alpha narrower than this part of the limit are counted, not named."""

NARROWEST = 1e-7
"""So are those narrower than this part of their own end: it would be told from itself."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run does and why, in words.

    regime: the kind of run. headline: the kind in a few words. why: one or two sentences with this
    run's numbers. advice: the best alpha and the limit of this input, or what to change.
    """

    regime: Regime
    headline: str
    why: str
    advice: str

    @property
    def sentence(self) -> str:
        """All of it as plain text."""
        return f"{self.headline}. {self.why} {self.advice}"


HEADLINES = {
    Regime.MONOTONE: "Creeps towards the goal",
    Regime.ONE_STEP: "Lands in one step",
    Regime.DAMPED_OSCILLATION: "Overshoots, then zigzags in",
    Regime.SUSTAINED_OSCILLATION: "Bounces for ever",
    Regime.DIVERGENCE: "Blows up",
    Regime.STUCK: "Nothing can be learned",
    Regime.ALREADY_THERE: "Already there",
}

COMPROMISES = {
    Regime.MONOTONE: "Creeps towards a compromise",
    Regime.ONE_STEP: "Lands on a compromise in one iteration",
    Regime.DAMPED_OSCILLATION: "Overshoots, then zigzags into a compromise",
}
"""What the kinds of run that settle are called where no weight meets every goal."""

BAND_WORDS = {
    Regime.MONOTONE: "creeps",
    Regime.DAMPED_OSCILLATION: "zigzags in",
    Regime.DIVERGENCE: "blows up",
}
"""What each stretch of the alpha ruler is called."""


def verdict(run: Run) -> Verdict:
    """What this run does and why, from the shrink factor of its training data."""
    kind = regime(run.examples, run.weights[0], run.alpha)
    best, limit = best_alpha(run.examples), alpha_limit(run.examples)
    if best is None or limit is None:
        every_0 = not any(example.input for example in run.examples)
        learns = every_0 and kind is Regime.STUCK and run.alpha > 0
        advice = "Any other input can be learned from." * learns
    elif len(run.examples) == 1:
        x = number(run.examples[0].input, GIVEN_DIGITS)
        square = squared(run)
        advice = (
            f"For input {x} the best alpha is 1/{square}{EQUALS}{number(best)}; any between 0 and "
            f"the limit 2/{square}{EQUALS}{number(limit)} works, at the limit it bounces for ever."
        )
    else:
        advice = _advice_many(run, best)
    if run.iterations == 0 and kind not in (Regime.STUCK, Regime.ALREADY_THERE):
        return _untrained(run, kind)
    return Verdict(kind, headline(run), why(run), advice)


def headline(run: Run) -> str:
    """What a run does, in a few words."""
    kind, examples = seen_regime(run), run.examples
    if rounded_away(run):
        return "Stays where it is"
    if kind is not Regime.DIVERGENCE and run.overflowed_at is not None:
        return "Too large for floats"
    if kind in COMPROMISES and contradict(examples):
        return COMPROMISES[kind]
    if kind is Regime.ONE_STEP and len(examples) > 1:
        return "Lands in one iteration"
    return HEADLINES[kind]


def _untrained(run: Run, kind: Regime) -> Verdict:
    weight = number(run.weights[0], GIVEN_DIGITS)
    return Verdict(
        kind,
        "Nothing has been trained yet",
        f"With 0 iterations there is no update: the neuron answers with its starting weight, "
        f"{weight}.",
        "Set Iterations to 1 or more to train it.",
    )


def _advice_many(run: Run, best: float) -> str:
    stable = stable_ranges(run.examples)
    again = further_ranges(stable)
    settles = " and ".join(both_ends(*stable[0])) + (f", and {again}" if again else "")
    landing, bottom = ideal_weight(run.examples, best), lowest_weight(run.examples)
    if contradict(run.examples) and landing is not None and bottom is not None:
        lands, least = told_apart(run, landing, bottom)
        if lands != least:
            return (
                f"The best alpha, {number(best)}, is the fastest, not the most exact: it lands at "
                f"{lands}, a very small one ends close to {least}. Alphas that settle: between "
                f"{settles}."
            )
    return f"The best alpha is {number(best)}; it settles between {settles}."


def further_ranges(stable: Sequence[tuple[float, float]]) -> str:
    """Where training settles again beyond its limit: ``again between 0.8495 and 1.111``.

    stable: as from `stable_ranges`. Ranges too narrow to be met by chance are only counted.
    """
    (_, limit), *others = stable
    wide = [
        (low, high) for low, high in others if high - low > max(NARROW * limit, NARROWEST * high)
    ]
    narrow = len(others) - len(wide)
    told = [f"again between {' and '.join(both_ends(*ends))}" for ends in wide]
    if narrow:
        told.append(f"in {narrow} very narrow range{'s' * (narrow > 1)} beyond")
    return ", and ".join(told)
