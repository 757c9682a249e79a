"""The Share dialog: links, files, pictures, a link for a class.

No file is created until its button is pressed.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from neuron.page.view import View
from neuron.player.components import pictures, presenter, share_link
from neuron.player.keepsake import keepsake
from neuron.state.address import base_of, to_query
from neuron.state.parameters import HIDEABLE, Settings
from neuron.story import chapters
from neuron.words import exports
from neuron.words.notebook import notebook

NOW = "The current numbers"
EXERCISES = "Five exercises by hand"


@st.dialog("Share", width="large")
def share(view: View) -> None:
    """Show the dialog."""
    shown = {"Link": _link, "Files": _files, "Picture": _pictures, "For a class": _class}
    # Only the open tab is built: the dialog reruns when the browser reports the link, and would
    # rebuild the buttons in the other tabs, perhaps while one is being pressed.
    tabs = st.tabs([*shown], on_change="rerun", key="share-tab")
    for tab, show in zip(tabs, shown.values(), strict=True):
        with tab:
            if tab.open:
                show(view)


def _link(_view: View) -> None:
    st.markdown("The link opens what you see: the numbers, the step, the speed, the open look.")
    share_link("now", None)


def _pictures(view: View) -> None:
    pictures(exports.name_of(view.run))


def _files(view: View) -> None:
    """The files to download, each created on request."""
    settings, run = view.settings, view.run
    if stopped := exports.stopped_in_words(run):
        st.markdown(stopped)
    grown, address = chapters.grown(settings), _address(settings)
    with st.container(key="files"):
        _file(
            "A page to keep",
            "This run in one file: it opens with a double click, works offline and plays.",
            exports.file_name(run, "html"),
            lambda: keepsake(settings, address),
        )
        _file(
            "All steps, for a spreadsheet (CSV)",
            "Every column at full precision.",
            exports.file_name(run, "csv"),
            lambda: exports.as_csv(run),
        )
        _file(
            "All steps, for a program (JSON)",
            "The same, with the settings and the source of the rule.",
            exports.file_name(run, "json"),
            lambda: exports.as_json(run, settings.test, address),
        )
        _file(
            "The program (Python)",
            "The program shown beside the neuron. It prints these numbers, to the last digit.",
            exports.file_name(run, "py"),
            lambda: exports.as_python(chapters.program_of(settings, run).text),
        )
        _file(
            "The program as a notebook",
            "A cell for what each chapter adds, and a chart drawn with Plotly.",
            exports.file_name(run, "ipynb"),
            lambda: notebook(run, settings.test, grown),
        )


def _file(label: str, line: str, name: str, data: object) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            label,
            data,  # type: ignore[arg-type]  # a callable: runs when the button is pressed
            file_name=name,
            on_click="ignore",
            key=f"save-{name.rpartition('.')[2]}",
        )
        st.markdown(line, width="stretch")


def _class(view: View) -> None:
    """A form that builds a link for a class."""
    st.markdown(
        "A page set up for your class. It says what it hides or locks, and one press shows the "
        "full page."
    )
    chosen = st.multiselect(
        "Only these chapters",
        [*chapters.CHAPTERS],
        format_func=chapters.label,
        key="class-only",
        default=[name for name in chapters.CHAPTERS if name in view.settings.only],
        placeholder="All chapters",
    )
    only = tuple(name for name in chapters.CHAPTERS if name in chosen)
    # A link with only some chapters opens on one of them.
    now = [NOW] if not only or view.settings.lesson in only else []
    begins = st.selectbox(
        "Opens on",
        [*now, *(only or [EXERCISES, *chapters.CHAPTERS])],
        format_func=lambda name: name if name in (NOW, EXERCISES) else chapters.label(name),
        key="class-begins",
    )
    with st.container(horizontal=True):
        hidden = tuple(
            name
            for name, words in HIDEABLE.items()
            if st.checkbox(f"Hide {words}", name in view.settings.hide, key=f"class-{name}")
        )
        lock = st.checkbox("Lock the numbers", view.settings.lock, key="class-lock")
        predict = st.checkbox("Predict first", view.settings.predict, key="class-predict")
        embed = st.checkbox("Compact, for embedding", key="class-embed")
    settings = chapters.SETTINGS.get(begins, view.settings)
    if begins == EXERCISES:  # the same set for everyone with the link
        settings = replace(settings, look="arithmetic", exercise=settings.exercise or 1, turn=0)
    settings = replace(
        settings,
        predict=predict or (begins != NOW and settings.predict),
        hide=hidden,
        lock=lock,
        only=only,
    )
    query = _query(settings) + "&embed=true" * embed
    share_link("class", query)
    st.markdown(
        "**Present this page** fills the screen with what is open now. The arrow keys or a "
        "presentation remote (Page Up and Page Down) go through the first step beat by beat, play "
        "the rest, and go on to the next part. At a question, pick with your class, or press "
        "twice to go on. Press Esc to end."
    )
    if presenter():
        st.rerun()  # which closes the dialog


def _query(settings: Settings) -> str:
    base = base_of(chapters.SETTINGS, settings.lesson, settings.stop)
    return urlencode(to_query(settings, base), doseq=True, safe=",:")


def _address(settings: Settings) -> str:
    """The page's URL with these settings; relative if the server does not know its own."""
    return f"{(st.context.url or '').rstrip('/')}/?{_query(settings)}"
