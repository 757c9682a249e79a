"""Axes for Plotly: the range shown, and the tick labels.

All ranges and ticks are explicit. Plotly's own choice can change while a chart plays, fails near
the largest floats, and formats numbers unlike the rest of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asinh, ceil, copysign, floor, inf, log, log10
from typing import Any

from neuron.words.numbers import digits_to_resolve, number, superscript

SMALLEST = 5e-324
"""The smallest float above 0: it replaces 0 before taking a logarithm."""

FINEST = 1e-9
"""The least length of an axis relative to its numbers; below it, rounding would show as steps."""

TICKS = range(-4, 7)
"""The powers of ten that ticks show without an exponent: margins have no room for more digits."""

SHORTEST = 1e-300
"""The least length of an axis; below it floats lose their precision."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis shows: from low to high, with ``texts`` written at ``ticks``."""

    low: float
    high: float
    ticks: tuple[float, ...]
    texts: tuple[str, ...]


def axis(low: float, high: float, most: int = 5) -> Axis:
    """A linear axis with up to ``most`` + 1 round numbers, formatted as on the rest of the page."""
    least = max(SHORTEST, FINEST * max(abs(low), abs(high)))
    if high - low < least:
        low, high = low - least, high + least
    rough = high / most - low / most
    power = 10.0 ** floor(log10(rough))
    apart = power * next(m for m in (1, 2, 5, 10) if m * power >= rough)
    at = [k * apart for k in range(ceil(low / apart), floor(high / apart) + 1)]
    texts = [number(tick, digits_to_resolve(tick, apart) - 2, TICKS) for tick in at]
    return Axis(low, high, tuple(at), tuple(texts))


def round_step(finest: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not above ``finest``."""
    finest = max(finest, SHORTEST)
    power = 10.0 ** floor(log10(finest))
    return power * max(m for m in (1, 2, 5) if m * power <= finest * (1 + 1e-9))


def steps_axis(last: int) -> Axis:
    """The axis of steps from 0 to ``last``, labelled with whole numbers."""
    whole = axis(0.0, float(max(last, 1)), most=6)
    ticks = [tick for tick in whole.ticks if tick == int(tick)]
    texts = [number(tick) for tick in ticks]
    end = float(max(last, 1))
    return Axis(-0.07 * end, 1.05 * end, tuple(ticks), tuple(texts))


def exactly(low: float, high: float, title: str) -> dict[str, Any]:
    """A linear axis from low to high, for Plotly."""
    return titled(title) | span(low, high)


def span(low: float, high: float) -> dict[str, Any]:
    """The part of a linear axis that depends on its range: the range and its ticks."""
    return drawn(axis(low, high))


def drawn(axis: Axis) -> dict[str, Any]:
    """An axis in Plotly's format."""
    ticks = {"tickmode": "array", "tickvals": list(axis.ticks), "ticktext": list(axis.texts)}
    return {"range": [axis.low, axis.high]} | ticks


def titled(title: str) -> dict[str, Any]:
    """The part of an axis that does not depend on its range."""
    return {
        "autorange": False,
        "fixedrange": True,
        "title": {"text": title, "standoff": 4},
        "gridcolor": "$grid",
        "zeroline": False,
    }


def steps(last: int) -> dict[str, Any]:
    """The axis of steps from 0 to ``last``, for Plotly."""
    return titled("step") | drawn(steps_axis(last))


def logarithm(error: float) -> float:
    """The position of ``error`` on a `logarithmic` axis: log10(error)."""
    return log10(max(error, SMALLEST))


ROOM = 0.08
"""How far a logarithmic axis extends beyond its values, as a fraction of its length."""

NARROWEST = 1e-6
"""The least length of a logarithmic axis, in powers of ten: less would be lost to rounding."""


def logarithmic_axis(drawn: Sequence[float]) -> Axis:
    """An axis for values mapped by `logarithm`, labelled with powers of ten."""
    low, high = min(drawn), max(drawn)
    stride = _stride(high - low, 5)
    room = ROOM * (high - low)
    low, high = low - room, high + room
    if floor(high) < ceil(low) or high - low < NARROWEST:  # no power of ten within, or no room
        low, high = floor(low) - ROOM, ceil(high) + ROOM
    powers = range(ceil(low), floor(high) + 1, stride)
    texts = tuple(_power(p) for p in powers)
    return Axis(low, high, tuple(float(p) for p in powers), texts)


def logarithmic(values: Sequence[float], title: str) -> dict[str, Any]:
    """`logarithmic_axis` in Plotly's format."""
    return titled(f"{title} (powers of ten)") | drawn(logarithmic_axis(values))


def symmetric_logarithm(weight: float, scale: float) -> float:
    """About log10(|weight| / scale) with the weight's sign, but passing smoothly through 0."""
    ratio = weight / scale / 2
    if abs(ratio) < inf:
        return asinh(ratio) / log(10)
    return copysign(log10(abs(weight)) - log10(scale), weight)


def symmetric_logarithmic_axis(drawn: Sequence[float], scale: float) -> Axis:
    """An axis for values mapped by `symmetric_logarithm`, with 0 in the middle.

    scale: the power of ten below which it is roughly linear.
    """
    reach = max(*map(abs, drawn), symmetric_logarithm(scale, scale))
    stride = _stride(reach, 3)
    first = round(log10(scale)) + stride
    candidates = range(first, min(first + floor(reach) + 2, 309), stride)  # 1e309 is no float
    powers = [p for p in candidates if symmetric_logarithm(10.0**p, scale) <= 1.05 * reach]
    powers = powers or [round(log10(scale))]
    at = [symmetric_logarithm(10.0**p, scale) for p in powers]
    texts = [_power(p) for p in powers]
    return Axis(
        -(1 + ROOM) * reach,
        (1 + ROOM) * reach,
        (*(-a for a in reversed(at)), 0.0, *at),
        (*(f"−{text}" for text in reversed(texts)), "0", *texts),
    )


def _power(exponent: int) -> str:
    """A power of ten, short enough for the margin beside a chart."""
    return number(10.0**exponent) if -3 <= exponent < 5 else f"10{superscript(exponent)}"


def _stride(decades: float, most: int) -> int:
    """How many powers of ten to leave between ticks, so that about ``most`` fit."""
    return max(1, ceil(decades / most))
