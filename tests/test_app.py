"""The page without a browser: each control, its address, and the numbers that are shown."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from html import unescape
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlencode

import pytest
from runs import both, from_json, run_at
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup, TextInput

from neuron import Run, train
from neuron.charts.sweep import sweep
from neuron.core.dynamics import dynamics_of
from neuron.state import comparison, events
from neuron.state.address import from_query
from neuron.state.parameters import BY_NAME, MOST_KEPT
from neuron.story.looks import INTRODUCTIONS
from neuron.words.comparison import comparison_in_words
from neuron.words.formula import count_in_words
from neuron.words.sweep import sweep_in_words
from neuron.words.verdict import verdict

APP = Path(__file__).parent.parent / "app.py"


DEFAULTS: dict[str, Any] = {
    "input": 2.0,
    "goal": 2.0,
    "weight": 0.0,
    "alpha": 0.1,
    "iterations": 18,
}


ADDRESS = {"input": "2", "goal": "2", "weight": "0", "alpha": "0.1", "iterations": "18"}


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


def settings_of(at: AppTest) -> dict[str, Any]:
    assert not at.exception
    return {name: BY_NAME[name].parse(field(at, name).value or "") for name in DEFAULTS}


def html_of(at: AppTest) -> list[str]:
    return [element.proto.body for element in at.get("html")]


def is_replaced(at: AppTest) -> bool:
    """Whether the address is written in place of the one that is there."""
    return not component(at, "neuron_address")["written"]


def written(at: AppTest) -> dict[str, list[str]]:
    """The address that the browser comes to have."""
    return parse_qs(component(at, "neuron_address")["query"], keep_blank_values=True)


def refusals(at: AppTest) -> list[str]:
    found = [body for body in html_of(at) if 'class="refused"' in body]
    if not found:
        return []
    (told,) = re.findall(r"From the address: (.*)</p>", found[0], re.DOTALL)
    return [unescape(sentence) for sentence in told.split("<br>")]


def payload(at: AppTest) -> dict[str, Any]:
    """What the stage is sent."""
    sent: dict[str, Any] = from_json(component(at, "neuron_stage")["payload"])
    return sent


def component(at: AppTest, name: str) -> Any:
    (proto,) = (e.proto for e in at.get("bidi_component") if e.proto.component_name == name)
    return json.loads(proto.json)


def looks_of(at: AppTest) -> ButtonGroup[str]:
    (looks,) = at.get("button_group")
    assert isinstance(looks, ButtonGroup)
    return looks


def shows(at: AppTest, run: Run) -> None:
    """The stage has this run's numbers, and the address that it is sent is the one written."""
    sent = payload(at)
    assert sent["numbers"] == {
        "input": run.examples[0].input,
        "goal": run.examples[0].goal,
        "weight": run.weights[0],
        "alpha": run.alpha,
        "iterations": run.iterations,
    }
    assert sent["more"] == [asdict(example) for example in run.examples[1:]]
    told = verdict(*both(run))
    for name in ("headline", "plain", "why", "advice"):
        assert sent["verdict"][name] == getattr(told, name)
    assert sent["ruler"]["alpha"] == run.alpha
    assert parse_qs(sent["at"], keep_blank_values=True) == written(at)


def test_the_page_opens_on_the_articles_run() -> None:
    """Without an address the page shows the defaults, refuses nothing, and opens no look."""
    at = opened()
    assert settings_of(at) == DEFAULTS
    assert written(at) == {name: [text] for name, text in ADDRESS.items()}
    assert refusals(at) == []
    assert not shows_steps(at)
    shows(at, train(**DEFAULTS))


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        *(("input", -7.25, "-7.25"), ("goal", 0.0003, "0.0003"), ("weight", 1e-6, "1e-06")),
        *(("alpha", 0.25, "0.25"), ("iterations", 60, "60"), ("input", 0.0, "0")),
        *(("alpha", 0.6, "0.6"), ("alpha", 0.0, "0"), ("iterations", 0, "0")),
    ],
)
def test_a_control_changes_the_run_and_the_address(name: str, value: float, text: str) -> None:
    """Each control moves everything that is shown, and its value stands in the address."""
    at = opened()
    type_in(at, name, text)
    assert settings_of(at) == DEFAULTS | {name: value}
    assert written(at) == {n: [t] for n, t in (ADDRESS | {name: text}).items()}
    shows(at, train(**(DEFAULTS | {name: value})))


def test_a_refused_entry_stays_and_is_told_until_another_hand_sets_the_number() -> None:
    """The run and the address stay as they were; the sentence is told in an element that stays."""
    at = opened("weight=1")
    before, run = written(at), payload(at)
    assert component(at, "neuron_entries") == {"refused": "", "heard": ""}
    type_in(at, "iterations", "2,5")
    type_in(at, "alpha", "1,000")
    assert (field(at, "alpha").value, field(at, "iterations").value) == ("1,000", "2,5")
    assert (written(at), payload(at)) == (before, run)
    assert component(at, "neuron_entries")["refused"] == (
        "Alpha “1,000” could be read as 1000 or as 1.000 (write one of these), so it is still 0.1. "
        "Iterations “2,5” is not a whole number, so it is still 18."
    )
    type_in(at, "iterations", "5")
    assert component(at, "neuron_entries")["refused"].endswith("so it is still 0.1.")
    at.session_state["state"] = events.set_numbers(at.session_state["state"], {"alpha": 1.0})
    at.run()
    assert field(at, "alpha").value == "1"
    assert component(at, "neuron_entries") == {"refused": "", "heard": ""}


