"""The reader's turn: the step to work out by hand, and the feedback on the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from neuron.core.exercises import IN_A_SET, Exercise, exercises, gaps_of
from neuron.core.slips import Asked, Situation, judge
from neuron.core.training import Run
from neuron.state.parameters import Settings
from neuron.state.reading import place_of, quoted, typed
from neuron.words.arithmetic import (
    Line,
    Numbers,
    judged_in_words,
    printed,
    texts_of,
    valued,
)
from neuron.words.numbers import DIGITS, counted

WAITS = "Do the lines above first: this one follows from them."

LINE_OF = {asked: asked.value for asked in Asked} | {Asked.WEIGHT: "next_weight"}
"""The printed line that answers each question."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A step for the reader to work out.

    title: its heading. shown: the lines of the previous step, as a model; none for a first step.
    given: input, goal, weight and alpha as printed. lines: the lines of the step. gaps: those left
    out. place: the step's number in the run, or its index in the set, from 0. last: the highest
    place. situations: the step with its exact numbers, and with the printed ones.
    """

    title: str
    shown: tuple[Line, ...]
    given: Mapping[str, str]
    lines: tuple[Line, ...]
    gaps: tuple[Asked, ...]
    place: int
    last: int
    situations: tuple[Situation, ...]

    def line(self, asked: Asked) -> Line:
        """The line that answers a question."""
        (line,) = (line for line in self.lines if line.name == LINE_OF[asked])
        return line


@dataclass(frozen=True, slots=True)
class Said:
    """The feedback on an answer, and whether it is right. waits: whether that is still open."""

    right: bool
    sentence: str
    waits: bool = False


def turn_of(settings: Settings, run: Run) -> Turn:
    """The reader's step: from the run, or from the open set of exercises."""
    if settings.exercise:
        place = min(settings.turn, IN_A_SET - 1)
        return _of_exercise(exercises(settings.exercise)[place], place)
    last = max(0, len(run.weights) - 2)
    place = min(settings.turn, last)
    steps = run.steps[place : place + 2]
    step = steps[-1]
    old = steps[0].prediction if len(steps) > 1 else None
    exact = Situation(step.example.input, step.example.goal, step.weight, run.alpha, old)
    before = None
    if len(steps) > 1:
        one = steps[0]
        before = Situation(one.example.input, one.example.goal, one.weight, run.alpha)
    count, title = len(run.examples), f"Step {step.index}"
    if count > 1:
        title += f", example {step.index % count + 1} of {count}"
    return _turn(title, before, exact, gaps_of(settings.gaps), place, last, first=step.index == 0)


def _of_exercise(exercise: Exercise, place: int) -> Turn:
    title = f"Exercise {place + 1} of {IN_A_SET}: {counted(len(exercise.gaps), 'line')} to fill in"
    gaps = exercise.gaps
    return _turn(title, exercise.before, exercise.then, gaps, place, IN_A_SET - 1)


def _turn(
    title: str,
    before: Situation | None,
    step: Situation,
    gaps: tuple[Asked, ...],
    place: int,
    last: int,
    first: bool = False,
) -> Turn:
    numbers = replace(numbers_of(step), given=first)
    texts, _ = texts_of(numbers)
    given = {name: texts[name] for name in ("input", "goal", "weight", "alpha")}
    read = {name: float(valued(text)) for name, text in given.items()}
    old = step.old_prediction
    return Turn(
        title=title,
        shown=printed(numbers_of(before)) if before else (),
        given=given,
        lines=printed(numbers),
        gaps=gaps,
        place=place,
        last=last,
        situations=(step, Situation(**read, old_prediction=old)),
    )


def numbers_of(it: Situation) -> Numbers:
    """A step's numbers, for printing."""
    return Numbers(
        it.input,
        it.goal,
        it.alpha,
        it.weight,
        it.prediction,
        it.delta,
        it.error,
        it.weight_delta,
        it.next_weight,
    )


def heard(turn: Turn, answers: Mapping[Asked, str]) -> Mapping[Asked, Said]:
    """The feedback on what was typed, by question, in order.

    An answer is judged only once those before it are right, because it depends on them.
    """
    said: dict[Asked, Said] = {}
    own: dict[Asked, float] = {}
    waits = False
    for asked in turn.gaps:
        text = answers.get(asked, "").strip()
        if text:
            blocked = Said(False, WAITS, waits=True)
            said[asked] = blocked if waits else _heard(turn, asked, text, own)
        waits = waits or not text or not said[asked].right
        if not waits and abs(answer := typed(text)) >= 10 ** (DIGITS - 1) * place_of(text):
            own[asked] = answer  # precise enough to be used for the next lines
    return said


def _heard(turn: Turn, asked: Asked, text: str, own: Mapping[Asked, float]) -> Said:
    try:
        answer = typed(text)
    except ValueError as rule:
        return Said(False, f"{quoted(text)} {rule}.")
    also = float(valued(turn.line(asked).result))
    by_hand = [*_by_hand(turn, asked, {}), *_by_hand(turn, asked, own)]
    judged = judge(asked, answer, place_of(text), turn.situations, (also, *by_hand))
    exact = answer in (also, *by_hand)
    return Said(judged.right, judged_in_words(judged, exact), waits=judged.coarse)


def _by_hand(turn: Turn, asked: Asked, own: Mapping[Asked, float]) -> Iterable[float]:
    """The result of a line by hand: from the printed numbers, or from the reader's own results."""
    line = turn.line(asked)
    if "∞" in line.text or (line.sign == "=" and not own):
        return
    read = {one.name: float(valued(one.result)) for one in turn.lines}
    read |= {LINE_OF[one]: value for one, value in own.items()}
    given = {name: float(valued(text)) for name, text in turn.given.items()}
    match asked:
        case Asked.PREDICTION:
            yield given["input"] * given["weight"]
        case Asked.DELTA:
            yield read["prediction"] - given["goal"]
        case Asked.ERROR:
            yield read["delta"] * read["delta"]
        case Asked.WEIGHT_DELTA:
            yield read["delta"] * given["input"]
        case Asked.WEIGHT:
            yield given["weight"] - given["alpha"] * read["weight_delta"]


def name_of(asked: Asked) -> str:
    """The label of a question: the name of its line, or "new weight" for the last."""
    return "new weight" if asked is Asked.WEIGHT else asked.value
