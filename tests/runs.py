"""Runs by a few words, and numbers read back from what the page says and is sent."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import pairwise
from math import isfinite
from typing import Any
from urllib.parse import parse_qs

from neuron import Dynamics, Run, train
from neuron.charts.axes import Axis
from neuron.core.dynamics import dynamics_of
from neuron.state.address import from_query
from neuron.state.parameters import Settings
from neuron.words.verdict import verdict


def run_of(**changed: Any) -> Run:
    """The run that the page opens on, with other numbers where they are given."""
    opening = {"input": 2, "goal": 2, "weight": 0, "alpha": 0.1, "iterations": 18}
    return train(**(opening | changed))


def both(run: Run) -> tuple[Dynamics, Run]:
    """A run and its theory, in the order in which charts and sentences take them."""
    return dynamics_of(run), run


def words_of(run: Run) -> str:
    """All that the verdict on a run says."""
    said = verdict(*both(run))
    return f"{said.headline}. {said.plain} {said.why} {said.advice}"


def run_on(settings: Settings) -> Run:
    return settings.run()


def run_at(query: str) -> Run:
    """The run of an address."""
    settings, refused = from_query(parse_qs(query))
    assert not refused
    return run_on(settings)


def read(text: str) -> Decimal:
    """The number that a reader takes a text of the page for."""
    plain = text.replace("−", "-").replace("\u202f", "").replace("\u00a0×\u00a010", "e")
    plain = re.sub("^(-?)10(?=[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])", r"\g<1>1e", plain)  # a bare power of ten
    return Decimal(plain.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))


def from_json(text: str) -> Any:
    """As a browser reads it, which knows no NaN and no Infinity."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(text, parse_constant=refuse)


def assert_readable(said: str) -> None:
    """That a text has no NaN and no infinity, no field left to fill in, no digits without end."""
    assert not re.search(r"\b(?i:nan|inf|infinity)\b|None|[{}]|\d{25}", said), said


def points_of(path: str) -> list[tuple[float, float]]:
    """The points of a line that is drawn by M and L."""
    pairs = [pair.split(",") for pair in path.removeprefix("M").split("L")]
    return [(float(x), float(y)) for x, y in pairs]


def assert_whole(axis: Axis) -> None:
    """That an axis is finite and ascends, with a few ticks within it and one text a tick."""
    low, high, at, texts = axis.low, axis.high, axis.ticks, axis.texts
    assert all(map(isfinite, [low, high, *at]))
    assert low < high
    room = 1e-9 * (high - low)
    assert all(low - room <= tick <= high + room for tick in at)
    assert all(left < right for left, right in pairwise(at))
    assert len(set(texts)) == len(texts) == len(at) <= 9


def assert_true(axis: Axis) -> None:
    """That what stands beside a tick is where the tick stands, to a fiftieth of their distance."""
    assert_whole(axis)
    near = 0.02 * (axis.high - axis.low) / 5
    for tick, text in zip(axis.ticks, axis.texts, strict=True):
        assert abs(float(read(text)) - tick) <= near
