"""A reader's settings from run to run: the reader's last change outranks everything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from neuron import Example
from neuron.address import to_query
from neuron.lessons import LESSON_SETTINGS
from neuron.session import Session
from neuron.settings import CONTROLS, LOOKS, Settings

# A test must not fail because a machine is slow.
untimed = hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
Query = dict[str, list[str]]


def opened(query: Query | None = None) -> Session:
    """A session that has arrived at an address and has shown the page once."""
    session = Session({})
    session.arrive(query or {})
    session.state["address"] = session.query()
    return session


def type_in(session: Session, **changed: Any) -> None:
    """As a control does it: the key is set, then the callback is called."""
    session.state.update(changed)
    session.touch()


def run_page(session: Session, browser: Query) -> Query:
    """One run of the page with the address that the browser sends; gives what is there after."""
    session.arrive(browser)
    written = session.leave()
    return browser if written is None else written


numbers = st.floats(-1e6, 1e6)
examples = st.builds(Example, numbers, numbers)
any_settings = st.builds(
    Settings,
    input=numbers,
    goal=numbers,
    weight=numbers,
    alpha=st.floats(0, 1e6),
    iterations=st.integers(0, 10_000),
    more=st.lists(examples, max_size=19).map(tuple),
    test=st.lists(examples, max_size=20).map(tuple),
    lesson=st.sampled_from(["", *LESSON_SETTINGS]),
    predict=st.booleans(),
    look=st.sampled_from(["", *LOOKS]),
)


@untimed
@given(any_settings)
def test_what_is_taken_is_what_the_controls_have(settings: Settings) -> None:
    """All of it, and the address it gives is read back as the same."""
    session = opened()
    session.take(settings)
    assert session.settings == settings
    again = Session({})
    assert not again.has_arrived
    again.arrive(session.query())
    assert again.has_arrived
    assert (again.settings, again.refused) == (settings, [])
    assert again.query() == session.query()


def test_a_first_look_is_the_opening_run() -> None:
    """Without an address the defaults, nothing hidden, nothing refused, nothing to play."""
    session = Session({})
    session.arrive({})
    assert session.settings == Settings()
    assert (session.is_predicting, session.picked, session.refused) == (False, "", [])
    assert session.refused_cells == []
    assert not session.take_play()


def test_what_is_refused_stays_said_until_a_change() -> None:
    """A rerun of the same address keeps the sentences; the reader's next change ends them."""
    query = {"alpha": ["abc"], "goal": ["3"]}
    session = Session({})
    session.arrive(query)
    session.arrive(query)
    (said,) = session.refused
    assert said.startswith("alpha = “abc”")
    assert session.settings == Settings(goal=3.0)
    type_in(session, weight=1.0)
    session.arrive(query)
    assert session.refused == []
    assert session.settings == Settings(goal=3.0, weight=1.0)


CHANGES: dict[str, Callable[[Session], None]] = {
    "a number": lambda session: type_in(session, goal=5.0),
    "the ruler": lambda session: session.set_alpha(0.4, settled=True),
    "a chapter": lambda session: session.open_chapter("swap"),
    "a look": lambda session: type_in(session, look="steps"),
    "the switch": lambda session: type_in(session, predict=True),
    "a swap": lambda session: session.swap(),
}
START = {"test": ["1:1"], "alpha": ["0.2"]}


@pytest.mark.parametrize("name", CHANGES)
def test_a_stale_address_never_outranks_a_change(name: str) -> None:
    """A change sent with the address from before an earlier one is kept, and written."""
    session = opened(START)
    stale = session.query()
    type_in(session, weight=1.5)
    between = run_page(session, stale)
    CHANGES[name](session)
    after = session.settings
    assert after != Settings()
    assert run_page(session, stale) == to_query(after, LESSON_SETTINGS.get(after.lesson))
    assert session.settings == after
    assert session.query() not in (stale, between)


@pytest.mark.parametrize("name", CHANGES)
def test_a_stale_address_is_not_read_when_the_charts_are_drawn(name: str) -> None:
    """The browser says so at any time: also just after a change, before it has the new address."""
    session = Session({})
    session.arrive(START)
    CHANGES[name](session)
    run_page(session, START)
    after = session.settings
    session.stay()
    run_page(session, START)
    assert session.settings == after


def test_what_is_refused_stays_said_when_the_charts_are_drawn() -> None:
    """That the charts are drawn is no change of the reader's."""
    session = Session({})
    session.arrive({"alpha": ["abc"]})
    session.stay()
    session.arrive({"alpha": ["abc"]})
    assert len(session.refused) == 1


@pytest.mark.parametrize("name", CHANGES)
def test_back_shows_what_was_before_each_change(name: str) -> None:
    """An address that was not written last is taken; Forward then brings the change again."""
    session = opened(START)
    before, address = session.settings, session.query()
    CHANGES[name](session)
    after, written = session.settings, run_page(session, address)
    assert written != address
    assert run_page(session, address) == address
    assert session.settings == before
    assert run_page(session, written) == written
    assert session.settings == after


def test_a_rerun_without_a_change_keeps_everything() -> None:
    """The address the page wrote comes back with the next run, and changes nothing."""
    session = opened(START)
    CHANGES["a chapter"](session)
    written = run_page(session, {})
    version = session.state["version"]
    assert run_page(session, written) == written
    assert session.state["version"] == version


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.name)
def test_an_emptied_number_comes_back_as_it_was(control: Any) -> None:
    """What the reader deletes without typing another is not an error, and nothing is lost."""
    session = opened({control.name: ["7"]})
    assert getattr(session.settings, control.name) == 7
    type_in(session, **{control.name: None})
    assert getattr(session.settings, control.name) == 7


def test_a_drag_writes_no_address_until_it_settles() -> None:
    """The page follows, but only the last alpha is one entry of the history."""
    session = opened()
    address = session.query()
    for alpha in (0.2, 0.3):
        session.set_alpha(alpha, settled=False)
        session.arrive(address)
        assert session.settings == Settings(alpha=alpha)
        assert session.leave() is None
        session.stay()  # the charts are drawn in the middle of it
        session.arrive(address)
        assert session.leave() is None
        assert session.settings == Settings(alpha=alpha)
    session.set_alpha(0.4, settled=True)
    session.arrive(address)
    assert session.leave() == to_query(Settings(alpha=0.4))
    assert session.settings == Settings(alpha=0.4)


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


@untimed
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
    assert session.refused_cells == [f"example {most + 2} is one more than {most}"]
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
