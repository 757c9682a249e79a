"""The closer looks: only the open one is computed. As in page.py, this is layout only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from neuron.charts.sweep import sweep
from neuron.page import by_hand
from neuron.page.refusals import say_refused
from neuron.page.session import happen, happen_with, widget
from neuron.page.view import View
from neuron.player.components import all_steps, alpha_sweep, explore, overlaid, why
from neuron.state import comparison, events
from neuron.state.parameters import MOST_STEPS, TOLERANCES, kept_text
from neuron.story import chapters
from neuron.story.looks import INTRODUCTIONS
from neuron.words.comparison import comparison_in_words
from neuron.words.formula import count_in_words
from neuron.words.sweep import sweep_in_words

TELLING = ("why", "compare", "sweep")
"""The looks that give away what a run will do."""


def show(view: View) -> None:
    """Show the open closer look, unless it would give away what the reader is asked to find out."""
    look = view.settings.look
    if view.asks and look in TELLING:
        st.markdown("This look gives away what will happen: pick first.")
    elif view.sought and look == "sweep":
        st.markdown("This look shows the best alpha: find it first.")
    elif look:
        if look in INTRODUCTIONS and not view.sought:
            st.markdown(INTRODUCTIONS[look])
        _LOOKS[look](view)


def _why(view: View) -> None:
    why(view.run)
    _say_when_there(
        view, count_in_words(view.theory, view.run, view.settings.tolerance, MOST_STEPS)
    )


def _compare(view: View) -> None:
    settings = view.settings
    shown, kept = settings.what_runs, settings.kept
    all_runs = kept if shown in kept else (*kept, shown)
    compared = comparison.compare(all_runs, [one.run() for one in all_runs], settings.tolerance)
    if len(compared) > 1:
        overlaid(compared, kept.index(shown) if shown in kept else None, settings.tolerance)
        _say_when_there(view, comparison_in_words(compared, settings.tolerance))
    elif kept:
        st.markdown("This run is kept. Change alpha: both runs will be drawn here.")
    else:
        st.markdown("Press *Keep this run*, then change alpha: both runs will be drawn here.")
    with st.container(horizontal=True, key="kept"):
        for what, one in zip(kept, compared, strict=False):
            with st.container(horizontal=True, width="content"):
                name = ", ".join(one.label)
                run = kept_text(what)  # not its place: a double click would remove the next, too
                st.button(
                    f"Load {name}",
                    key=f"load-{run}",
                    on_click=happen,
                    args=(events.load, what),
                    disabled=what == shown or settings.lock,
                )
                st.button(
                    f"Remove {name}",
                    key=f"remove-{run}",
                    on_click=happen,
                    args=(events.drop, what),
                )


def _sweep(view: View) -> None:
    swept = sweep(view.theory, view.run, view.settings.tolerance)
    alpha_sweep(view.run, swept, lambda alpha: happen(events.set_numbers, {"alpha": alpha}))
    _say_when_there(view, sweep_in_words(view.theory))


def _say_when_there(view: View, sentence: str) -> None:
    """Say when a run converges, next to the choice of what counts as converged."""
    tolerance = view.settings.tolerance
    with st.container(horizontal=True, vertical_alignment="bottom", key="there"):
        nearness = partial(
            st.selectbox,
            "Count a run as converged when this much of the gap is left",
            list(TOLERANCES),
            index=list(TOLERANCES).index(tolerance),
            format_func=TOLERANCES.__getitem__,
            width=350,
        )
        widget(nearness, "nearness", tolerance, events.set_tolerance)
        st.markdown(sentence, width="stretch")


def _data(view: View) -> None:
    titles = {
        "more": "**More training data**, one example per row, besides Input and Goal above",
        "test": "**Test data**, which the neuron is checked on but never trained on",
    }
    for column, (name, title) in zip(st.columns(2), titles.items(), strict=True):
        table = view.state.tables[name]
        with column:
            key = f"{name}-{table.version}"
            st.markdown(title)
            st.data_editor(
                list(table.rows),
                key=key,
                num_rows="fixed" if view.settings.lock else "dynamic",
                disabled=view.settings.lock,
                hide_index=True,
                column_config={
                    "input": st.column_config.TextColumn("input"),
                    "goal": st.column_config.TextColumn("goal"),
                },
                on_change=happen_with,
                args=(key, events.edit_table, name),
            )
            if table.refused:
                say_refused("This list is not used yet:", table.refused)


def _steps(view: View) -> None:
    with st.container(key="steps"):
        all_steps(view.run)


def _explore(view: View) -> None:
    st.markdown("Edge cases to predict before you watch, the book's own runs, and two challenges.")
    cards = [card for card in chapters.cards() if card.name in view.choices]
    explore(cards, lambda name: happen(events.open_chapter, chapters.SETTINGS, name))


_LOOKS: dict[str, Callable[[View], None]] = {
    "why": _why,
    "compare": _compare,
    "sweep": _sweep,
    "data": _data,
    "arithmetic": by_hand.show,
    "steps": _steps,
    "runs": _explore,
}
"""How each of `neuron.state.parameters.LOOKS` is shown."""
