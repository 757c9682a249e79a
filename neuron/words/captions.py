"""A run in words: one step's arithmetic, each picture, the table of all steps, the rule itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from neuron.core.dynamics import lowest_weight
from neuron.core.training import Example, Run, mean_error, mean_errors
from neuron.words.numbers import (
    GIVEN_DIGITS,
    MOST_SHOWN,
    as_text,
    digits_to_resolve,
    error_name,
    filled,
    in_steps,
    number,
    prediction_digits,
)

STEP_TEMPLATE = (
    "Step {step} of {last}{place}: "
    "prediction = {input} × {(weight)} = {prediction}; "
    "error = ({prediction} − {(goal)})² = {error}; "
    "delta = {prediction} − {(goal)} = {delta}; "
    "weight_delta = {delta} × {(input)} = {weight_delta}; "
)
"""One step's arithmetic. The page fills it in the browser while it plays; {(x)} is x in brackets
when it is negative. `step_sentence` is the same in Python."""

PLACE_TEMPLATE = " (iteration {iteration}, example {example} of {examples})"
"""Where a step is, when there is more than one example to pass through."""

END_PLACE_TEMPLATE = " (after iteration {iteration})"
"""The same at the last step, where the neuron only looks at the first example again."""

UPDATE_TEMPLATE = "next weight = {weight} − {alpha} × {(weight_delta)} = {next_weight}"
"""How the arithmetic goes on while there is a next weight."""

END_TEMPLATE = "no more updates, the learned weight is {weight}"
"""How it goes on at the last step."""

START_TEMPLATE = "no update yet"
"""How it goes on where there is only one step, before any training."""


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
        template += END_TEMPLATE if last else START_TEMPLATE
    return filled(template, numbers)


def results(run: Run) -> list[tuple[str, float, str]]:
    """What a run ends with, each with its name, its exact value and how that is shown."""
    error_title = error_name(run.examples)
    whose = ", example 1" if len(run.examples) > 1 else ""
    if run.iterations:
        names = ("Learned weight", f"Final prediction{whose}", f"Final {error_title}")
    else:
        names = ("Weight", f"Prediction{whose}", error_title.capitalize())
    weight, prediction = run.weights[-1], run.predictions[-1]
    error = mean_errors(run.examples, run)[-1]
    digits = min(MOST_SHOWN, prediction_digits(prediction, run.steps[-1].example.goal))
    shown = (number(weight, digits), number(prediction, digits), number(error))
    values = (weight, prediction, error)
    return list(zip(names, values, shown, strict=True))


def neuron_in_words(run: Run) -> str:
    """The neuron's picture in words, without what changes from step to step."""
    if len(run.examples) > 1:
        return (
            f"Neuron: input times weight gives the prediction. It passes through "
            f"{len(run.examples)} examples in turn, each with its own input and goal."
        )
    (example,) = run.examples
    return (
        f"Neuron: input {number(example.input, GIVEN_DIGITS)} times the weight gives the "
        f"prediction, which should be the goal {number(example.goal, GIVEN_DIGITS)}."
    )


def bowl_in_words(run: Run) -> str:
    """The error bowl in words."""
    errors = mean_errors(run.examples, run)
    bottom = lowest_weight(run.examples)
    if bottom is None and any(example.input for example in run.examples):
        return (
            "Error bowl: so wide that it looks flat. Its lowest point is beyond a computer's "
            f"floats (1.8e308); at weight {number(run.weights[-1])} the error is "
            f"{number(errors[-1])}."
        )
    if bottom is None:
        return (
            f"Error bowl: flat. With input 0 the error is {number(errors[0])} at every weight, so "
            "there is no way down."
        )
    here = f"at weight {number(run.weights[0])} with error {number(errors[0])}"
    ball = f"is {here}"
    if len(errors) > 1:
        end = f"at weight {number(run.weights[-1])} with error {number(errors[-1])}"
        ball = f"starts {here} and ends {end}"
    return (
        f"Error bowl: the error at every weight, {number(mean_error(run.examples, bottom))} at "
        f"weight {number(bottom)}, higher the further away. The ball {ball}."
    )


def weight_in_words(run: Run) -> str:
    """The chart of weight by step in words."""
    return (
        f"Weight by step: from {number(run.weights[0])} to {number(run.weights[-1])} in "
        f"{in_steps(len(run.weights) - 1)}."
    )


def error_in_words(run: Run, test: Sequence[Example] = ()) -> str:
    """The chart of error by step in words."""
    errors = mean_errors(run.examples, run)
    words = (
        f"Error by step: from {number(errors[0])} to {number(errors[-1])} in "
        f"{in_steps(len(errors) - 1)}."
    )
    if test:
        errors = mean_errors(test, run)
        words += f" Test error: from {number(errors[0])} to {number(errors[-1])}."
    return words


def every_step(run: Run) -> dict[str, list[Any]]:
    """The table of all steps, by column: each number exactly, as the shortest text that is it."""
    count = len(run.examples)
    columns = {
        "weight": run.weights,
        "prediction": run.predictions,
        "error": run.errors,
        "delta": run.deltas,
        "weight_delta": run.weight_deltas,
    }
    numbers = {name: [as_text(value) for value in column] for name, column in columns.items()}
    table: dict[str, list[Any]] = {"step": list(range(len(run.weights)))}
    if count > 1:
        table["example"] = [k % count + 1 for k in table["step"]]
    return table | numbers


ARITHMETIC = """
| In the code | What it says | What it is |
|---|---|---|
| `prediction = input * weight` | what the neuron answers | forward propagation |
| `delta = prediction - goal` | which way it is off, and how far | signed |
| `error = delta * delta` | how bad that is | squared, so never negative |
| `weight_delta = delta * input` | what this example asks for | half the slope of its error |
| `weight = weight - alpha * weight_delta` | the update | alpha is the learning rate |

**Why it learns, bounces or blows up.** Let the *miss* be how far the weight is from the ideal
weight, goal ÷ input. Put the five lines together and one update turns the miss into
(1 − alpha × input²) × miss. That factor is the *shrink factor*. Between 0 and 1 the weight creeps
in; at 0 it lands in one step, which makes alpha = 1/input² the best; between −1 and 0 it overshoots
and zigzags in; at −1, where alpha = 2/input², it bounces for ever; beyond, every miss is larger
than the last.

**A factor of 2.** The true slope of the error is 2 × delta × input. As in the book that this rule
comes from, the 2 is left to alpha: an alpha of 0.1 here is a learning rate of 0.05 in a library
that follows the true slope.

Sources: Andrew Trask, *Grokking Deep Learning*, chapter 4 (the rule, in this order). Gabriel Goh,
*Why Momentum Really Works*, Distill 2017 (the limit, as 0 < alpha × lambda < 2 with
lambda = input²).
"""
"""The closer look at the arithmetic, in Markdown."""
