"""A run in words: one step's arithmetic, each picture, the table of all steps, the rule itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from neuron.core.dynamics import Dynamics
from neuron.core.training import Example, Run, mean_error, outer_errors
from neuron.words.numbers import (
    GIVEN_DIGITS,
    MOST_SHOWN,
    as_text,
    counted,
    error_name,
    number,
    prediction_digits,
)

BEATS = {
    "predict": "*Predict.* The input times the {weight:weight}: {input} × {(weight)} {predicts} "
    "{prediction}. This is forward propagation.",
    "compare": "*Compare.* {error:Delta} is prediction − {goal:goal}: {prediction} − {(goal)} "
    "{differs} {delta}. Its square is the {error:error}, {error}.",
    "send back": "*Send back.* {error:Delta} × input is what this example asks of the weight: "
    "{delta} × {(input)} {asks} {weight_delta}. This is backpropagation.",
    "update": "*Update.* The new {weight:weight} is {weight} − {alpha} × {(weight_delta)} "
    "{updates} {next_weight}.",
    "glide": "Step {step} of {last}, faster now: {weight:weight} {weight}, prediction "
    "{prediction}, {error:error} {error}.",
    "end": "After {updates_made} the {weight:weight} is {weight}, the prediction {prediction}, and "
    "the {error:error} {error}.",
}
"""The sentence below the neuron for each beat, filled in the browser while the run plays.

``{(x)}`` is x in brackets when it is negative. Where a name stands in place of an equals sign, that
is = if the numbers hold as they are printed, else ≈.
"""


REST = (
    ("transport", "Step {step}: "),
    ("", "{input} × {(weight)} {predicts} {prediction}"),
    ("goal", ", and the {goal:goal} is {goal}"),
    ("delta", ", so {error:delta} is {delta}"),
    ("error", " and the {error:error} is {error}"),
    ("", "."),
)
"""The sentence at rest, in clauses, each with the part of the stage that it speaks of, or ""."""


def ideal_in_words(theory: Dynamics) -> str:
    """What the dashed line in the chart of weights marks."""
    assert theory.ideal_weight is not None
    ideal = number(theory.ideal_weight)
    if len(theory.examples) == 1:
        return f"dashed: ideal weight {ideal}"
    return f"dashed: {'iterations end at' if theory.contradict else 'converges to'} {ideal}"


def learned(theory: Dynamics, run: Run) -> bool:
    """Whether a run ends with something learned, and not in a bounce or a blow-up."""
    return run.overflowed_at is None and theory.regime.converges


def results(theory: Dynamics, run: Run) -> list[tuple[str, float, str]]:
    """What a run ends with, each with its name, its exact value and how that is shown."""
    error_title = error_name(run.examples)
    whose = ", example 1" if len(run.examples) > 1 else ""
    if run.iterations:
        weight_title = "Learned weight" if learned(theory, run) else "Weight at the end"
        names = (weight_title, f"Final prediction{whose}", f"Final {error_title}")
    else:
        names = ("Weight", f"Prediction{whose}", error_title.capitalize())
    weight, prediction = run.weights[-1], run.predictions[-1]
    error = outer_errors(run.examples, run)[-1]
    digits = min(MOST_SHOWN, prediction_digits(prediction, run.steps[-1].example.goal))
    shown = (number(weight, digits), number(prediction, digits), number(error))
    values = (weight, prediction, error)
    return list(zip(names, values, shown, strict=True))


def neuron_in_words(run: Run) -> str:
    """The neuron's picture in words, without what changes from step to step."""
    if len(run.examples) > 1:
        return (
            "Neuron: input times weight gives the prediction. It goes through "
            f"{len(run.examples)} examples in turn, each with its own input and goal."
        )
    (example,) = run.examples
    return (
        f"Neuron: the input {number(example.input, GIVEN_DIGITS)} times the weight gives the "
        f"prediction, which should be the goal, {number(example.goal, GIVEN_DIGITS)}."
    )


def bowl_in_words(theory: Dynamics, run: Run) -> str:
    """The error bowl in words."""
    name, errors, bottom = (
        error_name(run.examples),
        outer_errors(run.examples, run),
        theory.lowest_weight,
    )
    here = f"at weight {number(run.weights[0])} with {name} {number(errors[0])}"
    end = f"at weight {number(run.weights[-1])} with {name} {number(errors[-1])}"
    if bottom is None and any(example.input for example in run.examples):
        return (
            "Error bowl: so wide that it looks flat. Its lowest point is beyond a computer's "
            f"floats; the ball is {end}."
        )
    if bottom is None:
        return (
            f"Error bowl: flat. With input 0 the {name} is {number(errors[0])} at every weight, so "
            "there is no way down."
        )
    lowest = number(mean_error(run.examples, bottom))
    ball = f"starts {here} and ends {end}" if len(run.weights) > 1 else f"is {here}"
    return (
        f"Error bowl: the {name} at every weight. It is lowest, {lowest}, at weight "
        f"{number(bottom)}, and rises on both sides. The ball {ball}."
    )


def weight_in_words(run: Run) -> str:
    """The chart of weight by step in words."""
    return f"Weight by step: {_from_to(run.weights, run)}."


def error_in_words(run: Run, test: Sequence[Example] = ()) -> str:
    """The chart of error by step in words."""
    words = f"Error by step: {_from_to(outer_errors(run.examples, run), run)}."
    if test:
        errors = outer_errors(test, run)
        words += f" Test error: from {number(errors[0])} to {number(errors[-1])}."
    return words


def _from_to(column: Sequence[float], run: Run) -> str:
    steps = counted(len(run.weights) - 1, "step")
    return f"from {number(column[0])} to {number(column[-1])} in {steps}"


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

**Why it learns, bounces or blows up.** The *gap* is the distance between the weight and the ideal
weight, goal ÷ input. Put the five lines together, and one update turns the gap into
(1 − alpha × input²) × gap. We call that factor the *shrink factor*; elsewhere it is the
*contraction factor*, and the ideal weight the *fixed point*. Between 0 and 1 the weight creeps
in; at 0 it lands in one step, which makes alpha = 1/input² the best; between −1 and 0 it overshoots
and zigzags in; at −1, where alpha = 2/input², it bounces forever; beyond that, every gap is larger
than the last. An *iteration*, one pass through all examples, is elsewhere called an *epoch*.

**A factor of 2.** The true slope of the error is 2 × delta × input. In the book that this rule
comes from, the 2 is left to alpha: an alpha of 0.1 here is a learning rate of 0.05 in a library
that follows the true slope.

Sources: Andrew Trask, *Grokking Deep Learning*, chapter 4 (the rule, in this order). Gabriel Goh,
*Why Momentum Really Works*, Distill 2017 (the limit, as 0 < alpha × lambda < 2 with
lambda = input²).
"""
"""The closer look at the arithmetic, in Markdown."""
