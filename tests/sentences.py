"""The sentences that the browser fills in while a run plays, filled in by Python."""

from __future__ import annotations

from neuron import Run
from neuron.core.closed_form import weight_by_formula
from neuron.core.dynamics import dynamics_of
from neuron.words.captions import (
    END_PLACE_TEMPLATE,
    PLACE_TEMPLATE,
    STEP_TEMPLATE,
    UPDATE_TEMPLATE,
    end_template,
)
from neuron.words.formula import (
    AGREE,
    BEYOND_TEMPLATE,
    DIFFER_TEMPLATE,
    formula_numbers,
    formula_template,
)
from neuron.words.numbers import (
    GIVEN_DIGITS,
    MOST_SHOWN,
    digits_to_resolve,
    filled,
    number,
    prediction_digits,
    superscript,
)


def step_sentence(run: Run, index: int) -> str:
    """The arithmetic of step ``index`` in one line, down to the next weight."""
    step = run.steps[index]
    last = len(run.weights) - 1
    digits = prediction_digits(step.prediction, step.example.goal)
    numbers = {
        "input": number(step.example.input, GIVEN_DIGITS),
        "goal": number(step.example.goal, GIVEN_DIGITS),
        "alpha": number(run.alpha, GIVEN_DIGITS),
        "weight": number(step.weight, digits),
        "prediction": number(step.prediction, digits),
        "delta": number(step.delta),
        "error": number(step.error),
        "weight_delta": number(step.weight_delta),
        "step": str(index),
        "last": str(last),
        "iteration": str(step.iteration + (index < last or not last)),
        "example": str(index % len(run.examples) + 1),
        "examples": str(len(run.examples)),
    }
    place = PLACE_TEMPLATE if index < last or not last else END_PLACE_TEMPLATE
    template = STEP_TEMPLATE.replace("{place}", place if len(run.examples) > 1 else "")
    if index < last:
        after = run.weights[index + 1]
        change = step.weight - after
        digits = max(digits, digits_to_resolve(step.weight, change))
        numbers["weight"] = number(step.weight, digits)
        digits = digits_to_resolve(after, change) if change else digits
        numbers["next_weight"] = number(after, digits)
        template += UPDATE_TEMPLATE
    else:
        template += end_template(dynamics_of(run), run)
    return filled(template, numbers)


def formula_sentence(run: Run, iteration: int) -> str:
    """The weight after so many whole passes, by formula and by training, and how far apart."""
    theory = dynamics_of(run)
    numbers = formula_numbers(theory, run)
    weight = run.weights[iteration * len(run.examples)]
    formula = weight_by_formula(theory, iteration)
    template = formula_template(theory) if formula is not None else BEYOND_TEMPLATE
    ideal = theory.ideal_weight
    away = weight if ideal is None else weight - ideal
    digits = min(MOST_SHOWN, digits_to_resolve(weight, away))
    numbers |= {
        "iteration": str(iteration),
        "power": superscript(iteration),
        "weight": number(weight, digits),
    }
    if formula is not None:
        numbers |= {
            "formula": number(formula, digits),
            "difference": number(abs(formula - weight)),
        }
        template += AGREE if formula == weight else DIFFER_TEMPLATE
    return filled(template, numbers)
