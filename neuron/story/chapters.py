"""All chapters by name: their labels, their order, and what the reader has changed in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from neuron.core.training import Run
from neuron.state.parameters import Settings, differences
from neuron.story.book import BOOK_RUNS
from neuron.story.challenges import CHALLENGE_RUNS
from neuron.story.chapter import BOOK, CHALLENGES, EDGES, STORY, Chapter
from neuron.story.edges import EDGE_CASES
from neuron.story.first_neuron import STORY_CHAPTERS
from neuron.story.predictions import AIM
from neuron.words.program import Grown, Program, program

CHAPTERS: dict[str, Chapter] = {
    chapter.name: chapter for chapter in (*STORY_CHAPTERS, *EDGE_CASES, *BOOK_RUNS, *CHALLENGE_RUNS)
}
"""Every chapter by its name in the address, in the order of the story."""

SETTINGS: dict[str, Settings] = {name: chapter.settings for name, chapter in CHAPTERS.items()}
"""The settings that each chapter opens with."""

GROUPS: dict[str, list[str]] = {
    group: [name for name, chapter in CHAPTERS.items() if chapter.group == group]
    for group in (STORY, EDGES, BOOK, CHALLENGES)
}
"""The names of the chapters, by group."""

FREE_PLAY = "Free play"
"""The label for the page without a chapter."""


def label(name: str) -> str:
    """A chapter's label: ``1 of 7 Predict``, ``Edge cases: Input 0``; for "", free play's."""
    if not name:
        return FREE_PLAY
    chapter = CHAPTERS[name]
    if chapter.group != STORY:
        return f"{chapter.group}: {chapter.title}"
    seven = GROUPS[STORY]
    return f"{seven.index(name) + 1} of {len(seven)} {chapter.title}"


def beside(name: str, way: int, only: Sequence[str] = ()) -> str:
    """The chapter before (way -1) or after (1) another in its group; "" at either end: free play.

    The story comes after free play; nothing comes before it. only: the chapters on offer, if not
    all; then the first follows the last.
    """
    if name in only:
        return only[(only.index(name) + way) % len(only)]
    if not name:
        return GROUPS[STORY][0] if way > 0 else ""
    names = ["", *GROUPS[CHAPTERS[name].group], ""]
    return names[names.index(name) + way]


def departures(settings: Settings) -> list[str]:
    """How the settings differ from their chapter's, in words: ``alpha from 0.1 to 0.3``.

    Changes that the chapter asks for do not count.
    """
    chapter = CHAPTERS.get(settings.lesson)
    if chapter is None:
        return []
    asked: dict[str, Any] = {name: getattr(settings, name) for name in (*chapter.asks_for, "stop")}
    return differences(replace(chapter.settings, **asked), settings)


def program_of(settings: Settings, run: Run) -> Program:
    """The program shown beside the neuron, as far as the chapter has built it.

    run: the run with these settings, with at least one step.
    """
    return program(run, settings.test, grown(settings))


def grown(settings: Settings) -> Grown:
    """How far the chapter has built the program; all of it in free play."""
    chapter = CHAPTERS.get(settings.lesson)
    return chapter.program if chapter else Grown.ALPHA


@dataclass(frozen=True, slots=True)
class Card:
    """A chapter in the look "Explore".

    line: what it is about. path: its run's weight by step, from 0 at the bottom of a small picture
    to 1 at its top, with the ideal weight at `AIM`. hidden: whether the picture would give away the
    answer, and so is shown only once the chapter is done.
    """

    name: str
    group: str
    title: str
    line: str
    path: tuple[float, ...]
    hidden: bool


LONGEST_PATH = 9
"""How many steps a small picture shows."""


def cards() -> tuple[Card, ...]:
    """Edge cases, runs of the book and challenges, in their order."""
    return tuple(
        Card(
            name=chapter.name,
            group=chapter.group,
            title=chapter.title,
            line=chapter.line,
            path=_path(chapter.settings.run()),
            hidden=chapter.ask is not None or chapter.challenge is not None,
        )
        for chapter in CHAPTERS.values()
        if chapter.group != STORY
    )


def _path(run: Run) -> tuple[float, ...]:
    """A one-example run as a picture: the ideal weight, or for input 0 the start, at `AIM`."""
    (example,) = run.examples
    aim = example.goal / example.input if example.input else run.weights[0]
    gaps = [weight - aim for weight in run.weights[:LONGEST_PATH]]
    most = max(map(abs, gaps)) or 1.0
    return tuple(AIM + gap / most * 0.4 for gap in gaps)
