"""The page, top to bottom in the order a reader meets it. It lays out; it computes nothing."""

from html import escape
from pathlib import Path

import streamlit as st

from neuron import train
from neuron.explain import ARITHMETIC, every_step, number, verdict
from neuron.player import put_in_address, ruler, stage
from neuron.settings import CONTROLS, LOOKS, Settings, from_query, to_query

MOST_REFUSALS = 6  # of an address are named one by one

state = st.session_state


def arrive() -> None:
    """Take the settings from the address, unless it is the one this page has written or read.

    A change by the reader outranks the address: the browser may send it together with an address
    from before its last change.
    """
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    if state.pop("touched", False):
        state["refused"] = []
    elif query != state.get("address"):
        settings, state["refused"] = from_query(query)
        for control in CONTROLS:
            state[control.name] = getattr(settings, control.name)
        state["look"] = settings.look or None
        state["address"] = query


def touch() -> None:
    """Remember that this run of the page is a change by the reader.

    A number that was emptied comes back as it was.
    """
    state["touched"] = True
    for name, value in state["given"].items():
        if state[name] is None:
            state[name] = value


def set_alpha(alpha: float, settled: bool) -> None:
    """Take an alpha from the ruler; while it is being dragged, the address waits."""
    touch()
    state["alpha"] = alpha
    state["dragging"] = not settled


st.set_page_config("One neuron, learning", layout="wide")
st.html(Path(__file__).parent / "neuron" / "page.css")
just_arrived = "address" not in state
arrive()

st.html(
    '<div class="page-title"><h1>One neuron, learning</h1>'
    "<p>It predicts input × weight, and corrects the weight until the prediction meets the goal. "
    "Press Play; then drag alpha.</p></div>"
)
if refused := state["refused"]:
    told = [f"{sentence}." for sentence in refused[:MOST_REFUSALS]]
    if len(refused) > MOST_REFUSALS:
        told.append(f"So are {len(refused) - MOST_REFUSALS} more parts of it.")
    told = [escape(sentence) for sentence in told]
    st.html(f'<p class="refused" role="alert">From the address: {"<br>".join(told)}</p>')

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
    state["given"] = given = {control.name: state[control.name] for control in CONTROLS}
    run = train(**given)
    ruler(run, set_alpha)

said = verdict(run)
results = {
    "Learned weight": run.weights[-1],
    "Final prediction": run.predictions[-1],
    "Final error": run.errors[-1],
}
st.html(
    f'<div class="verdict"><p role="status"><strong>{escape(said.headline)}.</strong> '
    f"{escape(said.why)} {escape(said.advice)}</p><dl>"
    + "".join(
        f'<div><dt>{name}</dt><dd title="{value!r}">{number(value)}</dd></div>'
        for name, value in results.items()
    )
    + "</dl></div>"
)

stage(run)

look = st.segmented_control(
    "Closer look", list(LOOKS), format_func=LOOKS.__getitem__, key="look", on_change=touch
)
if look == "arithmetic":
    st.markdown(ARITHMETIC)
elif look == "steps":
    st.dataframe(every_step(run), hide_index=True)

query = to_query(Settings(**given, look=look or ""))
if just_arrived:
    put_in_address(query)
elif not state.pop("dragging", False):
    st.query_params.from_dict(query)
    state["address"] = query
