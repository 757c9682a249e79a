"""The page, top to bottom in the order a reader meets it. It lays out; it computes nothing."""

from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from neuron import Example, train
from neuron.examples import MOST, edited, from_rows
from neuron.explain import ARITHMETIC, every_step, number, verdict
from neuron.lessons import LESSON_SETTINGS, LESSONS, beside, departures, label, score
from neuron.player import put_in_address, ruler, stage
from neuron.predictions import CHOICES, answer
from neuron.settings import CONTROLS, LOOKS, Settings, as_text, from_query, read_cell, to_query
from neuron.training import mean_errors

INTRODUCTION = (
    "A neuron predicts `input × weight`. Training corrects the weight until the prediction meets "
    "the goal. Press Play, then drag alpha; or choose *Next* for the story from its beginning."
)
MOST_REFUSALS = 6  # of an address are named one by one
MOST_STEPS = 10_000  # that are trained and played

state = st.session_state


def take(settings: Settings) -> None:
    """Put settings into the controls."""
    for control in CONTROLS:
        state[control.name] = getattr(settings, control.name)
    state["lists"] = {"more": settings.more, "test": settings.test}
    state["tables"] = state.get("tables", 0) + 1  # the tables begin anew with these lists
    state["chapter"] = settings.lesson
    state["predict"] = settings.predict
    state["look"] = settings.look or None
    state["refused_cells"] = []


def arrive() -> None:
    """Take the settings from the address, unless it is the one this page has written or read.

    A change by the reader outranks the address: the browser may send it together with an address
    from before its last change.
    """
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    if state.pop("touched", False):
        state["refused"] = []
    elif query != state.get("address"):
        settings, state["refused"] = from_query(query, LESSON_SETTINGS)
        take(settings)
        state["address"] = query


def touch() -> None:
    """Remember that this run of the page is a change by the reader.

    A number that was emptied comes back as it was.
    """
    state["touched"] = True
    for control in CONTROLS:
        if state[control.name] is None:
            state[control.name] = getattr(state["settings"], control.name)


def set_alpha(alpha: float, settled: bool) -> None:
    """Take an alpha from the ruler; while it is being dragged, the address waits."""
    touch()
    state["alpha"] = alpha
    state["dragging"] = not settled


def open_chapter(name: str | None = None) -> None:
    """Set the page up for a chapter; by default for the chosen one."""
    touch()
    name = state["chapter"] if name is None else name
    take(replace(LESSON_SETTINGS.get(name, Settings()), look=state["look"] or ""))


def swap() -> None:
    """Train on the test data and test on the training data."""
    touch()
    settings = state["settings"]
    (first, *more), test = settings.test, settings.training
    take(replace(settings, input=first.input, goal=first.goal, more=tuple(more), test=test))


def edit(name: str, rows: list[dict[str, str]], key: str, most: int) -> None:
    """Take what the reader typed into a table; with a bad cell in it, the last good list stays."""
    touch()
    cells = ((row["input"], row["goal"]) for row in edited(rows, state[key]))
    examples, state["refused_cells"] = from_rows(cells, read_cell, most)
    if not state["refused_cells"]:
        state["lists"] = state["lists"] | {name: examples}


def pick(choice: str) -> None:
    """Remember what the reader predicts for these settings."""
    touch()
    state["picked"] = (choice, _run_key(state["settings"]))
    state["play"] = True


def _run_key(settings: Settings) -> Settings:
    return replace(settings, look="", lesson="")


def say(sentences: list[str], start: str, css_class: str) -> None:
    """Show plain sentences, whatever characters are in them."""
    told = [f"{sentence}." for sentence in sentences[:MOST_REFUSALS]]
    if len(sentences) > MOST_REFUSALS:
        told.append(f"So are {len(sentences) - MOST_REFUSALS} more parts of it.")
    lines = "<br>".join(escape(sentence) for sentence in told)
    st.html(f'<p class="{css_class}" role="alert">{escape(start)} {lines}</p>')


st.set_page_config("One neuron, learning", layout="wide")
st.html(Path(__file__).parent / "neuron" / "page.css")
just_arrived = "address" not in state
arrive()

with st.container(key="top"):
    st.html('<div class="page-title"><h1>One neuron, learning</h1></div>')
    with st.container(key="chapters"):
        chapter = state["chapter"]
        st.button(
            "Previous",
            on_click=open_chapter,
            args=(beside(chapter, -1),),
            disabled=not chapter,
            icon=":material/chevron_left:",
        )
        st.selectbox(
            "Chapter",
            ["", *LESSONS],
            format_func=lambda name: label(name) if name else "Free play",
            key="chapter",
            on_change=open_chapter,
            label_visibility="collapsed",
        )
        st.button(
            "Next",
            on_click=open_chapter,
            args=(beside(chapter, 1),),
            disabled=beside(chapter, 1) == chapter,
            icon=":material/chevron_right:",
        )
