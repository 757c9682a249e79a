"""Numbers as the page shows them and as people type them: rounded right, read or refused."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from decimal import Decimal
from math import inf, isnan

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import read
from strategies import any_float, plain_run

from neuron import Run
from neuron.state.reading import in_address, typed
from neuron.words.numbers import as_text, equals, number, prediction_digits

LARGEST = sys.float_info.max
below_largest = st.floats(-LARGEST, LARGEST, exclude_min=True, exclude_max=True)
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
        (0.00009, "0.00009"),
        (9.99996e-8, "0.0000001"),
        (9.9994e-8, "9.999 × 10⁻⁸"),
        (9_999_999.5, "10 000 000"),
        (999_999_999_999_999.4, "999 999 999 999 999"),
        (999_999_999_999_999.5, "1 × 10¹⁵"),
        (-5e-324, "−4.941 × 10⁻³²⁴"),
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


@given(below_largest | st.floats(-1e16, 1e16) | st.floats(-1e-6, 1e-6), st.integers(1, 17))
def test_a_number_agrees_with_pythons_own_rounding(value: float, digits: int) -> None:
    """Its value is that of `%e`, but for ties; plain from 1e-7 up to 15 digits, else a power."""
    text = number(value, digits)
    if abs(value) < 1e15:
        digits = max(digits, len(str(int(abs(value)))))
    up, down = (Decimal(format(value, f".{digits}e")), Decimal(format(value, f".{digits - 1}e")))
    plain = value == 0 or Decimal("1e-7") <= abs(read(text)) < Decimal("1e15")
    assert re.fullmatch(f"−?{PLAIN if plain else POWER}", text)
    assume(up != Decimal(value) or up.as_tuple().digits[-1] != 5)
    assert read(text) == down


@given(below_largest, st.integers(1, 12))
def test_equals_is_said_only_of_what_holds_as_printed(value: float, digits: int) -> None:
    """To a rounding of floats, or if the text is the shortest of that very float, like 5e-324."""
    text = number(value, digits)
    said = equals(value, text)
    assert said[1:] == f"\u00a0{text}"
    shortest = read(text) == Decimal(repr(value))
    near = abs(read(text) - Decimal(value)) <= abs(Decimal(value)) * Decimal("5e-12")
    assert said.startswith("=") <= (near or shortest)
    assert shortest <= said.startswith("=")


@given(plain_run(40), st.data())
def test_prediction_minus_goal_is_delta_as_shown(run: Run, data: st.DataObject) -> None:
    """A reader who subtracts the numbers shown gets delta to its four digits, and 0 too."""
    step = run.steps[data.draw(st.integers(0, len(run.weights) - 1))]
    digits = prediction_digits(step.prediction, step.example.goal)
    shown = read(number(step.prediction, digits)) - read(number(step.example.goal, 12))
    delta = Decimal(step.delta)
    rounding = 3e-16 * max(abs(step.prediction), abs(step.example.goal))  # of the floats themselves
    assert abs(shown - delta) <= Decimal("0.00051") * abs(delta) + Decimal(rounding)


TYPED = {
    "0,5": 0.5,
    "-,5": -0.5,
    "5.": 5.0,
    "+007": 7.0,
    "−2": -2.0,
    "–2": -2.0,  # an en dash, into which word processors turn a hyphen
    "1e−6": 1e-6,
    "3/4": 0.75,
    " 1 / −8 ": -0.125,
    "0,5/2": 0.25,
    "1 000": 1000.0,
    "−1\u00a0234\u2009567,25": -1234567.25,
    "1 000,500": 1000.5,  # where spaces group, the comma is decimal
    "0,500": 0.5,  # no group begins with 0
    "−1,5 · 10⁻⁹": -1.5e-9,
    "2×10^3": 2000.0,
    "10⁻⁶": 1e-6,
    "-0": 0.0,
    "1e400": float("inf"),
    "\t2\n": 2.0,
}
TWO_WAYS = {
    "1,000": ("1000", "1.000"),
    "−12,345": ("-12345", "-12.345"),
    "1.000,5": ("1000.5", "1.0005"),
    "1,000.5": ("1000.5", "1.0005"),
    "1,000/2": ("1000", "1.000"),
}
REFUSED = {
    "is empty": ["", " \u202f "],
    "has a space that does not separate groups of three digits": ["1 00", "1 000 00", "1.5 000"],
    "has more than one decimal point or comma": ["1,000,000", "1.2.3"],
    "has a denominator of 0": ["1/0"],
    "is too large": ["1e300/1e-300"],
    "is too close to 0": ["1e-400", "1e-300/1e300"],
    "is not a number (write it like 0.5, 3/4 or 1e-6)": [
        *("abc", "nan", "∞", "inf", "-", ".", ",", "/", "1/", "/2", "1/2/3", "2²", "½", "1'000"),
        *("1×10", "10×2", "2×", "1_0", "0x10", "٣", "２", "1e", "1e2.5", "$5", "2\u200b", "1\n000"),
        *("--1", "−−1", "×10³", "1e1×10²"),
    ],
}


@pytest.mark.parametrize("text", TYPED)
def test_numbers_are_read_as_people_write_them(text: str) -> None:
    assert repr(typed(text)) == repr(TYPED[text])


@pytest.mark.parametrize("text", TWO_WAYS)
def test_what_could_be_read_in_two_ways_is_refused_with_both_readings(text: str) -> None:
    """Each of the readings that are offered is itself read in one way."""
    one, other = TWO_WAYS[text]
    with pytest.raises(ValueError, match=re.escape(f"could mean {one} or {other} ")):
        typed(text)
    assert typed(one) == float(one)
    assert typed(other) == float(other)


@pytest.mark.parametrize(
    ("text", "why"), [(text, why) for why, texts in REFUSED.items() for text in texts], ids=ascii
)
def test_what_is_no_number_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(why)}$"):
        typed(text)


@example(6.003785411879965e17, 4)
@example(-1234567.5, 9)
@example(1.5e-9, 4)
@example(-1e16, 1)
@given(any_float, st.integers(1, 17))
def test_what_the_page_prints_it_reads(value: float, digits: int) -> None:
    """As the very number that is printed, whatever its size and sign; infinity has no digits."""
    text = number(value, digits)
    assume("∞" not in text)
    assert typed(text) == float(read(text))


@given(any_float)
def test_any_plain_number_is_read_alike_everywhere(value: float) -> None:
    """Exactly, in an address and in a field, also in an address where the plus became a space."""
    for text in (repr(value), as_text(value), f"{value:.17e}"):
        assert in_address(text) == typed(text) == value
        assert in_address(text.replace("e+", "e ")) == value


@pytest.mark.parametrize(
    "text", ["0,5", "−2", "3/4", "1 000", "2×10³", " 2", "1e  1", "1 e1", "e 1"]
)
def test_an_address_takes_plain_numbers_only(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        in_address(text)


@given(st.text() | st.text("0123456789.,/eE+-−– \u202f×·^⁰¹²⁻10", max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    """Never another error and never NaN."""
    for reading in (typed, in_address):
        with suppress(ValueError):
            assert not isnan(reading(text))


@pytest.mark.parametrize(
    "text",
    [
        *("1" * 10_000, "1 " * 5000, "1 000" * 2000, "1," * 5000, "1e" * 5000, "1/" * 5000),
        *("9" * 5000 + "e", "1×10" + "⁹" * 10_000, " " * 10_000 + "x", "1" * 10_000 + "x"),
    ],
    ids=lambda text: text[:8],
)
def test_long_texts_take_no_time(text: str) -> None:
    """A pasted file is answered at once: here, a hundred times within the patience of a test."""
    for reading in (typed, in_address) * 100:
        with suppress(ValueError):
            reading(text)
