"""The looks that say why, without a browser: kept runs, tolerance, and what each look is sent."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

import pytest
from runs import both, run_at
from streamlit.testing.v1 import AppTest
from test_app import component, field, looks_of, opened, payload, type_in, written

from neuron import train
from neuron.charts.sweep import sweep
from neuron.core.dynamics import dynamics_of
from neuron.core.training import Example
from neuron.state import comparison, events
from neuron.state.address import from_query
from neuron.state.parameters import MOST_KEPT
from neuron.words.comparison import comparison_in_words
from neuron.words.formula import count_in_words, formula_numbers
from neuron.words.sweep import sweep_in_words

COMPONENTS = {"why": "neuron_why", "compare": "neuron_compare", "sweep": "neuron_film"}


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
    sent = json.loads(component(at, "neuron_compare")["reel"])
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
    sent = json.loads(component(at, "neuron_film")["reel"])
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


EXTREMES = [
    "input=0",
    "alpha=0",
    "alpha=1000000&iterations=10000",
    "input=1e-6&goal=1e6",
    "iterations=0",
    "iterations=10000&alpha=1e-9",
    "iterations=10000&alpha=0.51",
    "weight=1&alpha=0.3",  # already there
    "input=1e6&goal=-1e6&weight=1e6&alpha=1e6",
    "input=1&goal=1&train=2:3&alpha=1.25",  # no weight is ideal
    "iterations=600&train=" + ",".join(f"{k}:{-k * k}" for k in range(1, 20)),
]


@pytest.mark.parametrize("query", EXTREMES)
def test_no_look_is_sent_what_is_no_number(query: str) -> None:
    """Whatever the settings, no text, number or path of any look has a NaN or an infinity."""
    for look, name in COMPONENTS.items():
        at = opened(f"{query}&keep=0:0:0:0:0,1000000:1:3:1000000:50,1:1:0:0.5:9:3:1&look={look}")
        assert not at.exception
        assert drawn(at) == {look}
        found = " ".join([component(at, name)["reel"], *texts(at)])
        assert re.findall(r".{30}\b(?:nan|inf|infinity)\b", found, re.IGNORECASE) == [], look


def test_the_formula_is_sent_as_python_has_it() -> None:
    """The numbers beside the training are those of `formula_numbers`, for several examples too."""
    at = opened("look=why&train=1:3&alpha=0.2&iterations=4")
    run = train([Example(2, 2), Example(1, 3)], weight=0, alpha=0.2, iterations=4)
    sent = json.loads(component(at, "neuron_why")["reel"])
    assert sent["numbers"] == formula_numbers(*both(run))
    assert sent["count"] == 2


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
