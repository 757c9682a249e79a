"""Lists of examples as text: good ones kept, bad ones named, edits as the table reports them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_float

from neuron import Example
from neuron.state.examples import MOST, edited, from_rows, from_text, to_text

lists = st.lists(st.builds(Example, any_float, any_float), max_size=MOST)


def read(name: str, text: str) -> float:
    """As plain as can be: float() of what has no letters in it."""
    if not text or any(c.isalpha() and c != "e" for c in text):
        raise ValueError(f"{name} {text!r} is bad")
    return float(text)


def pairs(examples: tuple[Example, ...]) -> list[tuple[float, float]]:
    return [(example.input, example.goal) for example in examples]


@given(lists)
def test_a_list_reads_back_from_its_text(examples: list[Example]) -> None:
    """Up to 20 examples, exactly, and nothing refused."""
    assert from_text(to_text(examples, repr), read, MOST) == (tuple(examples), [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("1:3", [(1, 3)]),
        ("1:3,2:5", [(1, 3), (2, 5)]),
        (" 1 : 3 , -2:.5", [(1, 3), (-2, 0.5)]),
        ("1:1,1:1", [(1, 1), (1, 1)]),
    ],
)
def test_good_lists(text: str, expected: list[tuple[float, float]]) -> None:
    """Pairs keep their order, equal ones too; blanks around a number do not matter."""
    examples, refused = from_text(text, read, MOST)
    assert (pairs(examples), refused) == (expected, [])


@pytest.mark.parametrize(
    ("text", "kept", "refused"),
    [
        ("1:x,2:2", [(2, 2)], ["in example 1, goal 'x' is bad"]),
        ("x:1,2:2", [(2, 2)], ["in example 1, input 'x' is bad"]),
        ("2:2,1:", [(2, 2)], ["in example 2, goal '' is bad"]),
        ("2:2,:1", [(2, 2)], ["in example 2, input '' is bad"]),
        ("1", [], ["example 1 is not one input and one goal"]),
        ("1:2:3,4:4", [(4, 4)], ["example 1 is not one input and one goal"]),
        ("1:1,,2:2", [(1, 1), (2, 2)], ["example 2 is not one input and one goal"]),
        (
            "x:1,3",
            [],
            ["in example 1, input 'x' is bad", "example 2 is not one input and one goal"],
        ),
    ],
)
def test_each_bad_pair_is_named_and_left_out(
    text: str, kept: list[tuple[float, float]], refused: list[str]
) -> None:
    """By its place in the list, with the rule; the good pairs beside it are kept."""
    examples, said = from_text(text, read, MOST)
    assert (pairs(examples), said) == (kept, refused)


def test_more_than_may_be_are_left_out_one_by_one() -> None:
    """The first are kept; each one too many is named; bad ones do not count."""
    text = ",".join(["x:1"] + [f"{k}:{k}" for k in range(22)])
    examples, said = from_text(text, read, 20)
    assert pairs(examples) == [(k, k) for k in range(20)]
    assert said == [
        "in example 1, input 'x' is bad",
        "example 22 is beyond the 20 there may be",
        "example 23 is beyond the 20 there may be",
    ]


def test_empty_rows_of_a_table_are_passed_over() -> None:
    """A row that nothing was typed into is no mistake; half a row is, by its row's number."""
    rows = [(None, None), ("1", "2"), ("", " "), ("3", None), (4, 5.0)]
    examples, said = from_rows(rows, read, MOST)
    assert pairs(examples) == [(1, 2), (4, 5)]
    assert said == ["in example 4, goal '' is bad"]


@given(st.text() | st.text("0123456789.:,-xe ", max_size=80), st.integers(0, 3))
def test_no_text_raises(text: str, most: int) -> None:
    """Every pair of any text, even of nothing, is an example or refused."""
    examples, said = from_text(text, read_or_refuse, most)
    assert len(examples) <= most
    assert len(examples) + len(said) == (len(text.split(",")) if text else 0)


def read_or_refuse(name: str, text: str) -> float:
    number = float(text)
    if number - number:
        raise ValueError(f"{name} is no finite number")
    return number


ROWS: list[dict[str, Any]] = [{"input": str(k), "goal": str(k)} for k in range(3)]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({}, [("0", "0"), ("1", "1"), ("2", "2")]),
        ({"edited_rows": {1: {"goal": "9"}}}, [("0", "0"), ("1", "9"), ("2", "2")]),
        ({"edited_rows": {"1": {"input": None}}}, [("0", "0"), (None, "1"), ("2", "2")]),
        ({"deleted_rows": [0, 2]}, [("1", "1")]),
        ({"added_rows": [{"input": "7"}, {}]}, [*"012", ("7", None), (None, None)]),
        (
            {
                "edited_rows": {0: {"goal": "x"}, 2: {"goal": "8"}},
                "deleted_rows": [0],
                "added_rows": [{"input": "7", "goal": "7"}],
            },
            [("1", "1"), ("2", "8"), ("7", "7")],
        ),
    ],
)
def test_edits_of_a_table(edits: dict[str, Any], expected: list[Any]) -> None:
    """Cells are changed by the rows' old places, rows taken out, and new rows put at the end."""
    expected = [(row, row) if isinstance(row, str) else row for row in expected]
    table = edited(ROWS, edits)
    assert [(row["input"], row["goal"]) for row in table] == expected
    assert [row["input"] for row in ROWS] == [*"012"]  # the table itself is left as it was
