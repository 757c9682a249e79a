"""The formula beside the training, and the cobweb, in words."""

from __future__ import annotations

from math import isfinite, log

from neuron.core.closed_form import counted_iterations, drifts, predicted_iterations, weight_after
from neuron.core.dynamics import (
    TOLERANCE,
    Regime,
    contradict,
    ideal_weight,
    pass_offset,
    regime,
    shrink_factor,
)
from neuron.core.training import Run, train
from neuron.words.numbers import (
    GIVEN_DIGITS,
    MOST_SHOWN,
    arrival,
    digits_to_resolve,
    filled,
    in_iterations,
    number,
)
from neuron.words.reasons import factor_text

FORMULA_TEMPLATE = (
    "After iteration {iteration} of {last}\n"
    "By formula, with the shrink factor A: {name} + (start − {name}) × A{power} = "
    "{ideal} + ({start} − {(ideal)}) × {(factor)}{power} = {formula}\n"
    "By training: {weight}\n"
)
"""The weight after a pass both ways, a line each. The page fills it in the browser while it plays;
{(x)} is x in brackets when it is negative. `formula_sentence` is the same in Python. The weight
that stays as it is has the name "ideal" where it meets every goal, else "fixed point"."""

DRIFT_TEMPLATE = (
    "After iteration {iteration} of {last}\n"
    "By formula, as the shrink factor is 1: start + iteration × what each adds = "
    "{start} + {iteration} × {(offset)} = {formula}\n"
    "By training: {weight}\n"
)
"""The same where the shrink factor is 1."""

BEYOND_TEMPLATE = (
    "After iteration {iteration} of {last}\n"
    "By formula: too large for a computer's floats\n"
    "By training: {weight}"
)
"""The same where the formula leaves the range of floats on its way."""

AGREE = "They agree to the last digit."
DIFFER_TEMPLATE = "They differ by {difference}: floats are rounded at every step."

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def formula_sentence(run: Run, iteration: int) -> str:
    """The weight after so many whole passes, by formula and by training, and how far apart."""
    numbers = formula_numbers(run)
    weight = run.weights[iteration * len(run.examples)]
    formula = weight_after(run.examples, run.weights[0], run.alpha, iteration)
    template = formula_template(run) if formula is not None else BEYOND_TEMPLATE
    ideal = ideal_weight(run.examples, run.alpha)
    away = weight if ideal is None else weight - ideal
    digits = min(MOST_SHOWN, digits_to_resolve(weight, away))
    numbers |= {
        "iteration": str(iteration),
        "power": str(iteration).translate(SUPERSCRIPT),
        "weight": number(weight, digits),
    }
    if formula is not None:
        numbers |= {
            "formula": number(formula, digits),
            "difference": number(abs(formula - weight)),
        }
        template += AGREE if formula == weight else DIFFER_TEMPLATE
    return filled(template, numbers)


def formula_template(run: Run) -> str:
    """How the formula reads for this run."""
    ideal = ideal_weight(run.examples, run.alpha)
    return DRIFT_TEMPLATE if ideal is None else FORMULA_TEMPLATE


def formula_numbers(run: Run) -> dict[str, str]:
    """The numbers of the formula that stay the same from pass to pass, as they are written."""
    ideal = ideal_weight(run.examples, run.alpha)
    factor, offset = shrink_factor(run.examples, run.alpha), pass_offset(run.examples, run.alpha)
    return {
        "last": str((len(run.weights) - 1) // len(run.examples)),
        "start": number(run.weights[0], GIVEN_DIGITS),
        "name": "fixed point" if contradict(run.examples) else "ideal",
        "ideal": "" if ideal is None else number(ideal),
        "factor": factor_text(factor),
        "offset": number(offset) if isfinite(offset) else "",
    }


def count_in_words(run: Run, tolerance: float, most: int) -> str:
    """The iterations until a run is there, by formula and counted in training.

    tolerance: as for `predicted_iterations`. most: how many steps are trained at most to count.
    """
    predicted = predicted_iterations(run.examples, run.weights[0], run.alpha, tolerance)
    trained = min(max(run.iterations, predicted or 0), most // len(run.examples))
    longer = train(run.examples, weight=run.weights[0], alpha=run.alpha, iterations=trained)
    counted = counted_iterations(longer, tolerance)
    if predicted is None:
        told = "By formula it is never there"
    else:
        told = (
            f"By formula it is there {arrival(predicted)}{_logarithms(run, tolerance, predicted)}"
        )
    if counted == predicted is not None:
        return f"{told}; counted in training: the same."
    if counted is not None:
        return f"{told}; counted in training {arrival(counted)}: floats are rounded at every step."
    passes = in_iterations((len(longer.weights) - 1) // len(run.examples))
    return f"{told}; after {passes} of training it is not there."


def _logarithms(run: Run, tolerance: float, predicted: int) -> str:
    """The division that predicts the iterations, where there is one."""
    factor = abs(shrink_factor(run.examples, run.alpha))
    # So near to 1 the float has too few digits of its own to divide by.
    if predicted < 2 or 1 - factor < TOLERANCE:
        return ""
    quotient = log(tolerance) / log(factor)
    shown = factor_text(factor)
    return f" (log {number(tolerance)} ÷ log {shown} = {number(quotient)}, rounded up)"


def cobweb_in_words(run: Run) -> str:
    """The cobweb in words: the map, where it meets the diagonal, and what its slope does."""
    kind = regime(run.examples, run.weights[0], run.alpha)
    factor = shrink_factor(run.examples, run.alpha)
    ideal = ideal_weight(run.examples, run.alpha)
    slope = factor_text(factor)
    if kind is Regime.ALREADY_THERE:
        return "The run starts on the diagonal, where the next weight is the same: it stays there."
    if kind is Regime.STUCK or (ideal is None and kind is Regime.SUSTAINED_OSCILLATION):
        return "The line of the next weight lies on the diagonal: every weight stays as it is."
    if drifts(run.examples, run.alpha):
        return (
            "The line of the next weight runs beside the diagonal and never meets it: every "
            "iteration moves the weight on by the same amount."
        )
    if ideal is None:
        return "The line of the next weight lies beyond a computer's floats."
    what = {
        Regime.MONOTONE: ", between 0 and 1, so each stair is shorter than the one before",
        Regime.ONE_STEP: ": the first stair ends there",
        Regime.DAMPED_OSCILLATION: ", between −1 and 0, so the stairs wind inwards",
        Regime.SUSTAINED_OSCILLATION: ": the stairs go round the same square for ever",
        Regime.DIVERGENCE: ", steeper than the diagonal, so each stair is longer than the last",
    }[kind]
    name = ", the fixed point" if contradict(run.examples) else ""
    return (
        f"The line of the next weight meets the diagonal at {number(ideal)}{name}: there a weight "
        f"stays as it is. The line's slope is the shrink factor {slope}{what}."
    )
