"""What the page shows, of the settings that are there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from neuron.core.training import Run
from neuron.player.payloads import stage_reel
from neuron.state.parameters import Settings
from neuron.state.state import Session
from neuron.story.lessons import LESSONS, Lesson, departures, score, to_be_found


@dataclass(frozen=True)
class Shown:
    """What the page shows at one time.

    settings: what the reader has set.
    hidden: whether the reader has yet to say what the run will do; then it is not trained.
    run: of these settings.
    lesson: the open chapter, if there is one.
    changes: how the settings differ from the chapter's, in words.
    score: what the chapter's challenge has come to; empty without one, and while it is hidden.
    sought: whether the best alpha is what a challenge asks for, and not yet found.
    can_keep: whether the run can be kept for comparison.
    refused: what was refused of the address, in sentences.
    """

    settings: Settings
    hidden: bool
    run: Run
    lesson: Lesson | None
    changes: tuple[str, ...]
    score: str
    sought: bool
    can_keep: bool
    refused: tuple[str, ...]

    @classmethod
    def of(cls, session: Session) -> Shown:
        """What there is to be shown now."""
        settings, hidden = session.settings, session.is_predicting
        run = (replace(settings, iterations=0) if hidden else settings).run()
        lesson = LESSONS.get(settings.lesson)
        challenge = lesson.challenge if lesson else None
        return cls(
            settings=settings,
            hidden=hidden,
            run=run,
            lesson=lesson,
            changes=tuple(departures(settings)),
            score=score(challenge, run) if challenge and not hidden else "",
            sought=bool(challenge and to_be_found(challenge, run)),
            can_keep=session.can_keep,
            refused=tuple(session.refused),
        )

    @cached_property
    def reel(self) -> str:
        """The run as the stage plays it."""
        return stage_reel(self.run, self.settings.test)

    @property
    def beside_alpha(self) -> tuple[object, ...]:
        """All that is shown elsewhere than where alpha is set and where its run is shown.

        While this stays, another alpha needs no more of the page than those places. A closer look
        is about the run, so with one open it never stays.
        """
        settings = self.settings if self.settings.look else replace(self.settings, alpha=0.0)
        return settings, self.hidden, bool(self.changes), self.can_keep, self.refused
