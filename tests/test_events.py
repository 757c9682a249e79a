"""What happens on the page, as functions from one state to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_settings, any_training

from neuron import Example
from neuron.page.view import View
from neuron.state import events
from neuron.state.address import Query, base_of, to_query
from neuron.state.parameters import BY_NAME, CONTROLS, MOST_KEPT, Settings
from neuron.state.reading import typed
from neuron.state.state import Field, State, makes_entry, rows_of
from neuron.story.chapters import SETTINGS as CHAPTERS
from neuron.story.chapters import beside

Event = Callable[[State], State]


def at(query: Query | None = None) -> State:
    """The state of a page that was opened at an address and shown once."""
    return events.leave(events.arrive(State(), CHAPTERS, query or {}), CHAPTERS)


def at_settings(settings: Settings) -> State:
    query = to_query(settings, base_of(CHAPTERS, settings.lesson, settings.stop))
    state = at(parse_qs(urlencode(query, doseq=True), keep_blank_values=True))
    assert (state.settings, state.refused) == (settings, ())
    return state


def rerun(state: State, browser: Query) -> tuple[State, Query]:
    """The page runs with the address that the browser has; the address that it then has."""
    state = events.leave(events.arrive(state, CHAPTERS, browser), CHAPTERS)
    return state, browser if state.dragging else state.query(CHAPTERS)


def agrees(state: State) -> None:
    """Every field shows what is set, or says why it does not."""
    for control in CONTROLS:
        field = state.fields[control.name]
        value = control.of(state.settings)
        if field.refusal:
            assert field.refusal.endswith(f"so it is still {control.write(value)}.")
        else:
            assert typed(field.text) == value


# Addresses


@given(any_settings)
def test_a_link_opens_what_it_was_made_from(settings: Settings) -> None:
    """All that is set stands in the address, and every field and table shows it."""
    state = at_settings(settings)
    agrees(state)
    for name in ("more", "test"):
        rows = [row for row in state.tables[name].rows if row["input"] is not None]
        cells = [(typed(row["input"]), typed(row["goal"])) for row in rows]
        assert cells == [(e.input, e.goal) for e in getattr(settings, name)]


def test_what_is_refused_of_an_address_is_said_until_the_next_change() -> None:
    """A rerun of the same address keeps the sentences."""
    query = {"alpha": ["abc"], "goal": ["3"]}
    state = events.arrive(State(), CHAPTERS, query)
    assert events.arrive(state, CHAPTERS, query) == state
    (said,) = state.refused
    assert said == "alpha = “abc” is not a number, so alpha is 0.1"
    assert state.settings == Settings(goal=3.0)
    assert events.type_number(state, "weight", "1").refused == ()


def change(event: Callable[..., State], *args: Any) -> Event:
    return lambda state: event(state, *args)


CHANGES: dict[str, Event] = {
    "a number": change(events.type_number, "goal", "5"),
    "the ruler": change(events.set_numbers, {"alpha": 0.4}),
    "a chapter": change(events.open_chapter, CHAPTERS, "swap"),
    "a look": change(events.open_look, "steps"),
    "the switch": change(events.set_predict, True),
    "a reset": change(events.reset, CHAPTERS),
    "a swap": events.swap,
    "a tolerance": change(events.set_tolerance, 0.001),
    "a table": change(events.edit_table, "more", {"added_rows": [{"input": "1", "goal": "2"}]}),
    "a run that is shown": change(events.load, Settings(alpha=0.9)),
    "a kept run": events.keep,
    "the axes": change(events.set_log, "1"),
}
OF_THE_RUN = ("a number", "the ruler", "a swap", "a table", "a run that is shown")
START = {"test": ["1:1"], "alpha": ["0.2"]}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_outranks_an_older_address_and_back_undoes_it(name: str) -> None:
    """The browser may send it with an address from before; sent again, that is the way back."""
    state = at(START)
    stale = state.query(CHAPTERS)
    state, between = rerun(events.type_number(state, "weight", "1.5"), stale)
    before = state.settings
    changed = CHANGES[name](state)
    assert changed.settings != before
    state, written = rerun(changed, stale)
    assert state.settings == changed.settings
    assert written not in (stale, between)
    assert makes_entry(between, written) == (name != "the axes")
    assert rerun(state, written)[0] == state
    state, address = rerun(state, between)
    assert (state.settings, address) == (before, between)
    agrees(state)
    state, address = rerun(state, written)
    assert (state.settings, address) == (changed.settings, written)
    agrees(state)


# The fields


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.name)
def test_a_field_keeps_what_was_typed_until_another_hand_sets_it(control: Any) -> None:
    """Good or refused; then it is a new field, which shows the value."""
    name = control.name
    state = events.type_number(at(), name, "1 000")
    assert control.of(state.settings) == 1000
    assert state.fields[name] == Field("1 000")
    refused = events.type_number(state, name, "1,000")
    assert (refused.settings, refused.fields[name].text) == (state.settings, "1,000")
    told = f"{control.label} “1,000” could mean 1000 or 1.000 (write one of these)"
    assert refused.fields[name].refusal == f"{told}, so it is still 1000."
    other = "goal" if name == "input" else "input"
    assert events.type_number(refused, other, "7").fields[name] == refused.fields[name]
    for settle in (True, False):
        again = events.set_numbers(refused, {name: 1000.0}, settle)
        assert again.fields[name] == Field("1000", 1)
    for elsewhere in (
        events.reset(refused, CHAPTERS),
        events.open_chapter(refused, CHAPTERS, "learn"),
        events.load(refused, Settings()),
        events.arrive(replace(refused, changed=False), CHAPTERS, {}),
    ):
        assert (elsewhere.fields[name].version, elsewhere.fields[name].refusal) == (1, "")
        agrees(elsewhere)
    emptied = events.type_number(refused, name, " ")  # no error, and nothing is lost
    assert (emptied.settings, emptied.fields[name]) == (state.settings, Field("1000", 1))


def test_what_is_typed_has_the_limits_of_its_control() -> None:
    refused = events.type_number(at(), "alpha", "−0,1")
    assert refused.settings == Settings()
    assert refused.fields["alpha"].refusal == (
        "Alpha “−0,1” is not between 0 and 1\u202f000\u202f000, so it is still 0.1."
    )


# The stage


def test_a_drag_writes_no_address_until_it_settles_or_another_hand_ends_it() -> None:
    """The page follows, but only the last alpha is one entry of the history."""
    state, address = rerun(at(), to_query(Settings()))
    for alpha in (0.2, 0.3):
        state = events.set_numbers(state, {"alpha": alpha}, settled=False)
        state, browser = rerun(state, address)
        assert (state.settings, browser) == (Settings(alpha=alpha), address)
        agrees(state)
    for end, settings in (
        (events.set_numbers(state, {"alpha": 0.4}), Settings(alpha=0.4)),
        (events.type_number(state, "weight", "1"), Settings(alpha=0.3, weight=1.0)),
    ):
        assert rerun(end, address)[1] == to_query(settings)
        agrees(end)


def did(at: Query, *happened: dict[str, Any]) -> dict[str, Any]:
    return {"at": urlencode(at, doseq=True), "events": list(happened)}


def test_each_event_of_the_stage_happens_once_and_in_order() -> None:
    """The browser sends an event again until it is acknowledged."""
    state = at()
    first = {"n": 1, "do": "chapter", "what": "learn"}
    second = {"n": 2, "set": {"alpha": 0.3, "weight": -1}, "settled": True}
    third = {"n": 3, "do": "pick", "what": "creeps"}
    state = events.report(state, CHAPTERS, did({}, second, first))
    assert state.done == 2
    assert state.settings == replace(CHAPTERS["learn"], alpha=0.3, weight=-1.0)
    changed = events.type_number(state, "alpha", "0.7")
    again = events.report(changed, CHAPTERS, did({}, first, second, third))
    assert again.settings == changed.settings
    assert (again.done, again.pick, again.plays) == (3, "creeps", True)
    for n, do, what, settings in (
        (4, "stop", "learn 2", replace(again.settings, stop=2)),
        (5, "log", "1", replace(again.settings, stop=2, log=True)),
        (6, "reset", "", replace(CHAPTERS["learn"], stop=2, log=True)),
        (7, "stop", "measure 1", replace(CHAPTERS["learn"], stop=2, log=True)),  # no longer open
        (8, "chapter", "", Settings(log=True)),
        (9, "stop", "learn 2", Settings(log=True)),
        (10, "stop", " 2", Settings(log=True)),
    ):
        again = events.report(again, CHAPTERS, did({}, {"n": n, "do": do, "what": what}))
        assert again.settings == settings


def test_a_new_session_takes_up_what_never_reached_the_address() -> None:
    """The server was restarted while the stage went on: nothing is lost, nothing happens twice."""
    query = {"alpha": ["0.20"]}
    state = events.arrive(State(), CHAPTERS, query)
    moved = {"n": 9, "set": {"alpha": 0.3}, "settled": True}
    for address, alpha in ((query, 0.3), (state.query(CHAPTERS), 0.3), ({"alpha": ["0.1"]}, 0.2)):
        happened = did({**address, "embed": ["true"]}, moved)
        taken = events.report_on_arrival(state, CHAPTERS, happened)
        assert (taken.settings, taken.done) == (Settings(alpha=alpha), 9)
    assert events.report_on_arrival(state, CHAPTERS, None) == state


def test_what_the_stage_cannot_set_is_refused_in_words() -> None:
    """The other values of the same event are set."""
    values = {"alpha": 2e6, "iterations": 2.5, "goal": 10**5000, "weight": 1}
    state = events.set_numbers(at(), values)
    assert state.settings == Settings(weight=1.0)
    for name, told in {
        "alpha": "Alpha “2000000” is not between 0 and 1\u202f000\u202f000",
        "iterations": "Iterations “2.5” is not a whole number",
        "goal": "Goal “too large” is not a number",
    }.items():
        assert state.fields[name].refusal.startswith(told)
        assert state.fields[name].version == 1


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts),
    max_leaves=8,
)
numbers = st.dictionaries(st.sampled_from([*BY_NAME, "lesson"]), st.integers(-5, 5) | anything)
things = st.sampled_from(["pick", "chapter", "stop", "reset", "log", "x"])
whats = st.sampled_from(["", "learn", "swap 1", "learn 2", "0", "1", "-1", "²"]) | anything
happenings = st.lists(
    st.fixed_dictionaries(
        {"n": st.integers(-1, 9) | anything},
        optional={"set": numbers | anything, "settled": anything, "do": things, "what": whats},
    )
)


@given(st.lists(st.fixed_dictionaries({"at": anything, "events": happenings}) | anything))
def test_nothing_that_a_browser_sends_raises_or_leaves_two_values(messages: list[Any]) -> None:
    """Whatever comes, fields and address show one state, and its run can be trained."""
    state = at(START)
    for message in messages:
        heard = events.report(state, CHAPTERS, message)
        assert heard.done >= state.done
        state = events.report_on_arrival(heard, CHAPTERS, message)
        agrees(state)
        replace(state.settings, iterations=min(9, state.settings.iterations)).run()
    again = events.arrive(State(), CHAPTERS, state.query(CHAPTERS))
    assert (again.settings, again.refused) == (state.settings, ())


def test_a_press_for_another_set_of_exercises_goes_nowhere() -> None:
    """It may come just after another set, or the run, has been chosen."""
    state = events.practise(at(), 7, 2)
    assert events.go_on(state, 7, 3).settings.turn == 3
    for other in (0, 8):
        assert events.go_on(state, other, 3) == state


# Chapters and predictions


@pytest.mark.parametrize("name", ["", *CHAPTERS])
def test_a_chapter_sets_everything_but_the_readers_tools(name: str) -> None:
    """Look, tolerance, kept runs and axes stay; whatever else was changed is gone."""
    tools: dict[str, Any] = {"look": "steps", "tolerance": 0.001, "log": True}
    tools["kept"] = (Settings(alpha=0.3),)
    state = at_settings(Settings(alpha=0.7, more=(Example(5, 5),), **tools))
    opened = events.open_chapter(state, CHAPTERS, name)
    assert opened.settings == replace(CHAPTERS.get(name, Settings()), **tools)
    assert opened.openings == state.openings + 1
    agrees(opened)
    moved = events.set_numbers(events.type_number(opened, "goal", "9"), {"alpha": 7})
    again = events.reset(moved, CHAPTERS)
    assert again.settings == opened.settings
    assert again.openings == opened.openings
    agrees(again)


def test_only_what_is_settled_on_is_a_try() -> None:
    """The chapter's own run is the first, and what was tried before is not counted again."""
    state = events.open_chapter(at(), CHAPTERS, "challenge-2")
    address: Query = state.query(CHAPTERS)
    for alpha, settled in ((0.1, False), (0.2, True), (0.1, True), (0.2, True)):
        state, address = rerun(events.set_numbers(state, {"alpha": alpha}, settled), address)
    assert [run.alpha for run in state.tries] == [0.2, 0.1]
    state, _ = rerun(events.open_chapter(state, CHAPTERS, "challenge-2"), address)
    assert [run.alpha for run in state.tries] == [0.03]


