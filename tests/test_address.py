"""The reader's settings: their limits, and what good and bad addresses become."""

from __future__ import annotations

from math import inf, nextafter
from timeit import timeit
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import any_float, any_settings

from neuron.state.address import from_query, to_query
from neuron.state.parameters import CONTROLS, LOOKS, PARAMETERS, Settings
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS
from neuron.words.numbers import as_text

MILLION = 1_000_000
LIMITS = {
    "input": (-MILLION, MILLION),
    "goal": (-MILLION, MILLION),
    "weight": (-MILLION, MILLION),
    "alpha": (0, MILLION),
    "iterations": (0, 10_000),
}
DEFAULTS = {"input": 2.0, "goal": 2.0, "weight": 0.0, "alpha": 0.1, "iterations": 18}
AS_TEXT = {"input": "2", "goal": "2", "weight": "0", "alpha": "0.1", "iterations": "18"}


def opened(query: str) -> tuple[Settings, list[str]]:
    return from_query(parse_qs(query, keep_blank_values=True), LESSON_SETTINGS)


def test_the_page_opens_on_the_articles_closing_run() -> None:
    """Input 2, goal 2, weight 0, alpha 0.1: "18 times", says the article this page tells again."""
    assert {name: getattr(Settings(), name) for name in DEFAULTS} == DEFAULTS
    assert from_query({}) == (Settings(), [])


@given(any_settings)
def test_an_address_shows_the_same_settings_again(settings: Settings) -> None:
    """Settings come back from their own address exactly, and nothing of it is refused."""
    query = to_query(settings, LESSON_SETTINGS.get(settings.lesson))
    assert opened(urlencode(query, doseq=True)) == (settings, [])


@example(Settings(alpha=1e-6, iterations=18))
@given(any_settings)
def test_to_query_is_inverted_by_from_query(settings: Settings) -> None:
    """What `to_query` gives can be handed to `from_query` as it is."""
    query = to_query(settings, LESSON_SETTINGS.get(settings.lesson))
    assert from_query(query, LESSON_SETTINGS) == (settings, [])


def test_the_whole_state_stands_in_the_address() -> None:
    """All five numbers are always in the query, in short; the look only when one is open."""
    as_given = {name: [text] for name, text in AS_TEXT.items()}
    assert to_query(Settings()) == as_given
    assert to_query(Settings(look="steps")) == as_given | {"look": ["steps"]}


@pytest.mark.parametrize("name", LIMITS)
def test_limits_are_inclusive_and_nothing_beyond_is_let_in(name: str) -> None:
    """A limit itself is good; the next number outside is refused, naming both limits."""
    low, high = LIMITS[name]
    nearest = {
        low: low - 1 if name == "iterations" else nextafter(low, -inf),
        high: high + 1 if name == "iterations" else nextafter(high, inf),
    }
    for limit, outside in nearest.items():
        settings, refusals = from_query({name: [str(limit)]})
        assert (getattr(settings, name), refusals) == (limit, [])
        settings, refusals = from_query({name: [repr(outside)]})
        assert getattr(settings, name) == DEFAULTS[name]
        (said,) = refusals
        assert f"is not between {low} and {high}" in said


def test_the_five_controls_are_those_that_the_page_promises() -> None:
    """Labels, limits and whole numbers are as specified, in the order of the page."""
    labels = ["Input", "Goal", "Starting weight", "Alpha", "Iterations"]
    assert [control.label for control in CONTROLS] == labels
    assert {control.name: (control.low, control.high) for control in CONTROLS} == LIMITS
    assert [control.name for control in CONTROLS if control.whole] == ["iterations"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.0003", 0.0003),
        ("1e-6", 1e-6),
        ("1E+3", 1000),
        (".5", 0.5),
        ("5.", 5),
        ("+007", 7),
        ("-0", 0),
    ],
)
def test_any_plain_decimal_can_be_given(text: str, number: float) -> None:
    """A number may be written in any of the ways of plain decimals; no zero has a sign."""
    settings, refusals = from_query({"alpha": [text]})
    assert (settings, refusals) == (Settings(alpha=number), [])
    assert repr(settings.alpha) == repr(float(number))


