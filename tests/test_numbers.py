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
from neuron.words.numbers import digits_to_resolve, in_steps, number, prediction_digits

LARGEST = sys.float_info.max
any_float = st.floats(-LARGEST, LARGEST, exclude_min=True, exclude_max=True)
PLAIN = r"(?:0|[1-9]\d*)(?:\.\d*[1-9])?"
POWER = r"[1-9](?:\.\d*[1-9])?e−?[1-9]\d*"


def digits_of(value: float) -> int:
    """Four, or as many as a number below 10 million has before its point."""
    return max(4, len(str(int(abs(value))))) if abs(value) < 1e7 else 4


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.784, "0.784"),
        (-3, "−3"),
        (-0.0, "0"),
        (1.0625, "1.063"),  # ties are exact in floats; banks would round this one to even
        (-1.0625, "−1.063"),
        (12344.5, "12345"),
        (0.15625, "0.1563"),
        (1.99999, "2"),
        (0.0001, "0.0001"),
        (0.00009, "9e−5"),
        (9_999_999, "9999999"),
        (9_999_999.5, "1e7"),
        (10_000_000, "1e7"),
        (123_456_789, "1.235e8"),
        (6.004e17, "6.004e17"),
        (-5e-324, "−4.941e−324"),
        (1.797693134862315e308, "1.798e308"),
        (LARGEST, "∞"),  # it stands for what is beyond it
        (-inf, "−∞"),
    ],
)
def test_numbers_as_the_page_shows_them(value: float, text: str) -> None:
    """Four digits, half up, a real minus sign, no trailing zeros, powers of ten at both ends."""
    assert number(value) == text


@given(any_float | st.floats(-1e8, 1e8) | st.floats(-1, 1))
def test_a_number_agrees_with_pythons_own_rounding(value: float) -> None:
    """The value is that of `%.4g` (more digits for larger whole parts) wherever there is no tie."""
    digits = digits_of(value)
    up, down = (Decimal(format(value, f".{digits}e")), Decimal(format(value, f".{digits - 1}e")))
    assume(up != Decimal(value) or up.as_tuple().digits[-1] != 5)
    assert read(number(value)) == down


@given(any_float | st.floats(-1e8, 1e8), st.integers(1, 17))
def test_a_number_reads_back_within_half_a_unit_of_its_last_digit(
    value: float, digits: int
) -> None:
    """Whatever the number of digits, and it is written in one of the two forms only."""
    text = number(value, digits)
    shown = read(text)
    exact = Decimal(value)
    unit = Decimal(1).scaleb(exact.adjusted() - digits + 1) if value else Decimal(0)
    assert abs(shown - exact) <= unit / 2
    plain = value == 0 or Decimal("0.0001") <= abs(shown) < 10_000_000
    assert re.fullmatch(f"−?{PLAIN if plain else POWER}", text)
    assert text.startswith("−") is (value < 0)


@given(st.integers(-9_999_999, 9_999_999), st.integers(1, 12))
def test_whole_numbers_below_ten_million_are_exact(value: int, digits: int) -> None:
    """They keep every digit, however few digits are asked for."""
    assert number(value, digits) == str(value).replace("-", "−")


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


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 steps"), (1, "1 step"), (2, "2 steps"), (10_000, "10000 steps")]
)
def test_steps_are_counted_in_words(count: int, words: str) -> None:
    """Only one of them is a step."""
    assert in_steps(count) == words
