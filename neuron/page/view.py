"""What the page shows of a state: computed once a rerun, for all its parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from neuron.core.dynamics import Dynamics, dynamics_of
from neuron.core.training import Run
from neuron.state.address import base_of
from neuron.state.parameters import Settings, differences
from neuron.state.state import State
from neuron.story.lessons import LESSON_SETTINGS, LESSONS, Lesson, score, to_be_found


@dataclass(frozen=True, slots=True)
class View:
    """A state with what follows from it.

    state: all that the reader has set. run: of its settings; not trained while the reader has yet
    to say what it will do. theory: what follows from the run's examples, weight and alpha. lesson:
    the open chapter, if there is one. changes: how the settings differ from the chapter's, in
    words. score: what the chapter's challenge has come to; empty without one, and while the run is
    hidden. sought: whether the best alpha is what a challenge asks for, and not yet found.
    """

    state: State
    run: Run
    theory: Dynamics
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
        goal = lesson.goal if lesson else None
        base = base_of(LESSON_SETTINGS, settings.lesson, settings.stop)
        return cls(
            state=state,
            run=run,
            theory=dynamics_of(run),
            lesson=lesson,
            changes=tuple(differences(base, settings)) if lesson else (),
            score=score(goal, run) if goal and not hidden else "",
            sought=bool(goal and to_be_found(goal, run)),
        )

    @property
    def settings(self) -> Settings:
        """What the address spells."""
        return self.state.settings

    @property
    def hidden(self) -> bool:
        """Whether the reader has yet to say what the run will do."""
        return self.state.is_predicting
