"""The data for the stage: the numbers it trains on, and all that only Python computes from them.

The browser repeats the run itself, with bit-identical results, so no steps are sent. Scales, text,
the ruler and the chapter come from here; `neuron/player/web/types.d.ts` declares the same records
for the browser.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from neuron.charts import stage as pictures
from neuron.charts.axes import Axis
from neuron.charts.downsampling import MOST_DRAWN
from neuron.charts.palette import PALETTE
from neuron.charts.ruler import Ruler, ruler
from neuron.charts.stage import Grip, Logarithmic, View, grip
from neuron.core.dynamics import Dynamics, Regime
from neuron.core.training import Example, Run
from neuron.state.parameters import ALPHA, CONTROLS, Settings
from neuron.state.state import State
from neuron.story.chapter import HANDLES, PARTS, Chapter, Found, Picked, Played, Reached, Stop
from neuron.story.chapter import Until as UntilRecord
from neuron.story.chapters import CHAPTERS, beside, label
from neuron.story.figures import NUDGE, Doors, Nudges, Terms
from neuron.story.predictions import AIM, CHOICES, WHAT_HAPPENS, Answer, Ask
from neuron.words import captions
from neuron.words.numbers import GIVEN_DIGITS, number
from neuron.words.program import Program
from neuron.words.verdict import Verdict, verdict

LATE = (
    "Not saved yet: the server is not responding. Your changes are kept and will be sent as "
    "soon as it responds."
)
"""Shown while an answer is overdue."""

_CHARTS = {"bowl": "bowl", "weight_chart": "weight", "error_chart": "error"}
"""The charts by their part of the stage."""

_CONTROLS = {"transport", "ruler"}


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences of the stage.

    beats, rest: the one below the neuron, see `captions.beats` and `captions.REST`. ideal: what the
    dashed line in the weight chart marks; "" if there is none. late: see `LATE`. captions: each
    chart in words, in clauses as in `captions.BALL`.
    """

    beats: Mapping[str, str]
    rest: tuple[tuple[str, str], ...]
    ideal: str
    late: str
    captions: Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """A margin note: its title and its text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Until:
    """What leads to the next stop automatically.

    what: "played", "picked", "found" (an alpha of the regime ``value``), or the name of a setting
    that must come within ``within`` of ``value``. sets, shown: the setting that *Show me* sets, and
    to what; "" and None if there is none.
    """

    what: str
    value: float | str | None = None
    within: float = 0.0
    sets: str = ""
    shown: float | None = None


@dataclass(frozen=True, slots=True)
class StopPayload:
    """One stop of a chapter, or free play; see `neuron.story.chapter.Stop`.

    parts, handles: all that are there by now. Two more parts: "whole" is the rest of the run before
    it has been played, "start" the ring at the starting weight. turns_to: the picture to bring
    forward where there is only room for one; "" keeps the reader's choice. tells: when the ruler
    shows its marks and words: "always", once the run has been "seen", or "never". answers: whether
    the feedback on a pick is shown here. table: a figure's rows of cells, the header first. doors:
    where each row after it links to, if anywhere: the name of a closer look, or "" for free play.
    """

    text: str
    until: Until | None
    parts: tuple[str, ...]
    handles: tuple[str, ...]
    lights: tuple[str, ...]
    turns_to: str
    tells: str
    answers: bool
    note: Told | None
    table: tuple[tuple[str, ...], ...]
    doors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChoicePayload:
    """An answer that can be picked, with the small picture of its path."""

    name: str
    label: str
    path: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AskPayload:
    """An open question, and the stop at which it is asked."""

    question: str
    choices: tuple[ChoicePayload, ...]
    stop: int


@dataclass(frozen=True, slots=True)
class ChapterPayload:
    """The open chapter.

    title: "" in free play, where only a question is asked. sought: whether its challenge hides the
    best alpha. before, after: the names of the previous and next chapter; "" is free play. back:
    the last stop of the previous one. next: the label of the button to the next one.
    """

    name: str
    title: str
    stops: tuple[StopPayload, ...]
    ask: AskPayload | None
    sought: bool
    before: str
    back: int
    after: str
    next: str


@dataclass(frozen=True, slots=True)
class Payload:
    """Everything sent to the stage.

    done, at: the number of its last event that was applied, and the query of the address. opened: a
    new number for each chapter opened. plays: whether the run starts playing by itself. stop: the
    index of the chapter's stop. numbers: the five controls. more: training data besides input and
    goal. iterations: how many are run, see `Settings.played`. most_drawn: the most points of a
    line. first: the story's first chapter. found: the run's regime. answer: the feedback on the
    reader's pick once the run has been shown; "" without one. picked: the path of the weight that
    the reader predicts, from the goal up.
    changed: whether there is something to reset. chapter: None in free play without a question.
    free: free play as a stop. docks: whether the chapter ever shows controls, a question or a
    table. step, speed: where the run opens, and how fast it plays. locked: whether the link locks
    the numbers. tabled: whether the table of all steps is open and is to be printed.
    """

    done: int
    at: str
    opened: int
    plays: bool
    stop: int
    numbers: Mapping[str, float]
    more: tuple[Example, ...]
    test: tuple[Example, ...]
    iterations: int
    most_drawn: int
    views: tuple[View, ...]
    steps: Axis
    logarithmic: Logarithmic | None
    ideal: float | None
    grips: Mapping[str, Grip]
    figures: Mapping[str, Any]
    palette: Mapping[str, Mapping[str, str]]
    words: Words
    program: Program
    ruler: Ruler
    verdict: Verdict
    found: str
    answer: str
    picked: tuple[float, ...]
    changed: bool
    chapter: ChapterPayload | None
    free: StopPayload
    docks: bool
    first: str
    step: int
    speed: str
    locked: bool
    tabled: bool


def stage_payload(
    state: State,
    theory: Dynamics,
    run: Run,
    *,
    at: str,
    program: Program,
    chapter: ChapterPayload | None,
    answer: Answer | None,
    changed: bool,
    first: str,
) -> Payload:
    """The payload for a run; see `Payload` for the arguments."""
    settings = state.settings
    free = _free(Stop(""), theory, settings, whole=answer is None)
    stops = chapter.stops if chapter else (free,)
    at_stop = min(settings.stop, len(stops) - 1)
    # The scales leave room for the test data only where they are shown.
    test = settings.test if "test" in stops[at_stop].parts else ()
    drawn = pictures.stage(run, theory, test, log=settings.log)
    picked = CHOICES[state.pick].path if answer and state.pick in CHOICES else ()
    return Payload(
        done=state.done,
        at=at,
        opened=state.openings,
        plays=state.plays,
        stop=at_stop,
        numbers={control.name: control.of(settings) for control in CONTROLS},
        more=settings.more,
        test=settings.test,
        iterations=settings.played,
        most_drawn=MOST_DRAWN,
        views=drawn.views,
        steps=drawn.steps,
        logarithmic=drawn.logarithmic,
        ideal=drawn.ideal,
        grips=grips(drawn.views[0], settings, theory),
        figures=pictures.figures(run, settings.test),
        palette=PALETTE,
        words=Words(
            beats=captions.beats(program.scaled),
            rest=captions.REST,
            ideal=captions.ideal_in_words(theory) if drawn.ideal is not None else "",
            late=LATE,
            captions={
                "neuron": captions.neuron_in_words(run),
                "bowl": (("", captions.bowl_in_words(theory, run)), *captions.BALL),
                "weight": captions.WEIGHT,
                "error": captions.ERROR,
            },
        ),
        program=program,
        ruler=_ruler(theory, settings.hide, sought=bool(chapter and chapter.sought)),
        verdict=verdict(theory, run),
        found=theory.seen_regime.name.lower(),
        answer=answer.told if answer else "",
        picked=tuple(height - AIM for height in picked),
        changed=changed,
        chapter=chapter,
        free=free,
        docks=bool(chapter and chapter.ask)
        or any(
            stop.table or (stop.until and stop.until.what == "picked") or _CONTROLS & {*stop.parts}
            for stop in stops
        ),
        first=first,
        step=settings.step,
        speed=settings.speed,
        locked=settings.lock,
        tabled=settings.look == "steps",
    )


def _ruler(theory: Dynamics, hidden: Sequence[str], *, sought: bool) -> Ruler:
    """The ruler, without what would reveal a hidden verdict or the best alpha that is sought."""
    whole = ruler(theory)
    if sought:
        whole = replace(whole, marks=(), places=())
    return replace(whole, bands=(), sentence="") if sought or "verdict" in hidden else whole


def chapter_payload(
    chapter: Chapter,
    theory: Dynamics,
    settings: Settings,
    *,
    asks: bool,
    sought: bool,
    score: str,
) -> ChapterPayload:
    """A chapter as the stage shows it.

    theory: of the run shown. settings: the reader's. If their link offers only some chapters, the
    first follows the last. asks: whether the chapter's question is open. sought: see
    `ChapterPayload`. score: how the run does in its challenge, in words.
    """
    stops = [_stop_at(k, chapter, theory, settings, sought) for k in range(len(chapter.stops))]
    if score:
        stops[-1] = replace(stops[-1], text=f"{stops[-1].text} {score}")
    before, after = (beside(chapter.name, way, settings.only) for way in (-1, 1))
    return ChapterPayload(
        name=chapter.name,
        title=label(chapter.name),
        stops=tuple(stops),
        ask=_ask(chapter.ask, chapter.asks_at or 0) if chapter.ask and asks else None,
        sought=sought,
        before=before,
        back=len(CHAPTERS[before].stops) - 1 if before else 0,
        after=after,
        next=f"Next: {CHAPTERS[after].title}" if after else "Free play",
    )


def question_payload(theory: Dynamics, settings: Settings) -> ChapterPayload:
    """Free play for a reader who wants to predict first."""
    text = f"This run has alpha {number(theory.alpha, GIVEN_DIGITS)}. Pick first, then watch."
    stop = _free(Stop(text), theory, settings, whole=False)
    return ChapterPayload("", "", (stop,), _ask(WHAT_HAPPENS, 0), False, "", 0, "", "")


def _ask(ask: Ask, stop: int) -> AskPayload:
    choices = (ChoicePayload(one.name, one.label, one.path) for one in ask.choices)
    return AskPayload(ask.question, tuple(choices), stop)


def _free(stop: Stop, theory: Dynamics, settings: Settings, *, whole: bool) -> StopPayload:
    """Free play as a stop. whole: whether the run's end is shown before it has been played."""
    if whole:
        return _stop(stop, theory, settings, (*PARTS, "whole"), HANDLES, PARTS, tells="seen")
    # What is to be predicted is the weight.
    return _stop(stop, theory, settings, PARTS, HANDLES, ("weight_chart",), tells="seen")