def test_the_run_is_hidden_until_picked_and_plays_once() -> None:
    """Another run is another question; what is open beside it is no part of it."""
    state = at(START | {"predict": ["1"]})
    assert state.is_predicting
    picked = events.pick(state, "creeps")
    assert (picked.is_predicting, picked.pick, picked.plays) == (False, "creeps", True)
    shown, address = rerun(picked, picked.query(CHAPTERS))
    assert not shown.plays
    assert not rerun(shown, address)[0].is_predicting
    for name, event in CHANGES.items():
        hides = name in (*OF_THE_RUN, "a chapter")
        assert event(shown).is_predicting is hides, name
    assert not events.set_predict(events.type_number(shown, "alpha", "0.3"), False).is_predicting


# Lists of examples


@given(any_settings)
def test_swapping_twice_is_no_change(settings: Settings) -> None:
    """Swapped, each list is the other; without test data there is nothing to swap."""
    state = at_settings(settings)
    swapped = events.swap(state)
    agrees(swapped)
    if not settings.test or settings.lock:
        assert swapped == state
        return
    assert (swapped.settings.training, swapped.settings.test) == (settings.test, settings.training)
    assert replace(events.swap(swapped).settings, step=settings.step) == settings


@pytest.mark.parametrize("name", ["more", "test"])
def test_a_good_edit_is_taken_and_a_bad_one_named(name: str) -> None:
    """With a bad cell the last good list stays; once it is mended the sentence is gone."""
    state = at({"train": ["1:1,2:2"], "test": ["1:1,2:2"]})
    added = [{"input": "3", "goal": "−3,5"}]
    told = "in example 2, goal “1,000” could mean 1000 or 1.000 (write one of these)"
    good = (Example(1, 1), Example(2, 0.75), Example(3, -3.5))
    version = state.tables[name].version
    for edits, examples, refused in (
        ({"edited_rows": {1: {"goal": "3/4"}}, "added_rows": added}, good, ()),
        ({"edited_rows": {1: {"goal": "1,000"}}, "added_rows": added}, good, (told,)),
        ({"deleted_rows": [1], "added_rows": [{}]}, (Example(1, 1),), ()),
    ):
        state = events.edit_table(state, name, edits)
        assert getattr(state.settings, name) == examples
        assert state.tables[name].refused == refused
        assert state.tables[name].version == version  # the table that the reader types into stays
    other = {"more": "test", "test": "more"}[name]
    assert getattr(state.settings, other) == (Example(1, 1), Example(2, 2))


