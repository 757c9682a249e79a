"""A run in words: one step's arithmetic, and each chart."""

from __future__ import annotations

from collections.abc import Mapping

from neuron.core.dynamics import Dynamics
from neuron.core.training import Run, mean_error, mean_errors
from neuron.words.numbers import (
    GIVEN_DIGITS,
    error_name,
    number,
)

BEATS = {
    "predict": "*Predict.* The input times the {weight:weight}: {input} × {(weight)} {predicts} "
    "{prediction}. This is forward propagation.",
    "compare": "*Compare.* {error:Delta} is prediction − {goal:goal}: {prediction} − {(goal)} "
    "{differs} {delta}. Its square is the {error:error}: {(delta)}² {squares} {error}.",
    "send back": "*Send back.* {error:Delta} × input goes back along the wire, to be subtracted: "
    "{delta} × {(input)} {asks} {weight_delta}. This is backpropagation.",
    "update": "*Update.* The new {weight:weight} is {weight} − {alpha} × {(weight_delta)} "
    "{updates} {next_weight}.",
    "glide": "Step {step} of {last}, faster now: {weight:weight} {weight}, prediction "
    "{prediction}, {error:error} {error}.",
    "end": "After {updates_made} the {weight:weight} is {weight}, the prediction {prediction}, and "
    "the {error:error} {error}.",
}
"""The sentence below the neuron for each beat, filled in by the browser while the run plays.

``{(x)}`` puts x in brackets if it contains a sign. A verb in place of an equals sign, such as
``{predicts}``, is the sign of that line: see `neuron.words.arithmetic`.
"""


UPDATE_IN_FULL = (
    "*Update.* The new {weight:weight} is {weight} − {(weight_delta)} {updates} {next_weight}."
)
"""The last beat where the program has no alpha yet."""


REST = (
    ("transport", "Step {step}: "),
    ("", "{input} × {(weight)} {predicts} {prediction}"),
    ("goal", ", and the {goal:goal} is {goal}"),
    ("delta", ", so {error:delta} {delta_is} {delta}"),
    ("error", " and the {error:error} {error_is} {error}"),
    ("", "."),
)
"""The sentence when nothing plays, in clauses, each with the part of the stage it needs, or "".

``{delta_is}`` and ``{error_is}`` are "is" if the sign of that line is =, else "is about".
"""


BALL = (
    ("", " The ball is at weight {weight}, where the error is {error}."),
    ("moved", " It started at weight {first_weight}, with error {first_error}."),
)
"""Where the ball is in the error bowl; in clauses as in `REST`.

Besides a part of the stage, a clause may require that the run has "moved" from its start, or that
its dotted path is shown "ahead".
"""

WEIGHT = (
    ("", "Weight by step: {weight} at step {step}"),
    ("moved", ", from {first_weight} at step 0"),
    ("ahead", "; the dotted path goes on to {last_weight} at step {last}"),
    ("", "."),
)
"""The chart of weight by step in words, in clauses as in `BALL`."""

ERROR = (
    ("", "Error by step: {error} at step {step}"),
    ("moved", ", from {first_error} at step 0"),
    ("ahead", "; the dotted path goes on to {last_error} at step {last}"),
    ("", "."),
    ("test", " Test error: {test_error}."),
)
"""The chart of error by step in words, in clauses as in `BALL`."""


def beats(scaled: bool) -> Mapping[str, str]:
    """The sentences for the beats; scaled: whether alpha scales the update."""
    return BEATS if scaled else BEATS | {"update": UPDATE_IN_FULL}


def ideal_in_words(theory: Dynamics) -> str:
    """What the dashed line in the weight chart marks."""
    assert theory.ideal_weight is not None
    ideal = number(theory.ideal_weight)
    return f"dashed: {'fixed point' if theory.contradict else 'ideal weight'} {ideal}"


def neuron_in_words(run: Run) -> tuple[tuple[str, str], ...]:
    """The neuron in words, except for what changes from step to step; in clauses as in `REST`."""
    if len(run.examples) > 1:
        said = (
            "Neuron: input times weight gives the prediction. It goes through "
            f"{len(run.examples)} examples in turn, each with its own input and goal."
        )
        return (("", said),)
    (example,) = run.examples
    given, goal = (number(one, GIVEN_DIGITS) for one in (example.input, example.goal))
    return (
        ("", f"Neuron: the input {given} times the weight gives the prediction"),
        ("goal", f", which should be the goal, {goal}"),
        ("", "."),
    )


def bowl_in_words(theory: Dynamics, run: Run) -> str:
    """The error bowl in words, except for what changes from step to step: see `BALL`."""
    name, bottom = error_name(run.examples), theory.lowest_weight
    if bottom is None and any(example.input for example in run.examples):
        return (
            "Error bowl: so wide that it looks flat. Its lowest point is beyond the numbers that "
            "a computer can store."
        )
    if bottom is None:
        error = number(mean_errors(run.examples, run)[0])
        return (
            f"Error bowl: flat. With input 0 the {name} is {error} at every weight, so there is "
            "no way down."
        )
    lowest = number(mean_error(run.examples, bottom))
    return (
        f"Error bowl: the {name} at every weight. It is lowest, {lowest}, at weight "
        f"{number(bottom)}, and rises on both sides."
    )
