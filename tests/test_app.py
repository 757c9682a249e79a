"""The page without a browser: each control, what is shown, and 1,000 addresses nobody trusts."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlencode

import pytest
from addresses import address, misfits
from benchmarks.session import shows
from runs import both, from_json, run_at
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox, TextInput

from neuron.charts.sweep import sweep
from neuron.core.dynamics import dynamics_of
from neuron.page.session import happen_with, widget
from neuron.state import events
from neuron.state.address import from_query
from neuron.state.parameters import BY_NAME, Settings
from neuron.state.reading import typed
from neuron.state.state import State
from neuron.story.chapters import CHAPTERS, SETTINGS
from neuron.story.looks import INTRODUCTIONS
from neuron.words.formula import count_in_words
from neuron.words.sweep import sweep_in_words

APP = Path(__file__).parent.parent / "app.py"
ADDRESS = {"input": ["2"], "goal": ["2"], "weight": ["0"], "alpha": ["0.1"], "iterations": ["18"]}


def opened(query: str = "") -> AppTest:
    """The page after its first run, which a host that does not know `st.App` runs alike."""
    at = AppTest.from_file(APP, default_timeout=60)
    at.query_params.update(parse_qs(query, keep_blank_values=True))
    return at.run()


def field(at: AppTest, name: str) -> TextInput:
    (found,) = (one for one in at.text_input if one.label == BY_NAME[name].label)
    return found


def type_in(at: AppTest, name: str, text: str) -> None:
    field(at, name).set_value(text).run()
    assert not at.exception


def html_of(at: AppTest) -> list[str]:
    return [element.proto.body for element in at.get("html")]


def written(at: AppTest) -> dict[str, list[str]]:
    """The address that the browser comes to have."""
    return parse_qs(component(at, "neuron_address")["query"], keep_blank_values=True)


def refusals(at: AppTest) -> list[str]:
    pattern = re.compile('class="refused">From the address: (.*)</p>', re.DOTALL)
    told = [text for body in html_of(at) for text in pattern.findall(body)]
    return [unescape(sentence) for text in told for sentence in text.split("<br>")]


def payload(at: AppTest) -> dict[str, Any]:
    """What the stage is sent."""
    sent: dict[str, Any] = from_json(component(at, "neuron_stage")["payload"])
    return sent


def components(at: AppTest, name: str) -> list[Any]:
    protos = (element.proto for element in at.get("bidi_component"))
    return [json.loads(proto.json) for proto in protos if proto.component_name == name]


def component(at: AppTest, name: str) -> Any:
    (found,) = components(at, name)
    return found


def texts(at: AppTest) -> list[str]:
    return [element.value for element in at.markdown]


def chooser(at: AppTest, label: str) -> Selectbox[Any]:
    (found,) = (one for one in at.selectbox if one.label.startswith(label))
    return found


def holds(at: AppTest, settings: Settings) -> None:
    """Every control and the address have these values; stage and verdict are those of the run."""
    assert not at.exception
    for name in CHAPTERS[settings.lesson].fields if settings.lesson else BY_NAME:
        assert typed(field(at, name).value or "") == getattr(settings, name)
    assert chooser(at, "Chapter").value == settings.lesson
    assert at.toggle[0].value is settings.predict
    assert at.session_state["state"].settings == settings
    assert shows(payload(at), settings)
    assert from_query(written(at), SETTINGS) == (settings, [])
    assert parse_qs(payload(at)["at"], keep_blank_values=True) == written(at)


def test_the_page_opens_on_the_articles_run() -> None:
    """Without an address the page shows the defaults, refuses nothing, and opens no look."""
    at = opened()
    holds(at, Settings())
    assert written(at) == ADDRESS
    assert refusals(at) == []


@pytest.mark.parametrize("look", INTRODUCTIONS)
def test_a_look_is_introduced_with_a_task(look: str) -> None:
    """In a sentence and a task; not while a challenge is open, which it might help to meet."""
    assert INTRODUCTIONS[look] in texts(opened(f"look={look}"))
    assert re.fullmatch(r"[^.]+\. \*\*Try it:\*\* [^.]+\.", INTRODUCTIONS[look])
    assert INTRODUCTIONS[look] not in texts(opened(f"lesson=challenge-1&look={look}"))


def go(at: AppTest, query: dict[str, list[str]]) -> None:
    """What Back and Forward do: another address comes, and the page runs."""
    at.query_params.clear()
    at.query_params.update(query)
    with patch("neuron.page.session._goes_back", return_value=True):  # only a browser can say so
        at.run()


def test_a_change_outranks_an_address_from_before_it() -> None:
    """The browser may send a change, or nothing new, with an older address: only Back undoes it."""
    at = opened()
    stale = written(at)
    type_in(at, "goal", "5")
    for act in (lambda: type_in(at, "alpha", "0,2"), at.run):
        at.query_params.clear()
        at.query_params.update(stale)
        act()
        assert field(at, "alpha").value == "0,2"
        assert written(at) == ADDRESS | {"goal": ["5"], "alpha": ["0.2"]}
    go(at, stale)
    holds(at, Settings())


def test_an_answer_sets_no_widget_that_is_right_already() -> None:
    """Else a press that is on its way would be undone, because what the server sets wins."""
    at = opened("look=arithmetic&test=1:1&exercise=3")
    type_in(at, "alpha", "0.2")
    kinds = ("selectbox", "toggle", "button_group", "text_input")
    widgets: list[Any] = [one for kind in kinds for one in at.get(kind)]
    assert len(widgets) > 8
    assert [one.label for one in widgets if one.proto.set_value] == []


def test_a_widget_that_another_hand_has_set_is_a_new_one() -> None:
    """The old one's value, which the browser may send once more, is then no press on it."""
    at = opened("lesson=learn")
    first = chooser(at, "Chapter").id
    chooser(at, "Chapter").select("test").run()
    assert (chooser(at, "Chapter").id, written(at)["lesson"]) == (first, ["test"])
    go(at, {"lesson": ["swap"]})
    assert chooser(at, "Chapter").id != first
    assert chooser(at, "Chapter").value == "swap"


