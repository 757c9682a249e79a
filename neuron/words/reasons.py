"""Why a run does what it does, in a sentence or two with its own numbers."""

from __future__ import annotations

from math import isclose

from neuron.core.dynamics import (
    TOLERANCE,
    Regime,
    contradict,
    ideal_weight,
    lowest_weight,
    regime,
    seen_regime_of,
    shrink_factor,
)
from neuron.core.training import Run, mean_error, mean_errors
from neuron.words.numbers import (
    DIGITS,
    GIVEN_DIGITS,
    MOST_SHOWN,
    digits_to_resolve,
    error_name,
    in_steps,
    number,
)

TOO_SMALL = (
    "alpha × input² is too small for a computer's floats: the shrink factor is 1, and the miss "
    "stays as large as it is, to all its digits."
)
"""Why nothing is learned where neither alpha nor the input is 0."""

ROUNDED_AWAY = (
    "Each update is so small that a computer's floats round it away: the weight never moves."
)
"""Why nothing is learned where by the formula something would be."""

INPUT_0 = "with input 0 the prediction is 0 whatever the weight is"
"""Why a goal cannot be met."""


def why(run: Run) -> str:
    """One or two sentences from the shrink factor of the run's training data."""
    kind = regime(run.examples, run.weights[0], run.alpha)
    if rounded_away(run):
        return ROUNDED_AWAY
    return _why_one(run, kind) if len(run.examples) == 1 else _why_many(run, kind)


def seen_regime(run: Run) -> Regime:
    """What the charts show of a run: see `seen_regime_of`; STUCK where it is `rounded_away`."""
    kind = regime(run.examples, run.weights[0], run.alpha)
    if kind is Regime.ALREADY_THERE:
        return kind
    return Regime.STUCK if rounded_away(run) else seen_regime_of(run.examples, run.alpha)


def rounded_away(run: Run) -> bool:
    """Whether the weight never moves, only because floats have no room for its updates."""
    weights = run.weights
    if run.overflowed_at is not None or len(weights) < 2 or any(w != weights[0] for w in weights):
        return False
    kind = regime(run.examples, run.weights[0], run.alpha)
    return kind not in (Regime.STUCK, Regime.ALREADY_THERE)


def told_apart(run: Run, weight: float, best: float) -> tuple[str, str]:
    """A weight and the best one, with as many digits as tell them apart and the best from goals."""
    misses = [(e.input * best, e.input * best - e.goal) for e in run.examples]
    needed = max(digits_to_resolve(*pair) for pair in [(best, weight - best), *misses]) - 2
    digits = min(MOST_SHOWN, max(DIGITS, needed))
    return number(weight, digits), number(best, digits)


def squared(run: Run) -> str:
    """The square of the one example's input, as it is written."""
    x = run.examples[0].input
    return f"({number(x, GIVEN_DIGITS)})²" if x < 0 else f"{number(x, GIVEN_DIGITS)}²"


def factor_text(factor: float) -> str:
    """A shrink factor with as many digits as tell its size from 1; 0 where it counts as that."""
    if abs(factor) <= TOLERANCE:
        return "0"
    return number(factor, digits_to_resolve(1, 1 - abs(factor)))


def _shrink_factor(run: Run) -> str:
    """The shrink factor with as many digits as tell it from 1."""
    factor = shrink_factor(run.examples, run.alpha)
    pull = sum(run.alpha * example.input * example.input for example in run.examples)
    if factor == 1 and pull:  # nearer to 1 than floats can say
        return f"1 − {number(pull)}"
    return factor_text(factor)


def _why_one(run: Run, kind: Regime) -> str:
    (example,) = run.examples
    start = run.weights[0]
    factor = shrink_factor(run.examples, run.alpha)
    begin = number(start, GIVEN_DIGITS)
    shrink = (
        f"1 − alpha × input² = 1 − {number(run.alpha, GIVEN_DIGITS)} × {squared(run)} = "
        + _shrink_factor(run)
    )
    shrink = shrink.replace(" × ", "\u00a0×\u00a0").replace(" − ", "\u00a0−\u00a0")
    ideal = ideal_weight(run.examples, run.alpha) or 0.0
    miss = f"the miss (how far the weight is from {number(ideal)})"
    if kind is Regime.MONOTONE:
        return f"Each update multiplies {miss} by the shrink factor {shrink}: it only gets smaller."
    if kind is Regime.ONE_STEP:
        return f"The shrink factor is {shrink}: one update leaves nothing of {miss}."
    if kind is Regime.DAMPED_OSCILLATION:
        return (
            f"Each update multiplies {miss} by the shrink factor {shrink}: it lands on the other "
            "side, but closer."
        )
    if kind is Regime.SUSTAINED_OSCILLATION:
        return (
            f"The shrink factor {shrink} turns {miss} round and keeps its size: the weight bounces "
            f"between {begin} and {number(2 * ideal - start)}, and the error "
            + ("never changes." if len(set(run.errors)) == 1 else "hardly changes.")
        )
    if kind is Regime.DIVERGENCE:
        times = factor_text(abs(factor))
        return (
            f"Each miss is {times} times the last, on the other side: the shrink factor is "
            f"{shrink}. {_end(run)}"
        )
    if kind is Regime.ALREADY_THERE and run.deltas[0]:
        return (
            "weight_delta = delta × input is too small for a computer's floats: no update changes "
            "anything."
        )
    if kind is Regime.ALREADY_THERE:
        return (
            f"The starting weight {begin} predicts {number(run.predictions[0])}, exactly the goal: "
            "delta is 0 and no update changes anything."
        )
    if example.input == 0:
        return (
            "With input 0 the prediction is 0 × weight = 0 whatever the weight is, and "
            "weight_delta = delta × 0 = 0: no update ever moves the weight."
        )
    if run.alpha:
        return TOO_SMALL
    return "Alpha is 0: every update is 0 × weight_delta = 0, so the weight never moves."


