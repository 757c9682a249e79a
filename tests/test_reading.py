"""Numbers as readers write them: what is read, what is refused, and with which words."""

from __future__ import annotations

import re
from contextlib import suppress
from math import isnan

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import read
from strategies import any_float

from neuron.state.reading import in_address, typed
from neuron.words.numbers import as_text, number

TYPED = {
    "0,5": 0.5,
    "-,5": -0.5,
    "5.": 5.0,
    "+007": 7.0,
    "−2": -2.0,
    "–2": -2.0,  # an en dash, into which word processors turn a hyphen
    "1e−6": 1e-6,
    "3/4": 0.75,
    "−1/4": -0.25,
    " 1 / −8 ": -0.125,
    "0,5/2": 0.25,
    "1 000": 1000.0,
    "1\u202f234\u202f567.5": 1234567.5,
    "−1\u00a0234\u2009567,25": -1234567.25,
    "1 000,500": 1000.5,  # where spaces group, the comma is decimal
    "0,500": 0.5,  # no group begins with 0
    "6.004\u00a0×\u00a010¹⁷": 6.004e17,
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
NO_NUMBERS = {
    "": "is empty",
    " \u202f ": "is empty",
    "1 00": "has a space where no group of three digits begins",
    "2 3": "has a space where no group of three digits begins",
    "1 000 00": "has a space where no group of three digits begins",
    "1.5 000": "has a space where no group of three digits begins",
    "1,000,000": "has more than one decimal point or comma",
    "1.2.3": "has more than one decimal point or comma",
    "1/0": "divides by 0",
    "1e300/1e-300": "is too large",
    "1e400/1e400": "is too large",
    "1e-400": "is too close to 0",
    "1e-300/1e300": "is too close to 0",
}
STRANGE = [
    *("abc", "nan", "∞", "inf", "-", ".", ",", "/", "1/", "/2", "1/2/3", "2²", "½", "1'000"),
    *("1×10", "10×2", "2×", "1_0", "0x10", "٣", "２", "1e", "1e2.5", "$5", "2\u200b", "1\n000"),
    *("--1", "−−1", "×10³", "1e1×10²"),
]
NO_NUMBERS |= dict.fromkeys(STRANGE, "is not a number, such as 0.5, 3/4 or 1e-6")


@pytest.mark.parametrize("text", TYPED)
def test_numbers_are_read_as_people_write_them(text: str) -> None:
    assert repr(typed(text)) == repr(TYPED[text])


@pytest.mark.parametrize("text", TWO_WAYS)
def test_what_could_be_read_in_two_ways_is_refused_with_both_readings(text: str) -> None:
    """Each of the readings that are offered is itself read in one way."""
    one, other = TWO_WAYS[text]
    with pytest.raises(ValueError, match=re.escape(f"could be read as {one} or as {other} ")):
        typed(text)
    assert typed(one) == float(one)
    assert typed(other) == float(other)


@pytest.mark.parametrize("text", NO_NUMBERS, ids=ascii)
def test_what_is_no_number_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(NO_NUMBERS[text])}$"):
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
