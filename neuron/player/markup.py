"""The stage's HTML and CSS, for the page and the page to keep."""

from __future__ import annotations

from neuron.player.files import web_file
from neuron.state.parameters import SPEEDS

TRANSPORTS = {
    "stage": ("Step", "Playback", SPEEDS),
    "sweep": (
        "Alpha",
        "Playback over alpha",
        {"8": "Slow", "20": "Normal", "40": "Fast", "60": "Fastest"},
    ),
}
"""For each player: the label of its play head, the label of its controls, and its speeds (names for
the stage, frames a second for the sweep over alpha)."""


def transport(of: str) -> str:
    """The controls of a player; "" for a component without any of its own."""
    if of not in TRANSPORTS:
        return ""
    head, playback, speeds = TRANSPORTS[of]
    options = "".join(
        f'<option value="{value}"{" selected" * (name == "Normal")}>{name}</option>'
        for value, name in speeds.items()
    )
    html = web_file("transport.html").replace("{head}", head).replace("{playback}", playback)
    keys = web_file("keys.html") if of == "stage" else ""
    return html.replace("{speeds}", options).replace("{keys}", keys)


def stage_html() -> str:
    """The stage, without plotly.js."""
    return web_file("stage.html").replace("{transport}", transport("stage"))


def stage_css() -> str:
    """The styles of the stage, which all other scenes use as well."""
    return "".join(map(web_file, ("scene.css", "stage.css", "ruler.css", "paper.css")))
