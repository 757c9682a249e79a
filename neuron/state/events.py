"""What can happen on the page: each event is a function from one state to the next.

The page passes in the chapters, because the state does not know them. None of these functions
raises, whatever a browser sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from math import isfinite
from typing import Any

from neuron.state import messages
from neuron.state.address import STREAMLIT, Chapters, Query, base_of, from_query
from neuron.state.examples import MOST, as_pasted, edited, from_rows
from neuron.state.parameters import (
    BY_NAME,
    EXERCISE,
    GAPS,
    LOOKS,
    STOP,
    TOLERANCES,
    TURN,
    Number,
    Settings,
    read_cell,
)
from neuron.state.reading import quoted
from neuron.state.state import Field, State, with_fresh_tables, with_settings
from neuron.words.arithmetic import CONVENTIONS
from neuron.words.numbers import as_text

MOST_ROWS = {"more": MOST - 1, "test": MOST}
"""The most examples in each table; the training data has one more, from Input and Goal."""

_MOST_TYPED = 100
"""The most characters of invalid text that are put into a field."""


# The address


def arrive(state: State, chapters: Chapters, query: Query) -> State:
    """An address came with a rerun: read it, unless it is known or the reader made a change.

    The reader's change takes precedence, because the browser may send it with an address from
    before that change.
    """
    if state.changed or any(same(query, known) for known in state.known):
        return state
    settings, refused = from_query(query, chapters)
    is_first = not state.known
    state = with_fresh_tables(with_settings(state, settings, names=BY_NAME))
    if is_first:  # a session that replaces a lost one keeps the browser's fields
        fields = {name: replace(field, version=0) for name, field in state.fields.items()}
        tables = {name: replace(table, version=0) for name, table in state.tables.items()}
        state = replace(state, fields=fields, tables=tables)
    state = replace(state, settings=settings)  # restores the step if it was reset
    known = (query, state.query(chapters))
    return replace(state, refused=tuple(refused), known=known, changed=False, tries=())


def leave(state: State, chapters: Chapters) -> State:
    """The page shows this state, and its address is about to be written.

    From now on, new addresses are read again. None is written while a handle is being moved.
    """
    state = replace(state, changed=False, plays=False)
    if state.dragging:
        return state
    run = state.settings.what_runs
    tries = state.tries if run in state.tries or not state.settings.lesson else (*state.tries, run)
    return replace(state, known=(state.query(chapters),), tries=tries)


# The fields


def type_number(state: State, name: str, text: str) -> State:
    """The reader typed into a field. A rejected entry stays there, and nothing else changes."""
    control, old = BY_NAME[name], state.fields[name]
    now = control.of(state.settings)
    if not text.strip() or state.settings.lock:  # the field shows its old value again
        return _with_field(state, name, Field(as_text(now), old.version + 1))
    try:
        number = control.parse_typed(text)
    except ValueError as rule:
        refused = Field(text, old.version, _refusal(control, text, rule, now))
        return _with_field(state, name, refused)
    state = _with_field(state, name, Field(text, old.version))
    number_set: dict[str, Any] = {name: number}
    return with_settings(state, replace(state.settings, **number_set), own=name)


def enter(state: State, name: str, shown: Field, text: str) -> State:
    """The browser reports a new text for a field.

    shown: the field as the page last showed it. If it has been replaced since, its old text was not
    typed just now, but was sent along with another change.
    """
    if shown.version != state.fields[name].version and text == shown.text:
        return state
    return type_number(state, name, text)


def _with_field(state: State, name: str, field: Field) -> State:
    return replace(state, fields={**state.fields, name: field}, changed=True)


def _refusal(control: Number, text: str, rule: ValueError, now: float) -> str:
    return f"{control.label} {quoted(text)} {rule}, so it is still {as_text(now)}."


# The stage


def report(state: State, chapters: Chapters, value: Any) -> State:
    """The stage reports what the reader did: apply the new events in order.

    value: see `messages.read`. It is sent again until ``done`` acknowledges it.
    """
    for event in messages.read(value).events:
        if event.n > state.done:
            state = replace(_happen(state, chapters, event), done=event.n)
    return state


def report_on_arrival(state: State, chapters: Chapters, value: Any) -> State:
    """The first report to a session that has just read an address.

    If the stage was built from that same address, its events are not in it yet and are applied now.
    Otherwise they have already been applied.
    """
    did = messages.read(value)
    if any(same(did.at, known) for known in state.known):
        return report(state, chapters, value)
    return replace(state, done=max([state.done, *(event.n for event in did.events)]))


def _happen(
    state: State, chapters: Chapters, event: messages.SetNumbers | messages.Action
) -> State:
    if isinstance(event, messages.SetNumbers):
        return set_numbers(state, event.values, event.settled)
    match event.do:
        case "pick":
            return pick(state, event.what)
        case "chapter":
            name, _, stop = event.what.partition(" ")
            opened = open_chapter(state, chapters, name)
            return go_to_stop(opened, name, stop) if stop else opened
        case "stop":
            name, _, stop = event.what.rpartition(" ")
            return go_to_stop(state, name, stop)
        case "reset":
            return reset(state, chapters)
        case "look":
            return open_look(state, event.what)
        case "log":
            return set_log(state, event.what)
    return state


def set_numbers(state: State, values: Mapping[str, object], settled: bool = True) -> State:
    """Numbers were set on the stage; the address is not written until they are settled."""
    if state.settings.lock:
        return state
    good: dict[str, Any] = {}
    bad: dict[str, Field] = {}
    for name, value in values.items():
        if name not in BY_NAME:
            continue
        control, old = BY_NAME[name], state.fields[name]
        try:
            good[name] = control.check(_finite(value))
        except ValueError as rule:
            text = _as_typed(value)
            sentence = _refusal(control, text, rule, control.of(state.settings))
            bad[name] = Field(text, old.version + 1, sentence)
    state = with_settings(state, replace(state.settings, **good), names=good)
    return replace(state, fields={**state.fields, **bad}, dragging=not settled)


def _finite(value: object) -> float:
    """A number from a browser; ValueError for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        with suppress(OverflowError):
            if isfinite(number := float(value)):
                return number
    raise ValueError("is not a number")


