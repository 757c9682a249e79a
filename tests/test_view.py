"""What the page shows of a state."""

from __future__ import annotations

from dataclasses import replace

from neuron.story.lessons import LESSON_SETTINGS

from neuron.page.view import View
from neuron.state import events
from neuron.state.state import State


def opened(query: dict[str, list[str]]) -> State:
    return events.arrive(State(), LESSON_SETTINGS, query)


def test_what_is_to_be_predicted_is_not_trained() -> None:
    """The run that is shown has no steps, so nothing on the page can tell its end."""
    asked = opened({"lesson": ["challenge-2"], "predict": ["1"]})
    hidden = View.of(asked)
    assert hidden.hidden
    assert hidden.run == replace(asked.settings, iterations=0).run()
    assert hidden.score == ""
    shown = View.of(events.pick(asked, "creeps"))
    assert shown.run == asked.settings.run()
    assert shown.score


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
