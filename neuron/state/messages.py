"""What the stage reports from the browser; not trusted, because anyone could have sent it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

_LARGEST = 2**53
"""Whole numbers up to this are exact in JavaScript."""

MOST_EVENTS = 1000
"""The most events read from one message."""


@dataclass(frozen=True, slots=True)
class SetNumbers:
    """Handles were moved: values by name, unchecked; settled: whether they were released."""

    n: int
    values: Mapping[str, object]
    settled: bool


@dataclass(frozen=True, slots=True)
class Action:
    """Any other action: ``do`` is its name, ``what`` its argument."""

    n: int
    do: str
    what: str


Event = SetNumbers | Action


@dataclass(frozen=True, slots=True)
class Report:
    """What the reader did on the stage since the last acknowledgement.

    at: the query of the address that the browser's stage was built from. events: ascending by n.
    """

    at: Mapping[str, list[str]]
    events: tuple[Event, ...] = ()


def read(value: Any) -> Report:
    """The events in a message from the browser; anything else in it is ignored. Never raises."""
    if not isinstance(value, Mapping):
        return Report({})
    at = value.get("at")
    query = parse_qs(at, keep_blank_values=True) if isinstance(at, str) else {}
    given = value.get("events")
    events = [_event(one) for one in given[:MOST_EVENTS]] if isinstance(given, list) else []
    return Report(query, tuple(sorted(filter(None, events), key=lambda event: event.n)))


def _event(one: Any) -> Event | None:
    if not isinstance(one, Mapping):
        return None
    n, values, do, what = one.get("n"), one.get("set"), one.get("do"), one.get("what", "")
    if not isinstance(n, int) or isinstance(n, bool) or not 0 < n <= _LARGEST:
        return None
    if isinstance(values, Mapping):
        named = {str(name): value for name, value in values.items()}
        return SetNumbers(n, named, one.get("settled") is not False)
    if isinstance(do, str) and isinstance(what, str):
        return Action(n, do, what)
    return None
