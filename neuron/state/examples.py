"""Lists of examples as text: in an address (``1:3,2:5``) and in the tables of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from neuron.core.training import Example

MOST = 20
"""The most examples in a list; for training data this includes the one from Input and Goal."""

Row = dict[str, Any]
"""A table's row: its ``input`` and ``goal`` as typed."""

_NAME = re.compile(r"\s*[^\W\d_][^\d]*")
_BETWEEN = re.compile("[;\t]")
"""Separators between input and goal in a pasted line, where a comma may be a decimal comma."""

ReadNumber = Callable[[str, str], float]
"""Parses ``"input"`` or ``"goal"`` from a text; ValueError says which rule it breaks."""


def from_text(text: str, read: ReadNumber, most: int) -> tuple[tuple[Example, ...], list[str]]:
    """Examples from an address, and messages about the pairs that were left out.

    text: pairs ``input:goal`` separated by commas; may be empty. Never raises.
    """
    pairs = text.split(",") if text else []
    # `from_rows` skips empty rows, but an empty pair in an address is a mistake.
    cells = [pair.split(":") if pair.strip(" :") else [pair] for pair in pairs]
    return from_rows(cells, read, most)


def from_rows(
    rows: Iterable[Sequence[object]], read: ReadNumber, most: int
) -> tuple[tuple[Example, ...], list[str]]:
    """Examples from a table's rows, and messages about the rows that were left out.

    rows: input and goal of each, as typed; empty rows are skipped. Never raises.
    """
    examples: list[Example] = []
    refused = []
    for place, row in enumerate(rows, start=1):
        cells = ["" if cell is None else str(cell).strip() for cell in row]
        if len(cells) == 2 and not any(cells):
            continue
        if len(cells) != 2:
            refused.append(f"example {place} needs one input and one goal")
        elif len(examples) == most:
            refused.append(f"example {place} is beyond the limit of {most}")
        else:
            try:
                given, goal = (read(n, c) for n, c in zip(("input", "goal"), cells, strict=True))
            except ValueError as rule:
                refused.append(f"in example {place}, {rule}")
            else:
                examples.append(Example(given, goal))
    return tuple(examples), refused


def to_text(examples: Iterable[Example], write: Callable[[float], str]) -> str:
    """The text that `from_text` reads as these examples."""
    return ",".join(f"{write(example.input)}:{write(example.goal)}" for example in examples)


def as_pasted(rows: Iterable[Row]) -> list[Sequence[object]]:
    """The cells of a table into which lines of a file may have been pasted.

    A line in one cell (``2;3``) is split at a semicolon or tab, and a first row of column names is
    emptied if another row follows.
    """
    cells = [
        _BETWEEN.split(str(row["input"] or row["goal"]))
        if not (row["input"] and row["goal"]) and _BETWEEN.search(f"{row['input']}{row['goal']}")
        else [row["input"], row["goal"]]
        for row in rows
    ]
    if len(cells) > 1 and all(_NAME.fullmatch(str(cell or "")) for cell in cells[0]):
        cells[0] = ["", ""]
    return [*cells]


def edited(rows: Sequence[Row], edits: Mapping[str, Any]) -> list[Row]:
    """A table's rows after the edits that Streamlit's data editor reports.

    edits: ``edited_rows`` by index, ``added_rows`` and ``deleted_rows`` as in its session state.
    """
    table = [dict(row) for row in rows]
    for place, cells in edits.get("edited_rows", {}).items():
        if int(place) < len(table):
            table[int(place)].update(cells)
    gone = set(edits.get("deleted_rows", ()))
    kept = [row for place, row in enumerate(table) if place not in gone]
    added = [{"input": None, "goal": None} | row for row in edits.get("added_rows", ())]
    return kept + added
