"""The page, its places top to bottom in the order a reader meets them. It lays out; it computes
nothing.

The chooser and the fields are filled in after the stage, for the charts come first. Another alpha
is answered by a part of the page, `alpha_and_its_run`; all other changes make it anew.
"""

from html import escape
from pathlib import Path

import streamlit as st

from neuron.page.closer_looks import say_refused, show
from neuron.page.view import Shown
from neuron.player.components import put_in_address, reel_text, ruler, stage
from neuron.state.parameters import ALPHA, CONTROLS, LOOKS, MOST_KEPT, MOST_STEPS, Control
from neuron.state.state import Session
from neuron.story.lessons import LESSONS, beside, label
from neuron.story.predictions import CHOICES, answer
from neuron.words.captions import results
from neuron.words.verdict import verdict

INTRODUCTION = (  # no italics on the first screen: they cost a font of 138 kB
    "A neuron predicts input × weight. Training corrects the weight until the prediction meets "
    "the goal. Press Play, then drag alpha; or choose Next for the story from its beginning."
)
A_DAY = 24 * 60 * 60.0  # in seconds: to read it from a text, Streamlit would load pandas (80 MB)

session = Session(st.session_state)


@st.fragment(run_every=A_DAY)
def come_back() -> None:
    """Shows nothing; with a timer set, a browser that lost the server asks for the page at once.

    Without it the page would be asked for with the reader's next change, and that change be lost.
    """


def field(control: Control) -> None:
    """The number field of a control, or its place."""
    if not fields_come:
        st.html('<div class="to-come"></div>')
        return
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


def say(headline: str, words: str, numbers: list[tuple[str, float, str]], wait: bool) -> None:
    """The verdict; wait: whether it is to be seen only when the run has played."""
    st.html(
        f'<div class="verdict"{" data-answer" * wait}>'
        f'<p role="status"><strong>{escape(headline)}.</strong> {escape(words)}</p><dl>'
        + "".join(
            f'<div><dt>{name}</dt><dd title="{value!r}">{short}</dd></div>'
            for name, value, short in numbers
        )
        + "</dl></div>"
    )


def leave() -> None:
    """Write the settings into the address."""
    if (query := session.leave()) is not None:
        st.query_params.from_dict(query)


just_arrived = not session.has_arrived
if just_arrived:  # the browser keeps it, and would make the whole page anew to hear it again
    st.set_page_config("One neuron, learning", layout="wide")
st.html(Path(__file__).parent / "page.css")
session.arrive({name: st.query_params.get_all(name) for name in st.query_params})

with st.container(key="top"):
    st.html('<div class="page-title"><h1>One neuron, learning</h1></div>')
    chapters = st.container(key="chapters")
shown = Shown.of(session)
settings, lesson = shown.settings, shown.lesson
with st.container():  # always, so that the places below stay the same
    if shown.refused:
        say_refused("From the address:", shown.refused)

story = st.container(key="story")
if not lesson:
    story.markdown(INTRODUCTION)
lesson_text = story.container()

strip = st.container(key="strip")
controls = strip.container(key="controls")
fields = {control.name: controls.container() for control in CONTROLS}

with st.container(key="departed"):  # below the fields, for it must not move them when it comes
    if shown.changes:
        with st.container(horizontal=True, vertical_alignment="center"):
            departure = st.container(width="content")
            st.button("Back to the chapter", on_click=session.open_chapter)

said = st.container(key="said")
if shown.hidden:
    with said.container(key="question"):
        st.markdown("**What will happen?** Pick first, then watch.")
        with st.container(horizontal=True, key="choices"):
            for name, choice in CHOICES.items():
                st.button(choice.label, key=f"pick-{name}", on_click=session.pick, args=(name,))
if settings.played < settings.iterations:
    st.markdown(
        f"With {len(settings.training)} training examples only {settings.played} iterations are "
        f"run: the page plays at most {MOST_STEPS} steps."
    )

play = session.take_play()
drawn = stage(
    shown.reel,
    session.stay,
    arriving=just_arrived,
    play=play,
    opening=session.take_opening(),
)
fields_come = drawn or not just_arrived  # a browser takes as long to make them as the charts
alone = False  # read anew when Streamlit makes the next part without the rest of the page


@st.fragment
def alpha_and_its_run() -> None:
    """Where alpha is set and its run is told: all that another alpha changes, as a rule.

    Made alone, it is on the screen sooner than the whole page would be.
    """
    now = Shown.of(session) if alone else shown
    if (alone and not fields_come) or now.beside_alpha != shown.beside_alpha:
        st.rerun()
    with said:
        reel_text(now.reel)
        if not now.hidden:
            told = verdict(now.run)
            words = told.why if now.sought else f"{told.why} {told.advice}"
            if now.settings.predict and now.settings.iterations:
                words = answer(session.picked, now.run)[1]
            if lesson and not now.changes:
                words += f" {lesson.afterwards}"
            say(told.headline, words, results(now.run), wait=play and not alone)
    ruler(now.run, session.set_alpha, blank=now.hidden or now.sought)
    with fields[ALPHA.name]:
        field(ALPHA)
    if lesson:
        source = f" Source: {lesson.source}." if lesson.source else ""
        score = f" **{now.score}**" if now.score else ""
        lesson_text.markdown(f"**{label(settings.lesson)}.** {lesson.text}{source}{score}")
    if now.changes:
        departure.markdown(f"You changed {', '.join(now.changes)}.")
    if alone:
        leave()


with strip:  # Streamlit knows it by its place, which has to stay the same
    alpha_and_its_run()
alone = True
for control in CONTROLS:
    if control is not ALPHA:
        with fields[control.name]:
            field(control)
if not fields_come:
    put_in_address(session.query())
    st.stop()

with chapters:
    chapter = st.session_state["chapter"]
    st.button(
        "Previous",
        on_click=session.open_chapter,
        args=(beside(chapter, -1),),
        disabled=not chapter,
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
    )

with st.container(key="looks", horizontal=True, vertical_alignment="bottom"):
    look = st.segmented_control(
        "Closer look",
        list(LOOKS),
        format_func=LOOKS.__getitem__,
        key="look",
        on_change=session.turn,
    )
    if not shown.hidden:
        st.button(
            "Keep this run",
            on_click=session.keep,
            disabled=not shown.can_keep,
            help=f"Up to {MOST_KEPT} runs can be kept and compared.",
        )
    st.toggle("Predict first", key="predict", on_change=session.touch)
    if settings.test:
        waiting = bool(session.refused_cells)  # the lists would begin anew, and these be lost
        st.button(
            "Swap training and test data",
            on_click=session.swap,
            disabled=waiting,
            help="Not before all rows of the tables could be used." if waiting else None,
        )

if look:
    show(look, session, shown.run, shown.hidden, shown.sought)

come_back()
if just_arrived:
    put_in_address(session.query())
else:
    leave()
