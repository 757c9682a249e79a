"""Kept runs and the tolerance, from run to run of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from strategies import any_settings, any_training
from test_address_kept import OPENING
from test_state import type_in

from neuron import Example
from neuron.state.address import to_query
from neuron.state.parameters import MOST_KEPT, TOLERANCES, Settings
from neuron.state.state import Session
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS


def session_at(query: str = "") -> Session:
    """A session that has arrived at an address and has shown the page once."""
    session = Session({})
    session.arrive(parse_qs(query, keep_blank_values=True))
    session.state["address"] = session.query()
    assert session.refused == []
    return session


def after(session: Session) -> Settings:
    """The settings after the next run of the page, which the browser asks for as it was."""
    session.arrive(session.state["address"])
    return session.settings


def test_keeping_a_run_opens_the_comparison() -> None:
    """The run shown is kept once, without what is only shown; then there is nothing to keep."""
    session = session_at("alpha=0.4&train=1:1&test=3:3&tolerance=0.1&predict=1")
    assert session.can_keep
    session.keep()
    settings = after(session)
    assert settings.kept == (Settings(alpha=0.4, more=(Example(1, 1),)),)
    assert (settings.look, settings.tolerance, settings.alpha) == ("compare", 0.1, 0.4)
    assert not session.can_keep
    session.keep()
    assert len(after(session).kept) == 1
    type_in(session, alpha=0.5)
    assert session.can_keep
    assert "keep=2%3A2%3A0%3A0.4%3A18%3A1%3A1" in urlencode(session.query(), doseq=True)


def test_no_more_than_four_runs_are_kept() -> None:
    """The fifth is not taken, until one is removed."""
    session = session_at()
    for k in range(1, 6):
        type_in(session, goal=float(k))
        assert session.can_keep is (k <= MOST_KEPT)
        session.keep()
    assert [one.goal for one in after(session).kept] == [1, 2, 3, 4]
    session.drop(session.settings.kept[1])
    assert [one.goal for one in after(session).kept] == [1, 3, 4]
    assert session.can_keep
    session.keep()
    assert [one.goal for one in after(session).kept] == [1, 3, 4, 5]


def test_dropping_a_run_leaves_all_else() -> None:
    """Only that run is gone; one that is not kept is no error."""
    session = session_at(f"keep={OPENING},3:3:0:0.1:18&alpha=0.7&look=compare&tolerance=0.1")
    before = session.settings
    session.drop(before.kept[0])
    assert after(session) == replace(before, kept=before.kept[1:])
    session.drop(before.kept[0])
    assert after(session) == replace(before, kept=before.kept[1:])


@given(any_settings, any_training)
def test_loading_a_run_shows_it(settings: Settings, kept: Settings) -> None:
    """Its numbers and training data are in the controls; test data, look and kept runs stay."""
    session = Session({})
    session.arrive({})
    session.take(replace(settings, test=(Example(7, 7),)))
    before, version = session.settings, session.state["version"]
    session.load(kept)
    loaded = session.settings
    assert loaded.what_runs == kept
    controls = {name: getattr(kept, name) for name in ("input", "goal", "weight", "alpha")}
    assert loaded == replace(before, **controls, iterations=kept.iterations, more=kept.more)
    assert session.state["version"] > version  # the tables begin anew
    assert len(session.state["rows"]["more"]) == max(1, len(kept.more))


@pytest.mark.parametrize("tolerance", TOLERANCES)
def test_choosing_a_tolerance(tolerance: float) -> None:
    """It is taken from the chooser, stands in the address, and changes nothing else."""
    session = session_at("alpha=0.3&look=why")
    before = session.settings
    session.state["nearness"] = tolerance
    session.set_tolerance("nearness")
    assert after(session) == replace(before, tolerance=tolerance)
    again = Session({})
    again.arrive(session.query())
    assert (again.settings, again.refused) == (session.settings, [])


@pytest.mark.parametrize("name", ["", *LESSON_SETTINGS])
def test_a_chapter_leaves_kept_runs_and_tolerance(name: str) -> None:
    """They are the reader's, not the chapter's; everything else is the chapter's."""
    session = session_at(f"keep={OPENING},3:3:0:0.1:18&tolerance=0.001&alpha=0.7&look=compare")
    before = session.settings
    session.open_chapter(name)
    chapter = LESSON_SETTINGS.get(name, Settings())
    assert after(session) == replace(chapter, look="compare", tolerance=0.001, kept=before.kept)


@pytest.mark.parametrize("change", ["keep", "drop", "load", "tolerance"])
def test_a_change_outranks_the_address_and_back_undoes_it(change: str) -> None:
    """An address of before comes with the change; sent again, it is the way back."""
    session = session_at("keep=3:3:0:0.1:18&tolerance=0.1")
    before, address = session.settings, session.query()
    type_in(session, weight=1.5)
    session.arrive(address)
    assert session.leave() != address
    kept = before.kept[0]
    session.state["nearness"] = 0.001
    changes: dict[str, Callable[[], None]] = {
        "keep": session.keep,
        "drop": lambda: session.drop(kept),
        "load": lambda: session.load(kept),
        "tolerance": lambda: session.set_tolerance("nearness"),
    }
    changes[change]()
    changed = session.settings
    assert changed != before
    session.arrive(address)
    assert session.settings == changed
    assert session.leave() == to_query(changed)
    session.arrive(address)
    assert session.settings == before
