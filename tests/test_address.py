"""The reader's settings: their limits, and what good and bad addresses become."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from math import inf, nextafter
from pathlib import Path
from timeit import timeit
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import any_float, any_settings

from neuron import Example
from neuron.state.address import from_query, to_query
from neuron.state.parameters import (
    BY_NAME,
    CONTROLS,
    LOOKS,
    MOST_KEPT,
    PARAMETERS,
    Settings,
    read_cell,
)
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


OPENING = "2:2:0:0.1:18"


def kept_from(text: str) -> tuple[tuple[Settings, ...], list[str]]:
    settings, refused = from_query({"keep": [text]})
    assert replace(settings, kept=()) == Settings()
    return settings.kept, refused


def test_a_kept_run_as_it_stands_in_an_address() -> None:
    """The five numbers in the order of the page, then further examples in pairs."""
    kept = (
        Settings(),
        Settings(3, -1, 0.5, 1e-6, 0, more=(Example(1, 3), Example(-2, 5.5))),
    )
    text = f"{OPENING},3:-1:0.5:1e-06:0:1:3:-2:5.5"
    assert to_query(Settings(kept=kept))["keep"] == [text]
    assert kept_from(text) == (kept, [])
    assert "keep" not in to_query(Settings())


@pytest.mark.parametrize(("tolerance", "text"), [(0.1, "0.1"), (0.0001, "0.0001"), (1e-6, "1e-06")])
def test_the_tolerance_stands_in_the_address_when_it_is_chosen(tolerance: float, text: str) -> None:
    """1 % needs no word; a fraction that the page does not offer is refused, naming those."""
    assert "tolerance" not in to_query(Settings(tolerance=0.01))
    assert to_query(Settings(tolerance=tolerance))["tolerance"] == [text]
    assert from_query({"tolerance": [text]}) == (Settings(tolerance=tolerance), [])
    assert from_query({"tolerance": [f"{tolerance:.7f}"]}) == (Settings(tolerance=tolerance), [])
    for bad in ("0.2", "1 %", "nan", "-0.1", "x", ""):
        settings, (said,) = from_query({"tolerance": [bad]})
        assert settings == Settings()
        assert said == (
            f"tolerance = “{bad}” is none of 0.1, 0.01, 0.001, 0.0001, 1e-06, so tolerance is 0.01"
        )


NOT_A_RUN = "the numbers are not input:goal:weight:alpha:iterations, or a pair after them is broken"


BROKEN = [
    ("x", NOT_A_RUN),
    ("2:2:0:0.1", NOT_A_RUN),
    ("2:2:0:0.1:18:1", NOT_A_RUN),
    (":", NOT_A_RUN),
    ("", NOT_A_RUN),
    (f"{OPENING}{':1:2' * 20}", NOT_A_RUN),
    ("a:2:0:0.1:18", "input “a” is not a number"),
    ("2:nan:0:0.1:18", "goal “nan” is not a number"),
    ("2:2:inf:0.1:18", "weight “inf” is not a number"),
    ("2:2:0:-1:18", "alpha “-1” is not between 0 and 1000000"),
    ("2:2:0:0.1:1.5", "iterations “1.5” is not a whole number"),
    ("2:2:0:0.1:10001", "iterations “10001” is not between 0 and 10000"),
    ("2:2:0:0.1:", "iterations is empty"),
    ("2:2:0:1e-400:18", "alpha “1e-400” is too close to 0"),
    (f"{OPENING}:1:<b>", "goal “<b>” is not a number"),
    (f"{OPENING}:1:2:2000000:1", "input “2000000” is not between -1000000 and 1000000"),
]


@pytest.mark.parametrize(("part", "rule"), BROKEN)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_broken_kept_run_is_refused_and_the_others_kept(part: str, rule: str, place: int) -> None:
    """One sentence says which run, which rule, and that it is left out."""
    parts = ["3:3:0:0.2:5", "4:4:0:0.3:6"]
    parts.insert(place - 1, part)
    kept, (said,) = kept_from(",".join(parts))
    assert said == f"keep: in run {place}, {rule}, so it is left out"
    assert [one.alpha for one in kept] == [0.2, 0.3]


def test_a_run_is_kept_once() -> None:
    """The same numbers twice are one run, however they are written; that is no mistake."""
    kept, refused = kept_from(f"{OPENING},2.0:2:-0:1e-1:18,{OPENING}:1:1,{OPENING}")
    assert kept == (Settings(), Settings(more=(Example(1, 1),)))
    assert refused == []


def test_four_runs_are_kept_and_each_more_is_refused() -> None:
    """By its place; one that is kept already needs no room."""
    runs = [f"2:2:0:{alpha}:18" for alpha in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)]
    kept, refused = kept_from(",".join([*runs[:5], runs[0], runs[5]]))
    assert [one.alpha for one in kept] == [0.1, 0.2, 0.3, 0.4]
    assert refused == [
        "keep: run 5 is beyond the 4 there may be, so it is left out",
        "keep: run 7 is beyond the 4 there may be, so it is left out",
    ]


def test_no_kept_run_and_several_lists_of_them() -> None:
    """An empty list is none; given twice, it is refused, and none is kept."""
    assert kept_from("") == ((), [])
    settings, (said,) = from_query({"keep": [OPENING, "3:3:0:0.1:18"]})
    assert settings == Settings()
    assert said == (f"keep is given 2 times (“{OPENING}”, “3:3:0:0.1:18”), so no run is kept")


@given(st.text(alphabet="0123456789.,:-e+ x\n<\0", max_size=80) | st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing raises; what is kept is within the limits, and comes back from its own address."""
    settings, _ = from_query({"keep": [text], "tolerance": [text]})
    assert len(settings.kept) <= MOST_KEPT
    assert len(set(settings.kept)) == len(settings.kept)
    assert from_query(to_query(settings)) == (settings, [])
    for one in settings.kept:
        assert one == one.what_runs
        assert 0 <= one.alpha <= 1e6
        assert type(one.iterations) is int


