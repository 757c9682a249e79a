"""The story: seven chapters that build a neuron and its program, piece by piece."""

from __future__ import annotations

from typing import Any

from neuron.core.dynamics import Regime
from neuron.core.training import Example
from neuron.state.parameters import Settings
from neuron.story.chapter import (
    FIELDS,
    HANDLES,
    PARTS,
    STORY,
    Chapter,
    Found,
    Picked,
    Played,
    Reached,
    Stop,
)
from neuron.story.figures import (
    BIOLOGY,
    DOORS,
    LEFT_OUT,
    ONE_IS_A_NETWORK,
    SAME_DELTA,
    SAME_DELTA_AND_0,
    TERMS,
    WHY_A_SQUARE,
    WHY_TIMES_INPUT,
)
from neuron.story.predictions import ONE_UPDATE, Ask, Choice, what_happens
from neuron.words.program import Grown

_KNOWN = Example(1.0, 1.0)
_UNKNOWN = (Example(2.0, 2.0), Example(3.0, 3.0), Example(10.0, 10.0))

_ANSWERS = ("program", "goal", "delta", "error", "bowl")
_LEARNS = (*_ANSWERS, "correction", "weight_chart", "transport")


def _chapter(name: str, title: str, line: str, settings: dict[str, Any], **rest: Any) -> Chapter:
    opened = Settings(**settings, lesson=name)
    return Chapter(name, STORY, title, line, opened, **rest)


PREDICT = _chapter(
    "predict",
    "Predict",
    "One multiplication: what a neuron predicts, and what its weight does.",
    {"input": 2.0, "goal": 2.0, "weight": 0.0, "alpha": 0.1, "iterations": 0},
    regime=Regime.MONOTONE,
    weight=0.0,
    parts=(),
    handles=(),
    fields=("weight",),
    program=Grown.PREDICT,
    stops=(
        Stop(
            "This is one neuron: it multiplies a number, the *input*, by its {weight:weight}. "
            "The result is its *prediction*.",
            lights=("input", "weight", "prediction"),
            note=BIOLOGY,
        ),
        Stop(
            "At {weight:weight} 0 it predicts 0, because 2 × 0 is 0. Drag the wire until the "
            "weight (now {drag:weight}) is 1: then what goes in comes out.",
            until=Reached("weight", 1.0),
            handles=("weight",),
            lights=("weight", "prediction"),
        ),
        Stop(
            "At {weight:weight} 1 it predicts 2, because 2 × 1 is 2. Go on until the weight (now "
            "{drag:weight}) is 2: that doubles the input.",
            until=Reached("weight", 2.0),
            lights=("weight", "prediction"),
        ),
        Stop(
            "Going from an input to a prediction is *forward propagation*. The program shown with "
            "the neuron does the same.",
            parts=("program",),
            lights=("prediction",),
        ),
        Stop(
            "The {weight:weight} is all that the neuron knows. Learning means finding a better "
            "one.",
            lights=("weight",),
        ),
    ),
)

MEASURE = _chapter(
    "measure",
    "Measure",
    "How wrong is it? Which way, how far, and how bad.",
    {"input": 2.0, "goal": 2.0, "weight": 0.0, "alpha": 0.1, "iterations": 0},
    regime=Regime.MONOTONE,
    weight=0.0,
    parts=("program",),
    handles=(),
    fields=("weight",),
    program=Grown.MEASURE,
    ask=Ask(
        "At which other weight is the error also 4?",
        (
            Choice(
                "weight-1",
                "Weight 1",
                "At weight 1 the prediction is 2: that is the goal, and the error is 0.",
            ),
            Choice(
                "weight-2",
                "Weight 2",
                "At weight 2 the prediction is 4: 2 too high, and the error is 4.",
            ),
            Choice(
                "weight-4",
                "Weight 4",
                "At weight 4 the prediction is 8: 6 too high, and the error is 36.",
            ),
        ),
        right="weight-2",
        explained="Yes: the prediction is 0 or 4, 2 too low or 2 too high, and both squares are 4.",
    ),
    stops=(
        Stop(
            "Back at {weight:weight} 0: how good is the prediction? Compare it with the "
            "{goal:goal}, here 2, which is what the neuron should have predicted.",
            parts=("goal",),
            lights=("goal",),
        ),
        Stop(
            "{error:Delta} is the difference between the two: prediction − goal, here 0 − 2 = "
            "−2. Its sign says which way the prediction is off, here too low, and its size says "
            "how far.",
            parts=("delta",),
            lights=("delta",),
        ),
        Stop(
            "The {error:error} is delta × delta, so it is the square drawn on delta: −2 × (−2) "
            "is 4. It is never negative, and a large delta counts for more.",
            parts=("error",),
            lights=("error",),
            note=WHY_A_SQUARE,
        ),
        Stop("With {weight:weight} 0 the {error:error} is 4.", until=Picked(), lights=("error",)),
        Stop(
            "Try it: drag the {weight:weight} (now {drag:weight}) to 2. Then the prediction is 2 "
            "too high, so delta is 2, and the error is 4 again.",
            until=Reached("weight", 2.0),
            handles=("weight",),
            lights=("delta", "error"),
        ),
        Stop(
            "Draw the {error:error} at every weight, and you get this bowl. The best weight lies "
            "at its bottom, where the error is 0.",
            parts=("bowl",),
            lights=("error",),
        ),
    ),
)

