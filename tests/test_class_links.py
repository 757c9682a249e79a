"""A link for a class: what it hides, locks and leaves out, it says, and one press undoes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from test_app import field, opened, payload, written
from test_events import at_settings

from neuron import Example
from neuron.state import events
from neuron.state.parameters import Settings
from neuron.story.chapters import beside

CLASS = "lesson=alpha&hide=verdict,ruler&lock=1&only=learn,alpha"


def test_the_link_says_what_it_does_and_one_press_shows_the_full_page() -> None:
    at = opened(CLASS)
    (told,) = (text.value for text in at.markdown if text.value.startswith("This link"))
    assert told == (
        "This link hides the verdict and the ruler of alpha, locks the numbers and shows only 2 "
        "chapters."
    )
    sent = payload(at)
    assert (sent["hidden"], sent["locked"]) == (["verdict", "ruler"], True)
    assert (sent["ruler"]["bands"], sent["ruler"]["sentence"]) == ([], "")  # they give it away
    assert field(at, "alpha").disabled
    assert len(at.selectbox(key="chapter").options) == 2
    (full,) = (button for button in at.button if button.label == "Show the full page")
    full.click().run()
    sent = payload(at)
    assert (sent["hidden"], sent["locked"]) == ([], False)
    assert sent["ruler"]["bands"]
    assert sent["ruler"]["sentence"]
    assert not field(at, "alpha").disabled
    assert len(at.selectbox(key="chapter").options) == 22
    assert not {"hide", "lock", "only"} & set(written(at))
    assert not [text for text in at.markdown if text.value.startswith("This link")]


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
    at = opened("lesson=alpha&only=predict,alpha")
    assert payload(at)["chapter"]["after"] == "predict"
    state = at.session_state["state"]
    shut = events.open_chapter(state, {"measure": Settings()}, "measure")
    assert shut == state


def test_a_step_belongs_to_its_run() -> None:
    """A link opens at its step; another run begins at 0, the same run seen otherwise does not."""
    state = at_settings(Settings(step=7, speed="slow"))
    assert state.settings.step == 7
    assert events.set_log(state, "1").settings.step == 7
    after = events.set_numbers(state, {"alpha": 0.7}).settings
    assert (after.step, after.speed) == (0, "slow")
    at = opened("step=7&speed=slow")
    assert (payload(at)["step"], payload(at)["speed"]) == (7, "slow")
    assert (written(at)["step"], written(at)["speed"]) == (["7"], ["slow"])