def _as_typed(value: object) -> str:
    """A rejected value as it might have been typed."""
    try:
        return as_text(_finite(value))
    except ValueError:
        return (
            "too large" if isinstance(value, int) and abs(value) > 1 else str(value)[:_MOST_TYPED]
        )


def pick(state: State, choice: str) -> State:
    """The reader has predicted what will happen: show the run and play it."""
    state = with_settings(state, state.settings)
    return replace(state, pick=choice, picked_for=state.settings.what_runs, plays=True)


def open_chapter(state: State, chapters: Chapters, name: str) -> State:
    """A chapter was chosen; "" is free play. The reader's tools stay as they are, see `_begin`."""
    only = state.settings.only
    if name and name not in (only or chapters):
        return state
    look = "" if state.settings.look == "runs" else state.settings.look
    state = _begin(state, replace(base_of(chapters, name), look=look))
    asked_anew = replace(state, pick="", picked_for=None)  # ask again, even for the same run
    return replace(asked_anew, openings=state.openings + 1, tries=())


def go_to_stop(state: State, lesson: str, stop: str) -> State:
    """Go to another stop of a chapter, if it is still open, keeping the reader's settings."""
    try:
        place = STOP.parse(stop)
    except ValueError:
        return state
    if not lesson or lesson != state.settings.lesson:
        return state
    return with_settings(state, replace(state.settings, stop=int(place)))


def reset(state: State, chapters: Chapters) -> State:
    """Back to the chapter's own settings, or the page's, unless the link locks the numbers."""
    settings = state.settings
    if settings.lock:
        return state
    base = base_of(chapters, settings.lesson, settings.stop)
    return _begin(state, replace(base, look=settings.look))


def _begin(state: State, settings: Settings) -> State:
    """Replace all settings except the reader's tools, and reset the tables.

    Tools are the tolerance, kept runs, axes, speed, convention and exercises, and what the link
    hides, locks and leaves out.
    """
    names = ("tolerance", "kept", "log", "convention", "exercise", "gaps", "speed")
    tools = {name: getattr(state.settings, name) for name in (*names, "hide", "lock", "only")}
    settings = replace(settings, **tools)
    return with_fresh_tables(with_settings(state, settings, names=BY_NAME))


def set_log(state: State, what: str) -> State:
    """Turn logarithmic axes on ("1") or off ("0")."""
    if what not in ("0", "1"):
        return state
    return with_settings(state, replace(state.settings, log=what == "1"))


