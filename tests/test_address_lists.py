"""Chapters, lists of examples and asking first, as they stand in an address."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neuron import Example
from neuron.state.address import from_query, to_query
from neuron.state.parameters import Settings, read_cell
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS

FIELDS = {"train": "more", "test": "test"}
MOST = {"train": 19, "test": 20}


def opened(**query: str) -> tuple[Settings, list[str]]:
    return from_query({name: [text] for name, text in query.items()}, LESSON_SETTINGS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_list_is_pairs_in_their_order(name: str) -> None:
    """Input, colon, goal; commas between; the training data begins with Input and Goal."""
    settings, refusals = opened(**{name: "1:3,-2.5:1e-6"})
    assert getattr(settings, FIELDS[name]) == (Example(1, 3), Example(-2.5, 1e-6))
    assert refusals == []
    assert settings.training[0] == Example(2, 2)
    assert len(settings.training) == (3 if name == "train" else 1)


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        ("x:1", "in example 2, input “x” is not a number"),
        ("1:nan", "in example 2, goal “nan” is not a number"),
        ("1e400:1", "in example 2, input “1e400” is not between -1000000 and 1000000"),
        ("1:1000001", "in example 2, goal “1000001” is not between -1000000 and 1000000"),
        ("1:", "in example 2, goal is empty"),
        (":1", "in example 2, input is empty"),
        ("1:1e-400", "in example 2, goal “1e-400” is too close to 0"),
        ("1", "example 2 is not one input and one goal"),
        ("1:2:3", "example 2 is not one input and one goal"),
        ("", "example 2 is not one input and one goal"),
        ("<b>:1", "in example 2, input “<b>” is not a number"),
    ],
)
def test_a_bad_pair_is_named_and_left_out(name: str, pair: str, rule: str) -> None:
    """The sentence has the list, the place, the value and the rule; the other pairs are kept."""
    settings, refusals = opened(**{name: f"5:5,{pair},6:6", "goal": "3"})
    assert refusals == [f"{name}: {rule}, so it is left out"]
    assert getattr(settings, FIELDS[name]) == (Example(5, 5), Example(6, 6))
    assert settings.goal == 3


@pytest.mark.parametrize("name", FIELDS)
def test_more_than_twenty_examples_are_not_taken(name: str) -> None:
    """With Input and Goal there are at most 20 to train on, and 20 to test on."""
    most = MOST[name]
    settings, refusals = opened(**{name: ",".join(f"{k}:1" for k in range(most + 2))})
    assert getattr(settings, FIELDS[name]) == tuple(Example(k, 1) for k in range(most))
    assert refusals == [
        f"{name}: example {k} is beyond the {most} there may be, so it is left out"
        for k in (most + 1, most + 2)
    ]


@pytest.mark.parametrize("name", ["train", "test", "lesson", "predict"])
def test_a_name_given_twice_is_refused(name: str) -> None:
    """Neither is silently preferred, also where both are the same and good."""
    good = {"train": "1:1", "test": "1:1", "lesson": "swap", "predict": "1"}[name]
    settings, (said,) = from_query({name: [good, good], "goal": ["3"]}, LESSON_SETTINGS)
    assert settings == Settings(goal=3)
    assert said.startswith(f"{name} is given 2 times (“{good}”, “{good}”), so ")


@pytest.mark.parametrize("name", LESSON_SETTINGS)
def test_a_chapter_stands_for_what_the_address_leaves_out(name: str) -> None:
    """All of the chapter's settings, but for what the address says itself."""
    assert opened(lesson=name) == (LESSON_SETTINGS[name], [])
    changed, refusals = opened(lesson=name, alpha="0.7", look="steps", test="9:9", predict="0")
    assert refusals == []
    assert changed == replace(
        LESSON_SETTINGS[name], alpha=0.7, look="steps", test=(Example(9, 9),), predict=False
    )


def test_a_bad_value_falls_back_on_the_chapter() -> None:
    """The sentence names the chapter's value, because that is used instead."""
    settings, refusals = opened(lesson="swap", alpha="abc", test="x:1")
    assert settings == replace(LESSON_SETTINGS["swap"], test=())
    assert refusals == [
        "alpha = “abc” is not a number, so alpha is 1",
        "test: in example 1, input “x” is not a number, so it is left out",
    ]


@pytest.mark.parametrize("text", ["nonsense", "", "SWAP", "swap ", "<b>"])
def test_an_unknown_chapter_is_refused(text: str) -> None:
    """In one short sentence; the rest of the address is as without a chapter."""
    settings, (said,) = opened(lesson=text, goal="3")
    assert settings == Settings(goal=3)
    assert said == f"lesson = “{text}” is no chapter, so no chapter is open"


@pytest.mark.parametrize(("text", "asks"), [("1", True), ("0", False)])
@pytest.mark.parametrize("lesson", ["", "swap", "measure"])
def test_asking_first_can_be_switched(lesson: str, text: str, asks: bool) -> None:
    """predict=1 and predict=0, whatever the chapter does by itself."""
    query = {"predict": text} | ({"lesson": lesson} if lesson else {})
    settings, refusals = opened(**query)
    assert (settings.predict, refusals) == (asks, [])


@pytest.mark.parametrize("text", ["yes", "", "2", "True"])
def test_an_unknown_switch_is_refused(text: str) -> None:
    """It stays as the chapter has it."""
    settings, (said,) = opened(predict=text, lesson="swap")
    assert settings == LESSON_SETTINGS["swap"]
    assert said.startswith(f"predict = “{text}” is none of 0, 1, so ")


def test_an_address_is_as_short_as_it_can_be() -> None:
    """Lists and switch stand in it only where there are such, in it or in its chapter."""
    assert set(to_query(Settings())) == {"input", "goal", "weight", "alpha", "iterations"}
    base = LESSON_SETTINGS["swap"]
    emptied = replace(base, test=(), predict=False)
    query = to_query(emptied, base)
    assert (query["test"], query["predict"], query["lesson"]) == ([""], ["0"], ["swap"])
    assert from_query(query, LESSON_SETTINGS) == (emptied, [])


texts = st.text() | st.text("0123456789.:,-e x", max_size=60)


@given(texts, texts, texts, texts)
def test_no_lists_raise_or_are_cut_in_silence(
    train: str, test: str, lesson: str, predict: str
) -> None:
    """Every pair is an example, or a sentence of its list names it."""
    query = {"train": train, "test": test, "lesson": lesson, "predict": predict}
    settings, refusals = opened(**query)
    for said in refusals:
        assert said.isprintable()
        assert len(said) < 200
    for name, field in FIELDS.items():
        pairs = [pair for pair in query[name].split(",") if query[name]]
        refused = [said for said in refusals if said.startswith(f"{name}: ")]
        examples = getattr(settings, field)
        assert len(examples) + len(refused) == len(pairs)
        assert len(examples) <= MOST[name]
        assert all(max(abs(e.input), abs(e.goal)) <= 1e6 for e in examples)


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("input", "x", "input “x” is not a number"),
        ("goal", "", "goal is empty"),
        ("goal", "1e7", "goal “1e7” is not between -1000000 and 1000000"),
    ],
)
def test_a_cell_has_the_limits_of_its_control(name: str, text: str, rule: str) -> None:
    """The rule names the column, and the value where there is one."""
    assert read_cell(name, "-7.25") == -7.25
    with pytest.raises(ValueError, match=f"^{rule}$"):
        read_cell(name, text)