LEARN = _chapter(
    "learn",
    "Learn",
    "Delta runs back along the wire, and the weight is corrected.",
    {"input": 1.0, "goal": 1.0, "weight": 0.0, "alpha": 1.0, "iterations": 1, "predict": True},
    regime=Regime.ONE_STEP,
    weight=1.0,
    parts=_ANSWERS,
    handles=(),
    fields=(),
    program=Grown.LEARN,
    ask=ONE_UPDATE,
    stops=(
        Stop(
            "Now the neuron corrects itself, on the simplest example: input 1, goal 1. "
            "{error:Delta} is sent back along the wire, to tell the {weight:weight} how to "
            "change: that is *backpropagation*.",
            parts=("correction",),
            lights=("delta", "correction"),
        ),
        Stop(
            "What the weight is told is {error:delta} × input, not delta alone. See why: with "
            "inputs 1, 2 and 4 the same nudge of the weight, 0.5, moves the prediction by 0.5, 1 "
            "and 2.",
            lights=("correction", "input"),
            figure=SAME_DELTA,
            note=WHY_TIMES_INPUT,
        ),
        Stop(
            "The larger the input, the more strongly the {weight:weight} affects the prediction, "
            "and the more it is to blame. At input 0 it has no effect, and delta × 0 leaves it as "
            "it is.",
            lights=("correction", "input"),
            figure=SAME_DELTA_AND_0,
            note=WHY_TIMES_INPUT,
        ),
        Stop(
            "Delta × input is called `weight_delta`, and the *update* subtracts it: `weight = "
            "weight - weight_delta`. Here it is negative, and subtracting a negative number makes "
            "the weight larger.",
            lights=("weight",),
        ),
        Stop(
            "The weight is 0 and should be 1, a *gap* of 1: one update may stop short of 1, land "
            "on it, or *overshoot*, that is, go past it.",
            until=Picked(),
            parts=("weight_chart", "transport"),
            lights=("weight",),
        ),
        Stop(
            "Watch the four beats: predict, compare, send back, update.",
            until=Played(),
        ),
        Stop(
            "Delta was −1, so the weight went from 0 to 1, and the error is 0. Going once through "
            "the examples like this is one *iteration*.",
            lights=("weight", "error"),
        ),
    ),
)

TEST = _chapter(
    "test",
    "Test",
    "Does it know more than the one example it has seen?",
    {
        "input": 1.0,
        "goal": 1.0,
        "weight": 0.0,
        "alpha": 1.0,
        "iterations": 1,
        "test": _UNKNOWN,
    },
    regime=Regime.ONE_STEP,
    weight=1.0,
    parts=_LEARNS,
    handles=(),
    fields=(),
    program=Grown.LEARN,
    ask=Ask(
        "What will it predict for 2, 3 and 10?",
        (
            Choice(
                "same",
                "1, 1 and 1",
                "To answer 1 to everything, it would have to store that answer; all it stores is "
                "a weight.",
            ),
            Choice("rule", "2, 3 and 10", "It multiplies by its weight, and that is 1 now."),
            Choice(
                "nothing-learned",
                "0, 0 and 0",
                "It would predict 0 for everything with weight 0, but after training the weight "
                "is 1.",
            ),
        ),
        right="rule",
        explained="Yes: it multiplies by its weight, and that is 1 now.",
    ),
    stops=(
        Stop(
            "Press Play to train it once more on its only example: input 1, goal 1. What a neuron "
            "learns from is its *training data*.",
            until=Played(),
            lights=("goal",),
        ),
        Stop("Now ask it about inputs that it has never seen.", until=Picked()),
        Stop(
            "Its weight is 1, so it predicts 2, 3 and 10, with an error of 0 each. Examples that "
            "are used only to check it, never to learn from, are *test data*.",
            parts=("test",),
            lights=("test",),
        ),
        Stop(
            "So from one example it has learned a rule: return the input. It cannot have "
            "memorised that one answer, because all it stores is a {weight:weight}.",
            lights=("weight", "test"),
        ),
        Stop(
            "A network with many weights can memorise: it may be right on all its training data "
            "and wrong on everything else. {test:Test data} reveals it.",
            lights=("test",),
        ),
    ),
)

