"""The page, top to bottom in the order a reader meets it. It lays out; it computes nothing.

The chooser and the fields are filled in after the stage, for the charts come first.
"""

from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from neuron.explain import results
from neuron.lessons import LESSONS, beside, departures, label, score, to_be_found
from neuron.looks import say_refused, show
from neuron.player import EARLY, put_in_address, ruler, stage
from neuron.predictions import CHOICES, answer
from neuron.session import Session
from neuron.settings import CONTROLS, LOOKS, MOST_KEPT, MOST_STEPS
from neuron.verdict import verdict

INTRODUCTION = (  # no italics on the first screen: they cost a font of 138 kB
    "A neuron predicts input × weight. Training corrects the weight until the prediction meets "
    "the goal. Press Play, then drag alpha; or choose Next (›) for the story from its beginning."
)
A_DAY = 24 * 60 * 60.0  # in seconds: to read it from a text, Streamlit would load pandas (80 MB)

session = Session(st.session_state)


@st.fragment(run_every=A_DAY)
def come_back() -> None:
    """Shows nothing; with a timer set, a browser that lost the server asks for the page at once.

    Without it the page would be asked for with the reader's next change, and that change be lost.
    """


just_arrived = not session.has_arrived
if just_arrived:  # the browser keeps it, and would make the whole page anew to hear it again
    st.set_page_config("One neuron, learning", layout="wide")
st.html(Path(__file__).parent / "page.css")
session.arrive({name: st.query_params.get_all(name) for name in st.query_params})

with st.container(key="top"):
    title = '<div class="page-title"><h1>One neuron, learning</h1></div>'
    st.html(title + EARLY, unsafe_allow_javascript=True)
    chapters = st.container(key="chapters")
if session.refused:
    say_refused("From the address:", session.refused)
story = st.container(key="story")

with st.container(key="strip"):
    controls = st.container(key="controls")
    settings, hidden = session.settings, session.is_predicting
    run = (replace(settings, iterations=0) if hidden else settings).run()
    lesson, changes = LESSONS.get(settings.lesson), departures(settings)
    sought = bool(lesson and lesson.goal and to_be_found(lesson.goal, run))
    ruler(run, session.set_alpha, blank=hidden or sought)

with story:
    if lesson:
        source = f" Source: {lesson.source}." if lesson.source else ""
        scored = f" **{score(lesson.goal, run)}**" if lesson.goal and not hidden else ""
        st.markdown(f"**{label(settings.lesson)}.** {lesson.text}{source}{scored}")
        if changes:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"You changed {', '.join(changes)}.", width="content")
                st.button("Back to the chapter", on_click=session.open_chapter)
    else:
        st.markdown(INTRODUCTION)

play = session.take_play()
if hidden:
    with st.container(key="question"):
        st.markdown("**What will happen?** Pick first, then watch.")
        with st.container(horizontal=True, key="choices"):
            for name, choice in CHOICES.items():
                st.button(choice.label, key=f"pick-{name}", on_click=session.pick, args=(name,))
else:
    said = verdict(run)
    told = said.why if sought else f"{said.why} {said.advice}"
    if settings.predict and settings.iterations:
        told = answer(session.picked, run)[1]
    if lesson and not changes:
        told += f" {lesson.afterwards}"
    st.html(
        f'<div class="verdict"{" data-answer" * play}>'
        f'<p role="status"><strong>{escape(said.headline)}.</strong> {escape(told)}</p><dl>'
        + "".join(
            f'<div><dt>{name}</dt><dd title="{value!r}">{shown}</dd></div>'
            for name, value, shown in results(run)
        )
        + "</dl></div>"
    )
if settings.played < settings.iterations:
    st.markdown(
        f"With {len(settings.training)} training examples only {settings.played} iterations are "
        f"run: the page plays at most {MOST_STEPS} steps."
    )

drawn = stage(
    run,
    settings.test,
    session.stay,
    arriving=just_arrived,
    play=play,
    opening=session.take_opening(),
)
if just_arrived and not drawn:  # the rest takes a browser as long to make as the charts
    for _ in CONTROLS:
        controls.html('<div class="to-come"></div>')
    put_in_address(session.query())
    st.stop()

with chapters:
    chapter = st.session_state["chapter"]
    st.button(
        "Previous",
        on_click=session.open_chapter,
        args=(beside(chapter, -1),),
        disabled=not chapter,
        icon=":material/chevron_left:",
    )
    st.selectbox(
        "Chapter",
        ["", *LESSONS],
        format_func=lambda name: label(name) if name else "Free play",
        key="chapter",
        on_change=session.open_chapter,
        label_visibility="collapsed",
    )
    st.button(
        "Next",
        on_click=session.open_chapter,
        args=(beside(chapter, 1),),
        disabled=beside(chapter, 1) == chapter,
        icon=":material/chevron_right:",
    )

with controls:
    for control in CONTROLS:
        kind = int if control.whole else float
        st.number_input(
            control.label,
            min_value=kind(control.low),
            max_value=kind(control.high),
            value=None,  # else an emptied field would become the lowest number allowed
            step=kind(control.step),
            format="%d" if control.whole else "%g",
            key=control.name,
            on_change=session.touch,
        )

with st.container(key="looks", horizontal=True, vertical_alignment="bottom"):
    look = st.segmented_control(
        "Closer look",
        list(LOOKS),
        format_func=LOOKS.__getitem__,
        key="look",
        on_change=session.turn,
    )
    if not hidden:
        st.button(
            "Keep this run",
            on_click=session.keep,
            disabled=not session.can_keep,
            help=f"Up to {MOST_KEPT} runs can be kept and compared.",
        )
    st.toggle("Predict first", key="predict", on_change=session.touch)
    if settings.test:
        st.button("Swap training and test data", on_click=session.swap)

if look:
    show(look, session, run, hidden, sought)

come_back()
if just_arrived:
    put_in_address(session.query())
elif (query := session.leave()) is not None:
    st.query_params.from_dict(query)