def test_lines_of_a_file_can_be_pasted() -> None:
    """With names in the first row, semicolons or tabs, and decimal commas."""
    cells = [("Input", "Goal"), ("1,5;2,5", None), ("3\t−4", ""), ("1 000", "1/4")]
    lines = [{"input": input, "goal": goal} for input, goal in cells]
    state = events.edit_table(at(), "test", {"deleted_rows": [0], "added_rows": lines})
    assert state.settings.test == (Example(1.5, 2.5), Example(3, -4), Example(1000, 0.25))
    alone = events.edit_table(at(), "test", {"deleted_rows": [0], "added_rows": lines[:1]})
    (said,) = alone.tables["test"].refused
    assert said.startswith("in example 1, input “Input” is not a number")


def test_cells_are_edited_by_the_old_places_of_their_rows() -> None:
    """Then rows go, and new ones come at the end; an empty one counts, but is no mistake."""
    edits: dict[str, Any] = {
        "edited_rows": {0: {"goal": "x"}, "2": {"goal": "8"}},
        "deleted_rows": [0],
        "added_rows": [{"input": "", "goal": " "}, {}, {"input": "7", "goal": "7"}],
    }
    state = events.edit_table(at({"test": ["0:0,1:1,2:2"]}), "test", edits)
    assert state.settings.test == (Example(1, 1), Example(2, 8), Example(7, 7))
    half = events.edit_table(at(), "test", {"added_rows": [{}, {"input": "3"}]})
    assert half.tables["test"].refused == ("in example 3, goal is empty",)