def test_what_others_put_into_a_link_is_left_alone() -> None:
    """An embedded page is not told off for that, nor a link for what a mail program added."""
    names = "embed=true&embed_options=light_theme&utm_source=mail&fbclid=x&gclid=x&_ga=1&msclkid=x"
    at = opened(f"{names}&mc_eid=x&alpha=0.2")
    holds(at, Settings(alpha=0.2))
    assert refusals(at) == []


def test_alpha_is_not_spoken_of_before_its_chapter() -> None:
    """Neither in the program nor in the sentences for the beats."""
    for name in SETTINGS:
        sent = payload(opened(f"lesson={name}"))
        program = "".join(line["text"] for line in sent["program"]["lines"])
        said = "".join(sent["words"]["beats"].values())
        known = name not in ("predict", "measure", "learn", "test", "swap")
        assert ("alpha" in program, "{alpha}" in said, sent["program"]["scaled"]) == (known,) * 3


@pytest.mark.parametrize("tolerance", [0.1, 1e-6])
def test_what_there_means_stands_in_the_address(tolerance: float) -> None:
    """Choosing how near is near changes what each look says, and the address."""
    run = run_at("alpha=0.45")
    at = opened("alpha=0.45&look=why")
    assert count_in_words(*both(run), 0.01, 10_000) in texts(at)
    chooser(at, "Count a run").select(tolerance).run()
    assert written(at)["tolerance"] == [{0.1: "0.1", 1e-6: "1e-06"}[tolerance]]
    assert count_in_words(*both(run), tolerance, 10_000) in texts(at)
    looks: Any = at.get("button_group")[0]
    looks.set_value("sweep").run()
    assert sweep_in_words(dynamics_of(run)) in texts(at)
    sent = json.loads(component(at, "neuron_sweep")["payload"])
    assert sent["sentences"] == list(sweep(*both(run), tolerance).sentences)
    again = opened(urlencode(written(at), doseq=True))
    assert chooser(again, "Count a run").value == tolerance


