"""Eight edge cases of the rule, each with a question before it is shown.

Each explanation builds on the earlier ones.
"""

from __future__ import annotations

from neuron.core.dynamics import Regime
from neuron.state.parameters import Settings
from neuron.story.chapter import EDGES, PARTS, Chapter, Picked, Played, Stop
from neuron.story.predictions import what_happens

_UNTOLD = tuple(part for part in PARTS if part not in ("ruler", "verdict"))


def _edge(
    name: str,
    title: str,
    text: str,
    question: str,
    explained: str,
    regime: Regime,
    *,
    input: float = 2.0,
    weight: float = 0.0,
    alpha: float = 0.1,
    iterations: int = 18,
) -> Chapter:
    settings = Settings(
        input=input,
        goal=2.0,
        weight=weight,
        alpha=alpha,
        iterations=iterations,
        lesson=name,
        predict=True,
    )
    return Chapter(
        name,
        EDGES,
        title,
        question,
        settings,
        stops=(
            Stop(text, until=Picked(), lights=("weight_chart",)),
            Stop("Watch the weight and the error.", until=Played(), lights=("weight_chart",)),
            Stop(explained, parts=("ruler", "verdict")),
        ),
        regime=regime,
        parts=_UNTOLD,
        ask=what_happens(question),
    )


EDGE_CASES = (
    _edge(
        "too-small",
        "Alpha 0.0005",
        "Input 2, goal 2, and an alpha far smaller than before: 0.0005.",
        "What will the weight do in 18 iterations?",
        "Each update closes alpha × input × input of the gap, here 0.0005 × 2 × 2 = 0.002. After "
        "18 updates 0.965 of the gap is left: it creeps in, but very slowly.",
        Regime.MONOTONE,
        alpha=0.0005,
    ),
    _edge(
        "one-step",
        "Alpha 0.25",
        "Input 2 and goal 2 again, now with alpha 0.25: work out alpha × input × input first.",
        "What will the weight do?",
        "0.25 × 2 × 2 is 1: the update closes the whole gap at once. So the best alpha is 1 "
        "divided by input × input.",
        Regime.ONE_STEP,
        alpha=0.25,
    ),
    _edge(
        "overshoot",
        "Alpha 0.4",
        "Now alpha is 0.4, more than the best alpha, 0.25.",
        "What will a larger alpha do?",
        "0.4 × 2 × 2 is 1.6: every update goes past the goal, by 0.6 of the gap it began with. So "
        "the gap changes sides, and is smaller each time.",
        Regime.DAMPED_OSCILLATION,
        alpha=0.4,
    ),
    _edge(
        "bounce",
        "Alpha 0.5",
        "Now alpha is 0.5, twice the best alpha.",
        "What will twice the best alpha do?",
        "0.5 × 2 × 2 is 2: each update moves the weight by twice the gap, so it goes back and "
        "forth between 0 and 2. The error is 4 every time.",
        Regime.SUSTAINED_OSCILLATION,
        alpha=0.5,
    ),
    _edge(
        "past-limit",
        "Alpha 0.51",
        "Alpha is 0.51, a hair more than 0.5, and there are 60 iterations.",
        "What difference will that make?",
        "0.51 × 2 × 2 is 2.04, so each gap is 1.04 times the last. After 60 iterations the error "
        "is 442.7 instead of 4, and it goes on growing.",
        Regime.DIVERGENCE,
        alpha=0.51,
        iterations=60,
    ),
    _edge(
        "negative-input",
        "Input −2",
        "Back to alpha 0.1, but the input is −2: a positive weight gives a negative prediction.",
        "What will the weight do with a negative input?",
        "The minus sign changes only the direction: the weight goes to −1, because −2 × (−1) is 2. "
        "Each update still closes 0.1 × (−2) × (−2) = 0.4 of the gap, as with input 2.",
        Regime.MONOTONE,
        input=-2.0,
    ),
    _edge(
        "zero-input",
        "Input 0",
        "The input is 0, and the goal is still 2.",
        "What will the weight do?",
        "0 × weight is 0 whatever the weight is, so no weight can reach the goal. And the "
        "correction, delta × 0, is 0: with input 0 there is nothing to learn.",
        Regime.STUCK,
        input=0.0,
    ),
    _edge(
        "already-right",
        "Starting weight 1",
        "Input 2, goal 2, alpha 0.1, and the weight starts at 1.",
        "What will 18 iterations do to it?",
        "2 × 1 is the goal, so delta is 0, and so is every correction. A neuron learns only from "
        "its errors.",
        Regime.ALREADY_THERE,
        weight=1.0,
    ),
)
"""The edge cases in order."""
