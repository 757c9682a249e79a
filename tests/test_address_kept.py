"""Kept runs and the tolerance: in the address, and from run to run of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from neuron import Example
from neuron.address import from_query, to_query
from neuron.lessons import LESSON_SETTINGS
from neuron.session import Session
from neuron.settings import LOOKS, MOST_KEPT, TOLERANCES, Settings

# A test must not fail because a machine is slow.
untimed = hypothesis_settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
numbers = st.floats(-1e6, 1e6) | st.integers(-9, 9).map(float)
examples = st.builds(Example, numbers, numbers)
any_run = st.builds(
    Settings,
    input=numbers,
    goal=numbers,
    weight=numbers,
    alpha=st.floats(0, 1e6),
    iterations=st.integers(0, 10_000),
    more=st.lists(examples, max_size=3).map(tuple) | st.lists(examples, max_size=19).map(tuple),
)
any_kept = st.lists(any_run, max_size=MOST_KEPT, unique=True).map(tuple)
any_settings = st.builds(
    replace,
    any_run,
    kept=any_kept,
    tolerance=st.sampled_from([*TOLERANCES]),
    lesson=st.sampled_from(["", *LESSON_SETTINGS]),
    look=st.sampled_from(["", *LOOKS]),
)
OPENING = "2:2:0:0.1:18"


def opened(query: str) -> tuple[Settings, list[str]]:
    return from_query(parse_qs(query, keep_blank_values=True), LESSON_SETTINGS)


def kept_from(text: str) -> tuple[tuple[Settings, ...], list[str]]:
    settings, refused = from_query({"keep": [text]})
    assert replace(settings, kept=()) == Settings()
    return settings.kept, refused


@untimed
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
            f"tolerance = “{bad}” is none of 0.1, 0.01, 0.001, 0.0001, 1e-06, so it is 0.01"
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
        "keep: run 5 is one more than 4, so it is left out",
        "keep: run 7 is one more than 4, so it is left out",
    ]


def test_no_kept_run_and_several_lists_of_them() -> None:
    """An empty list is none; given twice, it is refused, and none is kept."""
    assert kept_from("") == ((), [])
    settings, (said,) = from_query({"keep": [OPENING, "3:3:0:0.1:18"]})
    assert settings == Settings()
    assert said == (f"keep is given 2 times (“{OPENING}”, “3:3:0:0.1:18”), so no run is kept")


@untimed
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


@untimed
@given(any_settings)
def test_what_runs_is_what_training_needs(settings: Settings) -> None:
    """The numbers and the training data stay; all that is only shown is as by default."""
    runs = settings.what_runs
    names = [field.name for field in fields(Settings)]
    differing = {name for name in names if getattr(runs, name) != getattr(settings, name)}
    assert differing <= {"test", "lesson", "predict", "look", "tolerance", "kept"}
    assert runs.training == settings.training
    assert replace(settings, look="steps", tolerance=0.1, kept=(Settings(),)).what_runs == runs


# From run to run of the page


def session_at(query: str = "") -> Session:
    """A session that has arrived at an address and has shown the page once."""
    session = Session({})
    session.arrive(parse_qs(query, keep_blank_values=True))
    session.state["address"] = session.query()
    assert session.refused == []
    return session


def type_in(session: Session, **changed: Any) -> None:
    """As a control does it: the key is set, then the callback is called."""
    session.state.update(changed)
    session.touch()


def after(session: Session) -> Settings:
    """The settings after the next run of the page, which the browser asks for as it was."""
    session.arrive(session.state["address"])
    return session.settings


def test_keeping_a_run_opens_the_comparison() -> None:
    """The run shown is kept once, without what is only shown; then there is nothing to keep."""
    session = session_at("alpha=0.4&train=1:1&test=3:3&tolerance=0.1&predict=1")
    assert session.can_keep
    session.keep()
    settings = after(session)
    assert settings.kept == (Settings(alpha=0.4, more=(Example(1, 1),)),)
    assert (settings.look, settings.tolerance, settings.alpha) == ("compare", 0.1, 0.4)
    assert not session.can_keep
    session.keep()
    assert len(after(session).kept) == 1
    type_in(session, alpha=0.5)
    assert session.can_keep
    assert "keep=2%3A2%3A0%3A0.4%3A18%3A1%3A1" in urlencode(session.query(), doseq=True)


def test_no_more_than_four_runs_are_kept() -> None:
    """The fifth is not taken, until one is removed."""
    session = session_at()
    for k in range(1, 6):
        type_in(session, goal=float(k))
        assert session.can_keep is (k <= MOST_KEPT)
        session.keep()
    assert [one.goal for one in after(session).kept] == [1, 2, 3, 4]
    session.drop(session.settings.kept[1])
    assert [one.goal for one in after(session).kept] == [1, 3, 4]
    assert session.can_keep
    session.keep()
    assert [one.goal for one in after(session).kept] == [1, 3, 4, 5]


def test_dropping_a_run_leaves_all_else() -> None:
    """Only that run is gone; one that is not kept is no error."""
    session = session_at(f"keep={OPENING},3:3:0:0.1:18&alpha=0.7&look=compare&tolerance=0.1")
    before = session.settings
    session.drop(before.kept[0])
    assert after(session) == replace(before, kept=before.kept[1:])
    session.drop(before.kept[0])
    assert after(session) == replace(before, kept=before.kept[1:])


@untimed
@given(any_settings, any_run)
def test_loading_a_run_shows_it(settings: Settings, kept: Settings) -> None:
    """Its numbers and training data are in the controls; test data, look and kept runs stay."""
    session = Session({})
    session.arrive({})
    session.take(replace(settings, test=(Example(7, 7),)))
    before, version = session.settings, session.state["version"]
    session.load(kept)
    loaded = session.settings
    assert loaded.what_runs == kept
    controls = {name: getattr(kept, name) for name in ("input", "goal", "weight", "alpha")}
    assert loaded == replace(before, **controls, iterations=kept.iterations, more=kept.more)
    assert session.state["version"] > version  # the tables begin anew
    assert len(session.state["rows"]["more"]) == max(1, len(kept.more))


@pytest.mark.parametrize("tolerance", TOLERANCES)
def test_choosing_a_tolerance(tolerance: float) -> None:
    """It is taken from the chooser, stands in the address, and changes nothing else."""
    session = session_at("alpha=0.3&look=why")
    before = session.settings
    session.state["nearness"] = tolerance
    session.set_tolerance("nearness")
    assert after(session) == replace(before, tolerance=tolerance)
    again = Session({})
    again.arrive(session.query())
    assert (again.settings, again.refused) == (session.settings, [])


@pytest.mark.parametrize("name", ["", *LESSON_SETTINGS])
def test_a_chapter_leaves_kept_runs_and_tolerance(name: str) -> None:
    """They are the reader's, not the chapter's; everything else is the chapter's."""
    session = session_at(f"keep={OPENING},3:3:0:0.1:18&tolerance=0.001&alpha=0.7&look=compare")
    before = session.settings
    session.open_chapter(name)
    chapter = LESSON_SETTINGS.get(name, Settings())
    assert after(session) == replace(chapter, look="compare", tolerance=0.001, kept=before.kept)


@pytest.mark.parametrize("change", ["keep", "drop", "load", "tolerance"])
def test_a_change_outranks_the_address_and_back_undoes_it(change: str) -> None:
    """An address of before comes with the change; sent again, it is the way back."""
    session = session_at("keep=3:3:0:0.1:18&tolerance=0.1")
    before, address = session.settings, session.query()
    type_in(session, weight=1.5)
    session.arrive(address)
    assert session.leave() != address
    kept = before.kept[0]
    session.state["nearness"] = 0.001
    changes: dict[str, Callable[[], None]] = {
        "keep": session.keep,
        "drop": lambda: session.drop(kept),
        "load": lambda: session.load(kept),
        "tolerance": lambda: session.set_tolerance("nearness"),
    }
    changes[change]()
    changed = session.settings
    assert changed != before
    session.arrive(address)
    assert session.settings == changed
    assert session.leave() == to_query(changed)
    session.arrive(address)
    assert session.settings == before
