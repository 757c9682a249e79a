"""What the browser is sent: text that no browser misreads, and the core's own word on the run."""

from __future__ import annotations

import json
import re
from typing import Any

from benchmarks.session import shows
from hypothesis import example, given
from runs import from_json, words_of
from strategies import any_settings

from neuron import Example
from neuron.charts.ruler import ruler
from neuron.core.dynamics import dynamics_of
from neuron.page.view import View
from neuron.player.payloads import as_json
from neuron.player.stage import grips
from neuron.state import events
from neuron.state.parameters import BY_NAME, Settings
from neuron.state.state import State


def payload_of(settings: Settings) -> dict[str, Any]:
    """What a browser gets, which reads no NaN and no infinity."""
    sent: dict[str, Any] = from_json(as_json(View.of(State(settings)).payload))
    return sent


@example(Settings(input=5e-324))
@example(Settings(input=1e-300, alpha=1e6, log=True))
@example(Settings(weight=5e-324, goal=0.0, log=True))
@example(Settings(alpha=1e6, iterations=10_000, log=True, test=(Example(1e6, 1),)))
@given(any_settings)
def test_any_settings_are_sent_as_numbers_that_every_browser_reads(settings: Settings) -> None:
    """No NaN, no infinity; the numbers are the settings', and what is said is the core's."""
    sent, run = payload_of(settings), settings.run()
    assert shows(sent, settings)
    said = sent["verdict"]
    told = f"{said['headline']}. {said['plain']} {said['why']} {said['advice']}"
    assert told == words_of(run)
    theory = dynamics_of(run)
    assert sent["found"] == theory.seen_regime.name.lower()
    whole = from_json(as_json(ruler(theory)))
    sought = bool(sent["chapter"] and sent["chapter"]["sought"])
    untold = {"bands": [], "sentence": ""} if sought or "verdict" in settings.hide else {}
    untold |= {"marks": [], "places": []} if sought else {}
    assert sent["ruler"] == whole | untold
    assert (sent["logarithmic"] is not None) is (settings.log and any(run.weights))
    assert sent["ideal"] in (None, theory.ideal_weight)
    assert not re.search(r"\bnan\b|\binf\b", json.dumps(sent["words"]))
    for name, grip in sent["grips"].items():
        control = BY_NAME[name]
        assert (grip["low"], grip["high"]) == (control.low, control.high)
        assert grip["step"] > 0
    assert {*sent["grips"]} == {*BY_NAME} - {"iterations"}


def test_what_is_to_be_predicted_is_asked_until_it_is_picked() -> None:
    """While it is asked, no answer is sent; a pick is answered for that run alone."""
    assert View.of(State()).payload.chapter is None
    asked = State(Settings(predict=True))
    picked = events.pick(asked, "creeps")
    again = events.type_number(picked, "alpha", "0.3")
    for state, asks in ((asked, True), (picked, False), (again, True)):
        view = View.of(state)
        assert (view.asks, view.payload.answer == "") == (asks, asks)


def test_handles_snap_to_what_matters() -> None:
    """The weight to 0 and to the ideal weight; the alpha ruler goes by hundredths."""
    settings = Settings(goal=3.0)
    view = View.of(State(settings))
    found = grips(view.payload.views[0], settings, view.theory)
    assert found["weight"].marks == (0, 1.5)
    assert found["alpha"].step == 0.01