@pytest.mark.parametrize(
    ("name", "alpha", "best"), [("challenge-1", 1.0, 1.6), ("challenge-2", 0.1, 0.25)]
)
def test_a_challenge_does_not_tell_its_answer_before_it_is_found(
    name: str, alpha: float, best: float
) -> None:
    """Until the best alpha is set, the stage is told that it is sought, and no sweep is drawn."""
    at = opened(f"lesson={name}&alpha={alpha}&look=sweep")
    hint = "This look shows the best alpha: find it first."
    for sought in (True, False):
        assert payload(at)["chapter"]["sought"] is sought
        assert bool(components(at, "neuron_sweep")) is not sought
        assert (hint in texts(at)) is sought
        type_in(at, "alpha", str(best))


def test_a_link_for_a_class_says_what_it_does_and_one_press_shows_the_full_page() -> None:
    """That it hides, locks and leaves out, in a sentence; what is left is in the chooser."""
    at = opened("lesson=alpha&hide=verdict,ruler&lock=1&only=learn,alpha")
    told = (
        "This link hides the verdict and the alpha ruler, locks the numbers and shows only 2 "
        "chapters."
    )
    for limited in (True, False):
        assert (told in texts(at)) is limited
        sent = payload(at)
        stop = sent["chapter"]["stops"][-1]
        assert ({"verdict", "ruler"} & {*stop["parts"]} == set()) is limited
        assert ((stop["handles"] == []), sent["locked"]) == (limited, limited)
        assert len(chooser(at, "Chapter").options) == (2 if limited else 22)
        assert ({"hide", "lock", "only"} <= set(written(at))) is limited
        for button in at.button:
            if button.label == "Show the full page":
                button.click().run()


def test_runs_that_differ_only_in_minus_1_and_minus_2_are_told_apart() -> None:
    """Python's hash of the two is the same."""
    at = opened("look=compare&keep=-1:2:0:0.1:18,-2:2:0:0.1:18")
    assert not at.exception
    for input in ("-1", "-2"):
        go(at, {"look": ["arithmetic"], "input": [input], "turn": ["0"]})
        assert not at.exception
        (answer,) = (one for one in at.text_input if one.label == "new weight")
        assert answer.value == ""
        answer.set_value("3").run()


@pytest.mark.parametrize(("key", "lesson"), [("chapter-0", ""), ("chapter-1", "swap")])
def test_what_a_replaced_widget_says_is_not_heard(key: str, lesson: str) -> None:
    """Streamlit calls the old one's callback, too."""
    there: dict[str, Any] = {"state": State(renewed={"chapter": 1}), key: "swap"}
    with patch("streamlit.session_state", there):
        happen_with(key, events.open_chapter, SETTINGS)
    assert there["state"].settings.lesson == lesson


def test_what_is_picked_while_the_session_is_lost_counts() -> None:
    """The new session does not know the widget, so Streamlit calls no callback."""
    there: dict[str, Any] = {}
    with patch("streamlit.session_state", there):
        widget(lambda **_: "swap", "chapter", "", events.open_chapter, SETTINGS)
    assert there["state"].settings.lesson == "swap"


BATCHES, EACH = 10, 100


def only_text_is_shown(at: AppTest) -> None:
    """Of an address nothing is on the page but text in the paragraph that refuses it."""
    alerts = [body for body in html_of(at) if 'class="refused"' in body]
    assert {*re.findall("<[^>]*>", "".join(alerts))} <= {'<p class="refused">', "<br>", "</p>"}
    shown = [*texts(at), *(body for body in html_of(at) if body not in alerts)]
    assert not [text for text in shown if "pwned" in text]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_any_address_is_a_page_and_one_sentence_for_each_refusal(batch: int) -> None:
    """No exception, nothing taken for markup, each bad part named once, each good part kept."""
    draw = Random(batch)
    at = opened()
    for _ in range(EACH):
        given = address(draw)
        go(at, parse_qs(given.query, keep_blank_values=True))
        only_text_is_shown(at)
        assert misfits(refusals(at), given) == [], given.query
        holds(at, given.settings)
