"""The page without a browser: each control, its address, and the numbers that are shown."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from runs import both
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

from neuron import Run, train
from neuron.state.parameters import CONTROLS, Settings
from neuron.words.captions import ARITHMETIC, every_step
from neuron.words.numbers import DIGITS, digits_to_resolve, number
from neuron.words.verdict import verdict

APP = Path(__file__).parent.parent / "neuron" / "page" / "page.py"
DEFAULTS: dict[str, Any] = {
    "input": 2.0,
    "goal": 2.0,
    "weight": 0.0,
    "alpha": 0.1,
    "iterations": 18,
}
ADDRESS = {"input": "2", "goal": "2", "weight": "0", "alpha": "0.1", "iterations": "18"}


def first_look(query: str = "") -> AppTest:
    """The page before its charts are drawn."""
    at = AppTest.from_file(APP, default_timeout=60)
    at.query_params.update(parse_qs(query, keep_blank_values=True))
    return at.run()


def opened(query: str = "") -> AppTest:
    """The page once the charts are drawn; the browser repeats the address that it came with."""
    return first_look(query).run()


def settings_of(at: AppTest) -> dict[str, Any]:
    assert not at.exception
    return {name: at.number_input(key=name).value for name in DEFAULTS}


def html_of(at: AppTest) -> list[str]:
    return [element.proto.body for element in at.get("html")]


def html_with(at: AppTest, what: str) -> str:
    (found,) = (body for body in html_of(at) if what in body)
    return found


def written(at: AppTest) -> dict[str, list[str]]:
    """The address, once a first run's script has done its work in the browser."""
    scripts = [body for body in html_of(at) if "replaceState" in body]
    if not scripts:
        return {
            name: [value] if isinstance(value, str) else list(value)
            for name, value in at.query_params.items()
        }
    (query,) = re.findall(r'URLSearchParams\("(.*?)"\)', scripts[0])
    return parse_qs(query, keep_blank_values=True)


def refusals(at: AppTest) -> list[str]:
    found = [body for body in html_of(at) if 'class="refused"' in body]
    if not found:
        return []
    (told,) = re.findall(r"From the address: (.*)</p>", found[0], re.DOTALL)
    return [unescape(sentence) for sentence in told.split("<br>")]


def reel(at: AppTest) -> dict[str, Any]:
    """What the stage is given to play: as the page's only text, or with its data."""
    (text,) = at.text
    alone, with_data = text.value, component(at, "neuron_player")["reel"]
    assert bool(alone) != bool(with_data)
    data: dict[str, Any] = json.loads(alone or with_data)
    return data


def component(at: AppTest, name: str) -> Any:
    (proto,) = (e.proto for e in at.get("bidi_component") if e.proto.component_name == name)
    return json.loads(proto.json)


def looks_of(at: AppTest) -> ButtonGroup[str]:
    (looks,) = at.get("button_group")
    assert isinstance(looks, ButtonGroup)
    return looks


def shows(at: AppTest, run: Run) -> None:
    """Every number in sight is this run's, and so is what the stage plays."""
    body = html_with(at, 'class="verdict"')
    names = ("Learned weight", "Final prediction", "Final error")
    if not run.iterations:
        names = ("Weight", "Prediction", "Error")
    results = dict(zip(names, (run.weights, run.predictions, run.errors), strict=True))
    resolved = min(8, digits_to_resolve(run.predictions[-1], run.deltas[-1]))
    for name, column in results.items():
        digits = DIGITS if column is run.errors else resolved
        (found,) = re.findall(f'<dt>{name}</dt><dd title="(.*?)">(.*?)</dd>', body)
        assert found == (repr(column[-1]), number(column[-1], digits))
    said = unescape(re.sub(r"<.*?>", "", body.partition("<dl>")[0]))
    assert said.strip() == verdict(*both(run)).sentence.strip()
    film = reel(at)
    assert film["last"] == len(run.weights) - 1
    assert film["alpha"] == run.alpha
    assert film["examples"] == [asdict(example) for example in run.examples]
    assert json.loads(component(at, "neuron_ruler")["scale"])["alpha"] == run.alpha
    assert not re.search(r"\b(nan|inf|infinity)\b", body, re.IGNORECASE)


def test_the_page_opens_on_the_articles_run() -> None:
    """Without an address the page shows the defaults, refuses nothing, and opens no look."""
    at = opened()
    assert settings_of(at) == DEFAULTS
    assert written(at) == {name: [text] for name, text in ADDRESS.items()}
    assert refusals(at) == []
    assert ARITHMETIC.strip() not in [text.value for text in at.markdown]
    assert not at.dataframe
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
    at.number_input(key=name).set_value(value).run()
    assert settings_of(at) == DEFAULTS | {name: value}
    assert written(at) == {n: [t] for n, t in (ADDRESS | {name: text}).items()}
    shows(at, train(**(DEFAULTS | {name: value})))


