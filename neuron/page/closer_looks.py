"""The closer looks, one at a time: only the open one is computed. They lay out, as page.py does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from neuron.charts.sweep import sweep
from neuron.core.dynamics import dynamics_of
from neuron.core.training import Run
from neuron.player.components import film, overlaid, why
from neuron.state import comparison
from neuron.state.parameters import MOST_STEPS, TOLERANCES
from neuron.state.state import Session
from neuron.story.lessons import GROUPS, LESSONS
from neuron.words.captions import ARITHMETIC, every_step
from neuron.words.comparison import comparison_in_words
from neuron.words.formula import count_in_words
from neuron.words.sweep import sweep_in_words
from neuron.words.verdict import verdict

TELLING = ("why", "compare", "sweep")
"""The looks that give away what a run will do."""

MOST_REFUSALS = 6
"""How many refusals are named one by one."""


def show(look: str, session: Session, run: Run, hidden: bool, to_be_found: bool) -> None:
    """Show a closer look at a run.

    hidden: whether the reader has not yet said what it will do. to_be_found: whether the best alpha
    is what a challenge asks for.
    """
    if hidden and look in TELLING:
        st.markdown("This look tells what will happen: pick first.")
    elif to_be_found and look == "sweep":
        st.markdown("This look shows the best alpha: find it first.")
    else:
        _LOOKS[look](session, run)


def say_refused(start: str, sentences: Sequence[str]) -> None:
    """Show what was refused as plain text, whatever characters are in it."""
    told = [f"{sentence}." for sentence in sentences[:MOST_REFUSALS]]
    if len(sentences) > MOST_REFUSALS:
        rest = len(sentences) - MOST_REFUSALS
        told.append(f"{rest} more part{'s' * (rest > 1)} of it could not be used either.")
    lines = "<br>".join(escape(sentence) for sentence in told)
    st.html(f'<p class="refused" role="alert">{start} {lines}</p>')


def _why(session: Session, run: Run) -> None:
    theory = dynamics_of(run)
    st.markdown(verdict(theory, run).why)
    why(run)
    _say_when_there(session, count_in_words(theory, run, session.settings.tolerance, MOST_STEPS))


def _compare(session: Session, _run: Run) -> None:
    settings = session.settings
    shown, kept = settings.what_runs, settings.kept
    all_runs = kept if shown in kept else (*kept, shown)
    compared = comparison.compare(all_runs, [one.run() for one in all_runs], settings.tolerance)
    if len(compared) > 1:
        overlaid(compared, kept.index(shown) if shown in kept else None, settings.tolerance)
        _say_when_there(session, comparison_in_words(compared, settings.tolerance))
    elif kept:
        st.markdown("This run is kept. Change alpha: both runs are drawn here.")
    else:
        st.markdown("Press *Keep this run*, then change alpha: both runs are drawn here.")
    with st.container(horizontal=True, key="kept"):
        for place, (what, one) in enumerate(zip(kept, compared, strict=False)):
            with st.container(horizontal=True, width="content"):
                name = ", ".join(one.label)
                st.button(
                    f"Load {name}",
                    key=f"load-{place}",
                    on_click=session.load,
                    args=(what,),
                    disabled=what == shown,
                )
                # Known by its place: when a run is gone, the keyboard is at the next one.
                st.button(
                    f"Remove {name}",
                    key=f"remove-{place}",
                    on_click=session.drop,
                    args=(what,),
                )


def _sweep(session: Session, run: Run) -> None:
    theory = dynamics_of(run)
    film(run, sweep(theory, run, session.settings.tolerance), session.set_alpha)
    _say_when_there(session, sweep_in_words(theory))


def _say_when_there(session: Session, sentence: str) -> None:
    """Say when a run is there, beside the reader's choice of what that means."""
    st.session_state["nearness"] = session.settings.tolerance
    with st.container(horizontal=True, vertical_alignment="bottom", key="there"):
        st.selectbox(
            "“There” means: of the starting miss is left at most",
            list(TOLERANCES),
            format_func=TOLERANCES.__getitem__,
            key="nearness",
            on_change=session.set_tolerance,
            args=("nearness",),
            width=350,
        )
        st.markdown(sentence, width="stretch")


def _arithmetic(_session: Session, _run: Run) -> None:
    st.markdown(ARITHMETIC)


def _data(session: Session, _run: Run) -> None:
    titles = {
        "more": "**More training data**, an example in each row; Input and Goal are the first",
        "test": "**Test data**, which the neuron is asked about but never trained on",
    }
    for column, (name, title) in zip(st.columns(2), titles.items(), strict=True):
        with column:
            key = f"{name}-{st.session_state['version']}"
            st.markdown(title)
            st.data_editor(
                st.session_state["rows"][name],
                key=key,
                num_rows="dynamic",
                hide_index=True,
                column_config={
                    "input": st.column_config.TextColumn("input"),
                    "goal": st.column_config.TextColumn("goal"),
                },
                on_change=session.edit,
                args=(name, key),
            )
    if session.refused_cells:
        say_refused("This list is not taken up yet:", session.refused_cells)


def _steps(_session: Session, run: Run) -> None:
    with st.container(key="steps"):
        st.dataframe(every_step(run), hide_index=True)


def _runs(session: Session, _run: Run) -> None:
    for group, names in GROUPS.items():
        st.markdown(f"**{group}**")
        with st.container(horizontal=True, key=f"runs-{group}"):
            for name in names:
                st.button(
                    LESSONS[name].title,
                    key=f"open-{name}",
                    on_click=session.open_chapter,
                    args=(name,),
                )


_LOOKS: dict[str, Callable[[Session, Run], None]] = {
    "why": _why,
    "compare": _compare,
    "sweep": _sweep,
    "data": _data,
    "arithmetic": _arithmetic,
    "steps": _steps,
    "runs": _runs,
}
"""How each of `neuron.settings.LOOKS` is shown."""
