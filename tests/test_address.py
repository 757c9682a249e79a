"""The reader's settings: their limits, and what good and bad addresses become."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from math import inf, nextafter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs import read
from strategies import any_float

from neuron import Example
from neuron.state.address import from_query, to_query
from neuron.state.parameters import PARAMETERS, Settings
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS

MILLION = 1_000_000
LIMITS = dict.fromkeys(("input", "goal", "weight"), (-MILLION, MILLION))
LIMITS |= {"alpha": (0, MILLION), "iterations": (0, 10_000)}
AS_TEXT = {"input": "2", "goal": "2", "weight": "0", "alpha": "0.1", "iterations": "18"}
FIELDS = {"train": "more", "test": "test"}
OPENING = "2:2:0:0.1:18"


def opened(**query: str) -> tuple[Settings, list[str]]:
    return from_query({name: [text] for name, text in query.items()}, LESSON_SETTINGS)


def kept_from(text: str) -> tuple[tuple[Settings, ...], list[str]]:
    settings, refused = opened(keep=text)
    assert replace(settings, kept=()) == Settings()
    return settings.kept, refused


def test_an_address_is_as_short_as_it_can_be() -> None:
    """All five numbers stand in it; all else only where it, or its chapter, has such."""
    five = {name: [text] for name, text in AS_TEXT.items()}
    assert to_query(Settings()) == five
    assert to_query(Settings(look="steps")) == five | {"look": ["steps"]}
    base = LESSON_SETTINGS["swap"]
    emptied = replace(base, test=(), predict=False)
    query = to_query(emptied, base)
    assert (query["test"], query["predict"], query["lesson"]) == ([""], ["0"], ["swap"])
    assert from_query(query, LESSON_SETTINGS) == (emptied, [])


TOO_LARGE = "is not between −1\u202f000\u202f000 and 1\u202f000\u202f000"


@pytest.mark.parametrize("name", LIMITS)
def test_limits_are_inclusive_and_nothing_beyond_is_let_in(name: str) -> None:
    """A limit itself is good; the next number outside is refused, naming both limits."""
    low, high = LIMITS[name]
    nearest = {
        low: low - 1 if name == "iterations" else nextafter(low, -inf),
        high: high + 1 if name == "iterations" else nextafter(high, inf),
    }
    for limit, outside in nearest.items():
        settings, refusals = opened(**{name: str(limit)})
        assert (getattr(settings, name), refusals) == (limit, [])
        settings, (said,) = opened(**{name: repr(outside)})
        assert settings == Settings()
        (named,) = re.findall(r"is not between (.*) and (.*), so", said)
        assert [read(text) for text in named] == [low, high]


def test_a_number_may_be_written_in_any_plain_way() -> None:
    """Iterations are an int however they are written, and no zero has a sign."""
    settings, refusals = opened(weight="1E+3", alpha="-0", iterations="+018.0", tolerance="0.0010")
    assert repr(settings) == repr(Settings(weight=1000.0, alpha=0.0, tolerance=0.001))
    assert refusals == []


NO_NUMBERS = [
    *("nan", "-inf", "True", "0x10", "1,5", "1_000", "1²", "½", " 2", "2 3", "1e", ".", "--1"),
    *("\N{ARABIC-INDIC DIGIT THREE}", "\N{MINUS SIGN}1", "<b>2</b>", "**2**", "x" * 10_000),
]
NO_NUMBER = "is not a number"
BAD_VALUES = [
    *((name, "abc", NO_NUMBER) for name in LIMITS),
    *(("alpha", text, NO_NUMBER) for text in NO_NUMBERS),
    *(("alpha", text, "is empty") for text in ["", "  "]),
    *(("alpha", text, "is not between") for text in ["-1e400", "9" * 10_000]),
    ("iterations", "2.5", "is not a whole number"),
]


@pytest.mark.parametrize(
    ("name", "text", "rule"), BAD_VALUES, ids=lambda value: ascii(value[:24]).strip("'")
)
def test_a_bad_number_is_refused_in_a_sentence(name: str, text: str, rule: str) -> None:
    """It names the control, the value (shortened), the rule and what stands instead."""
    others = {other: "7" for other in LIMITS if other != name}
    settings, (said,) = opened(**others, **{name: text})
    assert said.startswith(name)
    assert text[:20] in said
    assert rule in said
    assert said.endswith(f", so {name} is {AS_TEXT[name]}")
    expected = dict.fromkeys(others, 7) | {name: getattr(Settings(), name)}
    assert settings.numbers == expected


NO_CHAPTER = "is not a chapter, so no chapter is open"
NO_SETTING = "is not a setting of this page, so it is ignored"
NO_TOLERANCE = "is not one of 0.1, 0.01, 0.001, 0.0001, 1e-06, so tolerance is 0.01"
REFUSED = {
    "lesson=SWAP": f"lesson = “SWAP” {NO_CHAPTER}",
    "lesson=": f"lesson = “” {NO_CHAPTER}",
    "predict=yes": "predict = “yes” must be 0 or 1, so predict is 0",
    "alhpa=3": f"“alhpa” {NO_SETTING}",
    "a%0Ab=3": f"“a\N{REPLACEMENT CHARACTER}b” {NO_SETTING}",
    "tolerance=0.2": f"tolerance = “0.2” {NO_TOLERANCE}",
    "tolerance=": f"tolerance = “” {NO_TOLERANCE}",
    "train=1:1&train=1:1": "train is given 2 times (“1:1”, “1:1”), so it is empty",
    "lesson=swap&lesson=swap": "lesson is given 2 times (“swap”, “swap”), so no chapter is open",
    "predict=1&predict=0": "predict is given 2 times (“1”, “0”), so predict is 0",
    "keep=x&keep=": "keep is given 2 times (“x”, “”), so no run is kept",
}


@pytest.mark.parametrize("query", REFUSED)
def test_what_the_page_cannot_use_is_refused_in_words(query: str) -> None:
    """It changes nothing, and the rest is used; of a name given twice, no value is preferred."""
    given = parse_qs(f"{query}&goal=3", keep_blank_values=True)
    assert from_query(given, LESSON_SETTINGS) == (Settings(goal=3), [REFUSED[query]])


def test_a_bad_value_falls_back_on_the_chapter() -> None:
    """The sentence names the chapter's value, because that is used instead."""
    settings, refusals = opened(lesson="swap", alpha="abc", test="x:1", predict="2")
    assert settings == replace(LESSON_SETTINGS["swap"], test=())
    assert sorted(refusals) == [
        "alpha = “abc” is not a number, so alpha is 1",
        "predict = “2” must be 0 or 1, so predict is 1",
        "test: in example 1, input “x” is not a number, so it is left out",
    ]