def test_only_a_change_that_counts_is_an_entry_of_the_history() -> None:
    """The first look replaces the address it came with; so does what only changes how it looks."""
    at = opened("alpha=0.2")
    assert is_replaced(at)
    go(at, written(at))
    type_in(at, "alpha", "0.3")
    assert not is_replaced(at)
    assert at.query_params["alpha"] in ("0.3", ["0.3"])
    at.session_state["state"] = events.set_log(at.session_state["state"], "1")
    at.run()
    assert is_replaced(at)
    assert written(at)["log"] == ["1"]


def shows_steps(at: AppTest) -> bool:
    return any(e.proto.component_name == "neuron_table" for e in at.get("bidi_component"))


def test_one_closer_look_at_a_time() -> None:
    """A look opens, gives way to the other and closes again, and the address says so."""
    at = opened()
    looks = looks_of(at)
    looks.set_value("arithmetic").run()
    assert json.loads(component(at, "neuron_byhand")["payload"])["now"] == "book"
    assert not shows_steps(at)
    assert written(at)["look"] == ["arithmetic"]
    looks.set_value("steps").run()
    assert not [text for text in at.text_input if text.label.startswith("weight = ")]
    assert shows_steps(at)
    assert written(at)["look"] == ["steps"]
    looks.set_value(None).run()
    assert not shows_steps(at)
    assert "look" not in written(at)
    assert settings_of(at) == DEFAULTS


@pytest.mark.parametrize("look", INTRODUCTIONS)
def test_a_look_is_introduced_with_a_task(look: str) -> None:
    """In a sentence and a task; not while a challenge is open, which it might help to meet."""
    shown = [text.value for text in opened(f"look={look}").markdown]
    assert INTRODUCTIONS[look] in shown
    assert re.fullmatch(r"[^.]+\. \*\*Try it:\*\* [^.]+\.", INTRODUCTIONS[look])
    open_challenge = opened(f"lesson=challenge-1&look={look}")
    assert INTRODUCTIONS[look] not in [text.value for text in open_challenge.markdown]


def go(at: AppTest, query: dict[str, list[str]]) -> None:
    """What Back and Forward do: another address comes, and the page runs."""
    at.query_params.clear()
    at.query_params.update(query)
    with patch("neuron.page.session._goes_back", return_value=True):  # only a browser can say so
        at.run()


def test_back_and_forward_restore_everything() -> None:
    """An address from before brings back its settings, and opens or closes its look."""
    at = opened("alpha=0.6")
    first = written(at)
    type_in(at, "input", "3")
    looks_of(at).set_value("steps").run()
    second = written(at)
    go(at, first)
    assert settings_of(at) == DEFAULTS | {"alpha": 0.6}
    assert not shows_steps(at)
    assert written(at) == first
    go(at, second)
    assert settings_of(at) == DEFAULTS | {"alpha": 0.6, "input": 3}
    assert shows_steps(at)
    assert written(at) == second
    go(at, {})
    assert settings_of(at) == DEFAULTS


def test_a_change_outranks_an_address_from_before_it() -> None:
    """The browser may send a change with an older address: the change holds, nothing is undone."""
    at = opened()
    stale = written(at)
    type_in(at, "goal", "5")
    at.query_params.clear()
    at.query_params.update(stale)
    type_in(at, "alpha", "0,2")
    assert field(at, "alpha").value == "0,2"
    changed = {n: [t] for n, t in (ADDRESS | {"goal": "5", "alpha": "0.2"}).items()}
    assert written(at) == changed
    at.query_params.clear()
    at.query_params.update(stale)
    at.run()
    assert field(at, "alpha").value == "0,2", "nor does a mere rerun undo it"
    assert written(at) == changed
    go(at, stale)
    assert settings_of(at) == DEFAULTS, "Back does"


def test_what_others_put_into_a_link_is_left_alone() -> None:
    """An embedded page is not told off for that, nor a link for what a mail program added."""
    names = "embed=true&embed_options=light_theme&utm_source=mail&fbclid=x&gclid=x&_ga=1&msclkid=x"
    at = opened(f"{names}&mc_eid=x&alpha=0.2")
    assert settings_of(at) == DEFAULTS | {"alpha": 0.2}
    assert refusals(at) == []


def test_refusals_go_with_the_next_change() -> None:
    """What was wrong with an address is old news once the reader has changed something."""
    at = opened("alpha=abc")
    assert refusals(at)
    type_in(at, "goal", "3")
    assert refusals(at) == []
    assert settings_of(at) == DEFAULTS | {"goal": 3}


COMPONENTS = {"why": "neuron_why", "compare": "neuron_compare", "sweep": "neuron_sweep"}


