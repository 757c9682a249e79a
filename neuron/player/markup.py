"""The stage's HTML and CSS, as the page and the page to keep both have it."""

from __future__ import annotations

from neuron.player import files
from neuron.state.parameters import SPEEDS

TRANSPORTS = {
    "stage": ("Step", "Playback", SPEEDS),
    "sweep": (
        "Alpha",
        "Playback over alpha",
        {"8": "Slow", "20": "Normal", "40": "Fast", "60": "Fastest"},
    ),
}
"""For each player: the name of its play head, the name of its controls, and its speeds, which are
names for the stage, and frames a second for the sweep over alpha."""


def web_file(name: str) -> str:
    """A file of web/, as text."""
    return (files.FOLDER / name).read_text("utf-8")


def transport(of: str) -> str:
    """The playback controls of a component; nothing for one that has none."""
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
    """What the stage, and all scenes after it, look like."""
    return "".join(map(web_file, ("scene.css", "stage.css", "ruler.css", "paper.css")))
