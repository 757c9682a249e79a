"""What Python hands to the browser: exactly the run, as text that no browser misreads."""

from __future__ import annotations

import json
import re
from array import array
from base64 import b64decode
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs import from_json, run_of
from strategies import any_example, any_run, plain_run

from neuron import Example, Run, train
from neuron.charts.palette import PALETTE
from neuron.player import components as player
from neuron.player.payloads import packed, stage_reel
from neuron.words import captions as explain
from neuron.words import numbers

HERE = Path(player.__file__).parent / "web"


def reel_of(run: Run, test: Sequence[Example] = ()) -> dict[str, Any]:
    reel: dict[str, Any] = from_json(stage_reel(run, test))
    return reel


def unpacked(text: str) -> tuple[float, ...]:
    """As the browser's Float64Array reads it on every machine in use: little-endian doubles."""
    return tuple(memoryview(b64decode(text, validate=True)).cast("d"))


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


@given(any_run(400) | plain_run(400), st.lists(any_example, max_size=20))
def test_columns_unpack_to_exactly_the_run(run: Run, test: list[Example]) -> None:
    """Bit for bit, and all of equal length; the JSON holds no NaN and no infinity.

    Training and test examples travel along in their order.
    """
    reel = reel_of(run, test)
    columns = {name: unpacked(text) for name, text in reel["columns"].items()}
    assert {name: columns[name] for name in ("weight", "prediction", "delta", "error")} == {
        "weight": run.weights,
        "prediction": run.predictions,
        "delta": run.deltas,
        "error": run.errors,
    }
    assert columns["weight_delta"] == run.weight_deltas
    assert {len(column) for column in columns.values()} == {len(run.weights)}
    assert reel["last"] == len(run.weights) - 1
    assert [Example(**example) for example in reel["examples"]] == list(run.examples)
    assert [Example(**example) for example in reel["test"]] == test
    assert reel["alpha"] == run.alpha


def test_packing_keeps_every_bit_little_endian() -> None:
    """1.0 is 00 00 00 00 00 00 f0 3f, whatever the machine; the sign of zero stays."""
    column = packed((1.0, -0.0, 5e-324))
    expected = "000000000000f03f00000000000000800100000000000000"
    assert b64decode(column).hex() == expected
    assert array("d", b64decode(column)).tolist() == [1.0, 0.0, 5e-324]


def test_equal_runs_give_equal_texts() -> None:
    """The browser goes on playing when the same run arrives again, and starts at another one."""
    assert stage_reel(run_of()) == stage_reel(run_of())
    changes: list[dict[str, Any]] = [
        *({name: 1.5} for name in ("input", "goal", "weight", "alpha")),
        {"iterations": 17},
    ]
    texts = {stage_reel(run_of(**changed)) for changed in [{}, *changes]}
    texts |= {stage_reel(run_of(), [Example(1, goal)]) for goal in (1, 2)}
    assert len(texts) == 3 + len(changes)


@given(any_run(400) | plain_run(400), st.lists(any_example, max_size=20))
def test_pictures_name_what_is_there(run: Run, test: list[Example]) -> None:
    """Columns, colours and steps that a picture names exist; its last step is drawn.

    Each column it draws has two traces, and without views a shape for the browser to fill in.
    """
    reel = reel_of(run, test)
    for picture in reel["pictures"].values():
        assert {picture["x"], *picture["y"]} <= {"step", *reel["columns"]}
        assert len(picture["figure"]["data"]) == 2 * len(picture["y"])
        shapes = picture["figure"]["layout"]["shapes"]
        assert len(shapes) >= (1 if picture["views"] else 0)
        assert picture["drawn"][-1] == reel["last"]
        colours = {text[1:] for text in texts_in(picture) if text.startswith("$")}
        assert colours
        for palette in reel["palette"].values():
            assert colours <= set(palette)