@pytest.mark.parametrize(("text", "number"), [("18", 18), ("18.0", 18), ("1e3", 1000), ("-0", 0)])
def test_whole_numbers_are_whole(text: str, number: int) -> None:
    """Iterations are an int, however the whole number is written."""
    settings, refusals = from_query({"iterations": [text]})
    assert (settings.iterations, type(settings.iterations), refusals) == (number, int, [])


NO_NUMBERS = [
    *("abc", "nan", "-NaN", "inf", "-inf", "Infinity", "True", "None", "0x10", "1,5", "1_000"),
    *("\N{ARABIC-INDIC DIGIT THREE}", "\N{FULLWIDTH DIGIT ONE}", "\N{MINUS SIGN}1", "1²", "½"),
    *(" 2", "2 ", "2 3", "2;3", "1e", "e5", ".", "-", "--1", "1e2.5", "1.2.3", "x" * 10_000),
    *("<b>2</b>", "<script>alert(1)</script>", "**2**", "$2$", "[2](http://a.example)"),
]
BAD_VALUES = [
    *((name, text, "is not a number") for name in LIMITS for text in NO_NUMBERS),
    *((name, text, "is empty") for name in LIMITS for text in ["", "  "]),
    *((name, t, "is not between") for name in LIMITS for t in ["1e400", "-1e400", "9" * 10_000]),
    *(("iterations", text, "is not a whole number") for text in ["2.5", "0.1", "1e-6"]),
    *((name, "-0.001", "is not between") for name in ["alpha", "iterations"]),
]


@pytest.mark.parametrize(
    ("name", "text", "rule"), BAD_VALUES, ids=lambda value: ascii(value[:24]).strip("'")
)
def test_a_bad_value_is_refused_in_a_sentence(name: str, text: str, rule: str) -> None:
    """It names the control, the value (shortened), the rule and what stands instead."""
    others = {other: ["7"] for other in LIMITS if other != name}
    settings, (said,) = from_query(others | {name: [text]})
    assert said.startswith(name)
    assert text[:20] in said
    assert rule in said
    assert said.endswith(f", so {name} is {AS_TEXT[name]}")
    assert len(said) < 200
    kept = {other: getattr(settings, other) for other in LIMITS}
    assert kept == dict.fromkeys(LIMITS, 7) | {name: DEFAULTS[name]}


@pytest.mark.parametrize(
    "text", ["1\n", "a\x00b", "\t2", "2\u2028", "\u202e1", "2\u200b", "\ud800"]
)
def test_unprintable_characters_never_reach_the_reader(text: str) -> None:
    """Line breaks, controls and invisible marks are refused and shown as replaced."""
    settings, (said,) = from_query({"alpha": [text], "goal": ["3"]})
    assert settings == Settings(goal=3)
    assert said.isprintable()
    assert "\N{REPLACEMENT CHARACTER}" in said


@pytest.mark.parametrize("name", LIMITS)
def test_a_value_given_twice_is_refused(name: str) -> None:
    """Two values for one control are refused, even equal ones: neither is silently preferred."""
    settings, (said,) = from_query({name: ["7", "7"]})
    assert settings == Settings()
    assert said == f"{name} is given 2 times (“7”, “7”), so {name} is {AS_TEXT[name]}"


@pytest.mark.parametrize("name", ["alhpa", "Alpha", "", "<script>", "a\nb", "x" * 10_000])
def test_an_unknown_name_is_named_and_ignored(name: str) -> None:
    """A name that the page does not know changes nothing, and is not passed over in silence."""
    settings, (said,) = from_query({name: ["3"], "goal": ["3"]})
    assert settings == Settings(goal=3)
    assert name[:20].replace("\n", "\N{REPLACEMENT CHARACTER}") in said
    assert "is ignored" in said
    assert len(said) < 200


