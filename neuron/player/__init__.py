"""The animated parts of the page: Python hands over numbers, the browser plays them.

`stage` is the player with its four pictures, `ruler` the alpha scale. Both are components whose
JavaScript stands beside this file; while they play, nothing is asked of the server.
"""

from __future__ import annotations

import json
from array import array
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.components.v1 import declare_component

from neuron import explain, figures
from neuron.palette import PALETTE
from neuron.ruler import ruler as ruler_of
from neuron.training import Example, Run

_HERE = Path(__file__).parent

# Two folders served as they are: this one, and the plotly.js inside the installed plotly package.
declare_component("files", path=str(_HERE))
_plotly = find_spec("plotly")
assert _plotly is not None
assert _plotly.submodule_search_locations is not None
declare_component(
    "plotlyjs", path=str(Path(_plotly.submodule_search_locations[0]) / "package_data")
)


def _component(name: str) -> Any:
    """A component whose code is ``name``.js, a module with a default export, in this folder.

    Only this line of JavaScript is sent with each message; the module itself is fetched once.
    """
    version = max(path.stat().st_mtime_ns for path in _HERE.glob("*.js"))
    address = f"component/{__name__}.files/{name}.js?{version}"
    return st.components.v2.component(
        f"neuron_{name}",
        html=(_HERE / f"{name}.html").read_text("utf-8"),
        css=(_HERE / f"{name}.css").read_text("utf-8"),
        js=f"const code = import(new URL({address!r}, document.baseURI));\n"
        "export default async (mount) => (await code).default(mount);\n",
        isolate_styles=False,
    )


_stage = _component("player")
_ruler = _component("ruler")


def stage(run: Run, test: Sequence[Example] = (), play: bool = False, to_top: bool = False) -> None:
    """Show a run: transport, arithmetic, neuron, error bowl, weight, error, and the test data.

    play: whether a new run starts to play at once. to_top: whether to scroll to the page's top.
    """
    _stage(data={"reel": stage_data(run, test), "play": play, "to_top": to_top}, key="stage")


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
    return json.dumps(
        {
            "last": len(run.weights) - 1,
            "alpha": run.alpha,
            "examples": [asdict(example) for example in run.examples],
            "test": [asdict(example) for example in test],
            "columns": {name: _packed(column) for name, column in columns.items()},
            "pictures": {name: asdict(picture) for name, picture in drawn.pictures.items()},
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
        },
        allow_nan=False,
    )


def put_in_address(query: Mapping[str, Sequence[str]]) -> None:
    """Write a query into the browser's address without making a history entry.

    For the arrival only: `st.query_params` would make an entry that sends the reader, on pressing
    Back, to the page they are already on. Streamlit's own ``embed`` options stay.
    """
    st.html(
        f"""<script>{{
        const query = new URLSearchParams({json.dumps(urlencode(query, doseq=True))});
        for (const [name, value] of new URLSearchParams(location.search)) {{
            if (name.startsWith("embed")) query.append(name, value);
        }}
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
        scale = replace(scale, marks=[], bands=[], sentence="")
    _ruler(data={"scale": json.dumps(asdict(scale))}, key="ruler", on_moved_change=moved)


def _packed(column: tuple[float, ...]) -> str:
    """A column as base64 of little-endian doubles: exact, and far cheaper than decimal text."""
    doubles = array("d", column)
    return b64encode(doubles.tobytes()).decode("ascii")