def test_every_picture_has_a_place_and_words() -> None:
    """The page's four places, the drawings and the descriptions go by the same names."""
    reel = reel_of(run_of())
    html = (HERE / "player.html").read_text("utf-8")
    places = re.findall(r'data-picture="(\w+)"', html)
    assert places == ["neuron", *reel["pictures"]]
    titles = ["Neuron: ", "Error bowl: ", "Weight by step: ", "Error by step: "]
    for place, title in zip(places, titles, strict=True):
        assert reel["words"][place].startswith(title)
        assert f"<figcaption>{title[:-2]} " in html


def test_templates_ask_for_numbers_that_the_browser_fills_in() -> None:
    """Each {name} of the arithmetic is one of those that words.js has a text for.

    {place} is where the template of the place goes, which asks for three more.
    """
    script = (HERE / "words.js").read_text("utf-8")
    templates = reel_of(train([Example(1, 1)] * 2, weight=0, alpha=1, iterations=1))["templates"]
    asked = set(re.findall(r"\{\(?(\w+)\)?\}", "".join(templates.values()))) - {"place"}
    assert len(asked) == 14
    for name in asked:
        assert re.search(rf"\b{name}(: |,| = )", script), name


@pytest.mark.parametrize(
    ("file", "name"),
    [
        *[("words.js", name) for name in ("DIGITS", "GIVEN_DIGITS", "MOST_DIGITS")],
        ("diagram.js", "MOST_SHOWN"),
    ],
)
def test_browser_and_python_show_as_many_digits(file: str, name: str) -> None:
    """The same constants stand in the browser's rules as in numbers.py."""
    script = (HERE / file).read_text("utf-8")
    assert f"\nconst {name} = {getattr(numbers, name)};\n" in script


def test_the_place_is_said_only_where_there_are_places() -> None:
    """Which example it is stands in the arithmetic of several; one has no room for it."""
    several = train([Example(1, 1), Example(2, 2)], weight=0, alpha=0.1, iterations=1)
    assert reel_of(several)["templates"]["place"] == explain.PLACE_TEMPLATE
    assert reel_of(run_of())["templates"]["place"] == ""


@pytest.mark.parametrize("iterations", [0, 1])
def test_an_untrained_run_is_not_said_to_have_ended(iterations: int) -> None:
    """The sentence at the last step is of no update yet, or of no more updates."""
    end = explain.LEARNED_TEMPLATE if iterations else explain.START_TEMPLATE
    assert reel_of(run_of(iterations=iterations))["templates"]["end"] == end


def test_test_data_have_an_error_of_their_own() -> None:
    """A second column, a second line and words for it; without test data none of them."""
    run = run_of()
    reel = reel_of(run, [Example(1, 1), Example(3, 3)])
    assert unpacked(reel["columns"]["test_error"]) == tuple(
        ((w - 1) ** 2 + (3 * w - 3) ** 2) / 2 for w in run.weights
    )
    assert reel["pictures"]["error"]["y"] == ["error", "test_error"]
    assert "Test error: from 5 to " in reel["words"]["error"]
    assert "test_error" not in json.dumps(reel_of(run))


def test_both_themes_have_all_colours() -> None:
    """The palette that travels is the one palette, and its themes name the same colours."""
    palette = reel_of(run_of())["palette"]
    assert palette == PALETTE
    assert set(palette["light"]) == set(palette["dark"])


def script_of(query: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> str:
    shown: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr("streamlit.html", lambda text, **options: shown.append(text))
        player.put_in_address(query)
    (script,) = shown
    return script


ODD = [
    "</script><script>alert(1)</script>",
    '");alert(1)//',
    "'\\\"",
    "\u2028\n",
    "é & ü=1",
    "${1}",
]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_value_in_the_address_stays_a_value(
    odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is one string of the script, which reads back as the query, and nothing more."""
    query = {"alpha": [odd, "2"], odd: ["3"]}
    script = script_of(query, monkeypatch)
    plain = script_of({}, monkeypatch)
    (literal,) = re.findall(r"new URLSearchParams\((\"[^\"]*\")\)", script)
    assert script.replace(literal, '""') == plain
    assert re.fullmatch(r"\"[\w%&=+.~-]*\"", literal, re.ASCII)
    assert parse_qs(json.loads(literal)) == query