def texts(at: AppTest) -> list[str]:
    return [element.value for element in at.markdown]


def buttons(at: AppTest) -> dict[str, bool]:
    """Each button's label, and whether it can be pressed."""
    return {button.label: not button.disabled for button in at.button}


def press(at: AppTest, label: str) -> None:
    (button,) = (button for button in at.button if button.label == label)
    button.click().run()
    assert not at.exception


def drawn(at: AppTest) -> set[str]:
    found = {element.proto.component_name for element in at.get("bidi_component")}
    return {look for look, name in COMPONENTS.items() if name in found}


def test_keeping_loading_and_removing_runs() -> None:
    """Keep opens the comparison; a kept run is not compared with itself; the address has all."""
    at = opened()
    assert drawn(at) == set()
    press(at, "Keep this run")
    assert looks_of(at).value == "compare"
    assert written(at)["keep"] == ["2:2:0:0.1:18"]
    assert drawn(at) == set()
    assert "This run is kept. Change alpha: both runs are drawn here." in texts(at)
    for label in ("Keep this run", "Load alpha 0.1"):
        assert not buttons(at)[label]
    type_in(at, "alpha", "0.5")
    runs = [run_at("alpha=0.1"), run_at("alpha=0.5")]
    given = [from_query({"alpha": [alpha]})[0] for alpha in ("0.1", "0.5")]
    assert comparison_in_words(comparison.compare(given, runs, 0.01), 0.01) in texts(at)
    sent = json.loads(component(at, "neuron_compare")["payload"])
    assert [trace["y"] for trace in sent["figures"]["weight"]["data"]] == [
        *(list(run.weights) for run in runs),
        [None],
    ]
    press(at, "Load alpha 0.1")
    assert field(at, "alpha").value == "0.1"
    assert written(at)["keep"] == ["2:2:0:0.1:18"]
    press(at, "Remove alpha 0.1")
    assert "keep" not in written(at)
    assert buttons(at)["Keep this run"]


def test_only_so_many_runs_are_kept() -> None:
    """With four kept no fifth is; each kept run has a number where too much differs."""
    kept = ["2:2:0:0.1:18", "2:2:-1:0.2:18", "2:2:0:0.3:18:3:1", "2:2:0:0.4:18"]
    at = opened(f"keep={','.join(kept)}&look=compare&alpha=0.45")
    assert len(kept) == MOST_KEPT
    assert not buttons(at)["Keep this run"]
    assert "Remove run 2" in buttons(at)
    assert "Load run 3" in buttons(at)
    press(at, "Load run 3")
    assert written(at)["train"] == ["3:1"]
    press(at, "Remove run 2")
    assert written(at)["keep"] == [",".join(kept[:1] + kept[2:])]


@pytest.mark.parametrize("tolerance", [0.1, 1e-6])
def test_what_there_means_stands_in_the_address(tolerance: float) -> None:
    """Choosing how near is near changes what each look says, and the address."""
    run = run_at("alpha=0.45")
    at = opened("alpha=0.45&look=why")
    assert count_in_words(*both(run), 0.01, 10_000) in texts(at)
    at.selectbox(key="nearness").select(tolerance).run()
    assert written(at)["tolerance"] == [{0.1: "0.1", 1e-6: "1e-06"}[tolerance]]
    assert count_in_words(*both(run), tolerance, 10_000) in texts(at)
    looks_of(at).set_value("sweep").run()
    assert sweep_in_words(dynamics_of(run)) in texts(at)
    sent = json.loads(component(at, "neuron_sweep")["payload"])
    assert sent["sentences"] == list(sweep(*both(run), tolerance).sentences)
    again = opened(urlencode(written(at), doseq=True))
    assert again.selectbox(key="nearness").value == tolerance


def test_looks_that_tell_wait_for_the_pick() -> None:
    """Asked first, nothing is drawn that gives the answer away; after a pick it is."""
    for look in COMPONENTS:
        at = opened(f"predict=1&keep=2:2:0:0.2:18&look={look}")
        assert drawn(at) == set()
        assert "This look tells what will happen: pick first." in texts(at)
        assert not [label for label in buttons(at) if re.match("Keep|Load|Remove", label)]
        at.session_state["state"] = events.pick(at.session_state["state"], "settles")
        at.run()
        assert drawn(at) == {look}


@pytest.mark.parametrize(
    ("name", "alpha", "best"), [("challenge-1", 1.0, 1.6), ("challenge-2", 0.1, 0.25)]
)
def test_a_challenge_does_not_tell_its_answer_before_it_is_found(
    name: str, alpha: float, best: float
) -> None:
    """Until the best alpha is set, the stage is told that it is sought, and no sweep is drawn."""
    at = opened(f"lesson={name}&alpha={alpha}&look=sweep")
    assert payload(at)["chapter"]["sought"]
    assert drawn(at) == set()
    assert "This look shows the best alpha: find it first." in texts(at)
    type_in(at, "alpha", str(best))
    assert not payload(at)["chapter"]["sought"]
    assert drawn(at) == {"sweep"}
