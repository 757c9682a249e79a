"""The page, top to bottom in the order a reader meets it. It lays out; it computes nothing.

The chooser and the fields are filled in after the stage, for the charts come first.
"""

from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from neuron import comparison, train
from neuron.explain import ARITHMETIC, every_step
from neuron.formula import count_in_words
from neuron.lessons import GROUPS, LESSONS, beside, departures, label, score
from neuron.numbers import DIGITS, digits_to_resolve, number
from neuron.player import EARLY, film, overlaid, put_in_address, ruler, stage, why
from neuron.predictions import CHOICES, answer
from neuron.session import Session
from neuron.settings import CONTROLS, LOOKS, MOST_KEPT, TOLERANCES, Settings
from neuron.sweep import sweep, sweep_in_words
from neuron.training import Run, mean_errors
from neuron.verdict import verdict

INTRODUCTION = (  # no italics on the first screen: they cost a font of 138 kB
    "A neuron predicts input × weight. Training corrects the weight until the prediction meets "
    "the goal. Press Play, then drag alpha; or choose Next for the story from its beginning."
)
TELLING = ("why", "compare", "sweep")  # looks that give away what a run will do
MOST_REFUSALS = 6  # of an address are named one by one
MOST_DIGITS = 8  # of a result: as many as tell it from the goal, if they fit
MOST_STEPS = 10_000  # are trained and played
A_DAY = 24 * 60 * 60.0  # in seconds: to read it from a text, Streamlit would load pandas (80 MB)

session = Session(st.session_state)


def trained(settings: Settings) -> Run:
    """The run of some settings, at most `MOST_STEPS` long."""
    return train(
        settings.training,
        weight=settings.weight,
        alpha=settings.alpha,
        iterations=min(settings.iterations, MOST_STEPS // len(settings.training)),
    )


def say_when_there(sentence: str) -> None:
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


@st.fragment(run_every=A_DAY)
def come_back() -> None:
    """Shows nothing; with a timer set, a browser that lost the server asks for the page at once.

    Without it the page would be asked for with the reader's next change, and that change be lost.
    """


def say(start: str, sentences: list[str]) -> None:
    """Show what was refused as plain text, whatever characters are in it."""
    told = [f"{sentence}." for sentence in sentences[:MOST_REFUSALS]]
    if len(sentences) > MOST_REFUSALS:
        told.append(f"So are {len(sentences) - MOST_REFUSALS} more parts of it.")
    lines = "<br>".join(escape(sentence) for sentence in told)
    st.html(f'<p class="refused" role="alert">{start} {lines}</p>')


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
    say("From the address:", session.refused)
story = st.container(key="story")

with st.container(key="strip"):
    controls = st.container(key="controls")
    settings, hidden = session.settings, session.is_predicting
    run = trained(replace(settings, iterations=0) if hidden else settings)
    ruler(run, session.set_alpha, blank=hidden)

lesson, changes = LESSONS.get(settings.lesson), departures(settings)
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
    told = f"{said.why} {said.advice}"
    if settings.predict and settings.iterations:
        told = answer(session.picked, run)[1]
    if lesson and not changes:
        told += f" {lesson.afterwards}"
    digits = min(MOST_DIGITS, digits_to_resolve(run.predictions[-1], run.deltas[-1]))
    results = {
        "Learned weight": (run.weights[-1], digits),
        "Final prediction": (run.predictions[-1], digits),
        "Final error": (mean_errors(run.examples, run)[-1], DIGITS),
    }
    st.html(
        f'<div class="verdict"{" data-answer" * play}>'
        f'<p role="status"><strong>{escape(said.headline)}.</strong> {escape(told)}</p><dl>'
        + "".join(
            f'<div><dt>{name}</dt><dd title="{value!r}">{number(value, shown)}</dd></div>'
            for name, (value, shown) in results.items()
        )
        + "</dl></div>"
    )
most = MOST_STEPS // len(settings.training)
if most < settings.iterations:
    st.markdown(
        f"With {len(settings.training)} training examples only {most} iterations are run: "
        f"the page plays at most {MOST_STEPS} steps."
    )

drawn = stage(
    run,
    settings.test,
    session.stay,
    arriving=just_arrived,
    play=play,
    to_top=session.take_to_top(),
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
        on_change=session.touch,
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

if look in TELLING and hidden:
    st.markdown("This look tells what will happen: pick first.")
elif look == "why":
    why(run)
    say_when_there(count_in_words(run, settings.tolerance, MOST_STEPS))
elif look == "compare":
    shown, kept = settings.what_runs, settings.kept
    all_runs = kept if shown in kept else (*kept, shown)
    compared = comparison.compare(all_runs, [*map(trained, all_runs)], settings.tolerance)
    if len(compared) > 1:
        overlaid(compared, kept.index(shown) if shown in kept else None)
        say_when_there(comparison.in_words(compared))
    elif kept:
        st.markdown("This run is kept. Change alpha: both runs are drawn here.")
    else:
        st.markdown("Press *Keep this run*, then change alpha: both runs are drawn here.")
    with st.container(horizontal=True, key="kept"):
        for what, one in zip(kept, compared, strict=False):
            with st.container(horizontal=True, width="content"):
                name, is_shown = ", ".join(one.label), what == shown
                st.button(f"Load {name}", on_click=session.load, args=(what,), disabled=is_shown)
                st.button(f"Remove {name}", on_click=session.drop, args=(what,))
elif look == "sweep":
    film(run, sweep(run, settings.tolerance), session.set_alpha)
    say_when_there(sweep_in_words(run))
elif look == "arithmetic":
    st.markdown(ARITHMETIC)
elif look == "data":
    titles = {
        "more": "**Training data** beside Input and Goal",
        "test": "**Test data**, never trained on",
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
        say("This list is not taken up yet:", session.refused_cells)
elif look == "steps":
    st.dataframe(every_step(run), hide_index=True)
elif look == "runs":
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

come_back()
if just_arrived:
    put_in_address(session.query())
elif (query := session.leave()) is not None:
    st.query_params.from_dict(query)
