"""1,000 addresses that nobody should trust, through the page without a browser."""

from __future__ import annotations

import re
from random import Random
from urllib.parse import parse_qs

import pytest
from addresses import address, misfits
from streamlit.testing.v1 import AppTest
from test_app import go, html_of, opened, payload, refusals, written

from neuron.state.parameters import CONTROLS, Settings

BATCHES, EACH = 10, 100


def only_text_is_shown(at: AppTest) -> None:
    """Of an address nothing is on the page but text in the paragraph that refuses it."""
    alerts = [body for body in html_of(at) if 'class="refused"' in body]
    tags = {tag for alert in alerts for tag in re.findall("<[^>]*>", alert)}
    assert tags <= {'<p class="refused">', "<br>", "</p>"}
    shown = [body for body in html_of(at) if body not in alerts]
    shown += [text.value for text in at.markdown]
    assert not [text for text in shown if "pwned" in text]


def runs(at: AppTest, settings: Settings) -> None:
    """Every control and the address have its values; stage and results are those of its run."""
    values = {control.name: getattr(settings, control.name) for control in CONTROLS}
    assert at.selectbox(key="chapter").value == settings.lesson
    assert at.toggle(key="predict").value is settings.predict
    assert at.session_state["state"].settings == settings
    sent = payload(at)
    assert sent["numbers"] == values
    examples = {name: [(e["input"], e["goal"]) for e in sent[name]] for name in ("more", "test")}
    assert examples == {
        "more": [(e.input, e.goal) for e in settings.more],
        "test": [(e.input, e.goal) for e in settings.test],
    }
    address = written(at)
    assert {name: [float(text) for text in address[name]] for name in values} == {
        name: [value] for name, value in values.items()
    }


@pytest.mark.parametrize("batch", range(BATCHES))
def test_any_address_is_a_page_and_one_sentence_for_each_refusal(batch: int) -> None:
    """No exception, nothing taken for markup, each bad part named once, each good part kept."""
    draw = Random(batch)
    at = opened()
    for _ in range(EACH):
        given = address(draw)
        go(at, parse_qs(given.query, keep_blank_values=True))
        assert not at.exception, given.query
        only_text_is_shown(at)
        assert misfits(refusals(at), given) == [], given.query
        runs(at, given.settings)
