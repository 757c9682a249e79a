"""What the stage is sent: the numbers it trains with, and all that only Python may say of them.

The browser repeats the rule itself, to the same bits, so no column of the run travels. Scales,
words, the ruler and the chapter come from here; `neuron/player/web/types.d.ts` names the same
records for the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from neuron.charts import stage as pictures
from neuron.charts.axes import Axis
from neuron.charts.palette import PALETTE
from neuron.charts.ruler import Ruler, ruler
from neuron.charts.stage import Grip, Logarithmic, View, grip
from neuron.core.dynamics import Dynamics
from neuron.core.training import Example, Run
from neuron.state.parameters import ALPHA, CONTROLS, MOST_STEPS, Settings
from neuron.words import captions
from neuron.words.program import Program
from neuron.words.verdict import Verdict, verdict

LATE = (
    "Not saved yet, because the server does not answer. What you change here is kept, and sent "
    "as soon as it does."
)
"""What is said while an answer is overdue."""


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences of the stage.

    beats: the one below the neuron for each beat, with places for its numbers. ideal: what the
    dashed line of the weights' chart marks; "" where there is none. late: see `LATE`. captions:
    each picture in words.
    """

    beats: Mapping[str, str]
    ideal: str
    late: str
    captions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A note, one press away: its name and its text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Until:
    """What brings the next stop by itself.

    what: "played", "picked", "found" (an alpha of the regime ``value``), or the name of a setting
    that is to become ``value``, or as near to it as ``within``.
    """

    what: str
    value: float | str | None = None
    within: float = 0.0


@dataclass(frozen=True, slots=True)
class StopPayload:
    """One stop of a chapter; see `neuron.story.chapter.Stop`. table: rows of a figure's cells."""

    text: str
    until: Until | None
    parts: tuple[str, ...]
    handles: tuple[str, ...]
    lights: tuple[str, ...]
    note: Told | None
    table: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ChoicePayload:
    """An answer that can be picked, with the small picture of its path."""

    name: str
    label: str
    path: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AskPayload:
    """A question that is open, and the stop at which it is asked."""

    question: str
    choices: tuple[ChoicePayload, ...]
    stop: int


@dataclass(frozen=True, slots=True)
class ChapterPayload:
    """The open chapter.

    before, after: the names of the chapters beside it; "" is free play. next: what the button to
    the one after it says. answer: what is said to the reader's pick once the run was seen. sought:
    whether its challenge hides the best alpha. picked: the path that the reader expects.
    """

    name: str
    title: str
    stops: tuple[StopPayload, ...]
    parts: tuple[str, ...]
    handles: tuple[str, ...]
    ask: AskPayload | None
    answer: str
    sought: bool
    picked: tuple[float, ...]
    before: str
    after: str
    next: str


@dataclass(frozen=True, slots=True)
class Payload:
    """All that the stage is sent.

    done, at: the last of its events that was taken up, and the address of what is shown. opened:
    another number for each chapter that is opened. plays: whether the run starts by itself. stop:
    of the chapter. numbers: the five controls. more: training data beside input and goal. most: how
    many steps are played at most. first: the chapter that the story begins with. found: the run's
    regime.
    """

    done: int
    at: str
    opened: int
    plays: bool
    stop: int
    numbers: Mapping[str, float]
    more: tuple[Example, ...]
    test: tuple[Example, ...]
    most: int
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
    chapter: ChapterPayload | None
    first: str


def stage_payload(
    settings: Settings,
    theory: Dynamics,
    run: Run,
    *,
    program: Program,
    chapter: ChapterPayload | None = None,
    first: str = "",
    done: int = 0,
    at: str = "",
    opened: int = 0,
    plays: bool = False,
) -> Payload:
    """All that the stage is sent of a run. What is named here only: see `Payload`."""
    drawn = pictures.stage(run, theory, settings.test)
    return Payload(
        done=done,
        at=at,
        opened=opened,
        plays=plays,
        stop=settings.stop,
        numbers={control.name: control.of(settings) for control in CONTROLS},
        more=settings.more,
        test=settings.test,
        most=MOST_STEPS,
        views=drawn.views,
        steps=drawn.steps,
        logarithmic=drawn.logarithmic if settings.log else None,
        ideal=drawn.ideal,
        grips=grips(drawn.views[0], settings, theory),
        figures=pictures.figures(run, settings.test),
        palette=PALETTE,
        words=Words(
            beats=captions.BEATS,
            ideal=captions.ideal_in_words(theory) if drawn.ideal is not None else "",
            late=LATE,
            captions={
                "neuron": captions.neuron_in_words(run),
                "bowl": captions.bowl_in_words(theory, run),
                "weight": captions.weight_in_words(run),
                "error": captions.error_in_words(run, settings.test),
            },
        ),
        program=program,
        ruler=ruler(theory),
        verdict=verdict(theory, run),
        found=theory.seen_regime.name.lower(),
        chapter=chapter,
        first=first,
    )


def grips(view: View, settings: Settings, theory: Dynamics) -> dict[str, Grip]:
    """What can be grabbed, by the name of what it sets, each with the values it can have."""
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
