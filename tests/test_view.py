"""What the page shows, and when another alpha needs no more of it than alpha's own part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neuron import Example
from neuron.page.view import Shown
from neuron.state.address import to_query
from neuron.state.parameters import LOOKS, Settings
from neuron.state.state import Session
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS


def opened(settings: Settings) -> Session:
    """A session at the address of these settings."""
    session = Session({})
    session.arrive(to_query(settings, LESSON_SETTINGS.get(settings.lesson)))
    assert session.settings == settings
    return session


def beside_changes(settings: Settings, change: Callable[[Session], Any]) -> bool:
    """Whether a change shows elsewhere than in alpha's own part."""
    session = opened(settings)
    before = Shown.of(session).beside_alpha
    change(session)
    return Shown.of(session).beside_alpha != before


def to(alpha: float) -> Callable[[Session], None]:
    return lambda session: session.set_alpha(alpha, settled=True)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.lists(st.builds(Example, st.just(1), st.just(2))))
def test_in_free_play_alpha_changes_its_own_part_alone(
    before: float, after: float, test: list[Example]
) -> None:
    settings = Settings(alpha=before, iterations=3, test=tuple(test[:20]))
    assert not beside_changes(settings, to(after))


OTHERS: dict[str, Callable[[Session], Any]] = {
    "a number": lambda session: session.state.update(input=3.0),
    "iterations": lambda session: session.state.update(iterations=19),
    "examples": lambda session: session.state.update(lists={"more": (Example(1, 1),), "test": ()}),
    "test data": lambda session: session.state.update(lists={"more": (), "test": (Example(1, 1),)}),
    "a look": lambda session: session.state.update(look="why"),
    "the question": lambda session: session.state.update(predict=True),
    "a chapter": lambda session: session.open_chapter("predict"),
    "a kept run": lambda session: session.state.update(kept=(Settings(),)),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS)
def test_any_other_change_is_not_alphas_alone(change: Callable[[Session], Any]) -> None:
    assert beside_changes(Settings(), change)


@pytest.mark.parametrize("look", LOOKS)
def test_an_open_look_is_made_anew_with_each_alpha(look: str) -> None:
    """Each of them is about the run."""
    assert beside_changes(Settings(look=look), to(0.2))
    assert not beside_changes(Settings(look=look), to(Settings().alpha))


def test_what_else_depends_on_alpha_is_made_anew() -> None:
    """Whether the run can be kept, whether to go back to the chapter, and the question."""
    kept = Settings(kept=(Settings(alpha=0.2),))
    assert beside_changes(kept, to(0.2))
    assert not beside_changes(kept, to(0.3))
    settings = replace(LESSON_SETTINGS["alpha"], predict=False)
    assert beside_changes(settings, to(0.2))
    assert not beside_changes(replace(settings, alpha=0.2), to(0.3))
    assert beside_changes(replace(settings, alpha=0.2), to(settings.alpha))

    def pick(session: Session) -> None:
        session.pick("creeps")

    assert beside_changes(Settings(predict=True), pick)


def test_what_was_refused_is_taken_away_with_the_next_alpha() -> None:
    session = Session({})
    session.arrive({"goal": ["nothing"]})
    before = Shown.of(session)
    assert before.refused
    session.set_alpha(0.2, settled=True)
    after = Shown.of(session)
    assert not after.refused
    assert after.beside_alpha != before.beside_alpha


def test_what_is_to_be_predicted_is_not_trained() -> None:
    """The run that is shown has no steps, so nothing on the page can tell its end."""
    hidden = Shown.of(opened(Settings(predict=True)))
    assert hidden.hidden
    assert hidden.run == replace(Settings(), iterations=0).run()
    assert hidden.score == ""
    assert Shown.of(opened(Settings())).run == Settings().run()