def test_each_control_holds_to_its_limits() -> None:
    """The fields know the limits of the settings, and the limits themselves can be set."""
    at = opened()
    for control in CONTROLS:
        field = at.number_input(key=control.name)
        assert field.label == control.label
        assert (field.min, field.max) == (control.low, control.high)
    for limit in ("low", "high"):
        edge = {control.name: getattr(control, limit) for control in CONTROLS}
        at = opened("&".join(f"{name}={value}" for name, value in edge.items()))
        assert settings_of(at) == edge
        assert refusals(at) == []
        shows(at, train(**edge))


@pytest.mark.parametrize("query", ["", "alpha=0.6&iterations=200", "iterations=10000", "input=0"])
def test_the_table_shows_every_step_exactly(query: str) -> None:
    """Each number of the table reads back as the very float that was computed."""
    at = opened(f"{query}&look=steps")
    run = train(**settings_of(at))
    (table,) = at.dataframe
    shown = table.value.to_dict("list")
    assert list(shown) == ["step", "weight", "prediction", "error", "delta", "weight_delta"]
    assert shown == every_step(run)
    assert shown["step"] == list(range(len(run.weights)))
    columns = (run.weights, run.predictions, run.errors, run.deltas, run.weight_deltas)
    for texts, column in zip(list(shown.values())[1:], columns, strict=True):
        assert tuple(map(float, texts)) == column
    assert written(at)["look"] == ["steps"]


def test_one_closer_look_at_a_time() -> None:
    """A look opens, gives way to the other and closes again, and the address says so."""
    at = opened()
    looks = looks_of(at)
    looks.set_value("arithmetic").run()
    assert ARITHMETIC.strip() in [text.value for text in at.markdown]
    assert not at.dataframe
    assert written(at)["look"] == ["arithmetic"]
    looks.set_value("steps").run()
    assert ARITHMETIC.strip() not in [text.value for text in at.markdown]
    assert len(at.dataframe) == 1
    assert written(at)["look"] == ["steps"]
    looks.set_value(None).run()
    assert not at.dataframe
    assert "look" not in written(at)
    assert settings_of(at) == DEFAULTS


def go(at: AppTest, query: dict[str, list[str]]) -> None:
    """What Back and Forward do: another address comes, and the page runs."""
    at.query_params.clear()
    at.query_params.update(query)
    at.run()


def test_back_and_forward_restore_everything() -> None:
    """An address from before brings back its settings, and opens or closes its look."""
    at = opened("alpha=0.6")
    first = written(at)
    at.number_input(key="input").set_value(3.0).run()
    looks_of(at).set_value("steps").run()
    second = written(at)
    go(at, first)
    assert settings_of(at) == DEFAULTS | {"alpha": 0.6}
    assert not at.dataframe
    assert written(at) == first
    go(at, second)
    assert settings_of(at) == DEFAULTS | {"alpha": 0.6, "input": 3}
    assert len(at.dataframe) == 1
    assert written(at) == second
    go(at, {})
    assert settings_of(at) == DEFAULTS


def test_a_change_outranks_an_address_from_before_it() -> None:
    """The browser may send a change with an older address: the change holds, nothing is undone."""
    at = opened()
    stale = written(at)
    at.number_input(key="goal").set_value(5.0).run()
    at.query_params.clear()
    at.query_params.update(stale)
    at.number_input(key="alpha").set_value(0.2).run()
    assert settings_of(at) == DEFAULTS | {"goal": 5, "alpha": 0.2}
    assert written(at) == {n: [t] for n, t in (ADDRESS | {"goal": "5", "alpha": "0.2"}).items()}
    go(at, stale)
    assert settings_of(at) == DEFAULTS, "without a change, an address is followed"


@pytest.mark.parametrize("name", DEFAULTS)
def test_an_emptied_number_comes_back_as_it_was(name: str) -> None:
    """No number is ever missing, and none becomes the lowest allowed."""
    at = opened(f"{name}=7")
    at.number_input(key=name).set_value(None).run()
    assert settings_of(at) == DEFAULTS | {name: 7}
    assert written(at)[name] == ["7"]


def test_streamlits_own_names_are_left_alone() -> None:
    """An embedded page is not told off for being embedded."""
    at = opened("embed=true&embed_options=light_theme&alpha=0.2")
    assert settings_of(at) == DEFAULTS | {"alpha": 0.2}
    assert refusals(at) == []


def test_the_page_opens_on_the_defaults_of_the_settings() -> None:
    """The defaults stand in one place only."""
    assert {control.name: getattr(Settings(), control.name) for control in CONTROLS} == DEFAULTS
