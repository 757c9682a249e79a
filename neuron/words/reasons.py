"""Why a run does what it does: the formula with the run's own numbers, in a sentence or two."""

from __future__ import annotations

from neuron.core.dynamics import Dynamics, Regime
from neuron.core.training import Run, mean_error
from neuron.words.numbers import (
    DIGITS,
    GIVEN_DIGITS,
    MOST_SHOWN,
    bracketed,
    counted,
    digits_to_resolve,
    equals,
    error_name,
    number,
)

TOO_SMALL = (
    "alpha × input² is too small for a computer to store: the shrink factor is 1, and the gap "
    "stays the same to the last digit."
)
"""Why nothing is learned although neither alpha nor the input is 0."""

ROUNDED_AWAY = "Each update is so small that a computer rounds it away"
"""Why nothing is learned although the formula says otherwise; the beginning of a sentence."""

INPUT_0 = "with input 0 the prediction is 0 whatever the weight is"
"""Why a goal cannot be met."""

WHY_ONE = {
    Regime.MONOTONE: (
        "Each update multiplies {gap} by the shrink factor {shrink}, so the gap only gets smaller."
    ),
    Regime.ONE_STEP: "The shrink factor is {shrink}: one update closes the whole of {gap}.",
    Regime.DAMPED_OSCILLATION: (
        "Each update multiplies {gap} by the shrink factor {shrink}: the weight lands on the other "
        "side, but closer."
    ),
    Regime.SUSTAINED_OSCILLATION: (
        "The shrink factor {shrink} flips {gap} to the other side and keeps its size: the weight "
        "bounces between {start} and {other}, and the error {change}."
    ),
    Regime.DIVERGENCE: (
        "Each update multiplies {gap} by the shrink factor {shrink}, so every gap is larger than "
        "the last. {end}"
    ),
}
"""Why a run on one example does what it does."""

_MULTIPLIES = "Each iteration multiplies the gap by the shrink factor {shrink}, {product}"
_ITS = "the shrink factor, {product}, is"

WHY_SEVERAL = {
    Regime.MONOTONE: _MULTIPLIES + ". {aim}",
    Regime.ONE_STEP: _MULTIPLIES + ". {aim}",
    Regime.DAMPED_OSCILLATION: _MULTIPLIES + ": it changes sides, and gets smaller. {aim}",
    Regime.SUSTAINED_OSCILLATION: (
        f"Each iteration flips the gap to the other side and keeps its size: {_ITS} −1."
    ),
    Regime.DIVERGENCE: _MULTIPLIES + ". {end}",
}
"""Why a run on several examples does what it does, apart from the exceptions below."""

OVERSHOOTS_WITHIN = (
    _MULTIPLIES + ". Within an iteration, some steps overshoot, because their alpha × input² is "
    "above 1. {aim}"
)
RETURNS = f"Each iteration ends where it began: {_ITS} 1, and its updates cancel out."
DRIFTS_ON = "Each iteration moves the weight on by the same amount, forever"
DRIFTS = f"{DRIFTS_ON}: {_ITS} 1. {{end}}"
OUTGROWS = "Each iteration would multiply the gap by the shrink factor {shrink}, {product}. {end}"


def why(theory: Dynamics, run: Run) -> str:
    """One or two sentences with the shrink factor of the run's training data."""
    if rounded_away(theory, run):
        return f"{ROUNDED_AWAY}: the weight never moves."
    if theory.regime is Regime.ALREADY_THERE:
        return _why_there(theory, run)
    if theory.regime is Regime.STUCK:
        return _why_stuck(theory)
    if len(run.examples) == 1:
        return WHY_ONE[theory.regime].format(**_numbers_of_one(theory, run))
    return _template(theory, run).format(**_numbers_of_several(theory, run)).strip()


def seen_regime(theory: Dynamics, run: Run) -> Regime:
    """The regime the charts show: the theory's `seen_regime`, or STUCK if `rounded_away`."""
    return Regime.STUCK if rounded_away(theory, run) else theory.seen_regime


def rounded_away(theory: Dynamics, run: Run) -> bool:
    """Whether the weight never moves only because floats round its updates away."""
    if theory.regime in (Regime.STUCK, Regime.ALREADY_THERE) or run.overflowed_at is not None:
        return False
    return len(run.weights) > 1 and all(weight == theory.weight for weight in run.weights)


def told_apart(theory: Dynamics, weight: float, best: float) -> tuple[str, str]:
    """A weight and the best one, with enough digits to show their difference and missed goals."""
    gaps = [(e.input * best, e.input * best - e.goal) for e in theory.examples]
    needed = max(digits_to_resolve(*pair) for pair in [(best, weight - best), *gaps]) - 2
    digits = min(MOST_SHOWN, max(DIGITS, needed))
    return number(weight, digits), number(best, digits)


def squared(theory: Dynamics) -> str:
    """The square of the only example's input, as text."""
    return f"{bracketed(number(theory.examples[0].input, GIVEN_DIGITS))}²"


