"""The formula next to the training result, and the cobweb, in words."""

from __future__ import annotations

from math import ceil, isfinite, log

from neuron.core.closed_form import counted_iterations, needed_iterations
from neuron.core.dynamics import TOO_NEAR, Dynamics, Regime
from neuron.core.training import Run, train
from neuron.words.arithmetic import valued
from neuron.words.numbers import (
    DIGITS,
    GIVEN_DIGITS,
    MOST_DIGITS,
    arrival,
    counted,
    equals,
    left_in_words,
    number,
)
from neuron.words.reasons import factor_text

FORMULA_TEMPLATE = (
    "After iteration {iteration} of {last}\n"
    "By formula, with the shrink factor A: {name} + (start − {name}) × A{power} = "
    "{ideal} + ({start} − {(ideal)}) × {(factor)}{power} = {formula}\n"
    "By training: {weight}\n"
)
"""The weight after a pass, computed both ways, filled in by the browser while the run plays; {(x)}
puts x in brackets if it contains a sign. The weight that a pass leaves unchanged is called "ideal"
if it meets every goal, else "fixed point"."""

DRIFT_TEMPLATE = (
    "After iteration {iteration} of {last}\nBy formula, because the shrink factor is 1: start + "
    "iterations × change per iteration = {start} + {iteration} × {(offset)} = {formula}\nBy "
    "training: {weight}\n"
)
"""The same if the shrink factor is 1."""

BEYOND_TEMPLATE = (
    "After iteration {iteration} of {last}\nBy formula: too large for a computer to store\nBy "
    "training: {weight}"
)
"""The same if the formula overflows."""

AGREE = "They agree to the last digit."
DIFFER_TEMPLATE = "They differ by {difference}: a computer rounds at every step."


def formula_template(theory: Dynamics) -> str:
    """The template for this run's formula."""
    return DRIFT_TEMPLATE if theory.ideal_weight is None else FORMULA_TEMPLATE


def formula_numbers(theory: Dynamics, run: Run) -> dict[str, str]:
    """The numbers in the formula that stay the same from pass to pass, as text."""
    ideal, offset = theory.ideal_weight, theory.offset
    return {
        "last": str((len(run.weights) - 1) // len(run.examples)),
        "start": number(theory.weight, GIVEN_DIGITS),
        "name": "fixed point" if theory.contradict else "ideal",
        "ideal": "" if ideal is None else number(ideal),
        "factor": factor_text(theory),
        "offset": number(offset) if isfinite(offset) else "",
    }


def count_in_words(theory: Dynamics, run: Run, tolerance: float, most: int) -> str:
    """The iterations a run needs, by formula and counted in training.

    tolerance: as for `predicted_iterations`. most: the most steps to train for the count.
    """
    predicted = needed_iterations(theory, tolerance)
    trained = min(max(run.iterations, predicted or 0), most // len(run.examples))
    longer = train(run.examples, weight=theory.weight, alpha=theory.alpha, iterations=trained)
    found = counted_iterations(theory, longer, tolerance)
    told = f"By formula, {left_in_words(tolerance, predicted)}"
    if predicted is not None:
        told += _logarithms(theory, tolerance, predicted)
    if found == predicted is not None:
        return f"{told}; counted in training: the same."
    if found is not None:
        return f"{told}; counted in training {arrival(found)}: a computer rounds at every step."
    passes = counted((len(longer.weights) - 1) // len(run.examples), "iteration")
    return f"{told}; after {passes} of training, more than that is left."


def _logarithms(theory: Dynamics, tolerance: float, predicted: int) -> str:
    """The division that predicts the iterations, if there is one."""
    factor = abs(theory.shrink_factor)
    # This close to 1, the factor has too few digits left for the division.
    if predicted < 2 or 1 - factor < TOO_NEAR:
        return ""
    quotient = log(tolerance) / log(factor)
    # With enough digits that it is rounded up to what is predicted.
    texts = [number(quotient, digits) for digits in range(DIGITS, MOST_DIGITS + 1)]
    text = next((text for text in texts if ceil(valued(text)) == predicted), texts[-1])
    shown = factor_text(theory).removeprefix("−")
    return f" (log {number(tolerance)} ÷ log {shown} {equals(quotient, text)}, rounded up)"


COBWEB = {
    Regime.MONOTONE: ", between 0 and 1, so each stair is shorter than the last",
    Regime.ONE_STEP: ": the first stair leads straight to it",
    Regime.DAMPED_OSCILLATION: ", between −1 and 0, so the stairs wind inwards",
    Regime.SUSTAINED_OSCILLATION: ": the stairs follow the same square forever",
    Regime.DIVERGENCE: ", steeper than the diagonal, so each stair is longer than the last",
}
"""What the line's slope does to the stairs."""


def cobweb_in_words(theory: Dynamics) -> str:
    """The cobweb in words: the map, where it meets the diagonal, and what its slope does."""
    kind, ideal = theory.regime, theory.ideal_weight
    if kind is Regime.ALREADY_THERE:
        return "The run starts on the diagonal, where the next weight is the same: it stays there."
    if kind is Regime.STUCK or (ideal is None and kind is Regime.SUSTAINED_OSCILLATION):
        return "The line of the next weight lies on the diagonal: every weight stays as it is."
    if theory.drifts:
        return (
            "The line of the next weight runs parallel to the diagonal and never meets it: every "
            "iteration moves the weight on by the same amount."
        )
    if ideal is None:
        return "The line of the next weight lies beyond the numbers that a computer can store."
    return (
        f"The line of the next weight meets the diagonal at {number(ideal)}, the fixed point: "
        "there a weight stays as it is. The line's slope is the shrink factor "
        f"{factor_text(theory)}{COBWEB[kind]}."
    )