@pytest.mark.parametrize("name", FIELDS)
def test_a_list_is_pairs_in_their_order(name: str) -> None:
    """Input, colon, goal; commas between; the training data begins with Input and Goal."""
    settings, refusals = opened(**{name: "1:3, -2.5 : 1e-6 ,1:3"})
    examples = (Example(1, 3), Example(-2.5, 1e-6), Example(1, 3))
    assert (getattr(settings, FIELDS[name]), refusals) == (examples, [])
    assert settings.training == (Example(2, 2), *(examples if name == "train" else ()))


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        ("x:1", "in example 2, input “x” is not a number"),
        ("1:1000001", f"in example 2, goal “1000001” {TOO_LARGE}"),
        ("1:", "in example 2, goal is empty"),
        ("1:1e-400", "in example 2, goal “1e-400” is too close to 0"),
        ("1", "example 2 needs one input and one goal"),
        ("1:2:3", "example 2 needs one input and one goal"),
        ("", "example 2 needs one input and one goal"),
        (" : ", "example 2 needs one input and one goal"),
    ],
)
def test_a_bad_pair_is_named_and_left_out(name: str, pair: str, rule: str) -> None:
    """The sentence has the list, the place, the value and the rule; the other pairs are kept."""
    settings, refusals = opened(**{name: f"5:5,{pair},6:6", "goal": "3"})
    assert refusals == [f"{name}: {rule}, so it is left out"]
    assert getattr(settings, FIELDS[name]) == (Example(5, 5), Example(6, 6))
    assert settings.goal == 3


def test_a_kept_run_as_it_stands_in_an_address() -> None:
    """The five numbers in the order of the page, then further examples in pairs."""
    more = (Example(1, 3), Example(-2, 5.5))
    kept = (Settings(), Settings(3, -1, 0.5, 1e-6, 0, more=more))
    text = f"{OPENING},3:-1:0.5:1e-06:0:1:3:-2:5.5"
    assert to_query(Settings(kept=kept))["keep"] == [text]
    assert kept_from(text) == (kept, [])
    assert kept_from("") == ((), [])


