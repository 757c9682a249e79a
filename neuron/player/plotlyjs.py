"""plotly.js, as the installed plotly package brings it, ready for a browser.

It is prepared once, when `app.py` is served; Streamlit would pack its 4.8 MB anew for each reader.
"""

from __future__ import annotations

import gzip
import re
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_plotly = find_spec("plotly")
assert _plotly is not None
assert _plotly.submodule_search_locations is not None

FOLDER = Path(_plotly.submodule_search_locations[0]) / "package_data"
"""Where the installed package keeps it."""

NAME = "plotly.min.js"

_PLACE = f"component/neuron.player.components.plotlyjs/{NAME}"

REVISION = "lines"
"""Of what is done to it here: browsers keep the file for a year, so a change needs another name."""

ADDRESS = f"{_PLACE}?{version('plotly')}-{REVISION}"
"""Where a browser gets it, from the page's own address on; another version has another one. A host
that does not serve `route` has the installed file there, for `neuron.player` declares it."""

A_YEAR = 365 * 24 * 60 * 60  # in seconds: as long as a browser keeps any file


CHART_TYPES = re.compile(r"(?:[\w$]+\(\),)*[\w$]+\(\)")
"""How the file asks for its parts, one chart type after the other."""


def lines_only(code: str) -> str:
    """plotly.js without the chart types that this page never draws.

    Each part of the file runs when it is first asked for, and the list that is registered at its
    end asks for all of them: maps, 3D and some forty more. Without it there are lines and markers
    (type "scatter"), which are in every bundle: plotly.js, CUSTOM_BUNDLE.md. That saves a third of
    the time until a browser shows the first chart. Built in another way, it stays as it is.
    """
    before, register, after = code.rpartition(".register([")
    listed, end, rest = after.partition("]);")
    if not CHART_TYPES.fullmatch(listed):
        return code
    return f"{before}{register}{end}{rest}"


def eager(code: str) -> str:
    """plotly.js with its one function in parentheses; built in another way, it stays as it is.

    A browser compiles a function in parentheses when it first reads it. Else it reads this one,
    which is the whole file, twice: the page cannot answer meanwhile.
    """
    begin, end = code.find("() => {", 0, 1000), code.rfind("}", -100) + 1
    if begin < 0 or not end or not code[end:].startswith(")"):
        return code
    return f"{code[:begin]}({code[begin:end]}){code[end:]}"


def route() -> Route:
    """What answers at `ADDRESS`, with plotly.js packed by gzip, as every browser takes it."""
    code = eager(lines_only((FOLDER / NAME).read_text("utf-8")))
    packed = gzip.compress(code.encode())
    headers = {
        "Content-Encoding": "gzip",
        "Cache-Control": f"public, max-age={A_YEAR}, immutable",
    }

    def answer(_request: Request) -> Response:
        return Response(packed, media_type="text/javascript", headers=headers)

    return Route(f"/{{base:path}}{_PLACE}", answer)  # base: Streamlit's server.baseUrlPath
