"""The sentences that the browser fills in while it plays, filled in by Python."""

from __future__ import annotations

from neuron import Run
from neuron.core.closed_form import weight_by_formula
from neuron.core.dynamics import dynamics_of
from neuron.state.parameters import Settings
from neuron.story.markup import plain
from neuron.words.arithmetic import Numbers, texts_of
from neuron.words.captions import REST, beats
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
    numbers |= {"iteration": str(iteration), "power": superscript(iteration)}
    numbers["weight"] = number(weight, digits)
    if formula is not None:
        numbers |= {"formula": number(formula, digits), "difference": number(abs(formula - weight))}
        template += AGREE if formula == weight else DIFFER_TEMPLATE
    return filled(template, numbers)


def step_of(run: Run, index: int) -> Numbers:
    """A step as it is printed."""
    step = run.steps[index]
    after = run.weights[index + 1] if index + 1 < len(run.weights) else None
    return Numbers(
        step.example.input,
        step.example.goal,
        run.alpha,
        step.weight,
        step.prediction,
        step.delta,
        step.error,
        step.weight_delta,
        after,
        index == 0,
    )


def stage_sentences(run: Run, index: int, scaled: bool = True) -> dict[str, str]:
    """What stands below the neuron at a step: for each beat, at rest, and at the run's end."""
    texts, signs = texts_of(step_of(run, index), most=8)
    names = {"prediction": "predicts", "delta": "differs", "error": "squares"}
    names |= {"weight_delta": "asks", "next_weight": "updates"}
    words = texts | {names[line]: sign for line, sign in signs.items()}
    for line in ("delta", "error"):
        words[f"{line}_is"] = "is" if signs[line] == "=" else "is about"
    last = len(run.weights) - 1
    words |= {"step": str(index), "last": str(last)}
    words["updates_made"] = "1 update" if last == 1 else f"{number(last)} updates"
    templates = {**beats(scaled), "rest": "".join(clause for _, clause in REST)}
    return {name: plain(filled(text, words), Settings()) for name, text in templates.items()}
