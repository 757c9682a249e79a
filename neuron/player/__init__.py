"""The animated parts of the page: Python hands over numbers, the browser plays them.

`stage` is the player with its four pictures, `ruler` the alpha scale. Both are components whose
JavaScript stands beside this file; while they play, nothing is asked of the server.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from math import nan
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

import streamlit as st
from streamlit.components.v1 import declare_component

from neuron import explain, figures, plotlyjs
from neuron.closed_form import closed_form
from neuron.cobweb import cobweb, passes
from neuron.comparison import Compared, in_words
from neuron.convergence import ideal_weight
from neuron.film import film as film_of
from neuron.formula import (
    AGREE,
    BEYOND_TEMPLATE,
    DIFFER_TEMPLATE,
    MOST_DIGITS,
    cobweb_in_words,
    formula_numbers,
    formula_template,
)
from neuron.numbers import number
from neuron.overlay import overlay
from neuron.palette import PALETTE
from neuron.ruler import ruler as ruler_of
from neuron.sweep import Sweep, sweep_in_words
from neuron.training import Example, Run

_HERE = Path(__file__).parent

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
        js = (_HERE / "patience.js").read_text("utf-8").replace("{address}", _address(name))
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
_why = _component("why")
_film = _component("film")
_compare = _component("compare")


def stage(
    run: Run,
    test: Sequence[Example],
    on_drawn: Callable[[], None],
    *,
    arriving: bool = False,
    play: bool = False,
    to_top: bool = False,
) -> bool:
    """Show a run: transport, arithmetic, neuron, error bowl, weight, error, and the test data.

    arriving: whether the page is made for the first time. play: whether a new run starts to play at
    once. to_top: whether to scroll to the page's top.

    The run is in the page as a text that is not shown: the browser reads it there a frame before it
    would hand a component its data. It comes with the data if there is something to do besides, and
    on arrival, when the style that hides the text may not be there yet; and so it stays until there
    is another run, for what is the same is not sent again.

    Returns whether the charts are drawn, or have been waited for long enough; when they are, the
    browser asks for the page once more, and ``on_drawn`` is called before that.
    """
    reel = stage_data(run, test)
    changed = crc32(reel.encode())
    if arriving or play or to_top:
        st.session_state["with_data"] = changed
    elif st.session_state.get("with_data") != changed:
        st.session_state["with_data"] = None
    alone = st.session_state["with_data"] is None
    st.text(reel if alone else "")
    data = {"reel": "" if alone else reel, "play": play, "to_top": to_top, "changed": changed}
    return bool(_stage(data=data, key="stage", on_drawn_change=on_drawn).drawn)


def stage_data(run: Run, test: Sequence[Example] = ()) -> str:
    """Everything the player needs, as one JSON text; equal runs give equal texts."""
    drawn = figures.stage(run, test)
    columns = {
        "weight": run.weights,
        "prediction": run.predictions,
        "delta": run.deltas,
        "error": run.errors,
        "weight_delta": run.weight_deltas,
    } | drawn.columns
    return _json(
        {
            "last": len(run.weights) - 1,
            "alpha": run.alpha,
            "examples": run.examples,
            "test": test,
            "columns": {name: _packed(column) for name, column in columns.items()},
            "pictures": drawn.pictures,
            "palette": PALETTE,
            "templates": {
                "step": explain.STEP_TEMPLATE,
                "place": explain.PLACE_TEMPLATE if len(run.examples) > 1 else "",
                "place_end": explain.END_PLACE_TEMPLATE if len(run.examples) > 1 else "",
                "update": explain.UPDATE_TEMPLATE,
                "end": explain.END_TEMPLATE if run.weights[1:] else explain.START_TEMPLATE,
            },
            "words": {
                "neuron": explain.neuron_in_words(run),
                "bowl": explain.bowl_in_words(run),
                "weight": explain.weight_in_words(run),
                "error": explain.error_in_words(run, test),
            },
        }
    )


def why(run: Run) -> None:
    """Show the cobweb and the formula of a run, at the step that the stage shows."""
    _why(data={"reel": why_data(run)}, key="why")


def why_data(run: Run) -> str:
    """Everything that `why` needs, as one JSON text."""
    weights = passes(run)
    after = closed_form(run.examples, run.weights[0], run.alpha)
    formula = [after(k) for k in range(len(weights))]
    return _json(
        {
            "count": len(run.examples),
            "columns": {
                "passes": _packed(weights),
                "formula": _packed(nan if weight is None else weight for weight in formula),
            },
            "cobweb": cobweb(run),
            "ideal": ideal_weight(run.examples, run.alpha),
            "most_digits": MOST_DIGITS,
            "numbers": formula_numbers(run),
            "templates": {
                "formula": formula_template(run),
                "beyond": BEYOND_TEMPLATE,
                "agree": AGREE,
                "differ": DIFFER_TEMPLATE,
            },
            "palette": PALETTE,
            "words": {"cobweb": cobweb_in_words(run)},
        }
    )


def film(run: Run, swept: Sweep, on_alpha: Callable[[float, bool], None]) -> None:
    """Show the film over alpha; ``on_alpha(alpha, True)`` is called when the reader uses one."""

    def used() -> None:
        on_alpha(float(st.session_state["film"].used), True)

    _film(data={"reel": film_data(run, swept)}, key="film", on_used_change=used)


def film_data(run: Run, swept: Sweep) -> str:
    """Everything that `film` needs, as one JSON text."""
    drawn = film_of(run, swept)
    return _json(
        {
            "here": swept.here,
            "exact": swept.alphas[swept.here] == run.alpha,
            "names": [number(alpha) for alpha in swept.alphas],
            "sentences": swept.sentences,
            "columns": {name: _packed(column) for name, column in drawn.columns.items()},
            "path": drawn.path,
            "rows": _packed(drawn.rows),
            "width": drawn.width,
            "needed": drawn.needed,
            "palette": PALETTE,
            "words": {
                "path": f"Weight by step with alpha from 0 to {number(swept.alphas[-1])}.",
                "needed": sweep_in_words(run),
            },
        }
    )


def overlaid(compared: Sequence[Compared], shown: int | None) -> None:
    """Show runs over each other; the stage plays the one at place ``shown``, or the last."""
    reel = {
        "figures": overlay(compared, shown),
        "palette": PALETTE,
        "words": {
            "weight": f"Weight by step of {len(compared)} runs. {in_words(compared)}",
            "error": f"Error by step of {len(compared)} runs, in powers of ten.",
        },
    }
    _compare(data={"reel": _json(reel)}, key="overlaid")


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

    scale = ruler_of(run)
    if blank:
        scale = replace(scale, marks=[], bands=[], places=[], sentence="")
    _ruler(data={"scale": _json(scale)}, key="ruler", on_moved_change=moved)


def _json(reel: Any) -> str:
    return json.dumps(reel, allow_nan=False, default=_fields)


def _fields(record: Any) -> dict[str, Any]:
    """A dataclass as a dict. `dataclasses.asdict` also copies every list: a seventh of a rerun."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _packed(column: Iterable[float]) -> str:
    """A column as base64 of little-endian doubles: exact, and far cheaper than decimal text."""
    doubles = array("d", column)
    return b64encode(doubles.tobytes()).decode("ascii")
