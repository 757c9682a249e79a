"""The sentence that the browser fills in while *Why?* plays, filled in by Python."""

from __future__ import annotations

from neuron import Run
from neuron.core.closed_form import weight_by_formula
from neuron.core.dynamics import dynamics_of
from neuron.words.formula import (
    AGREE,
    BEYOND_TEMPLATE,
    DIFFER_TEMPLATE,
    formula_numbers,
    formula_template,
)
from neuron.words.numbers import MOST_SHOWN, digits_to_resolve, filled, number, superscript


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
        numbers |= {"formula": number(formula, digits), "difference": number(abs(formula - weight))}
        template += AGREE if formula == weight else DIFFER_TEMPLATE
    return filled(template, numbers)
