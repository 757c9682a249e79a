"""What the page shows of a state."""

from __future__ import annotations

from neuron.page.view import View
from neuron.state import events
from neuron.state.state import State
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS


def opened(query: dict[str, list[str]]) -> State:
    return events.arrive(State(), LESSON_SETTINGS, query)


def test_what_is_to_be_predicted_is_asked_until_it_is_picked() -> None:
    """While it is asked, no answer is sent; a pick is answered for that run alone."""
    asked = opened({"predict": ["1"]})
    assert View.of(asked).asks
    assert View.of(asked).payload.answer == ""
    picked = events.pick(asked, "creeps")
    assert not View.of(picked).asks
    assert View.of(picked).payload.answer
    assert View.of(events.type_number(picked, "alpha", "0.3")).asks


def test_what_was_changed_of_the_chapters_settings_is_told() -> None:
    """Numbers with both values, lists by their names; in free play there is nothing to tell."""
    state = opened({"lesson": ["swap"]})
    assert View.of(state).changes == ()
    state = events.set_predict(events.type_number(state, "weight", "1/2"), False)
    state = events.edit_table(state, "more", {"added_rows": [{"input": "1", "goal": "2"}]})
    state = events.edit_table(state, "test", {"deleted_rows": [0]})
    told = ("starting weight from 0 to 0.5", "the training data", "the test data")
    assert View.of(state).changes == told
    assert View.of(events.type_number(opened({}), "alpha", "0.7")).changes == ()
