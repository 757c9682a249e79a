"""Numbers as the page shows them; the browser follows the same rules."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite
from sys import float_info

DIGITS = 4
"""Significant digits that the page shows; the exact value is in the table of all steps."""

GIVEN_DIGITS = 12
"""Digits for numbers that the reader typed: 0.49999 must not be shown as 0.5."""

MOST_DIGITS = 17
"""Enough to tell any two floats apart."""

MOST_SHOWN = 8
"""The most digits used to tell two numbers apart where space is limited."""

THIN_SPACE = "\u202f"
"""Separates groups of three digits; it does not break lines."""

PLAIN = range(-7, 15)
"""The powers of ten of the first digit for which no exponent is written."""

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = DIGITS, plain: range = PLAIN) -> str:
    """``value`` as the page shows it: ``0.784``, ``−3``, ``12 345``, ``6.004 × 10¹⁷``.

    Rounded half up to ``digits`` significant digits, without trailing zeros; whole parts keep all
    their digits. An exponent is written if the first digit's power of ten is not in ``plain``. The
    largest float, which represents an overflow, and infinity are ``∞``.
    """
    if value == 0:
        return "0"
    if abs(value) >= float_info.max:
        return "−∞" if value < 0 else "∞"
    exact = Decimal(value)
    if exact.adjusted() in plain:
        digits = max(digits, exact.adjusted() + 1)
    return _written(Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact), plain)


def exactly(value: float) -> str:
    """``value`` as the page shows it, with enough digits to read back the same float."""
    return _written(Decimal(repr(float(value))), PLAIN)


def _written(rounded: Decimal, plain: range) -> str:
    """All digits of a decimal, as `number` writes them."""
    if not rounded:
        return "0"
    sign = "−" if rounded < 0 else ""
    rounded = abs(rounded).normalize()
    exponent = rounded.adjusted()
    if exponent not in plain:
        mantissa = rounded.scaleb(-exponent)
        return f"{sign}{mantissa:f}\u00a0×\u00a010{superscript(exponent)}"
    whole, point, fraction = f"{rounded:f}".partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", THIN_SPACE)
    return f"{sign}{whole}{point}{fraction}"


def superscript(exponent: int) -> str:
    """A whole number in superscript: ``¹⁷``, ``⁻⁹``."""
    return str(exponent).translate(SUPERSCRIPT)


def percent(part: float) -> str:
    """A fraction as a percentage: ``1%``, ``0.55%``."""
    return f"{number(100 * part)}%"


def as_text(number: float) -> str:
    """The shortest text that reads back as exactly this number: ``2``, ``0.1``, ``1e-06``."""
    if abs(number) < 1e16 and number == int(number):  # larger floats skip whole numbers
        return str(int(number))
    return repr(number)


def digits_to_resolve(value: float, difference: float) -> int:
    """How many digits ``value`` needs to show ``difference``, itself shown to `DIGITS`.

    So ``delta = 1.9999 − 2 = −0.0001`` can be checked by eye; with four digits it would read
    ``2 − 2``. Between `DIGITS` and `MOST_DIGITS`.
    """
    if not value or not difference or not isfinite(value - difference):
        return DIGITS
    # From the shortest text, because the float 1e-07 itself is a little less than 0.0000001.
    apart = Decimal(repr(value)).adjusted() - Decimal(repr(difference)).adjusted()
    return min(MOST_DIGITS, max(DIGITS, apart + DIGITS))


def prediction_digits(prediction: float, goal: float) -> int:
    """How many digits a prediction needs to show how far it is from its goal.

    See `digits_to_resolve`. If it equals the goal, as many digits as the goal was given with, so
    that ``delta = 12.3456 − 12.3456 = 0`` looks right as well.
    """
    if delta := prediction - goal:
        return digits_to_resolve(prediction, delta)
    given = number(goal, GIVEN_DIGITS)
    return next((n for n in range(DIGITS, GIVEN_DIGITS) if number(goal, n) == given), GIVEN_DIGITS)


def both_ends(low: float, high: float) -> tuple[str, str]:
    """The ends of a range with enough digits to tell them apart, at least `DIGITS`."""
    digits = max(DIGITS, digits_to_resolve(high, high - low) - 2)
    return number(low, digits), number(high, digits)


def bracketed(text: str) -> str:
    """A number for use next to an operator: in brackets if it contains a sign."""
    return f"({text})" if text.startswith("−") or "×" in text else text


def filled(template: str, numbers: Mapping[str, str]) -> str:
    """A template with its numbers filled in: ``{x}`` as is, ``{(x)}`` `bracketed`."""
    for name, text in numbers.items():
        template = template.replace(f"{{{name}}}", text)
        template = template.replace(f"{{({name})}}", bracketed(text))
    return template


def error_name(*lists: Sized) -> str:
    """What the error of lists of examples is called: "mean error" if one has several."""
    return "mean error" if any(len(examples) > 1 for examples in lists) else "error"


def counted(count: int, noun: str) -> str:
    """A count with its noun: ``1 step``, ``18 steps``, ``10 000 iterations``."""
    return f"{number(count)} {noun}" + "s" * (count != 1)


def arrival(iterations: int | None) -> str:
    """When a run gets there: ``never``, ``from the start``, ``after 18 iterations``."""
    if iterations is None:
        return "never"
    return f"after {counted(iterations, 'iteration')}" if iterations else "from the start"


def left_in_words(part: float, iterations: int | None) -> str:
    """When at most this part of the gap is left; iterations: until then, None for never."""
    if iterations is None:
        return f"the gap never falls to {percent(part)}"
    return f"{percent(part)} of the gap or less is left {arrival(iterations)}"


def equals(value: float, text: str) -> str:
    """``= 0.25`` if the text is exactly this number, else ``≈ 0.1111``; without line breaks.

    Exactly means to `GIVEN_DIGITS`: 1 / 0.1**2 is 99.99999999999999 in floats.
    """
    exact = text == number(value, GIVEN_DIGITS) or (isfinite(value) and text == exactly(value))
    return f"{'=' if exact else '≈'}\u00a0{text}"
