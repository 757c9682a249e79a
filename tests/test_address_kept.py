"""Kept runs and the tolerance, as they stand in an address."""

from __future__ import annotations

from dataclasses import fields, replace
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_settings

from neuron import Example
from neuron.state.address import from_query, to_query
from neuron.state.parameters import MOST_KEPT, Settings
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS

OPENING = "2:2:0:0.1:18"


def opened(query: str) -> tuple[Settings, list[str]]:
    return from_query(parse_qs(query, keep_blank_values=True), LESSON_SETTINGS)


def kept_from(text: str) -> tuple[tuple[Settings, ...], list[str]]:
    settings, refused = from_query({"keep": [text]})
    assert replace(settings, kept=()) == Settings()
    return settings.kept, refused


@given(any_settings)
def test_an_address_keeps_the_same_runs(settings: Settings) -> None:
    """Kept runs, in their order and to the last bit, and the tolerance come back; so does all."""
    query = to_query(settings, LESSON_SETTINGS.get(settings.lesson))
    assert opened(urlencode(query, doseq=True)) == (settings, [])
    assert from_query(query, LESSON_SETTINGS) == (settings, [])


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
    shown = {"test", "lesson", "stop", "predict", "look", "tolerance", "kept", "log", "step"}
    assert differing <= shown | {"speed", "hide", "lock", "only"}
    assert runs.training == settings.training
    assert replace(settings, look="steps", tolerance=0.1, kept=(Settings(),)).what_runs == runs
