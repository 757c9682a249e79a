"""The session's `State`, and how events reach it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from neuron.player.components import keep_address
from neuron.state import events
from neuron.state.state import State, makes_entry
from neuron.story.chapters import SETTINGS

_STATE = "state"
_QUERY = "query"


def has_arrived() -> bool:
    """Whether this session has shown the page before."""
    return _STATE in st.session_state


def arrive() -> State:
    """The state that this rerun shows.

    The address is read only when the session begins, and on Back and Forward. Any other rerun may
    bring one from before the last change, because the new one had not yet reached the browser.
    """
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    st.session_state[_QUERY] = query
    if not has_arrived() or _goes_back():
        st.session_state[_STATE] = events.arrive(_state(), SETTINGS, query)
    return _state()


def _goes_back() -> bool:
    """Whether this rerun was caused by the browser's Back or Forward."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)


def leave(is_first: bool) -> None:
    """Write the state that is shown into the address, unless a handle is being moved.

    Only a change to a parameter with ``history`` makes an entry in the browser's history; opening
    the page does not.
    """
    before = _state()
    st.session_state[_STATE] = after = events.leave(before, SETTINGS)
    old, new = before.known[-1], after.known[-1]
    # If the reader has gone back meanwhile, the browser already has this address.
    there = is_first or events.same(st.session_state[_QUERY], new)
    entry = old != new and makes_entry(old, new) and not there
    if entry:
        st.query_params.from_dict(new)
    keep_address(new, st.session_state[_QUERY], written=entry)


def happen(event: Callable[..., State], *args: Any) -> None:
    """Apply an event; as a callback: ``on_click=happen, args=(events.pick, "creeps")``.

    What the stage has reported by then comes first: letting go of the ruler by a press on a button
    makes both at once, and Streamlit calls the stage's callback last.
    """
    if stage := st.session_state.get("stage"):
        hear(stage.did)
    _apply(event, *args)


def _apply(event: Callable[..., State], *args: Any) -> None:
    st.session_state[_STATE] = event(_state(), *args)


def happen_with(key: str, event: Callable[..., State], *args: Any) -> None:
    """Apply an event with the value of the widget with this key as its last argument.

    On Back and Forward the browser also sends the values of its widgets. An outdated value would
    look like a change, although the reader has only changed the address. So would that of a widget
    in whose place there is a new one.
    """
    name = key.rpartition("-")[0]
    outdated = name in _state().renewed and key != _key(name)
    if not _goes_back() and not outdated:
        happen(event, *args, st.session_state[key])


def widget(
    make: Callable[..., Any], name: str, value: Any, event: Callable[..., State], *args: Any
) -> None:
    """A widget that shows this value; what the reader picks instead is the event's last argument.

    make: makes the widget, with this value as its default, from a key and a callback. Where
    something else has set the value, the widget is a new one with a new key: the browser sends all
    widgets' values with each event, so the old value would look like a change at the next press.
    """
    if st.session_state.get(_key(name), value) != value:
        _apply(events.renew, name)
    key = _key(name)
    picked = make(key=key, on_change=happen_with, args=(key, event, *args))
    if picked != value:  # picked while the session was lost, so no callback was called
        happen(event, *args, picked)
        st.rerun()


def _key(name: str) -> str:
    return f"{name}-{_state().renewed.get(name, 0)}"


def hear(did: object) -> None:
    """The stage's callback: apply what it reports, see `events.report`."""
    _apply(events.report, SETTINGS, did)


def hear_on_arrival(did: object) -> bool:
    """The stage may be older than this session: apply what it reports that the session has missed.

    Returns whether that changes what is shown, so that the page has to rerun.
    """
    before = _state()
    _apply(events.report_on_arrival, SETTINGS, did)
    return _state().changed and not before.changed


def _state() -> State:
    state: State = st.session_state.get(_STATE, State())
    return state
