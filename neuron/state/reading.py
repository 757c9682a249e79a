"""Parsing numbers: plain ones in an address, and whatever people type into fields and tables."""

from __future__ import annotations

import re
from math import isfinite

_PLAIN = re.compile(r"[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?")
"""Plain ASCII decimals: float() alone would also accept `nan`, `1_000` and Arabic digits. The
quantifiers are possessive, because backtracking would take seconds on ten thousand digits."""

_SPACE = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_TYPED = re.compile(
    rf"(?P<sign>[+-]?)(?P<mantissa>[0-9.,{_SPACE}]++)"
    rf"(?:(?:[eE]|[×·*][{_SPACE}]?10\^)(?P<exponent>[+-]?[0-9]{{1,9}}+)"
    rf"|[×·*][{_SPACE}]?10(?P<power>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,9}}+))?"
)
"""An exponent has at most nine digits, because `int` raises for thousands of them."""
_BARE_POWER = re.compile(r"([+-]?)(10[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]++)")
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:[{_SPACE}][0-9]{{3}})++(?![0-9])")
_HYPHEN = str.maketrans("−–", "--")  # word processors turn a hyphen before a number into a dash
_SUPERSCRIPTS = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")

_SHOWN = 24
"""How many characters of a rejected value are quoted in the message."""


def in_address(text: str) -> float:
    """The number in a plain ASCII text; infinite if it overflows, never NaN.

    A plus that URL decoding turned into a space still counts as one: ``1e 1`` is 10. Raises
    ValueError, which says in words which rule is broken.
    """
    return _plain(re.sub(r"(?<=[0-9.][eE]) (?=[0-9])", "+", text))


def typed(text: str) -> float:
    """The number that someone typed or pasted; infinite if it overflows, never NaN.

    Besides plain ASCII, accepts the true minus sign, one decimal comma (``0,5``), a fraction
    (``3/4``), spaces between groups of three digits (``1 000``), and a power of ten as the page
    prints it (``6.004 × 10¹⁷``). Raises ValueError, which says in words which rule is broken and,
    for an ambiguous number, gives both readings.
    """
    above, slash, below = text.strip().translate(_HYPHEN).partition("/")
    try:
        if not slash:
            return _decimal(above)
        numerator, divisor = _part(above), _part(below)
    except _NoNumberError:
        raise ValueError("is not a number (write it like 0.5, 3/4 or 1e-6)") from None
    if not divisor:
        raise ValueError("has a denominator of 0")
    quotient = numerator / divisor
    if not isfinite(quotient):
        raise ValueError("is too large")
    if numerator and not quotient:
        raise ValueError("is too close to 0")
    return quotient + 0.0


def place_of(text: str) -> float:
    """The place value of the last digit of a text that `typed` accepts: 0.01 for ``1.57``.

    Trailing zeros of a whole number may be the result of rounding: 100 for ``1200``. 0 for a
    fraction, which is exact.
    """
    text = text.strip().translate(_HYPHEN)
    found = _TYPED.fullmatch(text)
    if not found:
        return 0.0
    exponent = found["exponent"] or (found["power"] or "0").translate(_SUPERSCRIPTS)
    digits = _mantissa("", found["mantissa"])
    whole, point, fraction = digits.partition(".")
    zeros = 0 if point else len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
    return float(f"1e{int(exponent) - len(fraction) + zeros}")


def quoted(text: str) -> str:
    """A rejected text for a message: in quotation marks, printable and short."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    if len(printable) > _SHOWN:
        printable = printable[:_SHOWN] + "\N{HORIZONTAL ELLIPSIS}"
    return f"“{printable}”"


class _NoNumberError(ValueError):
    """A text is not a number in any notation."""


def _plain(text: str) -> float:
    if not text.strip():
        raise ValueError("is empty")
    if not _PLAIN.fullmatch(text):
        raise _NoNumberError("is not a number")
    number = float(text)
    if number == 0 and re.match(r"[^eE]*[1-9]", text):
        raise ValueError("is too close to 0")
    return number + 0.0  # -0.0 would show as "-0"


def _part(text: str) -> float:
    """One side of a fraction."""
    if not text.strip():
        raise _NoNumberError
    return _decimal(text.strip())


def _decimal(text: str) -> float:
    """A number that is not a fraction, stripped, with a hyphen as its minus sign."""
    if bare := _BARE_POWER.fullmatch(text):
        text = f"{bare[1]}1×{bare[2]}"
    found = _TYPED.fullmatch(text)
    if not found:
        return _plain(text)
    exponent = found["exponent"] or (found["power"] or "").translate(_SUPERSCRIPTS)
    power = f"e{exponent}" if exponent else ""
    return _plain(f"{_mantissa(found['sign'], found['mantissa'])}{power}")


def _mantissa(sign: str, text: str) -> str:
    """The sign and digits in plain form, from digits that may have spaces and a comma."""
    text = text.strip()
    spaced = re.search(f"[{_SPACE}]", text)
    if spaced:
        groups = _GROUPED.match(text)
        text = re.sub(f"[{_SPACE}]", "", groups[0]) + text[groups.end() :] if groups else text
        if re.search(f"[{_SPACE}]", text):
            raise ValueError("has a space that does not separate groups of three digits")
    commas, points = text.count(","), text.count(".")
    if commas == points == 1:  # 1.000,5 or 1,000.5
        first, second = re.findall("[.,]", text)
        one = text.replace(first, "").replace(second, ".")
        raise _two_ways(sign + one, sign + text.replace(second, "").replace(first, "."))
    if commas + points > 1:
        raise ValueError("has more than one decimal point or comma")
    if not spaced and re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", text):
        raise _two_ways(sign + text.replace(",", ""), sign + text.replace(",", "."))
    return sign + text.replace(",", ".")


def _two_ways(one: str, other: str) -> ValueError:
    return ValueError(f"could mean {one} or {other} (write one of these)")