if state["refused"]:
    say(state["refused"], "From the address:", "refused")
lesson_text = st.container(key="lesson")

with st.container(key="strip"):
    with st.container(key="controls"):
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
                on_change=touch,
            )
    settings = state["settings"] = Settings(
        **{control.name: state[control.name] for control in CONTROLS},
        **state["lists"],
        lesson=state["chapter"],
        predict=state["predict"],
        look=state["look"] or "",
    )
    picked, picked_for = state.get("picked", ("", None))
    hidden = settings.predict and picked_for != _run_key(settings)
    iterations = min(settings.iterations, MOST_STEPS // len(settings.training))
    run = train(
        settings.training,
        weight=settings.weight,
        alpha=settings.alpha,
        iterations=0 if hidden else iterations,
    )
    ruler(run, set_alpha, blank=hidden)

with lesson_text:
    lesson = LESSONS.get(settings.lesson)
    if not lesson:
        st.markdown(INTRODUCTION)
    else:
        source = f" Source: {lesson.source}." if lesson.source else ""
        scored = f" **{score(lesson.goal, run)}**" if lesson.goal and not hidden else ""
        st.markdown(f"**{label(settings.lesson)}.** {lesson.text}{source}{scored}")
        if changes := departures(settings):
            with st.container(horizontal=True, vertical_alignment="center", key="left"):
                st.caption(f"You changed {', '.join(changes)}.")
                st.button("Back to the chapter", on_click=open_chapter, type="tertiary")

if hidden:
    with st.container(key="question"):
        st.markdown("**What will happen?** Pick first, then watch.")
        with st.container(horizontal=True, key="choices"):
            for name, choice in CHOICES.items():
                st.button(choice.label, key=f"pick-{name}", on_click=pick, args=(name,))
else:
    said = verdict(run)
    told = f"{said.why} {said.advice}"
    if settings.predict:
        told = f"{answer(picked, run)[1]} {said.advice}"
    results = {
        "Learned weight": run.weights[-1],
        "Final prediction": run.predictions[-1],
        "Final error": mean_errors(run.examples, run)[-1],
    }
    st.html(
        f'<div class="verdict"><p role="status"><strong>{escape(said.headline)}.</strong> '
        f"{escape(told)}</p><dl>"
        + "".join(
            f'<div><dt>{name}</dt><dd title="{value!r}">{number(value)}</dd></div>'
            for name, value in results.items()
        )
        + "</dl></div>"
    )
if iterations < settings.iterations:
    st.caption(
        f"With {len(settings.training)} training examples only {iterations} iterations are run: "
        f"the page plays at most {MOST_STEPS} steps."
    )

stage(run, settings.test, play=state.pop("play", False))

with st.container(key="looks", horizontal=True, vertical_alignment="bottom"):
    look = st.segmented_control(
        "Closer look", list(LOOKS), format_func=LOOKS.__getitem__, key="look", on_change=touch
    )
    st.toggle("Predict first", key="predict", on_change=touch)
    if settings.test:
        st.button("Swap training and test data", on_click=swap)


def table(title: str, name: str, examples: tuple[Example, ...], most: int) -> None:
    """An editable table of examples."""
    rows = [{"input": as_text(e.input), "goal": as_text(e.goal)} for e in examples]
    key = f"{name}-{state['tables']}"
    base = state.setdefault(f"rows-{key}", rows)
    st.markdown(title)
    st.data_editor(
        base or [{"input": None, "goal": None}],
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config={column: st.column_config.TextColumn(column) for column in ("input", "goal")},
        on_change=edit,
        args=(name, base or [{"input": None, "goal": None}], key, most),
    )


if look == "arithmetic":
    st.markdown(ARITHMETIC)
elif look == "data":
    left, right = st.columns(2)
    with left:
        table("**Training data** beside Input and Goal", "more", settings.more, MOST - 1)
    with right:
        table("**Test data**, never trained on", "test", settings.test, MOST)
    if state["refused_cells"]:
        say(state["refused_cells"], "The table is not taken up yet:", "refused")
elif look == "steps":
    st.dataframe(every_step(run), hide_index=True)

query = to_query(replace(settings, look=look or ""), LESSON_SETTINGS.get(settings.lesson))
if just_arrived:
    put_in_address(query)
elif not state.pop("dragging", False):
    st.query_params.from_dict(query)
    state["address"] = query
