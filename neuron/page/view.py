"""What the page shows of a state: computed once a rerun, for all its parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from neuron.core.training import Run
from neuron.page.session import CHAPTERS
from neuron.state.address import base_of
from neuron.state.parameters import Settings, differences
from neuron.state.state import State
from neuron.story.lessons import LESSONS, Lesson, score, to_be_found


@dataclass(frozen=True, slots=True)
class View:
    """A state with what follows from it.

    state: all that the reader has set. run: of its settings; not trained while the reader has yet
    to say what it will do. lesson: the open chapter, if there is one. changes: how the settings
    differ from the chapter's, in words. score: what the chapter's challenge has come to; empty
    without one, and while the run is hidden. sought: whether the best alpha is what a challenge
    asks for, and not yet found.
    """

    state: State
    run: Run
    lesson: Lesson | None
    changes: tuple[str, ...]
    score: str
    sought: bool

    @classmethod
    def of(cls, state: State) -> View:
        """What there is to be shown now."""
        settings, hidden = state.settings, state.is_predicting
        run = (replace(settings, iterations=0) if hidden else settings).run()
        lesson = LESSONS.get(settings.lesson)
        challenge = lesson.challenge if lesson else None
        base = base_of(CHAPTERS, settings.lesson, settings.stop)
        return cls(
            state=state,
            run=run,
            lesson=lesson,
            changes=tuple(differences(base, settings)) if lesson else (),
            score=score(challenge, run) if challenge and not hidden else "",
            sought=bool(challenge and to_be_found(challenge, run)),
        )

    @property
    def settings(self) -> Settings:
        """What the address spells."""
        return self.state.settings

    @property
    def hidden(self) -> bool:
        """Whether the reader has yet to say what the run will do."""
        return self.state.is_predicting
