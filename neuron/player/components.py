"""The page's components: Python passes records, the browser shows and plays them.

`stage` is the neuron, its program, its charts and its ruler; `entries` belongs to the fields. The
others belong to closer looks and to the Share dialog; `keep_address` shows nothing. Their browser
code is in `web/`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic_ns
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.components.v1 import declare_component

from neuron.charts.sweep import Sweep
from neuron.core.dynamics import Dynamics
from neuron.core.training import Run
from neuron.player import files, plotlyjs
from neuron.player.by_hand import by_hand_payload, sheet_payload
from neuron.player.files import web_file
from neuron.player.markup import stage_css, stage_html, transport
from neuron.player.payloads import as_json, overlay_payload, settings_of, sweep_payload, why_payload
from neuron.player.qr import qr_code
from neuron.player.stage import Payload
from neuron.state.address import Query
from neuron.story.chapters import Card
from neuron.words.comparison import Compared

# Two folders are served as they are: web/, and plotly.js in the installed plotly package.
declare_component(files.COMPONENT, path=str(files.FOLDER))
declare_component(plotlyjs.COMPONENT, path=str(plotlyjs.FOLDER))


NOT_LOADED = "This part of the page could not be loaded. Reload the page to try again."
"""What a component says in place of its message about the charts if its code does not come."""


def _component(name: str, html: str, css: str) -> Any:
    """A component whose code is the default export of ``name``.js.

    Each message carries only a few lines of JavaScript, which load the code once, or say that it
    cannot be loaded.
    """
    js = f"""const code = {files.loading(f"{name}.js")};
export default async (mount) => {{
  try {{
    return (await code).default(mount);
  }} catch (error) {{
    const trouble = mount.parentElement.querySelector(".trouble");
    if (!trouble) throw error;
    trouble.textContent = "{NOT_LOADED}";
    trouble.hidden = false;
  }}
}};
"""
    return st.components.v2.component(
        f"neuron_{name}", html=html, css=css, js=js, isolate_styles=False
    )


def _scene(name: str) -> Any:
    """An animated component; see `_component`."""
    html = web_file(f"{name}.html").replace("{transport}", transport(name))
    return _component(
        name, html.replace("{buttons}", web_file("playback.html")), web_file(f"{name}.css")
    )


# The stage is always on the page, so it carries the styles of all scenes.
_stage = _component(
    "stage",
    plotlyjs.PRELOAD + stage_html(),
    stage_css(),
)
_entries = _component("entries", web_file("entries.html"), web_file("entries.css"))
_explore = _component("explore", web_file("explore.html"), web_file("explore.css"))
_why = _scene("why")
_byhand = _scene("byhand")
_sheet = _component("sheet", web_file("sheet.html"), web_file("sheet.css"))
_sweep = _scene("sweep")
_compare = _scene("compare")
_table = _component("table", web_file("table.html"), web_file("table.css"))
_share = _component("share", web_file("share.html"), web_file("share.css"))
_pictures = _component("pictures", web_file("pictures.html"), web_file("pictures.css"))
_presenter = _component("presenter", web_file("presenter.html"), "")
_address = _component("address", "", "")

MOST_OF_LINK = 8000
"""The most characters of a link that are accepted from a browser."""


def stage(payload: Payload, on_did: Callable[[], None]) -> Any:
    """Show the stage; returns ``did``, its report of what the reader did.

    on_did: called when there is something new to report, before the page is built.
    """
    return _stage(data={"payload": as_json(payload)}, key="stage", on_did_change=on_did).did


def entries(refusals: Sequence[str], heard: Sequence[str]) -> None:
    """Show which entries were rejected, below the fields; screen readers announce ``heard``.

    Tapping a field in the same container selects its text.
    """
    _entries(data={"refused": " ".join(refusals), "heard": " ".join(heard)}, key="entries")


def explore(cards: Sequence[Card], on_open: Callable[[str], None]) -> None:
    """Show chapters as cards; ``on_open(name)`` is called when the reader chooses one."""

    def opened() -> None:
        on_open(str(st.session_state["explore"].opened))

    _explore(data={"cards": as_json(cards)}, key="explore", on_opened_change=opened)


def why(run: Run) -> None:
    """Show the cobweb and the formula of a run, at the stage's current step."""
    _why(data={"payload": why_payload(run)}, key="why")


def by_hand(theory: Dynamics, convention: str, told: bool, on_turn: Callable[[int], None]) -> None:
    """Show the arithmetic of the stage's current step; ``on_turn(step)`` is called when the reader
    wants to work out the next one.
    """

    def turned() -> None:
        on_turn(int(st.session_state["by-hand-look"].turn))

    _byhand(
        data={"payload": by_hand_payload(theory, convention, told)},
        key="by-hand-look",
        on_turn_change=turned,
    )


def sheet(seed: int) -> None:
    """A button that prints the exercises of a seed, with the answers on a second page."""
    _sheet(data={"sheet": sheet_payload(seed)}, key="sheet")


def alpha_sweep(run: Run, swept: Sweep, on_alpha: Callable[[float], None]) -> None:
    """Show the sweep over alpha; ``on_alpha(alpha)`` is called when the reader uses one."""

    def used() -> None:
        on_alpha(float(st.session_state["sweep"].used))

    _sweep(data={"payload": sweep_payload(run, swept)}, key="sweep", on_used_change=used)


def overlaid(compared: Sequence[Compared], shown: int | None, tolerance: float) -> None:
    """Show runs overlaid; the stage plays the one at index ``shown``, or the last."""
    _compare(data={"payload": overlay_payload(compared, shown, tolerance)}, key="overlaid")


def all_steps(run: Run) -> None:
    """Show every step of a run as a table. The browser repeats the run, so no steps are sent."""
    _table(data={"settings": as_json(settings_of(run))}, key="all-steps")


def keep_address(query: Query, at: Query, written: bool) -> None:
    """Make the browser's address have this query, without adding a history entry.

    Streamlit's own ``embed`` options stay. at: the query of the address that this rerun came with.
    written: whether Streamlit has added an entry for it; then the address is only corrected if an
    older one has arrived late.
    """
    one, other = (urlencode(each, doseq=True) for each in (query, at))
    data = {"query": one, "at": other, "written": written}
    _address(data=data | {"asked": monotonic_ns()}, key="address")  # else it would run only once


def share_link(name: str, query: str | None) -> None:
    """Show a link to copy, with its QR code.

    name: identifies it on the page. query: of the address that it leads to; None is what the reader
    sees now, with the step and the speed, which only the browser knows.
    """
    known = st.session_state.get(f"link-{name}")
    link = str(known.link or "")[:MOST_OF_LINK] if known else ""
    side, code = qr_code(link) if link else (0, "")
    _share(
        data={"query": query, "of": link, "side": str(side), "code": code},
        key=f"link-{name}",
        on_link_change=lambda: None,
    )


def pictures(name: str) -> None:
    """Show the buttons that save the stage's pictures, in files whose names begin with ``name``."""
    _pictures(data={"name": name}, key="pictures")


def presenter() -> bool:
    """Show the button that presents the stage; True if it was just pressed."""
    return bool(_presenter(data={}, key="presenter", on_presented_change=lambda: None).presented)
