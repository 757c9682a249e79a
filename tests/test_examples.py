"""Lists of examples as the rows of a table: what is typed, and edits as the table reports them."""

from __future__ import annotations

from typing import Any

import pytest

from neuron import Example
from neuron.state.examples import MOST, edited, from_rows


def read(name: str, text: str) -> float:
    """As plain as can be: float() of what has no letters in it."""
    if not text or any(c.isalpha() and c != "e" for c in text):
        raise ValueError(f"{name} {text!r} is bad")
    return float(text)


def pairs(examples: tuple[Example, ...]) -> list[tuple[float, float]]:
    return [(example.input, example.goal) for example in examples]


def test_empty_rows_of_a_table_are_passed_over() -> None:
    """A row that nothing was typed into is no mistake; half a row is, by its row's number."""
    rows = [(None, None), ("1", "2"), ("", " "), ("3", None), (4, 5.0)]
    examples, said = from_rows(rows, read, MOST)
    assert pairs(examples) == [(1, 2), (4, 5)]
    assert said == ["in example 4, goal '' is bad"]


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