def factor_text(theory: Dynamics) -> str:
    """The shrink factor with enough digits to tell its size from 1; 0 if one step lands."""
    if theory.regime is Regime.ONE_STEP:
        return "0"
    factor = theory.shrink_factor
    pull = sum(theory.alpha * example.input * example.input for example in theory.examples)
    if factor == 1 and theory.seen_regime is Regime.MONOTONE:  # too close to 1 for floats
        return f"1 − {number(pull)}"
    return number(factor, digits_to_resolve(1, 1 - abs(factor)))


def _numbers_of_one(theory: Dynamics, run: Run) -> dict[str, str]:
    factor = factor_text(theory)
    product = f"1 − alpha × input² = 1 − {number(theory.alpha, GIVEN_DIGITS)} × {squared(theory)}"
    if " − " in factor:
        shrink = f"{product} = {factor}"
    else:
        value = 0.0 if factor == "0" else theory.shrink_factor
        shrink = f"{product} {equals(value, factor)}"
    ideal = theory.ideal_weight
    return {
        "shrink": shrink.replace(" × ", "\u00a0×\u00a0").replace(" − ", "\u00a0−\u00a0"),
        "gap": "the gap" + ("" if ideal is None else f" between the weight and {number(ideal)}"),
        "start": number(theory.weight, GIVEN_DIGITS),
        "other": "" if ideal is None else number(2 * ideal - theory.weight),
        "change": "never changes" if len(set(run.errors)) == 1 else "hardly changes",
        "end": _end(run),
    }


def _template(theory: Dynamics, run: Run) -> str:
    """The template for several examples."""
    if theory.regime is Regime.DIVERGENCE:
        return DRIFTS if theory.drifts else WHY_SEVERAL[theory.regime]
    if run.overflowed_at is not None:  # within a pass that would not itself grow
        return OUTGROWS
    if theory.regime is Regime.SUSTAINED_OSCILLATION and theory.shrink_factor > 0:
        return RETURNS
    if theory.seen_regime is not theory.regime:
        return OVERSHOOTS_WITHIN
    return WHY_SEVERAL[theory.regime]


def _numbers_of_several(theory: Dynamics, run: Run) -> dict[str, str]:
    return {
        "shrink": factor_text(theory),
        "product": f"the product of 1 − alpha × input² over all {len(run.examples)} examples",
        "aim": _aim(theory),
        "end": _end(run),
    }


def _why_there(theory: Dynamics, run: Run) -> str:
    start = number(theory.weight, GIVEN_DIGITS)
    met = all(example.input * theory.weight == example.goal for example in run.examples)
    if len(run.examples) == 1 and met:
        return (
            f"With the starting weight {start} the prediction is {number(run.predictions[0])}, "
            "exactly the goal: delta is 0, and no update changes anything."
        )
    if len(run.examples) == 1:
        return (
            "weight_delta = delta × input is too small for a computer to store: no update changes "
            "anything."
        )
    if met:
        return f"The starting weight {start} meets every goal exactly."
    reason = f": {INPUT_0}" if _goals_out_of_reach(theory) else ""
    return f"No example asks for a change to the starting weight {start}{reason}."


def _why_stuck(theory: Dynamics) -> str:
    if not any(example.input for example in theory.examples):
        inputs = "Every input is 0" if len(theory.examples) > 1 else "The input is 0"
        return (
            f"{inputs}, so the prediction is 0 × weight = 0 whatever the weight is, and "
            "weight_delta = delta × 0 = 0: no update ever moves the weight."
        )
    if theory.alpha:
        return TOO_SMALL
    return "Alpha is 0: every update is 0 × weight_delta = 0, so the weight never moves."


def _aim(theory: Dynamics) -> str:
    """Where a run on several examples settles, and whether that meets all goals."""
    bottom, ideal = theory.lowest_weight, theory.ideal_weight
    if bottom is None:
        return ""
    if ideal is None:
        return "Where it settles is lost in a computer's rounding."
    if not theory.contradict:
        but = f" except that of input 0: {INPUT_0}" if _goals_out_of_reach(theory) else ""
        return f"It settles at the weight {number(ideal)}, which meets every goal{but}."
    end, best = told_apart(theory, ideal, bottom)
    least, left = (number(mean_error(theory.examples, weight)) for weight in (bottom, ideal))
    told = f"No weight meets all the goals; the best, {best}, leaves a mean error of {least}."
    if end == best:
        return f"{told} It settles there, to all the digits shown."
    error = f", with a mean error of {left}" if left != least else ""
    return f"{told} After many iterations, every iteration ends at the same weight, {end}{error}."


def _goals_out_of_reach(theory: Dynamics) -> bool:
    """Whether an example has a goal, but input 0."""
    return any(example.goal and not example.input for example in theory.examples)


def _end(run: Run) -> str:
    error = number(mean_error(run.examples, run.weights[-1]))
    after = f"After {counted(len(run.errors) - 1, 'step')} the {error_name(run.examples)} is "
    if run.overflowed_at is None:
        return f"{after}{error}."
    return (
        f"{after}{error}. There the run stops: the next number is larger than any that a "
        "computer can store, 1.8\u00a0×\u00a010³⁰⁸ at most."
    )