def _stop_at(
    place: int, chapter: Chapter, theory: Dynamics, settings: Settings, sought: bool
) -> StopPayload:
    stops, asks_at = chapter.stops, chapter.asks_at
    parts = chapter.parts_at(place)
    come = {*parts} - {*chapter.parts_at(place - 1)} if place else ()
    # While an alpha is to be found, the ruler must not give it away.
    seeks = sought or any(isinstance(stop.until, Found) for stop in stops[place:])
    tells = "never" if seeks else "always" if asks_at is None else "seen"
    played = asks_at is not None and isinstance(stops[asks_at + 1].until, Played)
    answers = asks_at is not None and place == asks_at + 1 + played
    handles = chapter.handles_at(place)
    return _stop(stops[place], theory, settings, parts, handles, come, tells, answers)


def _stop(
    stop: Stop,
    theory: Dynamics,
    settings: Settings,
    parts: Sequence[str],
    handles: tuple[str, ...],
    come: Collection[str],
    tells: str,
    answers: bool = True,
) -> StopPayload:
    """A stop with these parts, except those that the link hides. come: those new at this stop."""
    shown = [part for part in parts if part not in settings.hide]
    if "bowl" in shown and "weight" in handles and not settings.lock:
        shown.append("start")
    charts = [name for name in _CHARTS if name in shown]
    about = [_CHARTS[name] for name in charts if name in {*stop.lights, *come}]
    if "program" in stop.lights or not charts:
        about = ["program"]
    return StopPayload(
        text=stop.text,
        until=_until(stop.until, theory),
        parts=tuple(shown),
        handles=() if settings.lock else handles,
        lights=stop.lights,
        turns_to=next(iter(about), ""),
        tells=tells,
        answers=answers,
        note=Told(stop.note.title, " ".join(stop.note.text)) if stop.note else None,
        table=_table(stop),
        doors=tuple(row.to for row in stop.figure.rows) if isinstance(stop.figure, Doors) else (),
    )


