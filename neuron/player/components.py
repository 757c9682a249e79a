"""The animated parts of the page: Python hands over numbers, the browser plays them.

`stage` is the player with its four pictures, `ruler` the alpha scale; `why`, `film` and `overlaid`
belong to closer looks. Their JavaScript stands beside this file; while they play, nothing is asked
of the server.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.components.v1 import declare_component

from neuron.charts.ruler import ruler as ruler_of
from neuron.charts.sweep import Sweep
from neuron.core.dynamics import dynamics_of
from neuron.core.training import Run
from neuron.player import plotlyjs
from neuron.player.payloads import as_json, film_reel, overlay_reel, why_reel
from neuron.words.comparison import Compared

_HERE = Path(__file__).parent / "web"

# Two folders served as they are: this one, and the plotly.js inside the installed plotly package.
declare_component("files", path=str(_HERE))
declare_component("plotlyjs", path=str(plotlyjs.FOLDER))

TRANSPORTS = {
    "player": ("Step", "Playback", 1, 3, 12, 60),
    "film": ("Alpha", "Playback over alpha", 8, 20, 40, 60),
}
"""What the play head of each film is called, what its controls are called together, and its speeds
from slow to fastest in frames a second."""


def _transport(of: str) -> str:
    """The controls of a film; nothing for a component that plays none."""
    names = ("head", "playback", "slow", "normal", "fast", "fastest")
    html = (_HERE / "transport.html").read_text("utf-8") if of in TRANSPORTS else ""
    for name, value in zip(names, TRANSPORTS.get(of, ()), strict=False):
        html = html.replace(f"{{{name}}}", str(value))
    return html


def _address(name: str) -> str:
    """Where a browser gets ``name``.js of this folder."""
    version = max(path.stat().st_mtime_ns for path in _HERE.glob("*.js"))
    return f"component/{__name__}.files/{name}.js?{version}"


def _fetching(name: str) -> str:
    """JavaScript that imports ``name``.js of this folder: a module, fetched once a page."""
    return f"import(new URL({_address(name)!r}, document.baseURI))"


def _component(name: str) -> Any:
    """A component whose code is ``name``.js, with a default export.

    Only a line of JavaScript is sent with each message, for the module is fetched once.
    """
    html = (_HERE / f"{name}.html").read_text("utf-8")
    remote = (_HERE / "remote.html").read_text("utf-8")
    css = (_HERE / f"{name}.css").read_text("utf-8")
    js = f"const code = {_fetching(name)};\n"
    js += "export default async (mount) => (await code).default(mount);\n"
    if name == "player":  # always on the page, so it brings what all scenes look like
        css = (_HERE / "scene.css").read_text("utf-8") + css
    return st.components.v2.component(
        f"neuron_{name}",
        html=html.replace("{transport}", _transport(name)).replace("{remote}", remote),
        css=css,
        js=js,
        isolate_styles=False,
    )


_early = (_HERE / "early.js").read_text("utf-8").replace("{address}", plotlyjs.ADDRESS)
EARLY = f"<script>{_early}{_fetching('player')}</script>"
"""HTML for the top of the page: plotly.js is fetched while the rest of the page is being made."""

_stage = _component("player")
_ruler = _component("ruler")
_entries = _component("entries")
_why = _component("why")
_film = _component("film")
_compare = _component("compare")


def stage(reel: str, *, play: bool = False, opening: int = 0) -> None:
    """Show a run: transport, arithmetic, neuron, error bowl, weight, error, and the test data.

    reel: of `stage_reel`. play: whether a new run starts to play at once. opening: another number
    for each chapter that is opened, which begins at its beginning and at the page's top.
    """
    _stage(data={"reel": reel, "play": play, "opening": opening}, key="stage")


def entries(refusals: Sequence[str]) -> None:
    """Say what was refused of the entries in the fields, in an element that stays.

    A screen reader says its text when that changes. The component also selects what stands in a
    field that is tapped, because typing would append to it.
    """
    _entries(data={"refused": " ".join(refusals)}, key="entries")


def why(run: Run) -> None:
    """Show the cobweb and the formula of a run, at the step that the stage shows."""
    _why(data={"reel": why_reel(run)}, key="why")


def film(run: Run, swept: Sweep, on_alpha: Callable[[float, bool], None]) -> None:
    """Show the film over alpha; ``on_alpha(alpha, True)`` is called when the reader uses one."""

    def used() -> None:
        on_alpha(float(st.session_state["film"].used), True)

    _film(data={"reel": film_reel(run, swept)}, key="film", on_used_change=used)


def overlaid(compared: Sequence[Compared], shown: int | None, tolerance: float) -> None:
    """Show runs over each other; the stage plays the one at place ``shown``, or the last."""
    _compare(data={"reel": overlay_reel(compared, shown, tolerance)}, key="overlaid")


def put_in_address(query: Mapping[str, Sequence[str]]) -> None:
    """Write a query into the browser's address without making a history entry.

    For the arrival only: `st.query_params` would make an entry that sends the reader, on pressing
    Back, to the page they are already on. Streamlit's own ``embed`` options stay,
    and come first, as Streamlit has them: another order would be another address.
    """
    st.html(
        f"""<script>{{
        const query = new URLSearchParams(location.search);
        for (const name of [...query.keys()]) if (!name.startsWith("embed")) query.delete(name);
        const settings = new URLSearchParams({json.dumps(urlencode(query, doseq=True))});
        for (const [name, value] of settings) query.append(name, value);
        history.replaceState(history.state, "", "?" + query);
        }}</script>""",
        unsafe_allow_javascript=True,
    )


def ruler(run: Run, on_alpha: Callable[[float, bool], None], blank: bool = False) -> None:
    """Show the alpha ruler; ``on_alpha(alpha, settled)`` is called when the reader moves it.

    settled is False while a drag is under way. blank: whether to leave out what happens where.
    """

    def moved() -> None:
        event = st.session_state["ruler"].moved
        on_alpha(float(event["alpha"]), bool(event["settled"]))

    scale = ruler_of(dynamics_of(run))
    if blank:
        scale = replace(scale, marks=(), bands=(), places=(), sentence="")
    _ruler(data={"scale": as_json(scale)}, key="ruler", on_moved_change=moved)