def test_streamlits_own_names_are_let_through() -> None:
    """`embed` and `embed_options` are the host's: nothing to refuse."""
    assert from_query({"embed": ["true"], "embed_options": ["a", "b"]}) == (Settings(), [])


@pytest.mark.parametrize("name", LOOKS)
def test_a_closer_look_can_be_opened(name: str) -> None:
    """Each closer look has a name in the address."""
    assert from_query({"look": [name]}) == (Settings(look=name), [])


@pytest.mark.parametrize("text", ["nonsense", "", "STEPS", "<b>"])
def test_an_unknown_look_is_refused(text: str) -> None:
    """It names the value and says that no closer look is open."""
    settings, (said,) = from_query({"look": [text], "goal": ["3"]})
    assert settings == Settings(goal=3)
    assert said.startswith("look")
    assert text in said
    assert said.endswith("so none is open")


def test_a_look_given_twice_is_refused_for_that() -> None:
    """The sentence is true: it does not call a known look unknown."""
    settings, (said,) = from_query({"look": ["steps", "steps"]})
    assert settings == Settings()
    assert "is given 2 times" in said
    assert "is none of" not in said


texts = st.text() | any_float.map(repr) | st.integers().map(str) | st.from_regex(r"[-+.e0-9]{1,9}")
names = st.sampled_from([*(one.name for one in PARAMETERS), "embed"]) | st.text()


@given(st.dictionaries(names, st.lists(texts, max_size=3)))
def test_no_address_raises_or_silently_shows_something_else(query: dict[str, list[str]]) -> None:
    """Whatever is given, each control has the value given, or a sentence and its default."""
    settings, refusals = from_query(query, LESSON_SETTINGS)
    assert settings.look in ["", *LOOKS]
    assert settings.lesson in ["", *LESSON_SETTINGS]
    assert len(settings.training) <= 20 >= len(settings.test)
    base = LESSON_SETTINGS.get(settings.lesson, Settings())
    assert type(settings.iterations) is int
    for said in refusals:
        assert said.isprintable()
        assert len(said) < 200
    for name, (low, high) in LIMITS.items():
        value = getattr(settings, name)
        assert low <= value <= high
        given_ = query.get(name, [])
        if any(said.startswith(f"{name} ") for said in refusals):
            assert given_
            assert value == getattr(base, name)
        elif given_:
            assert [value] == [float(text) for text in given_]
        else:
            assert value == getattr(base, name)


@pytest.mark.parametrize(
    ("number", "text"),
    [(2.0, "2"), (-7.25, "-7.25"), (0.1, "0.1"), (1e-6, "1e-06"), (-0.0, "0"), (18, "18")],
)
def test_numbers_are_written_as_a_reader_would(number: float, text: str) -> None:
    """Whole numbers have no `.0`, and no zero has a sign."""
    assert as_text(number) == text


@example(1e22)
@given(any_float | st.integers(-MILLION, MILLION).map(float))
def test_as_text_reads_back_exactly(number: float) -> None:
    """The text is the same number again, and no longer than the shortest that Python knows."""
    assert float(as_text(number)) == number
    assert len(as_text(number)) <= len(repr(number))


def test_a_long_value_is_refused_in_linear_time() -> None:
    """Refusing 10,000 digits and a letter costs less than 100 looks at each character.

    A search that starts again at each character looks 5,000 times at each.
    """
    text = "1" * 10_000 + "x"

    def ours() -> None:
        from_query({"alpha": [text]})

    def barest() -> None:
        for character in text:
            character.isdigit()

    turns = [(timeit(barest, number=1), timeit(ours, number=1)) for _ in range(3)]
    bare, own = map(min, zip(*turns, strict=True))
    assert own <= 100 * bare
