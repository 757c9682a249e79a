"""Numbers as the page shows them: rounded right, readable, and enough digits to check."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from runs import read
from strategies import plain_run

from neuron import Run
from neuron.words.numbers import (
    as_text,
    digits_to_resolve,
    equals,
    number,
    prediction_digits,
)

LARGEST = sys.float_info.max
any_float = st.floats(-LARGEST, LARGEST, exclude_min=True, exclude_max=True)
PLAIN = r"(?:\d{1,4}|\d{1,3}(?:\u202f\d{3})+)(?:\.\d*[1-9])?"
POWER = r"[1-9](?:\.\d*[1-9])?\u00a0×\u00a010⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.784, "0.784"),
        (-3, "−3"),
        (-0.0, "0"),
        (1.0625, "1.063"),  # ties are exact in floats; banks would round this one to even
        (-1.0625, "−1.063"),
        (9999.5, "10 000"),
        (12344.5, "12 345"),
        (0.15625, "0.1563"),
        (1.99999, "2"),
        (0.00009, "0.00009"),
        (0.0000001234, "0.0000001234"),
        (9.99996e-8, "0.0000001"),
        (9.9994e-8, "9.999 × 10⁻⁸"),
        (1.5e-9, "1.5 × 10⁻⁹"),
        (9_999_999.5, "10 000 000"),
        (123_456_789, "123 456 789"),
        (999_999_999_999_999.4, "999 999 999 999 999"),
        (999_999_999_999_999.5, "1 × 10¹⁵"),
        (1e18, "1 × 10¹⁸"),
        (6.004e17, "6.004 × 10¹⁷"),
        (-5e-324, "−4.941 × 10⁻³²⁴"),
        (1.797693134862315e308, "1.798 × 10³⁰⁸"),
        (LARGEST, "∞"),  # it stands for what is beyond it
        (-inf, "−∞"),
    ],
)
def test_numbers_as_the_page_shows_them(value: float, text: str) -> None:
    """Four digits, half up, a real minus sign, no trailing zeros, thin groups, real exponents."""
    grouped = re.sub(r"(?<=\d) (?=\d{3})", "\u202f", text)
    assert number(value) == grouped.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.0, "2"), (-7.25, "-7.25"), (0.1, "0.1"), (1e-6, "1e-06"), (-0.0, "0"), (1e22, "1e+22")],
)
def test_a_number_in_an_address_is_short(value: float, text: str) -> None:
    """Whole numbers have no `.0`, and no zero has a sign."""
    assert as_text(value) == text


@given(any_float | st.floats(-1e16, 1e16) | st.floats(-1e-6, 1e-6), st.integers(1, 17))
def test_a_number_agrees_with_pythons_own_rounding(value: float, digits: int) -> None:
    """The value is that of `%e` (more digits for larger whole parts) wherever there is no tie.

    It is written in one of two forms only: plainly from 0.0000001 up to 15 digits, or with a power.
    """
    text = number(value, digits)
    if abs(value) < 1e15:
        digits = max(digits, len(str(int(abs(value)))))
    up, down = (Decimal(format(value, f".{digits}e")), Decimal(format(value, f".{digits - 1}e")))
    plain = value == 0 or Decimal("1e-7") <= abs(read(text)) < Decimal("1e15")
    assert re.fullmatch(f"−?{PLAIN if plain else POWER}", text)
    assume(up != Decimal(value) or up.as_tuple().digits[-1] != 5)
    assert read(text) == down


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(1, 12))
def test_whole_numbers_of_up_to_15_digits_are_exact(value: int, digits: int) -> None:
    """They keep every digit, however few digits are asked for."""
    assert read(number(value, digits)) == value


@given(any_float, st.integers(1, 12))
def test_equals_is_said_only_of_what_holds_as_printed(value: float, digits: int) -> None:
    """To a rounding of floats: else the text is about the number."""
    text = number(value, digits)
    said = equals(value, text)
    assert said[1:] == f"\u00a0{text}"
    exact = abs(read(text) - Decimal(value)) <= abs(Decimal(value)) * Decimal("5e-12")
    assert said.startswith("=") <= exact
    assert (read(text) == Decimal(repr(value))) <= said.startswith("=")


@given(plain_run(40), st.data())
def test_prediction_minus_goal_is_delta_as_shown(run: Run, data: st.DataObject) -> None:
    """A reader who subtracts the numbers shown gets delta to its four digits, and 0 too."""
    step = run.steps[data.draw(st.integers(0, len(run.weights) - 1))]
    digits = prediction_digits(step.prediction, step.example.goal)
    shown = read(number(step.prediction, digits)) - read(number(step.example.goal, 12))
    delta = Decimal(step.delta)
    rounding = 3e-16 * max(abs(step.prediction), abs(step.example.goal))  # of the floats themselves
    assert abs(shown - delta) <= Decimal("0.00051") * abs(delta) + Decimal(rounding)


@pytest.mark.parametrize(
    ("value", "difference", "digits"),
    [(1.9999, -0.0001, 8), (2, 2, 4), (2, 1e-300, 17), (0, 1, 4), (1, 0, 4), (0.001, 50, 4)],
)
def test_as_many_digits_as_show_the_difference(
    value: float, difference: float, digits: int
) -> None:
    """Four digits of the difference, never fewer than four of the value nor more than 17."""
    assert digits_to_resolve(value, difference) == digits
