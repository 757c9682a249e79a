"""What a run does, in one line, with the reason and a better alpha."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from neuron.core.closed_form import needed_iterations
from neuron.core.dynamics import Dynamics, Regime, ideal_weight
from neuron.core.training import Run
from neuron.words.numbers import (
    GIVEN_DIGITS,
    both_ends,
    counted,
    digits_to_resolve,
    equals,
    number,
    percent,
)
from neuron.words.reasons import (
    DRIFTS_ON,
    ROUNDED_AWAY,
    factor_text,
    rounded_away,
    seen_regime,
    squared,
    told_apart,
    why,
)

NARROW = 0.02
"""Ranges of alpha narrower than this fraction of the limit are counted, not named."""

NARROWEST = 1e-7
"""So are ranges narrower than this fraction of their own end: both ends would look the same."""

HARDLY = 0.99
"""A run that leaves more than this fraction of the gap has hardly moved."""

SMALL = 0.01
"""The fraction of the gap for which a run that has hardly moved is given an iteration count."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run does, in words.

    regime: the kind of run. headline: the same in a few words. plain: a short sentence without a
    formula. why: the formula with this run's numbers; empty if nothing is trained. advice: the best
    alpha and the limit for this training data, or what to change; empty if there is none.
    """

    regime: Regime
    headline: str
    plain: str
    why: str
    advice: str


HEADLINES = {
    Regime.MONOTONE: "Creeps towards the goal",
    Regime.ONE_STEP: "Lands in one step",
    Regime.DAMPED_OSCILLATION: "Overshoots, then zigzags in",
    Regime.SUSTAINED_OSCILLATION: "Bounces forever",
    Regime.DIVERGENCE: "Blows up",
    Regime.STUCK: "Nothing can be learned",
    Regime.ALREADY_THERE: "Already there",
}

COMPROMISES = {
    Regime.MONOTONE: "Creeps towards a compromise",
    Regime.ONE_STEP: "Lands on a compromise in one iteration",
    Regime.DAMPED_OSCILLATION: "Overshoots, then zigzags into a compromise",
}
"""The headlines if no weight meets every goal."""

BAND_WORDS = {
    Regime.MONOTONE: "creeps",
    Regime.DAMPED_OSCILLATION: "zigzags in",
    Regime.DIVERGENCE: "blows up",
}
"""What each band of the alpha ruler is called."""

PLAIN = {
    Regime.MONOTONE: "Each {update} leaves {size} of the gap.",
    Regime.ONE_STEP: "One {update} closes the whole gap.",
    Regime.DAMPED_OSCILLATION: "Each {update} leaves {size} of the gap, on the other side.",
    Regime.SUSTAINED_OSCILLATION: "Each {update} lands just as far away, on the other side.",
    Regime.DIVERGENCE: "Each {update} makes the gap {size} times as large{side}.",
    Regime.STUCK: "No update ever moves the weight, because {cause}.",
    Regime.ALREADY_THERE: "No example asks for a change to the starting weight.",
}
"""What a run does in one short sentence; `plain` handles the exceptions."""


def verdict(theory: Dynamics, run: Run) -> Verdict:
    """What this run does and why."""
    kind = theory.regime
    if run.iterations == 0 and kind not in (Regime.STUCK, Regime.ALREADY_THERE):
        weight = number(theory.weight, GIVEN_DIGITS)
        return Verdict(
            kind,
            headline="Nothing has been trained yet",
            plain=f"With 0 iterations the neuron keeps its starting weight, {weight}.",
            why="",
            advice="Set Iterations to 1 or more to train it.",
        )
    return Verdict(
        kind, headline(theory, run), plain(theory, run), why(theory, run), advice(theory)
    )


def headline(theory: Dynamics, run: Run) -> str:
    """What a run does, in a few words."""
    kind = seen_regime(theory, run)
    if rounded_away(theory, run):
        return "Stays where it is"
    if kind is not Regime.DIVERGENCE and run.overflowed_at is not None:
        return "Too large for a computer"
    if hardly_moves(theory, run):
        return "Has hardly moved yet"
    if kind in COMPROMISES and theory.contradict:
        return COMPROMISES[kind]
    if kind is Regime.ONE_STEP and len(run.examples) > 1:
        return "Lands in one iteration"
    return HEADLINES[kind]


def plain(theory: Dynamics, run: Run) -> str:
    """What a run does, in one short sentence without a formula."""
    kind = theory.regime
    if rounded_away(theory, run):
        return f"{ROUNDED_AWAY}."
    if kind is Regime.DIVERGENCE and theory.drifts:
        return f"{DRIFTS_ON}."
    if kind is not Regime.DIVERGENCE and run.overflowed_at is not None:
        return "Within an iteration the weight grows beyond the numbers that a computer can store."
    if kind is Regime.SUSTAINED_OSCILLATION and theory.shrink_factor > 0:
        return "Each iteration ends where it began, forever."
    if hardly_moves(theory, run):
        return _hardly_moved(theory, run)
    if kind is Regime.STUCK and theory.alpha and any(e.input for e in theory.examples):
        return "The updates are too small for a computer to close any of the gap."
    template = PLAIN[kind]
    if kind is not theory.seen_regime:
        template = "Each {update} leaves {size} of the gap, although some of its steps overshoot."
    return template.format(
        update="update" if len(run.examples) == 1 else "iteration",
        size=factor_text(theory).removeprefix("−"),
        side=", on the other side" if theory.shrink_factor < 0 else "",
        cause=_cause(theory),
    )


def advice(theory: Dynamics) -> str:
    """The best alpha and the limit, or what to change; empty if there is nothing to say."""
    best, limit = theory.best_alpha, theory.alpha_limit
    if best is None or limit is None:
        every_0 = not any(example.input for example in theory.examples)
        learns = every_0 and theory.regime is Regime.STUCK and theory.alpha > 0
        return "The neuron can learn from any other input." if learns else ""
    if len(theory.examples) > 1:
        return _advice_for_several(theory, best)
    square = squared(theory)
    return (
        f"For input {number(theory.examples[0].input, GIVEN_DIGITS)} the best alpha is "
        f"1/{square}\u00a0{equals(best, number(best))}. Any alpha between 0 and the limit, "
        f"2/{square}\u00a0{equals(limit, number(limit))}, works; at the limit it bounces forever."
    )


def hardly_moves(theory: Dynamics, run: Run) -> bool:
    """Whether a run that creeps in ends with more than `HARDLY` of its gap left."""
    return (
        theory.seen_regime is Regime.MONOTONE
        and len(run.weights) > 1
        and _left(theory, run) > HARDLY
    )


def further_ranges(stable: Sequence[tuple[float, float]]) -> str:
    """Where training settles again beyond its limit: ``again between 0.8495 and 1.111``.

    stable: from `stable_ranges`. Ranges too narrow to hit by chance are only counted.
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


