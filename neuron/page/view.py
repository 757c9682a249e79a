"""Everything the page shows for a state, computed once per rerun."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from neuron.core.dynamics import Dynamics, dynamics
from neuron.core.training import Run
from neuron.player.stage import Payload, chapter_payload, question_payload, stage_payload
from neuron.state.address import base_of
from neuron.state.parameters import HIDEABLE, Settings, differences
from neuron.state.state import State
from neuron.story import chapters
from neuron.story.challenges import score, to_be_found
from neuron.story.chapter import FIELDS, STORY, Chapter
from neuron.story.predictions import WHAT_HAPPENS, Answer, answer
from neuron.words.numbers import counted


@dataclass(frozen=True, slots=True)
class View:
    """A state and everything that follows from it.

    state: everything the reader has set. run, theory: of its settings. chapter: the open one, or
    None. asks: whether a question is open, so that nothing may give away what the run will do.
    sought: whether a challenge asks for the best alpha and it has not been found. changes: how the
    settings differ from the chapter's, in words. payload: the data for the stage.
    """

    state: State
    run: Run
    theory: Dynamics
    chapter: Chapter | None
    asks: bool
    sought: bool
    changes: tuple[str, ...]
    payload: Payload

    @classmethod
    def of(cls, state: State) -> View:
        """The view of a state."""
        settings = state.settings
        run = settings.run()
        theory = dynamics(settings.training, settings.weight, settings.alpha)
        chapter = chapters.CHAPTERS.get(settings.lesson)
        challenge = chapter.challenge if chapter else None
        asks = _asks(state, chapter)
        sought = bool(challenge and to_be_found(challenge, run))
        told = score(challenge, run, len(state.tries)) if challenge else ""
        shown = None
        if chapter:
            shown = chapter_payload(chapter, theory, settings, asks=asks, sought=sought, score=told)
        elif asks:
            shown = question_payload(theory, settings)
        payload = stage_payload(
            state,
            theory,
            run,
            at=urlencode(state.query(chapters.SETTINGS), doseq=True),
            program=chapters.program_of(settings, run),
            chapter=shown,
            answer=None if asks else _answer(state, theory, run, chapter),
            changed=not settings.lock
            and bool(
                differences(base_of(chapters.SETTINGS, settings.lesson, settings.stop), settings)
            ),
            first=chapters.GROUPS[STORY][0],
        )
        changes = tuple(chapters.departures(settings))
        return cls(state, run, theory, chapter, asks, sought, changes, payload)

    @property
    def settings(self) -> Settings:
        """The settings in the address."""
        return self.state.settings

    @property
    def choices(self) -> list[str]:
        """The chapters that can be chosen; "" is free play."""
        there, lesson = self.settings.only or ("", *chapters.CHAPTERS), self.settings.lesson
        return [*there] if lesson in there else [lesson, *there]

    @property
    def given(self) -> str:
        """What the link hides, locks or leaves out, in a sentence; "" for nothing."""
        settings = self.settings
        done = []
        if settings.hide:
            done.append(f"hides {' and '.join(HIDEABLE[name] for name in settings.hide)}")
        if settings.lock:
            done.append("locks the numbers")
        if settings.only:
            done.append(f"shows only {counted(len(settings.only), 'chapter')}")
        head, last = ", ".join(done[:-1]), done[-1:]
        return f"This link {' and '.join(filter(None, [head, *last]))}." if done else ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The numbers that have a field."""
        return self.chapter.fields if self.chapter else FIELDS


def _asks(state: State, chapter: Chapter | None) -> bool:
    """Whether the reader must first predict what the run will do."""
    settings = state.settings
    if state.picked_for == settings.what_runs:
        return False
    if chapter and chapter.ask:
        # Questions about a run can be switched off; others cannot.
        wanted = settings.predict or not chapter.settings.predict
        return wanted and settings.stop <= (chapter.asks_at or 0)
    return state.is_predicting


def _answer(state: State, theory: Dynamics, run: Run, chapter: Chapter | None) -> Answer | None:
    """The feedback on the reader's pick, if there is one for this run."""
    ask = (chapter.ask if chapter else None) or WHAT_HAPPENS
    if state.picked_for != state.settings.what_runs:
        return None
    if state.pick not in {choice.name for choice in ask.choices}:
        return None
    return answer(state.pick, theory, run, ask)
