"""A link for a class: what it hides, locks and leaves out, it says, and one press undoes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from test_app import opened, payload, texts, written
from test_events import at_settings

from neuron import Example
from neuron.page.view import View
from neuron.state import events
from neuron.state.parameters import Settings
from neuron.story.chapters import SETTINGS as CHAPTERS
from neuron.story.chapters import beside


def test_the_link_says_what_it_does_and_one_press_shows_the_full_page() -> None:
    """That it hides, locks and leaves out, in a sentence; what is left is in the chooser."""
    at = opened("lesson=alpha&hide=verdict,ruler&lock=1&only=learn,alpha")
    told = (
        "This link hides the verdict and the ruler of alpha, locks the numbers and shows only 2 "
        "chapters."
    )
    for limited in (True, False):
        assert (told in texts(at)) is limited
        sent = payload(at)
        assert (sent["hidden"], sent["locked"]) == (["verdict", "ruler"] * limited, limited)
        assert len(at.selectbox(key="chapter").options) == (2 if limited else 22)
        assert ({"hide", "lock", "only"} <= set(written(at))) is limited
        for button in at.button:
            if button.label == "Show the full page":
                button.click().run()


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        (events.set_numbers, ({"alpha": 0.7},)),
        (events.type_number, ("alpha", "0.7")),
        (events.swap, ()),
        (events.load, (Settings(alpha=0.7),)),
        (events.edit_table, ("more", {"added_rows": [{"input": "1", "goal": "2"}]})),
    ],
)
def test_locked_numbers_stay(event: Any, arguments: tuple[Any, ...]) -> None:
    """Nothing that a reader does changes the run; unlocked, the same changes it."""
    locked = at_settings(Settings(lock=True, test=(Example(3, 4),)))
    locked = at_settings(replace(locked.settings, goal=5.0))
    assert event(locked, *arguments).settings.what_runs == locked.settings.what_runs
    free = at_settings(replace(locked.settings, lock=False))
    assert event(free, *arguments).settings.what_runs != free.settings.what_runs


def test_chapters_that_are_left_form_a_ring() -> None:
    """After the last comes the first; a chapter that is left out cannot be opened."""
    only = ("predict", "alpha")
    assert [beside("predict", 1, only), beside("alpha", 1, only)] == ["alpha", "predict"]
    assert beside("predict", -1, only) == "alpha"
    state = at_settings(replace(CHAPTERS["alpha"], only=only))
    assert View.of(state).payload.chapter.after == "predict"  # type: ignore[union-attr]
    assert events.open_chapter(state, {"measure": Settings()}, "measure") == state


def test_a_step_belongs_to_its_run() -> None:
    """A link opens at its step; another run begins at 0, the same run seen otherwise does not."""
    state = at_settings(Settings(step=7, speed="slow"))
    sent = View.of(state).payload
    assert (state.settings.step, sent.step, sent.speed) == (7, 7, "slow")
    assert events.set_log(state, "1").settings.step == 7
    after = events.set_numbers(state, {"alpha": 0.7}).settings
    assert (after.step, after.speed) == (0, "slow")