@pytest.mark.parametrize(("name", "most"), [("more", 19), ("test", 20)])
def test_a_table_takes_twenty_examples_and_no_more(name: str, most: int) -> None:
    """The training data counts the one of Input and Goal; one more is named, none is dropped."""
    rows = [{"input": str(k), "goal": "1"} for k in range(21)]
    state = events.edit_table(at(), name, {"deleted_rows": [0], "added_rows": rows[:most]})
    full = getattr(state.settings, name)
    assert len(full) == most
    over = events.edit_table(state, name, {"deleted_rows": [0], "added_rows": rows[: most + 1]})
    assert over.tables[name].refused == (f"example {most + 1} is beyond the limit of {most}",)
    assert getattr(over.settings, name) == full


@pytest.mark.parametrize("name", ["a look", "a kept run", "a chapter", "a reset", "a swap"])
def test_tables_that_start_over_show_the_lists_that_are_set(name: str) -> None:
    """What could not be used is gone with the table it was typed into."""
    state = at({"look": ["data"], "train": ["3:9"], "test": ["1:1"]})
    state = events.edit_table(state, "more", {"edited_rows": {0: {"input": "4"}}})
    state = events.edit_table(state, "test", {"edited_rows": {0: {"input": "x1"}}})
    assert state.has_unfinished_rows
    after = CHANGES[name](state)
    assert not after.has_unfinished_rows
    for which, table in after.tables.items():
        assert table.version > state.tables[which].version
        assert table.rows == rows_of(getattr(after.settings, which))


