"""Numbers as the page shows them; neuron/player/web/words.js has the same rules for the browser."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from decimal import ROUND_HALF_UP, Context, Decimal
from sys import float_info

DIGITS = 4
"""Significant digits that the page shows; the exact value is in the table of all steps."""

GIVEN_DIGITS = 12
"""Digits of what the reader typed: 0.49999 must not be repeated as 0.5."""

MOST_DIGITS = 17
"""As many as tell any two floats apart."""

MOST_SHOWN = 8
"""Of a number that is to be told from another, where more have no room."""


_LONGEST_WHOLE = 1e16
"""From here on a power of ten is shorter than all the digits, and floats skip whole numbers."""


def number(value: float, digits: int = DIGITS) -> str:
    """``value`` as the page shows it: ``0.784``, ``−3``, ``6e17``.

    Rounded half up to so many significant digits, without trailing zeros; whole numbers below
    10 million keep all their digits. Powers of ten as in ``6e17`` below 0.0001 and from 10 million.
    The largest float, which stands for what is beyond it, and infinity are ``∞``.
    """
    if value == 0:
        return "0"
    if abs(value) >= float_info.max:
        return "∞" if value > 0 else "−∞"
    exact = Decimal(abs(value))
    digits = max(digits, exact.adjusted() + 1 if exact < 10_000_000 else 0)
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact)
    exponent = rounded.adjusted()
    figures = "".join(map(str, rounded.as_tuple().digits)).rstrip("0")
    sign = "−" if value < 0 else ""
    if not -4 <= exponent < 7:
        fraction = f".{figures[1:]}" if figures[1:] else ""
        return f"{sign}{figures[0]}{fraction}e{'−' if exponent < 0 else ''}{abs(exponent)}"
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{figures}"
    whole = figures[: exponent + 1].ljust(exponent + 1, "0")
    rest = figures[exponent + 1 :]
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def as_text(number: float) -> str:
    """The shortest text that reads back as exactly this number: ``2``, ``0.1``, ``1e-06``."""
    if abs(number) < _LONGEST_WHOLE and number == int(number):
        return str(int(number))
    return repr(number)


def digits_to_resolve(value: float, difference: float) -> int:
    """How many digits of ``value`` show ``difference``, itself shown to `DIGITS`.

    So that ``delta = 1.9999 − 2 = −0.0001`` can be checked by eye, where four digits would read
    ``2 − 2``. Between `DIGITS` and `MOST_DIGITS`.
    """
    if not value or not difference:
        return DIGITS
    # Of the shortest text, as the browser has it: 1e-07 itself is a little less than 0.0000001.
    apart = Decimal(repr(value)).adjusted() - Decimal(repr(difference)).adjusted()
    return min(MOST_DIGITS, max(DIGITS, apart + DIGITS))


def prediction_digits(prediction: float, goal: float) -> int:
    """How many digits of a prediction show how far it is from its goal.

    As `digits_to_resolve` has it; where it is the goal exactly, as many as the goal was given with,
    so that ``delta = 12.3456 − 12.3456 = 0`` is true to the eye, too.
    """
    if delta := prediction - goal:
        return digits_to_resolve(prediction, delta)
    given = number(goal, GIVEN_DIGITS)
    return next((n for n in range(DIGITS, GIVEN_DIGITS) if number(goal, n) == given), GIVEN_DIGITS)


def both_ends(low: float, high: float) -> tuple[str, str]:
    """The ends of a stretch with as many digits as tell them apart, and at least `DIGITS`."""
    digits = max(DIGITS, digits_to_resolve(high, high - low) - 2)
    return number(low, digits), number(high, digits)


def filled(template: str, numbers: Mapping[str, str]) -> str:
    """A template with its numbers: ``{x}`` as it is, ``{(x)}`` in brackets when it is negative."""
    for name, text in numbers.items():
        bracketed = f"({text})" if text.startswith("−") else text
        template = template.replace(f"{{{name}}}", text).replace(f"{{({name})}}", bracketed)
    return template


def error_name(*lists: Sized) -> str:
    """What the error of lists of examples is called: of several it is the mean."""
    return "mean error" if any(len(examples) > 1 for examples in lists) else "error"


def in_steps(count: int) -> str:
    """A number of steps in words: ``1 step``, ``18 steps``."""
    return "1 step" if count == 1 else f"{count} steps"


def in_iterations(count: int) -> str:
    """A number of iterations in words, however large: ``1 iteration``, ``4.605e16 iterations``."""
    return "1 iteration" if count == 1 else f"{number(count)} iterations"


def arrival(iterations: int | None) -> str:
    """When a run is there, as `predicted_iterations` or `counted_iterations` has it."""
    if iterations is None:
        return "never"
    if iterations == 0:
        return "from the start"
    return f"after {in_iterations(iterations)}"
