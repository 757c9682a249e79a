"""The page, from top to bottom: layout only, for what the other layers provide."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from neuron.page import closer_looks
from neuron.page.refusals import say_refused, told
from neuron.page.session import (
    arrive,
    happen,
    happen_with,
    has_arrived,
    hear,
    hear_on_arrival,
    leave,
    widget,
)
from neuron.page.share import share
from neuron.page.view import View
from neuron.player.components import entries, stage
from neuron.state import events
from neuron.state.parameters import CONTROLS, LOOKS, MOST_KEPT, MOST_STEPS, Number
from neuron.story import chapters
from neuron.words.numbers import number

CSS = [(Path(__file__).parent / name).read_text("utf-8") for name in ("page.css", "print.css")]
A_DAY = 24 * 60 * 60.0  # in seconds: to parse text, Streamlit would load pandas (80 MB)


def page() -> None:
    """One rerun of the page."""
    is_first = not has_arrived()
    if is_first:  # in a rerun, the browser would rebuild the whole page
        st.set_page_config("One neuron, learning", layout="wide")
    st.html(f"<style>{''.join(CSS)}</style>")
    view = View.of(arrive())
    if not st.context.is_embedded:
        _header(view)
    _refused_address(view)
    _given_by_link(view)
    did = stage(view.payload, on_did=_hear)
    if is_first and hear_on_arrival(did):
        st.rerun()
    _fields(view)
    with st.container(key="closer"):
        st.html("<h2>Closer look</h2>")
        _closer_looks(view)
    _come_back()
    leave(is_first)


def _hear() -> None:
    hear(st.session_state["stage"].did)


def _header(view: View) -> None:
    """The title, the chapter chooser and the Share button."""
    with st.container(key="top"):
        st.html('<div class="page-title"><h1>One neuron, learning</h1></div>')
        lesson = view.settings.lesson
        chooser = partial(
            st.selectbox,
            "Chapter",
            view.choices,
            index=view.choices.index(lesson),
            format_func=chapters.label,
            label_visibility="collapsed",
            filter_mode=None,  # else a phone opens its keyboard
        )
        widget(chooser, "chapter", lesson, events.open_chapter, chapters.SETTINGS)
        _share(view)


def _share(view: View) -> None:
    if st.button("Share", key="share"):
        share(view)


def _refused_address(view: View) -> None:
    with st.container():  # always there, so that the elements below keep their positions
        if view.state.refused:
            say_refused("From the address:", view.state.refused)


def _given_by_link(view: View) -> None:
    """What the link hides, locks or leaves out, and a button for the full page."""
    with st.container(key="given"):
        if view.given:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(view.given, width="content")
                st.button("Show the full page", on_click=happen, args=(events.show_all,))


def _fields(view: View) -> None:
    """The fields, and how they differ from the chapter's settings."""
    with st.container(key="fields"):
        # Above the fields, because what is below them may be out of view.
        refusals = [field.refusal for field in view.state.fields.values() if field.refusal]
        entries(refusals, _heard(view))
        for control in CONTROLS:
            if control.name in view.fields:
                _field(view, control)
    with st.container(key="departed"):  # below the fields, because it must not move them
        if view.settings.played < view.settings.iterations:
            st.markdown(
                f"With {len(view.settings.training)} training examples only "
                f"{view.settings.played} iterations are run: the page plays at most "
                f"{number(MOST_STEPS)} steps."
            )
        if view.changes:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"You changed {', '.join(view.changes)}.", width="content")
                st.button(
                    "Back to the chapter",
                    on_click=happen,
                    args=(events.reset, chapters.SETTINGS),
                    disabled=view.settings.lock,
                )


def _heard(view: View) -> list[str]:
    """All rejection messages, for screen readers: fields, address, tables."""
    state = view.state
    fields = [field.refusal for field in state.fields.values() if field.refusal]
    shown = view.settings.look == "data"
    tables = [table.refused for table in state.tables.values() if shown]
    return [*fields, *told(state.refused), *(said for refused in tables for said in told(refused))]


def _field(view: View, control: Number) -> None:
    """A number's field; a rejected entry stays in it."""
    field = view.state.fields[control.name]
    key = f"{control.name}-{field.version}"
    text = st.text_input(
        control.label,
        field.text,
        key=key,
        disabled=view.settings.lock,
        on_change=happen_with,
        args=(key, events.enter, control.name, field),
    )
    # Typed while the session was lost, so no callback was called.
    if text != field.text and not view.settings.lock:
        happen(events.type_number, control.name, text)
        st.rerun()


def _closer_looks(view: View) -> None:
    """The choice of a closer look, the buttons for the run, and the open look."""
    settings = view.settings
    with st.container(key="looks", horizontal=True, vertical_alignment="bottom"):
        look = settings.look or None
        looks = partial(
            st.segmented_control,
            "Closer look",
            list(LOOKS),
            default=look,
            format_func=LOOKS.__getitem__,
            label_visibility="collapsed",
        )
        widget(looks, "look", look, events.open_look)
        if not view.asks:
            st.button(
                "Keep this run",
                on_click=happen,
                args=(events.keep,),
                disabled=not view.state.can_keep,
                help=f"Up to {MOST_KEPT} runs can be kept and compared.",
            )
        toggle = partial(st.toggle, "Predict first", settings.predict)
        widget(toggle, "predict", settings.predict, events.set_predict)
        if settings.test and not settings.lock:
            waits = view.state.has_unfinished_rows  # a swap would discard them
            st.button(
                "Swap training and test data",
                on_click=happen,
                args=(events.swap,),
                disabled=waits,
                help="First correct the table rows that cannot be used." if waits else None,
            )
        if st.context.is_embedded:  # then the page has no header
            _share(view)
    closer_looks.show(view)


@st.fragment(run_every=A_DAY)
def _come_back() -> None:
    """Show nothing; but with a timer, a browser that has lost the server requests the page at once.

    Without it, the request would come with the reader's next change, and that change would be lost.
    """
