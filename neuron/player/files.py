"""The files that the moving parts bring to a browser, each at an address that changes with it.

A browser may then keep them for a year, and never shows a page made of old parts and new ones.
"""

from __future__ import annotations

import re
from pathlib import Path
from zlib import crc32

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from neuron.player import plotlyjs

FOLDER = Path(__file__).parent / "web"

_SCRIPTS = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.js"))}

COMPONENT = f"files-{crc32(b''.join(_SCRIPTS.values())):x}"
"""The component of `neuron.player.components` whose folder this is. Scripts import each other by
relative addresses, so what they have in common is changed, not a part of each one's own."""

FOREVER = {"Cache-Control": f"public, max-age={365 * 24 * 60 * 60}, immutable"}


def address(name: str) -> str:
    """Where a browser gets a script, from the page's own address on."""
    return f"component/neuron.player.components.{COMPONENT}/{name}"


def imported(name: str) -> list[str]:
    """A script and everything it imports, each once, itself first."""
    names = [name]
    for known in names:  # grows meanwhile
        found = re.findall(r'from "\./([\w.]+)";', _SCRIPTS[known].decode())
        names += [other for other in dict.fromkeys(found) if other not in names]
    return names


def routes() -> list[Route]:
    """Routes for all these addresses; they work even before the page has first been shown."""

    def route(place: str, content: bytes) -> Route:
        def answer(_request: Request) -> Response:
            return Response(content, media_type="text/javascript", headers=FOREVER)

        return Route(f"/{{base:path}}{place}", answer)  # base: Streamlit's server.baseUrlPath

    plotly = plotlyjs.needed((plotlyjs.FOLDER / plotlyjs.NAME).read_bytes())
    return [
        route(plotlyjs.ADDRESS.partition("?")[0], plotly),
        *(route(address(name), script) for name, script in _SCRIPTS.items()),
    ]