# Everything else on the page


def renew(state: State, name: str) -> State:
    """A widget has to be made anew, because something other than its own press set its value."""
    return replace(state, renewed={**state.renewed, name: state.renewed.get(name, 0) + 1})


def set_predict(state: State, predict: bool) -> State:
    """Set whether the reader is asked for a prediction first."""
    return with_settings(state, replace(state.settings, predict=bool(predict)))


def open_look(state: State, look: str | None) -> State:
    """Open a closer look, or close it; the tables show the examples in use again."""
    look = look if look in LOOKS else ""
    return with_fresh_tables(with_settings(state, replace(state.settings, look=look)))


def set_tolerance(state: State, tolerance: float) -> State:
    """Set how much of the gap may be left."""
    if tolerance not in TOLERANCES:
        return state
    return with_settings(state, replace(state.settings, tolerance=tolerance))


def set_convention(state: State, convention: str | None) -> State:
    """Choose how error, slope and learning rate are defined; no run depends on it."""
    if convention is None or convention not in CONVENTIONS:
        return state
    return with_settings(state, replace(state.settings, convention=convention))


def practise(state: State, exercise: int, turn: int) -> State:
    """Work on a step of the run (exercise 0), or on one of a set of exercises."""
    try:
        seed, place = int(EXERCISE.check(exercise)), int(TURN.check(turn))
    except (TypeError, ValueError):
        return state
    return with_settings(state, replace(state.settings, exercise=seed, turn=place))


def go_on(state: State, exercise: int, turn: int) -> State:
    """As `practise`, unless another set of exercises, or the run, has been chosen meanwhile."""
    return practise(state, exercise, turn) if exercise == state.settings.exercise else state


def leave_out(state: State, gaps: int | None) -> State:
    """Set how many lines of a step of the run are left for the reader to fill in."""
    try:
        count = int(GAPS.check(gaps or 0))
    except (TypeError, ValueError):
        return state
    return with_settings(state, replace(state.settings, gaps=count))


def swap(state: State) -> State:
    """Train on the test data and test on the training data; does nothing without test data."""
    settings = state.settings
    if not settings.test or settings.lock:
        return state
    first, *more = settings.test
    trained = replace(settings, input=first.input, goal=first.goal, more=tuple(more))
    swapped = replace(trained, test=settings.training)
    return with_fresh_tables(with_settings(state, swapped, names=("input", "goal")))


def edit_table(state: State, name: str, edits: Mapping[str, Any]) -> State:
    """The table ``more`` or ``test`` was edited; with an invalid cell, the last valid list stays.

    edits: as for `examples.edited`.
    """
    if state.settings.lock:
        return state
    table = state.tables[name]
    rows = as_pasted(edited(table.rows, edits))
    examples, refused = from_rows(rows, partial(read_cell, typed=True), MOST_ROWS[name])
    taken: dict[str, Any] = {} if refused else {name: examples}
    settings = replace(state.settings, **taken)
    state = with_settings(state, settings, own=name)
    tables = {**state.tables, name: replace(table, refused=tuple(refused))}
    return replace(state, tables=tables)


def show_all(state: State) -> State:
    """Show the full page, with everything that its link hides, locks or leaves out."""
    return with_settings(state, replace(state.settings, hide=(), lock=False, only=()))


def keep(state: State) -> State:
    """Keep the run shown, and open the comparison."""
    settings = state.settings
    kept = (*settings.kept, settings.what_runs) if state.can_keep else settings.kept
    return open_look(with_settings(state, replace(settings, kept=kept)), "compare")


def drop(state: State, kept: Settings) -> State:
    """Remove a kept run."""
    rest = tuple(run for run in state.settings.kept if run != kept)
    return with_settings(state, replace(state.settings, kept=rest))


def load(state: State, kept: Settings) -> State:
    """Show a kept run, keeping all other settings."""
    if state.settings.lock:
        return state
    settings = replace(state.settings, **kept.numbers, more=kept.more)
    return with_settings(state, settings, names=BY_NAME)


def same(one: Query, other: Query) -> bool:
    """Whether two addresses are equal, apart from Streamlit's own parameters."""
    names = (one.keys() | other.keys()) - STREAMLIT
    return all(list(one.get(name, ())) == list(other.get(name, ())) for name in names)
