"""A reader's settings from run to run: the reader's last change outranks everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from strategies import any_settings

from neuron.state.address import to_query
from neuron.state.parameters import CONTROLS, Settings
from neuron.state.state import Session
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS

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


def test_the_ruler_sets_no_alpha_that_cannot_be_typed() -> None:
    """The limit of input 0.001 is 2 million: beyond its highest alpha stays there."""
    session = opened({"input": ["0.001"]})
    session.set_alpha(2e6, settled=True)
    assert session.settings == Settings(input=0.001, alpha=1e6)
    type_in(session, weight=5)
    assert session.settings == Settings(input=0.001, alpha=1e6, weight=5)