def _left(theory: Dynamics, run: Run) -> float:
    """The fraction of the starting gap that a run leaves; 0 if there is no ideal weight."""
    ideal = theory.ideal_weight
    gap = 0.0 if ideal is None else abs(theory.weight - ideal)
    return abs(run.weights[-1] - (ideal or 0.0)) / gap if gap else 0.0


def _hardly_moved(theory: Dynamics, run: Run) -> str:
    left = 100 * _left(theory, run)
    share = number(left, digits_to_resolve(100, 100 - left) - 2)
    most = "almost all" if share == "100" else f"{share}%"
    needed = needed_iterations(theory, SMALL)
    count = "too many iterations to count" if needed is None else counted(needed, "iteration")
    return (
        f"After {counted(run.iterations, 'iteration')} {most} of the gap is left; getting down "
        f"to {percent(SMALL)} would take {count}."
    )


def _cause(theory: Dynamics) -> str:
    """Why no update moves the weight, in a few words."""
    if any(example.input for example in theory.examples):
        return "alpha is 0"
    return "every input is 0" if len(theory.examples) > 1 else "the input is 0"


def _advice_for_several(theory: Dynamics, best: float) -> str:
    stable = theory.stable_ranges
    again = further_ranges(stable)
    settles = " and ".join(both_ends(*stable[0])) + (f", and {again}" if again else "")
    landing, bottom = ideal_weight(theory.examples, best), theory.lowest_weight
    if theory.contradict and landing is not None and bottom is not None:
        lands, least = told_apart(theory, landing, bottom)
        if lands != least:
            return (
                f"The best alpha, {number(best)}, is the fastest, but not the most accurate: it "
                f"lands at {lands}; a very small alpha ends close to {least}. A run "
                f"settles with any alpha between {settles}."
            )
    return f"The best alpha is {number(best)}; a run settles with any alpha between {settles}."