@given(any_settings)
def test_what_runs_is_what_training_needs(settings: Settings) -> None:
    """The numbers and the training data stay; all that is only shown is as by default."""
    runs = settings.what_runs
    names = [field.name for field in fields(Settings)]
    differing = {name for name in names if getattr(runs, name) != getattr(settings, name)}
    assert not differing & {*BY_NAME, "more"}
    shown_only = {*names} - {*BY_NAME, "more"}
    assert all(getattr(runs, name) == getattr(Settings(), name) for name in shown_only)
    assert runs.training == settings.training
    assert replace(settings, look="steps", tolerance=0.1, kept=(Settings(),)).what_runs == runs


FIELDS = {"train": "more", "test": "test"}


MOST = {"train": 19, "test": 20}


def opened_lists(**query: str) -> tuple[Settings, list[str]]:
    return from_query({name: [text] for name, text in query.items()}, LESSON_SETTINGS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_list_is_pairs_in_their_order(name: str) -> None:
    """Input, colon, goal; commas between; the training data begins with Input and Goal."""
    settings, refusals = opened_lists(**{name: "1:3,-2.5:1e-6"})
    assert getattr(settings, FIELDS[name]) == (Example(1, 3), Example(-2.5, 1e-6))
    assert refusals == []
    assert settings.training[0] == Example(2, 2)
    assert len(settings.training) == (3 if name == "train" else 1)


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        ("x:1", "in example 2, input “x” is not a number"),
        ("1:nan", "in example 2, goal “nan” is not a number"),
        ("1e400:1", "in example 2, input “1e400” is not between -1000000 and 1000000"),
        ("1:1000001", "in example 2, goal “1000001” is not between -1000000 and 1000000"),
        ("1:", "in example 2, goal is empty"),
        (":1", "in example 2, input is empty"),
        ("1:1e-400", "in example 2, goal “1e-400” is too close to 0"),
        ("1", "example 2 is not one input and one goal"),
        ("1:2:3", "example 2 is not one input and one goal"),
        ("", "example 2 is not one input and one goal"),
        ("<b>:1", "in example 2, input “<b>” is not a number"),
    ],
)
def test_a_bad_pair_is_named_and_left_out(name: str, pair: str, rule: str) -> None:
    """The sentence has the list, the place, the value and the rule; the other pairs are kept."""
    settings, refusals = opened_lists(**{name: f"5:5,{pair},6:6", "goal": "3"})
    assert refusals == [f"{name}: {rule}, so it is left out"]
    assert getattr(settings, FIELDS[name]) == (Example(5, 5), Example(6, 6))
    assert settings.goal == 3


@pytest.mark.parametrize("name", FIELDS)
def test_more_than_twenty_examples_are_not_taken(name: str) -> None:
    """With Input and Goal there are at most 20 to train on, and 20 to test on."""
    most = MOST[name]
    settings, refusals = opened_lists(**{name: ",".join(f"{k}:1" for k in range(most + 2))})
    assert getattr(settings, FIELDS[name]) == tuple(Example(k, 1) for k in range(most))
    assert refusals == [
        f"{name}: example {k} is beyond the {most} there may be, so it is left out"
        for k in (most + 1, most + 2)
    ]


@pytest.mark.parametrize("name", ["train", "test", "lesson", "predict"])
def test_a_name_given_twice_is_refused(name: str) -> None:
    """Neither is silently preferred, also where both are the same and good."""
    good = {"train": "1:1", "test": "1:1", "lesson": "swap", "predict": "1"}[name]
    settings, (said,) = from_query({name: [good, good], "goal": ["3"]}, LESSON_SETTINGS)
    assert settings == Settings(goal=3)
    assert said.startswith(f"{name} is given 2 times (“{good}”, “{good}”), so ")