# Kept runs


def test_runs_are_kept_once_and_no_more_than_there_is_room_for() -> None:
    """Keeping opens the comparison, and keeps only what runs."""
    state = at({"train": ["1:1"], "test": ["3:3"], "tolerance": ["0.1"], "predict": ["1"]})
    for k in range(1, 6):
        state = events.type_number(state, "goal", str(k))
        assert state.can_keep is (k <= MOST_KEPT)
        state = events.keep(events.keep(state))
        assert not state.can_keep
    assert state.settings.look == "compare"
    more = (Example(1, 1),)
    assert state.settings.kept == tuple(Settings(goal=k, more=more) for k in (1, 2, 3, 4))
    dropped = events.drop(state, state.settings.kept[1])
    assert [one.goal for one in dropped.settings.kept] == [1, 3, 4]
    assert events.drop(dropped, Settings(goal=7)).settings == dropped.settings
    assert [one.goal for one in events.keep(dropped).settings.kept] == [1, 3, 4, 5]


@given(any_settings, any_training)
def test_loading_a_run_shows_it_and_leaves_all_else(settings: Settings, kept: Settings) -> None:
    state = at_settings(settings)
    if settings.lock:
        assert events.load(state, kept) == state
        return
    loaded = events.load(state, kept)
    agrees(loaded)
    assert loaded.settings.what_runs == kept
    back = replace(loaded.settings, **settings.numbers, more=settings.more, step=settings.step)
    assert back == settings