NOT_A_RUN = (
    "the numbers are not input:goal:weight:alpha:iterations, or a pair after them is incomplete"
)
BROKEN = [
    ("x", NOT_A_RUN),
    ("2:2:0:0.1:18:1", NOT_A_RUN),
    ("", NOT_A_RUN),
    (f"{OPENING}{':1:2' * 20}", NOT_A_RUN),
    ("2:2:inf:0.1:18", "weight “inf” is not a number"),
    ("2:2:0:-1:18", "alpha “-1” is not between 0 and 1\u202f000\u202f000"),
    ("2:2:0:0.1:1.5", "iterations “1.5” is not a whole number"),
    (f"{OPENING}:1:2:2000000:1", f"input “2000000” {TOO_LARGE}"),
]


@pytest.mark.parametrize(("part", "rule"), BROKEN)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_broken_kept_run_is_refused_and_the_others_kept(part: str, rule: str, place: int) -> None:
    """One sentence says which run, which rule, and that it is left out."""
    parts = ["3:3:0:0.2:5", "4:4:0:0.3:6"]
    parts.insert(place - 1, part)
    kept, (said,) = kept_from(",".join(parts))
    assert said == f"keep: in run {place}, {rule}, so it is left out"
    assert [one.alpha for one in kept] == [0.2, 0.3]


def test_four_runs_are_kept_and_each_more_is_refused() -> None:
    """By its place; the same numbers, however they are written, are one run and need no room."""
    runs = [f"2:2:0:{alpha}:18" for alpha in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)]
    kept, refused = kept_from(",".join([*runs[:5], "2.0:2:-0:1e-1:18", runs[5]]))
    assert [one.alpha for one in kept] == [0.1, 0.2, 0.3, 0.4]
    assert refused == [
        "keep: run 5 is beyond the limit of 4, so it is left out",
        "keep: run 7 is beyond the limit of 4, so it is left out",
    ]


texts = st.text() | any_float.map(repr) | st.integers().map(str) | st.from_regex(r"[-+.e0-9]{1,9}")
texts |= st.text("0123456789.,:-e+ x\n<\0", max_size=80)
names = st.sampled_from([*(one.name for one in PARAMETERS), "embed"]) | st.text()


@given(st.dictionaries(names, st.lists(texts, max_size=3)))
def test_no_address_raises_and_what_it_sets_can_be_shared(query: dict[str, list[str]]) -> None:
    """Each refusal is a short sentence, and the settings come back from their own address."""
    settings, refusals = from_query(query, LESSON_SETTINGS)
    for said in refusals:
        assert said.replace("\u202f", "").isprintable()  # between groups of digits
        assert len(said) < 200
    base = replace(LESSON_SETTINGS.get(settings.lesson, Settings()), stop=settings.stop)
    assert from_query(to_query(settings, base), LESSON_SETTINGS) == (settings, [])


LINKS = json.loads((Path(__file__).parent / "links_today.json").read_text("utf-8"))


@pytest.mark.parametrize("link", LINKS, ids=[link["address"][:70] for link in LINKS])
def test_a_shared_link_opens_the_run_that_it_was_shared_for(link: dict[str, Any]) -> None:
    """Training and test data, start, alpha, iterations, and the run's last bits.

    A link to a chapter, in which all of this stands, is what the chapter opens with by itself.
    """
    query = parse_qs(link["address"].removeprefix("?"), keep_blank_values=True)
    settings, _ = from_query(query, LESSON_SETTINGS)
    assert settings == LESSON_SETTINGS.get(settings.lesson, settings)
    run = settings.run()
    assert {
        "training": [[e.input, e.goal] for e in settings.training],
        "test": [[e.input, e.goal] for e in settings.test],
        "weight": settings.weight,
        "alpha": settings.alpha,
        "iterations": settings.iterations,
        "steps": len(run.weights) - 1,
        "last_weight": run.weights[-1],
        "last_error": run.errors[-1],
        "kept": len(settings.kept),
    } == {name: value for name, value in link.items() if name != "address"}
