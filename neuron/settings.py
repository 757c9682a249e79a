"""The reader's settings: what they may be, and how they stand in the page's address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

LOOKS = {"arithmetic": "The arithmetic", "steps": "All steps"}
"""The closer looks, by their name in the address; at most one is open."""

FOREIGN = {"embed", "embed_options"}
"""Names in the address that are Streamlit's own."""

_NUMBER = re.compile(r"[+-]?([0-9]++\.?[0-9]*+|\.[0-9]++)([eE][+-]?[0-9]++)?")
"""Plain ASCII decimals: float() alone would also take `nan`, `1_000` and Arabic digits. Without
backtracking, which would take seconds on a number of ten thousand digits."""

_LONGEST_WHOLE = 1e16
"""From here on a power of ten is shorter than all the digits, and floats skip whole numbers."""

_SHOWN = 24
"""How many characters of a refused value are repeated to the reader."""


@dataclass(frozen=True, slots=True)
class Control:
    """One of the five controls.

    name: in the address and in `Settings`. label: on the page. low, high: the limits, inclusive.
    default: where the page opens. whole: whether only whole numbers will do.
    step: what one press of the control's minus or plus button changes.
    """

    name: str
    label: str
    low: float
    high: float
    default: float
    step: float
    whole: bool = False

    def parse(self, text: str) -> float:
        """The number that ``text`` stands for; ValueError says in words which rule it breaks."""
        if not text.strip():
            raise ValueError("is empty")
        if not _NUMBER.fullmatch(text):
            raise ValueError("is not a number")
        number = float(text)
        if number == 0 and re.match(r"[^eE]*[1-9]", text):
            raise ValueError("is too close to 0")
        if not self.low <= number <= self.high:
            raise ValueError(f"is not between {as_text(self.low)} and {as_text(self.high)}")
        if self.whole and not number.is_integer():
            raise ValueError("is not a whole number")
        return int(number) if self.whole else number + 0.0  # -0.0 would show as "-0"


CONTROLS = (
    Control("input", "Input", -1_000_000.0, 1_000_000.0, 2.0, step=1.0),
    Control("goal", "Goal", -1_000_000.0, 1_000_000.0, 2.0, step=1.0),
    Control("weight", "Starting weight", -1_000_000.0, 1_000_000.0, 0.0, step=0.5),
    Control("alpha", "Alpha", 0.0, 1_000_000.0, 0.1, step=0.05),
    Control("iterations", "Iterations", 0, 10_000, 18, step=1, whole=True),
)
"""The only place where a control's limits and default stand."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the page is made from; its defaults are what the page opens on.

    input, goal, weight, alpha, iterations: see `CONTROLS`. look: the open closer look, or "".
    """

    input: float = CONTROLS[0].default
    goal: float = CONTROLS[1].default
    weight: float = CONTROLS[2].default
    alpha: float = CONTROLS[3].default
    iterations: int = int(CONTROLS[4].default)
    look: str = ""


def from_query(query: Mapping[str, Sequence[str]]) -> tuple[Settings, list[str]]:
    """Settings from an address's query, and what was refused of it.

    query: each name with all the values given for it. Good values are kept whatever stands beside
    them; each bad one is refused in a sentence that names it, the rule, and what is used instead.
    Never raises.
    """
    values: dict[str, Any] = {}
    refusals = []
    for control in CONTROLS:
        given = list(query.get(control.name, ()))
        instead = f"so {control.name} is {as_text(control.default)}"
        if len(given) > 1:
            refusals.append(f"{_repeated(control.name, given)}, {instead}")
        elif given:
            try:
                values[control.name] = control.parse(given[0])
            except ValueError as rule:
                shown = f"{control.name} = {_quoted(given[0])}" if given[0] else control.name
                refusals.append(f"{shown} {rule}, {instead}")
    look = list(query.get("look", ()))
    if len(look) > 1:
        refusals.append(f"{_repeated('look', look)}, so none is open")
    elif look and look[0] not in LOOKS:
        known = ", ".join(LOOKS)
        refusals.append(f"look = {_quoted(look[0])} is none of {known}, so none is open")
    elif look:
        values["look"] = look[0]
    known_names = {field.name for field in fields(Settings)} | FOREIGN
    refusals.extend(
        f"{_quoted(name)} is not a setting of this page, so it is ignored"
        for name in query
        if name not in known_names
    )
    return Settings(**values), refusals


def to_query(settings: Settings) -> dict[str, list[str]]:
    """The query of the address that shows the page with these settings; from_query inverts it."""
    query = {control.name: [as_text(getattr(settings, control.name))] for control in CONTROLS}
    return query | ({"look": [settings.look]} if settings.look else {})


def as_text(number: float) -> str:
    """The shortest text that reads back as exactly this number: ``2``, ``0.1``, ``1e-06``."""
    if abs(number) < _LONGEST_WHOLE and number == int(number):
        return str(int(number))
    return repr(number)


def _repeated(name: str, given: Sequence[str]) -> str:
    """That a name was given more than once, with the first two values."""
    return f"{name} is given {len(given)} times ({_quoted(given[0])}, {_quoted(given[1])})"


def _quoted(text: str) -> str:
    """A refused text as the reader is shown it: printable, and not longer than a line."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    if len(printable) > _SHOWN:
        printable = printable[:_SHOWN] + "\N{HORIZONTAL ELLIPSIS}"
    return f"“{printable}”"
