"""The page, from top to bottom. It lays out what the other rooms make."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from neuron.page import closer_looks
from neuron.page.refusals import say_refused
from neuron.page.session import CHAPTERS, arrive, happen, happen_with, has_arrived, leave, set_alpha
from neuron.page.view import View
from neuron.player.components import EARLY, entries, ruler, stage
from neuron.player.payloads import stage_reel
from neuron.state import events
from neuron.state.parameters import CONTROLS, LOOKS, MOST_KEPT, MOST_STEPS, Number
from neuron.story.lessons import LESSONS, beside, label
from neuron.story.predictions import CHOICES, answer
from neuron.words.captions import results
from neuron.words.verdict import verdict

INTRODUCTION = (  # no italics on the first screen: they cost a font of 138 kB
    "A neuron predicts input × weight. Training corrects the weight until the prediction meets "
    "the goal. Press Play, then drag alpha; or choose Next (›) for the story from its beginning."
)
A_DAY = 24 * 60 * 60.0  # in seconds: to read it from a text, Streamlit would load pandas (80 MB)


def page() -> None:
    """One rerun of the page."""
    is_first = not has_arrived()
    if is_first:  # to hear it again, the browser would make the whole page anew
        st.set_page_config("One neuron, learning", layout="wide")
    st.html(Path(__file__).parent / "page.css")
    view = View.of(arrive())
    _header(view)
    _refused_address(view)
    _story(view)
    _stage(view)
    _verdict(view)
    _fields(view)
    _closer_looks(view)
    _come_back()
    leave(is_first)


def _header(view: View) -> None:
    """The title, and the chooser of chapters."""
    chapter = view.settings.lesson
    with st.container(key="top"):
        title = '<div class="page-title"><h1>One neuron, learning</h1></div>'
        st.html(title + EARLY, unsafe_allow_javascript=True)
        with st.container(key="chapters"):
            st.button(
                "Previous",
                on_click=happen,
                args=(events.open_chapter, CHAPTERS, beside(chapter, -1)),
                disabled=not chapter,
                icon=":material/chevron_left:",
            )
            st.session_state["chapter"] = chapter
            st.selectbox(
                "Chapter",
                ["", *LESSONS],
                format_func=lambda name: label(name) if name else "Free play",
                key="chapter",
                on_change=happen_with,
                args=("chapter", events.open_chapter, CHAPTERS),
                label_visibility="collapsed",
            )
            st.button(
                "Next",
                on_click=happen,
                args=(events.open_chapter, CHAPTERS, beside(chapter, 1)),
                disabled=beside(chapter, 1) == chapter,
                icon=":material/chevron_right:",
            )


def _refused_address(view: View) -> None:
    with st.container():  # always, so that the places below stay the same
        if view.state.refused:
            say_refused("From the address:", view.state.refused)


def _story(view: View) -> None:
    """The chapter's text, or how to begin."""
    with st.container(key="story"):
        if view.lesson:
            source = f" Source: {view.lesson.source}." if view.lesson.source else ""
            score = f" **{view.score}**" if view.score else ""
            name = label(view.settings.lesson)
            st.markdown(f"**{name}.** {view.lesson.text}{source}{score}")
        else:
            st.markdown(INTRODUCTION)


def _stage(view: View) -> None:
    """The run, and where alpha is set. All that the browser plays is here."""
    reel = stage_reel(view.run, view.settings.test)
    with st.container(key="strip"):
        ruler(view.run, set_alpha, blank=view.hidden or view.sought)
    stage(reel, play=view.state.plays, opening=view.state.openings)


def _verdict(view: View) -> None:
    """What the run does, or the question what it will do."""
    settings = view.settings
    with st.container(key="said"):
        if view.hidden:
            with st.container(key="question"):
                st.markdown("**What will happen?** Pick first, then watch.")
                with st.container(horizontal=True, key="choices"):
                    for name, choice in CHOICES.items():
                        st.button(
                            choice.label,
                            key=f"pick-{name}",
                            on_click=happen,
                            args=(events.pick, name),
                        )
            return
        told = verdict(view.run)
        words = told.why if view.sought else f"{told.why} {told.advice}"
        if settings.predict and settings.iterations and view.state.pick in CHOICES:
            words = answer(view.state.pick, view.run)[1]
        if view.lesson and not view.changes:
            words += f" {view.lesson.afterwards}"
        # After a pick the verdict is to be seen only when the run has played.
        numbers = "".join(
            f'<div><dt>{name}</dt><dd title="{value!r}">{short}</dd></div>'
            for name, value, short in results(view.run)
        )
        st.html(
            f'<div class="verdict"{" data-answer" * view.state.plays}>'
            f'<p role="status"><strong>{escape(told.headline)}.</strong> {escape(words)}</p>'
            f"<dl>{numbers}</dl></div>"
        )
        if settings.played < settings.iterations:
            st.markdown(
                f"With {len(settings.training)} training examples only {settings.played} "
                f"iterations are run: the page plays at most {MOST_STEPS} steps."
            )


def _fields(view: View) -> None:
    """The five numbers, and what was changed of the chapter's."""
    with st.container(key="fields"):
        for control in CONTROLS:
            _field(view, control)
        entries([field.refusal for field in view.state.fields.values() if field.refusal])
    with st.container(key="departed"):  # below the fields, because it must not move them
        if view.changes:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"You changed {', '.join(view.changes)}.", width="content")
                st.button("Back to the chapter", on_click=happen, args=(events.reset, CHAPTERS))


def _field(view: View, control: Number) -> None:
    """A number's field; what was refused stays in it."""
    field = view.state.fields[control.name]
    key = f"{control.name}-{field.version}"
    text = st.text_input(
        control.label,
        field.text,
        key=key,
        on_change=happen_with,
        args=(key, events.type_number, control.name),
    )
    if text != field.text:  # typed while the session was lost, so that no callback knew of it
        happen(events.type_number, control.name, text)
        st.rerun()


def _closer_looks(view: View) -> None:
    """The choice of a closer look, what can be done with the run, and the look that is open."""
    settings = view.settings
    with st.container(key="looks", horizontal=True, vertical_alignment="bottom"):
        st.session_state["look"] = settings.look or None
        st.segmented_control(
            "Closer look",
            list(LOOKS),
            format_func=LOOKS.__getitem__,
            key="look",
            on_change=happen_with,
            args=("look", events.open_look),
        )
        if not view.hidden:
            st.button(
                "Keep this run",
                on_click=happen,
                args=(events.keep,),
                disabled=not view.state.can_keep,
                help=f"Up to {MOST_KEPT} runs can be kept and compared.",
            )
        st.session_state["predict"] = settings.predict
        st.toggle(
            "Predict first",
            key="predict",
            on_change=happen_with,
            args=("predict", events.set_predict),
        )
        if settings.test:
            waiting = (
                view.state.has_unfinished_rows
            )  # the tables would begin anew, and they be lost
            st.button(
                "Swap training and test data",
                on_click=happen,
                args=(events.swap,),
                disabled=waiting,
                help="Not before all rows of the tables could be used." if waiting else None,
            )
    closer_looks.show(view)


@st.fragment(run_every=A_DAY)
def _come_back() -> None:
    """Shows nothing; with a timer set, a browser that lost the server asks for the page at once.

    Without it the page would be asked for with the reader's next change, and that change be lost.
    """