def _until(until: UntilRecord | None, theory: Dynamics) -> Until | None:
    match until:
        case Reached(name, value, within):
            return Until(name, value, within, sets=name, shown=value)
        case Found(regime):
            one_step = regime is Regime.ONE_STEP
            alpha = theory.best_alpha if one_step else theory.alpha_limit
            sets = "" if alpha is None else "alpha"
            return Until("found", regime.name.lower(), sets=sets, shown=alpha)
        case Played():
            return Until("played")
        case Picked():
            return Until("picked")
    return None


def _table(stop: Stop) -> tuple[tuple[str, ...], ...]:
    """A stop's figure as a table, header first; empty without a figure."""
    match stop.figure:
        case Nudges(rows):
            head = (
                "input",
                "delta",
                f"weight + {number(NUDGE)}: prediction moves by",
                "delta × input",
            )
            cells = [
                tuple(number(n) for n in (row.input, row.delta, row.moved, row.weight_delta))
                for row in rows
            ]
            return (head, *cells)
        case Terms(rows):
            terms = ((row.here, row.meaning, row.elsewhere) for row in rows)
            return (("here", "what it is", "elsewhere"), *terms)
        case Doors(rows):
            return (("where to go", "what is there"), *((row.name, row.line) for row in rows))
    return ()


def grips(view: View, settings: Settings, theory: Dynamics) -> dict[str, Grip]:
    """The handles, by the name of the setting, each with its range and marks."""
    ends = {control.name: (control.low, control.high) for control in CONTROLS}
    ideal = () if theory.ideal_weight is None else (theory.ideal_weight,)
    weight = grip(view.weight, *ends["weight"], marks=(0.0, *ideal))
    goal = grip(view.prediction, *ends["goal"], marks=(0.0,))
    size = Axis(-abs(settings.input) or -1.0, abs(settings.input) or 1.0, (), ())
    return {
        "weight": weight,
        "goal": goal,
        "input": grip(size, *ends["input"], marks=(0.0,)),
        "alpha": Grip(ALPHA.low, ALPHA.high, 0.01),
    }