def _why_many(run: Run, kind: Regime) -> str:
    factor = shrink_factor(run.examples, run.alpha)
    count = len(run.examples)
    ideal = ideal_weight(run.examples, run.alpha)
    shrink = f"the shrink factor {_shrink_factor(run)}, the product of 1 − alpha × input² over all"
    if kind is Regime.ALREADY_THERE:
        begin = number(run.weights[0], GIVEN_DIGITS)
        if _goals_out_of_reach(run):
            return f"No example asks for a change of the starting weight {begin}: {INPUT_0}."
        if any(e.input * run.weights[0] != e.goal for e in run.examples):  # beyond floats
            return f"No example asks for a change of the starting weight {begin}."
        return f"The starting weight {begin} meets all {count} goals exactly."
    if kind is Regime.STUCK:
        if run.alpha == 0:
            return "Alpha is 0, so no update ever moves the weight."
        if any(example.input for example in run.examples):
            return TOO_SMALL
        return "Every input is 0, so no update ever moves the weight."
    if kind is Regime.DIVERGENCE and ideal is None and isclose(factor, 1, rel_tol=TOLERANCE):
        return (
            f"The shrink factor, the product of 1 − alpha × input² over all {count} examples, is "
            f"1: each iteration moves the weight on by the same amount, for ever. {_end(run)}"
        )
    if kind is Regime.DIVERGENCE:
        return f"Each iteration multiplies the miss by {shrink} {count} examples. {_end(run)}"
    if run.overflowed_at is not None:  # on the way through a pass that itself would not grow
        return f"Each iteration would multiply the miss by {shrink} {count} examples. {_end(run)}"
    if kind is Regime.SUSTAINED_OSCILLATION and factor > 0:
        return (
            f"Each iteration ends where it began: the shrink factor, the product of "
            f"1 − alpha × input² over all {count} examples, is 1, and its updates cancel out."
        )
    if kind is Regime.SUSTAINED_OSCILLATION:
        return (
            f"Each iteration turns the miss round and keeps its size: the shrink factor, the "
            f"product of 1 − alpha × input² over all {count} examples, is −1."
        )
    side = "" if factor >= 0 else ", which changes its side"
    if seen_regime(run) is not kind:
        side = "; within it steps overshoot, for some alpha × input² is above 1"
    return (
        f"Each iteration multiplies the miss by {shrink} {count} examples{side}. "
        + _aim(run, ideal)
    ).strip()


def _aim(run: Run, ideal: float | None) -> str:
    """Where a run on several examples settles, and whether that meets all goals."""
    bottom = lowest_weight(run.examples)
    if bottom is None:
        return ""
    if ideal is None:
        return "Where it settles is lost in the rounding of a computer's floats."
    if not contradict(run.examples):
        but = f" but that of input 0: {INPUT_0}" if _goals_out_of_reach(run) else ""
        return f"It settles at the weight {number(ideal)}, which meets every goal{but}."
    end, best = told_apart(run, ideal, bottom)
    least, left = (number(mean_error(run.examples, weight)) for weight in (bottom, ideal))
    told = f"No weight meets all the goals; the best, {best}, leaves a mean error of {least}."
    if end == best:
        return f"{told} It settles there, to all the digits shown."
    error = f", with a mean error of {left}" if left != least else ""
    return f"{told} In the end every iteration goes the same round and ends at {end}{error}."


def _goals_out_of_reach(run: Run) -> bool:
    """Whether an example has a goal, but input 0."""
    return any(example.goal and not example.input for example in run.examples)


def _end(run: Run) -> str:
    error = number(mean_errors(run.examples, run)[-1])
    name = error_name(run.examples)
    after = f"After {in_steps(len(run.errors) - 1)} the {name} is {error}."
    if run.overflowed_at is None:
        return after
    return (
        f"{after} There the run stops: the next number is too large for a computer's floats "
        "(1.8e308)."
    )
