"""What the story shows besides the stage: notes behind a button, a comparison, tables, links."""

from __future__ import annotations

from dataclasses import dataclass

from neuron.core.training import train


@dataclass(frozen=True, slots=True)
class Nudge:
    """One of several neurons with the same delta.

    weight: before the nudge. prediction, delta, weight_delta: at that weight. moved: how much the
    prediction changes when the weight changes by `NUDGE`.
    """

    input: float
    goal: float
    weight: float
    prediction: float
    delta: float
    weight_delta: float
    moved: float


NUDGE = 0.5
"""How far the weight is nudged."""


def _nudge(input: float) -> Nudge:
    weight = 1.0
    goal = input * weight + 1  # the same delta, whatever the input
    here, there = (
        train(input=input, goal=goal, weight=w, alpha=1, iterations=0).steps[0]
        for w in (weight, weight + NUDGE)
    )
    return Nudge(
        input=input,
        goal=goal,
        weight=weight,
        prediction=here.prediction,
        delta=here.delta,
        weight_delta=here.weight_delta + 0.0,  # -1 × 0 would show as -0
        moved=there.prediction - here.prediction,
    )


@dataclass(frozen=True, slots=True)
class Nudges:
    """The same delta with several inputs, side by side."""

    rows: tuple[Nudge, ...]


SAME_DELTA = Nudges((_nudge(1), _nudge(2), _nudge(4)))
"""How the input scales a nudge."""

SAME_DELTA_AND_0 = Nudges((_nudge(1), _nudge(2), _nudge(4), _nudge(0)))
"""The same, plus an input at which a nudge has no effect."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term. here: in the program or on the page. meaning: what it is.

    elsewhere: what books and libraries call it.
    """

    here: str
    meaning: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Terms:
    """A table of terms."""

    rows: tuple[Term, ...]


TERMS = Terms(
    (
        Term("`input`", "what the neuron is given", "feature"),
        Term("`weight`", "what the input is multiplied by: all that the neuron knows", "parameter"),
        Term("`pred`", "what it predicts, by *forward propagation*", "output, forward pass"),
        Term("`goal_pred`", "what it should predict", "target, label"),
        Term(
            "`delta`",
            "which way the prediction is off, and how far",
            "residual (often with the other sign)",
        ),
        Term("`error`", "how bad that is: delta squared", "squared error; loss, cost"),
        Term(
            "`weight_delta`",
            "what this example asks of the weight, by *backpropagation*",
            "gradient (half of it: alpha absorbs the 2)",
        ),
        Term(
            "`alpha`",
            "how much of that is applied",
            "learning rate, step size (these are half of alpha)",
        ),
        Term("update", "the new weight: one step down the bowl", "step of gradient descent"),
        Term("iteration", "one pass through the training data", "epoch"),
        Term("training data", "the examples it learns from", "training set"),
        Term("test data", "examples used only to check it", "test set, held-out data"),
    )
)
"""The terms of the story."""


@dataclass(frozen=True, slots=True)
class Door:
    """A link at the end of the story.

    to: the name of a closer look; "" is free play. name: its text. line: what is there.
    """

    to: str
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Doors:
    """The links at the end of the story."""

    rows: tuple[Door, ...]


DOORS = Doors(
    (
        Door("", "Free play", "Everything on this stage is yours to drag."),
        Door("runs", "Edge cases", "Eight runs at the rule’s limits. Can you predict them all?"),
        Door("runs", "From the book", "The four runs of the book, digit for digit."),
        Door("runs", "Challenges", "Find the alpha that needs the fewest iterations."),
        Door("why", "Why it converges", "Follow the weight from each step to the next."),
        Door("compare", "Compare runs", "Overlay several runs."),
        Door("sweep", "Sweep alpha", "See all alphas at once, and the best among them."),
        Door("data", "Train and test", "Give it several examples, even contradictory ones."),
        Door("arithmetic", "By hand", "Check every number, and work out the next step yourself."),
    )
)
"""Where to go after the story."""

Figure = Nudges | Terms | Doors


@dataclass(frozen=True, slots=True)
class Note:
    """A margin note. title: on its button. text: sentences, in the markup of `markup`.

    source: for a fact in it.
    """

    title: str
    text: tuple[str, ...]
    source: str = ""


BIOLOGY = Note(
    "What about the brain?",
    (
        "A nerve cell receives signals from other cells, strongly through some connections, "
        "weakly through others, and passes on a signal of its own. How strong a connection is "
        "can change: that is how we learn, and it is the idea that the {weight:weight} stands "
        "for.",
        "Only the idea was borrowed. Your brain has about 86 billion nerve cells, and each is "
        "far more complicated than one multiplication.",
    ),
    source="Azevedo and others, *Journal of Comparative Neurology* 513, 2009",
)

ONE_IS_A_NETWORK = Note(
    "Is this a network?",
    (
        "It is the smallest one. A *neural network* is made of neurons that pass their predictions "
        "on to other neurons as inputs, and every connection has a {weight:weight} of its own.",
        "Large networks have billions of weights. Each is corrected as you corrected this one: "
        "predict, compare, send back, update.",
    ),
)

WHY_A_SQUARE = Note(
    "Why a square?",
    (
        "A {error:delta} of −2 and one of 2 are equally bad, and both squares are 4. So deltas "
        "in opposite directions cannot cancel out when errors are added up.",
        "Being far off also matters more. A delta of 4 is twice a delta of 2, but its error is "
        "16, four times as bad; a delta of 0.1 gives an error of only 0.01.",
    ),
)

WHY_TIMES_INPUT = Note(
    "Why times the input?",
    (
        "Take four neurons of weight 1 that all have {error:delta} −1, with the inputs 1, 2, 4 and "
        "0. Add 0.5 to the weight, and the predictions move by 0.5, by 1, by 2 and not at all.",
        "So the input says how strongly the weight affects the prediction: not at all at 0, and "
        "more the larger the input is. A negative input reverses the direction, because then a "
        "larger weight makes the prediction smaller.",
        "But where the weight has a strong effect, would a small change not be enough? It would. "
        "Delta × input gets the direction right; how far to go is another question, and it comes "
        "up when you swap the data.",
    ),
)

LEFT_OUT = Note(
    "The formal definition",
    (
        "A neuron with several inputs multiplies each by a weight of its own and adds it all up: "
        "`output = f(input1 * weight1 + input2 * weight2 + ... + bias)`.",
        "The *bias* is a number that is added whatever the inputs are, and it is learned like a "
        "weight. The *activation function* `f` bends the result, for example by turning everything "
        "below 0 into 0; without it many layers of neurons could do no more than one layer.",
        "Your neuron has one input, no bias, and `f` changes nothing.",
    ),
)

NOTES = (BIOLOGY, ONE_IS_A_NETWORK, WHY_A_SQUARE, WHY_TIMES_INPUT, LEFT_OUT)
"""All margin notes."""