# Links for a class


@pytest.mark.parametrize("name", [*OF_THE_RUN, "a reset"])
def test_locked_numbers_stay(name: str) -> None:
    """Nothing that a reader does changes the run; unlocked, the same changes it."""
    for locked in (True, False):
        state = at_settings(Settings(goal=7.0, test=(Example(3, 4),), lock=locked))
        same = CHANGES[name](state).settings.what_runs == state.settings.what_runs
        assert same is locked


def test_chapters_that_are_left_form_a_ring() -> None:
    """After the last comes the first; a chapter that is left out cannot be opened."""
    only = ("predict", "alpha")
    assert [beside("predict", 1, only), beside("alpha", 1, only)] == ["alpha", "predict"]
    assert beside("predict", -1, only) == "alpha"
    state = at_settings(replace(CHAPTERS["alpha"], only=only))
    assert View.of(state).payload.chapter.after == "predict"  # type: ignore[union-attr]
    assert events.open_chapter(state, {"measure": Settings()}, "measure") == state


def test_a_step_belongs_to_its_run() -> None:
    """A link opens at its step; another run begins at 0, the same run seen otherwise does not."""
    state = at_settings(Settings(step=7, speed="slow"))
    sent = View.of(state).payload
    assert (state.settings.step, sent.step, sent.speed) == (7, 7, "slow")
    assert events.set_log(state, "1").settings.step == 7
    after = events.set_numbers(state, {"alpha": 0.7}).settings
    assert (after.step, after.speed) == (0, "slow")


# All hands at once

hands = st.sampled_from(
    [
        *CHANGES.values(),
        change(events.type_number, "alpha", "1,000"),
        change(events.type_number, "alpha", "0,3"),
        change(events.type_number, "iterations", ""),
        change(events.set_numbers, {"alpha": 0.5, "weight": 2}, False),
        change(events.set_numbers, {"alpha": 2e6}, True),
        change(events.edit_table, "test", {"edited_rows": {0: {"input": "x"}}}),
        change(events.pick, "creeps"),
        change(events.set_tolerance, 0.5),  # which is not offered
        change(events.open_look, "nothing"),
    ]
)


@given(st.lists(st.tuples(hands, st.booleans()), max_size=12))
def test_no_interleaving_of_hands_leaves_two_values(acts: list[tuple[Event, bool]]) -> None:
    """Fields, run and, once nothing is held, the address: with or without a rerun in between."""
    state, address = rerun(at(START), START)
    for event, shown in acts:
        state = event(state)
        agrees(state)
        if shown:
            state, address = rerun(state, address)
            agrees(state)
    state, address = rerun(state, address)
    if not state.dragging:
        assert at(address).settings == state.settings


def test_an_old_field_that_is_sent_along_is_no_entry() -> None:
    """With another change a browser may send a field that it does not yet know to be replaced."""
    state = at({"alpha": ["0.1"]})
    shown = state.fields["alpha"]
    dragged = events.set_numbers(state, {"alpha": 0.3})
    assert events.enter(dragged, "alpha", shown, shown.text) is dragged
    assert events.enter(dragged, "alpha", shown, "0.4").settings.alpha == 0.4  # this was typed
    typed = events.enter(state, "alpha", shown, "0.5")
    assert events.enter(typed, "alpha", shown, shown.text).settings.alpha == 0.1  # typed back
