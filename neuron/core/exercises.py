"""Exercises to do by hand: random, but always the same for the same seed.

Each set gets harder: first the last line of a step is left out, then the last two, and so on. The
numbers are short, and no common slip gives the right answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from neuron.core.slips import Asked, Situation, Slip, slip_answers

IN_A_SET = len(Asked)
"""How many exercises a set has: one for each number of gaps."""

MOST_FIGURES = 4
"""The most significant digits an answer may have, so that it can be worked out by hand."""

_INPUTS = (2.0, 3.0, 4.0, 5.0, -2.0, -3.0, 0.5, 1.5, 2.5)
_GOALS = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, -1.0, -2.0, -4.0)
_WEIGHTS = (0.5, 1.0, 1.5, 2.0, 3.0, -0.5, -1.0, -1.5, 0.2, 0.8)
_ALPHAS = (0.1, 0.2, 0.05, 0.01)


@dataclass(frozen=True, slots=True)
class Exercise:
    """Two steps of a run: the first is shown in full, the second has gaps to fill in.

    before: the step that is shown. then: the next step. gaps: the lines of it that are left out,
    in order; the others are shown.
    """

    before: Situation
    then: Situation
    gaps: tuple[Asked, ...]


def exercises(seed: int) -> tuple[Exercise, ...]:
    """The set for a seed, a whole number from 0 up: `IN_A_SET` exercises, each with one more gap.

    The same on every machine and in every version of Python, which guarantees it for `random()`.
    """
    drawing = Random(seed)
    return tuple(_drawn(drawing, gaps_of(count)) for count in range(1, IN_A_SET + 1))


def gaps_of(count: int) -> tuple[Asked, ...]:
    """The last ``count`` lines of a step."""
    return tuple(Asked)[-count:]


def _drawn(drawing: Random, gaps: tuple[Asked, ...]) -> Exercise:
    while True:
        input, goal = _one_of(_INPUTS, drawing), _one_of(_GOALS, drawing)
        weight, alpha = _one_of(_WEIGHTS, drawing), _one_of(_ALPHAS, drawing)
        before = Situation(input, goal, weight, alpha)
        # Rounded as by hand: rounding errors of floats have no place in an exercise.
        weight = round(before.next_weight, 10)
        then = Situation(input, goal, weight, alpha, round(before.prediction, 10))
        if 0.1 <= abs(then.delta) <= 20 and _is_short(then) and not _is_blurred(then):
            return Exercise(before, then, gaps)


def _is_short(situation: Situation) -> bool:
    """Whether every answer has at most `MOST_FIGURES`."""
    answers = (f"{abs(situation.answer(asked)):.10g}" for asked in Asked)
    return all(len(text.replace(".", "").strip("0")) <= MOST_FIGURES for text in answers)


def _is_blurred(situation: Situation) -> bool:
    """Whether some slip gives the right answer, so that it would go unnoticed."""
    return any(
        abs(value - situation.answer(asked)) <= 1e-3
        for asked in Asked
        for slip in Slip
        if slip is not Slip.ROUNDED_EARLY
        for value in slip_answers(situation, asked, slip)
    )


def _one_of(values: Sequence[float], drawing: Random) -> float:
    return values[int(drawing.random() * len(values))]