SWAP = _chapter(
    "swap",
    "Swap the data",
    "Train on 2 instead of 1, by the same rule.",
    {
        "input": 2.0,
        "goal": 2.0,
        "weight": 0.0,
        "alpha": 1.0,
        "iterations": 18,
        "test": (_KNOWN,),
        "predict": True,
    },
    regime=Regime.DIVERGENCE,
    parts=_LEARNS,
    handles=(),
    fields=(),
    program=Grown.LEARN,
    ask=what_happens(
        "What will the weight do in 18 iterations?", "creeps", "lands", "settles", "blows-up"
    ),
    stops=(
        Stop(
            "Input 2, goal 2 was test data. Now it becomes the training data, and input 1, goal 1 "
            "becomes the test data.",
            parts=("test",),
            lights=("input", "goal", "test"),
        ),
        Stop(
            "Again the {weight:weight} starts at 0 and each correction is applied in full, "
            "but now there are 18 of them: before, one was enough.",
            until=Picked(),
            lights=("weight_chart",),
        ),
        Stop(
            "Watch the weight and the error.",
            until=Played(),
            parts=("error_chart",),
            lights=("weight_chart",),
        ),
        Stop(
            "The first update took the weight from 0 to 4, far past 1: it overshot. The "
            "prediction was 8 then, 6 too high, so the next correction was larger still.",
            lights=("weight", "correction"),
        ),
        Stop(
            "Each update leaves the weight 3 times as far from 1, and after 18 iterations the "
            "{error:error} is an 18-digit number. A run that gets further and further away "
            "*diverges*.",
            lights=("error",),
        ),
        Stop(
            "Why? The input 2 counts twice: it doubles the correction, and then it doubles what "
            "the correction does to the prediction, so the prediction moves 4 times as far as it "
            "should.",
            lights=("input", "correction"),
        ),
    ),
)

ALPHA = _chapter(
    "alpha",
    "Alpha",
    "Smaller corrections: one number decides between learning and blowing up.",
    {
        "input": 2.0,
        "goal": 2.0,
        "weight": 0.0,
        "alpha": 0.1,
        "iterations": 18,
        "test": (_KNOWN,),
        "predict": True,
    },
    regime=Regime.MONOTONE,
    parts=(*_LEARNS, "error_chart", "test"),
    handles=(),
    fields=("alpha",),
    program=Grown.ALPHA,
    ask=what_happens(
        "What will the weight do now?", "creeps", "lands", "settles", "bounces", "blows-up"
    ),
    stops=(
        Stop(
            "The corrections went the right way; they were just too large. So the update gains a "
            "factor, *alpha*, also called the *learning rate*: how much of the correction is "
            "applied.",
            lights=("alpha", "weight"),
        ),
        Stop(
            "The same example as before, with alpha 0.1.",
            until=Picked(),
            lights=("alpha", "weight_chart"),
        ),
        Stop("Watch the weight and the error.", until=Played(), lights=("weight_chart",)),
        Stop(
            "Each update leaves 0.6 of the gap: a run that settles like this *converges*. The "
            "{error:error} is below 0.0000001 after 18 iterations, but not yet after 17.",
            lights=("error",),
        ),
        Stop(
            "Can it be faster? Drag alpha (now {drag:alpha}) until a single update lands on the "
            "goal.",
            until=Found(Regime.ONE_STEP),
            parts=("ruler", "verdict"),
            handles=("alpha",),
            lights=("alpha",),
        ),
        Stop(
            "0.25 is the best alpha for this input. Now find the limit: raise alpha (now "
            "{drag:alpha}) until the weight bounces forever.",
            until=Found(Regime.SUSTAINED_OSCILLATION),
            lights=("alpha",),
        ),
        Stop(
            "At 0.5 each update moves the weight by twice the gap; above that, the run diverges. "
            "Between 0.25 and 0.5 it overshoots and still settles, and below 0.25 it creeps in.",
            lights=("alpha",),
        ),
        Stop(
            "A larger input needs a smaller alpha: for input 4 the limit is 0.125. That is why "
            "alpha 1 was right for input 1 and blew up for input 2.",
            lights=("alpha", "input"),
        ),
    ),
)

BUILT = _chapter(
    "built",
    "What you built",
    "The whole program, what its parts are called, and where to go.",
    {
        "input": 2.0,
        "goal": 2.0,
        "weight": 0.0,
        "alpha": 0.1,
        "iterations": 18,
        "test": (_KNOWN,),
    },
    regime=Regime.MONOTONE,
    parts=PARTS,
    handles=HANDLES,
    fields=FIELDS,
    program=Grown.ALPHA,
    stops=(
        Stop(
            "You have just built your first *neural network*, the smallest there is: one neuron, "
            "one weight. This is the whole program, and you have seen every line of it at work.",
            lights=("program",),
            note=ONE_IS_A_NETWORK,
        ),
        Stop(
            "These are its terms, and what they are called elsewhere. All of it together is "
            "*gradient descent*: going down the bowl, step by step.",
            figure=TERMS,
        ),
        Stop(
            "It leaves out three things: more inputs and neurons, a *bias*, and an *activation "
            "function*. None of them changes the principle: send delta back, and update.",
            note=LEFT_OUT,
        ),
        Stop(
            "In networks with billions of weights the four beats are the same, and too large a "
            "learning rate makes them diverge as well. What they have learned shows only on "
            "{test:test data}.",
        ),
        Stop(
            "From here everything is yours to drag. Or choose what to look at next.",
            figure=DOORS,
        ),
    ),
)

STORY_CHAPTERS = (PREDICT, MEASURE, LEARN, TEST, SWAP, ALPHA, BUILT)
"""The chapters in order."""
