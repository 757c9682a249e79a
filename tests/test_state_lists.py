"""Chapters, lists of examples and asking first, from run to run of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from strategies import any_settings
from test_state import CHANGES, START, opened, type_in

from neuron import Example
from neuron.state.parameters import Settings
from neuron.state.state import Session
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS


@pytest.mark.parametrize("name", LESSON_SETTINGS)
def test_a_chapter_sets_everything_but_the_open_look(name: str) -> None:
    """By its button or in the chooser; what was changed before is gone."""
    for button in (True, False):
        session = opened({"alpha": ["0.7"], "train": ["5:5"], "look": ["steps"]})
        if button:
            session.open_chapter(name)
        else:
            session.state["chapter"] = name
            session.open_chapter()
        assert session.settings == replace(LESSON_SETTINGS[name], look="steps")


def test_free_play_is_the_opening_run() -> None:
    """Before the first chapter stands the page as it opens."""
    session = opened({"lesson": ["swap"]})
    session.open_chapter("")
    assert session.settings == Settings()


@given(any_settings.filter(lambda settings: settings.test))
def test_swapping_twice_is_no_change(settings: Settings) -> None:
    """Swapped, each list is the other; again, and all is as it was."""
    session = opened()
    session.take(settings)
    session.swap()
    swapped = session.settings
    assert (swapped.training, swapped.test) == (settings.test, settings.training)
    kept: dict[str, Any] = {"input": settings.input, "goal": settings.goal, "more": settings.more}
    assert replace(swapped, **kept, test=settings.test) == settings
    session.swap()
    assert session.settings == settings


def edit(session: Session, name: str, **edits: Any) -> None:
    session.state["table"] = edits
    session.edit(name, "table")


@pytest.mark.parametrize("name", ["more", "test"])
def test_a_good_edit_is_taken_and_a_bad_one_named(name: str) -> None:
    """With a bad cell the last good list stays; once it is mended the sentence is gone."""
    session = opened({"train": ["1:1,2:2"], "test": ["1:1,2:2"]})
    edit(session, name, edited_rows={1: {"goal": "2.5"}}, added_rows=[{"input": "3", "goal": "-3"}])
    good = (Example(1, 1), Example(2, 2.5), Example(3, -3))
    assert getattr(session.settings, name) == good
    assert session.refused_cells == []
    edit(session, name, edited_rows={1: {"goal": "x"}}, added_rows=[{"input": "3", "goal": "-3"}])
    assert getattr(session.settings, name) == good
    assert session.refused_cells == ["in example 2, goal “x” is not a number"]
    edit(session, name, deleted_rows=[1], added_rows=[{}])
    assert getattr(session.settings, name) == (Example(1, 1),)
    assert session.refused_cells == []
    other = {"more": "test", "test": "more"}[name]
    assert getattr(session.settings, other) == (Example(1, 1), Example(2, 2))


@pytest.mark.parametrize(("name", "most"), [("more", 19), ("test", 20)])
def test_a_table_takes_twenty_examples_and_no_more(name: str, most: int) -> None:
    """The training data counts the one of Input and Goal; one more is named, none is dropped."""
    session = opened()
    rows = [{"input": str(k), "goal": "1"} for k in range(21)]
    edit(session, name, added_rows=rows[:most])
    full = getattr(session.settings, name)
    assert len(full) == most
    edit(session, name, added_rows=rows[: most + 1])
    assert session.refused_cells == [f"example {most + 2} is beyond the {most} there may be"]
    assert getattr(session.settings, name) == full


def test_a_table_starts_anew_when_settings_are_taken() -> None:
    """Its rows are the lists as text, one empty row when there is none; old edits are void."""
    session = opened({"train": ["0.1:1e-6"]})
    version = session.state["version"]
    assert session.state["rows"] == {
        "more": [{"input": "0.1", "goal": "1e-06"}],
        "test": [{"input": None, "goal": None}],
    }
    edit(session, "test", edited_rows={0: {"input": "x", "goal": "1"}})
    assert session.refused_cells
    session.open_chapter("test")
    assert session.state["version"] > version
    assert session.state["rows"]["test"][2] == {"input": "10", "goal": "10"}
    assert session.refused_cells == []


def test_the_run_is_hidden_until_picked_and_plays_once() -> None:
    """After the pick it is shown and played; a rerun does not play it again."""
    session = opened({"predict": ["1"]})
    assert session.is_predicting
    session.pick("creeps")
    assert (session.is_predicting, session.picked) == (False, "creeps")
    assert [session.take_play(), session.take_play()] == [True, False]
    session.arrive(session.query())
    assert not session.is_predicting


HIDING: dict[str, Callable[[Session], None]] = {
    name: change for name, change in CHANGES.items() if name not in ("a look", "the switch")
}


@pytest.mark.parametrize("name", HIDING)
def test_it_is_hidden_again_after_a_change(name: str) -> None:
    """Another run is another question: whatever of it was changed."""
    session = opened(START | {"predict": ["1"]})
    session.pick("creeps")
    HIDING[name](session)
    assert session.is_predicting
    assert not session.state.get("dragging")


def test_a_look_or_an_end_to_asking_hides_nothing() -> None:
    """What is open beside the run is no part of the question."""
    session = opened({"predict": ["1"]})
    session.pick("creeps")
    type_in(session, look="steps")
    assert not session.is_predicting
    type_in(session, predict=False, alpha=0.3)
    assert not session.is_predicting


@pytest.mark.parametrize("turn", ["turn", "keep"])
def test_tables_opened_again_show_the_lists_that_are_trained_on(turn: str) -> None:
    """Streamlit forgets what was typed when a look closes: what was taken stays, the rest goes."""
    session = opened({"look": ["data"], "train": ["3:9"]})
    edit(session, "more", edited_rows={0: {"input": "4"}})
    edit(session, "test", edited_rows={0: {"input": "x1", "goal": "2"}})
    assert session.refused_cells
    version = session.state["version"]
    getattr(session, turn)()
    assert session.settings.more == (Example(4, 9),)
    assert session.state["rows"]["more"] == [{"input": "4", "goal": "9"}]
    assert session.refused_cells == []
    assert session.state["version"] > version
