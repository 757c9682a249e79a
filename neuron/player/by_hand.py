"""The data for the look "By hand" and for the printed exercises, each as one JSON text."""

from __future__ import annotations

from dataclasses import dataclass

from neuron.charts.palette import PALETTE
from neuron.core.dynamics import Dynamics
from neuron.core.exercises import exercises
from neuron.player.payloads import as_json
from neuron.state.turn import LINE_OF, numbers_of
from neuron.words.arithmetic import (
    CHAIN,
    CONVENTIONS,
    SOURCES,
    Convention,
    Film,
    lines_of,
    printed,
    scaled,
    why_squared,
)
from neuron.words.numbers import GIVEN_DIGITS, number

BEAT_OF = {
    "prediction": "predict",
    "delta": "compare",
    "error": "compare",
    "weight_delta": "send back",
    "next_weight": "update",
}
"""The beat in which each line is computed."""

WHOSE = ", iteration {iteration}: example {example} of {count}"

NUDGE = (
    "Move the {weight:weight} by {nudge}: the {error:error} changes by {after} − {before} "
    "{differs} {change}.",
    "Change ÷ nudge: {change} ÷ {(nudge)} {divides} {quotient}.",
    "Slope of the tangent, {formula}: {slope}. The smaller the nudge, the closer the two.",
)
"""The results of the nudge test, in three sentences."""

BY_THE_BOOK = "Here alpha is the book’s, whatever the convention."


@dataclass(frozen=True, slots=True)
class ConventionPayload:
    """One convention: the template of its update, and its best rate and limit."""

    name: str
    convention: Convention
    update: str
    best: str
    limit: str


def by_hand_payload(theory: Dynamics, convention: str, told: bool) -> str:
    """All data for the look, as one JSON text.

    told: whether it may reveal what a run will do and which alphas are critical.
    """
    chosen = CONVENTIONS[convention]
    alone = len(theory.examples) == 1
    films: list[Film] = [
        why_squared(one.input, theory.alpha, told, alone) for one in theory.examples
    ]
    return as_json(
        {
            "now": convention,
            "convention": chosen,
            "rate": "alpha" if chosen.rate == 1 else "rate",
            "lines": _lines(chosen),
            "conventions": [
                ConventionPayload(
                    name=name,
                    convention=one,
                    update=lines_of(one)["next_weight"][1],
                    best=scaled(theory.best_alpha, one) if told else "",
                    limit=scaled(theory.alpha_limit, one) if told else "",
                )
                for name, one in CONVENTIONS.items()
            ],
            "sources": SOURCES if chosen.rate == 1 else f"{BY_THE_BOOK} {SOURCES}",
            "whose": WHOSE,
            "chain": CHAIN,
            "nudge": NUDGE,
            "slope": "delta × input" if chosen.halves else "2 × delta × input",
            "films": films,
            "palette": PALETTE,
            "words": {
                "nudge": "The error bowl with its tangent at the weight, and a nudged weight."
            },
        }
    )


def _lines(convention: Convention) -> dict[str, tuple[str, str, str]]:
    return {
        name: (symbols, template, BEAT_OF[name])
        for name, (symbols, template) in lines_of(convention).items()
    }


def sheet_payload(seed: int) -> str:
    """A set of exercises for printing: the questions and, on a page of their own, the answers."""
    asked, answers = [], []
    for place, exercise in enumerate(exercises(seed), start=1):
        then = exercise.then
        given = {name: number(getattr(then, name), GIVEN_DIGITS) for name in _GIVEN}
        lines = printed(numbers_of(then))
        gaps = {LINE_OF[gap] for gap in exercise.gaps}
        asked.append(
            {
                "title": f"{place}. {', '.join(f'{name} {text}' for name, text in given.items())}",
                "lines": [
                    f"{line.symbols} = " if line.name in gaps else line.text for line in lines
                ],
            }
        )
        answers.append({"title": f"{place}.", "lines": [line.text for line in lines]})
    return as_json(
        {
            "title": f"One neuron by hand: five exercises, set {seed}",
            "rule": [symbols for symbols, _ in lines_of().values()],
            "asked": asked,
            "answers": answers,
        }
    )


_GIVEN = ("input", "goal", "weight", "alpha")