@pytest.mark.parametrize("name", LESSON_SETTINGS)
def test_a_chapter_stands_for_what_the_address_leaves_out(name: str) -> None:
    """All of the chapter's settings, but for what the address says itself."""
    assert opened_lists(lesson=name) == (LESSON_SETTINGS[name], [])
    changed, refusals = opened_lists(
        lesson=name, alpha="0.7", look="steps", test="9:9", predict="0"
    )
    assert refusals == []
    assert changed == replace(
        LESSON_SETTINGS[name], alpha=0.7, look="steps", test=(Example(9, 9),), predict=False
    )


def test_a_bad_value_falls_back_on_the_chapter() -> None:
    """The sentence names the chapter's value, because that is used instead."""
    settings, refusals = opened_lists(lesson="swap", alpha="abc", test="x:1")
    assert settings == replace(LESSON_SETTINGS["swap"], test=())
    assert refusals == [
        "alpha = “abc” is not a number, so alpha is 1",
        "test: in example 1, input “x” is not a number, so it is left out",
    ]


@pytest.mark.parametrize("text", ["nonsense", "", "SWAP", "swap ", "<b>"])
def test_an_unknown_chapter_is_refused(text: str) -> None:
    """In one short sentence; the rest of the address is as without a chapter."""
    settings, (said,) = opened_lists(lesson=text, goal="3")
    assert settings == Settings(goal=3)
    assert said == f"lesson = “{text}” is no chapter, so no chapter is open"


@pytest.mark.parametrize(("text", "asks"), [("1", True), ("0", False)])
@pytest.mark.parametrize("lesson", ["", "swap", "measure"])
def test_asking_first_can_be_switched(lesson: str, text: str, asks: bool) -> None:
    """predict=1 and predict=0, whatever the chapter does by itself."""
    query = {"predict": text} | ({"lesson": lesson} if lesson else {})
    settings, refusals = opened_lists(**query)
    assert (settings.predict, refusals) == (asks, [])


@pytest.mark.parametrize("text", ["yes", "", "2", "True"])
def test_an_unknown_switch_is_refused(text: str) -> None:
    """It stays as the chapter has it."""
    settings, (said,) = opened_lists(predict=text, lesson="swap")
    assert settings == LESSON_SETTINGS["swap"]
    assert said.startswith(f"predict = “{text}” is neither 0 nor 1, so ")


def test_an_address_is_as_short_as_it_can_be() -> None:
    """Lists and switch stand in it only where there are such, in it or in its chapter."""
    assert set(to_query(Settings())) == {"input", "goal", "weight", "alpha", "iterations"}
    base = LESSON_SETTINGS["swap"]
    emptied = replace(base, test=(), predict=False)
    query = to_query(emptied, base)
    assert (query["test"], query["predict"], query["lesson"]) == ([""], ["0"], ["swap"])
    assert from_query(query, LESSON_SETTINGS) == (emptied, [])


texts_lists = st.text() | st.text("0123456789.:,-e x", max_size=60)


@given(texts_lists, texts_lists, texts_lists, texts_lists)
def test_no_lists_raise_or_are_cut_in_silence(
    train: str, test: str, lesson: str, predict: str
) -> None:
    """Every pair is an example, or a sentence of its list names it."""
    query = {"train": train, "test": test, "lesson": lesson, "predict": predict}
    settings, refusals = opened_lists(**query)
    for said in refusals:
        assert said.isprintable()
        assert len(said) < 200
    for name, field in FIELDS.items():
        pairs = [pair for pair in query[name].split(",") if query[name]]
        refused = [said for said in refusals if said.startswith(f"{name}: ")]
        examples = getattr(settings, field)
        assert len(examples) + len(refused) == len(pairs)
        assert len(examples) <= MOST[name]
        assert all(max(abs(e.input), abs(e.goal)) <= 1e6 for e in examples)


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("input", "x", "input “x” is not a number"),
        ("goal", "", "goal is empty"),
        ("goal", "1e7", "goal “1e7” is not between -1000000 and 1000000"),
    ],
)
def test_a_cell_has_the_limits_of_its_control(name: str, text: str, rule: str) -> None:
    """The rule names the column, and the value where there is one."""
    assert read_cell(name, "-7.25") == -7.25
    with pytest.raises(ValueError, match=f"^{rule}$"):
        read_cell(name, text)


LINKS = json.loads((Path(__file__).parent / "links_today.json").read_text("utf-8"))


@pytest.mark.parametrize("link", LINKS, ids=[link["address"][:70] for link in LINKS])
def test_a_shared_link_opens_the_run_that_it_was_shared_for(link: dict[str, Any]) -> None:
    """Training and test data, start, alpha, iterations, and the run's last bits."""
    query = parse_qs(link["address"].removeprefix("?"), keep_blank_values=True)
    settings, _ = from_query(query, LESSON_SETTINGS)
    run = settings.run()
    assert {
        "training": [[e.input, e.goal] for e in settings.training],
        "test": [[e.input, e.goal] for e in settings.test],
        "weight": settings.weight,
        "alpha": settings.alpha,
        "iterations": settings.iterations,
        "steps": len(run.weights) - 1,
        "last_weight": run.weights[-1],
        "last_error": run.errors[-1],
        "kept": len(settings.kept),
    } == {name: value for name, value in link.items() if name != "address"}
