"""The components' scripts, at URLs that change with their content.

So browsers may cache them for a year, and a page never mixes old scripts with new ones. They are
sent as one file, because on a first visit each request would cost a round trip to the server.
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

_FILES = {path.name: path for path in sorted(FOLDER.glob("*/*"))}
"""The files of all its rooms by name; no two have the same one."""

_SCRIPTS = {name: path.read_bytes() for name, path in _FILES.items() if path.suffix == ".js"}

COMPONENT = f"files-{crc32(b''.join(_SCRIPTS.values())):x}"
"""The component of `neuron.player.components` that serves this folder. Scripts import each other by
relative URLs, so the part of the URL that they share changes, not a part of each file name."""

BUNDLE = "bundle.js"
"""All of the page's scripts as one file, which is not in the folder: see `bundle`."""

KEEPSAKE = "keepsake.js"
"""The script of the page to keep, which has its own bundle."""

FOREVER = {"Cache-Control": f"public, max-age={365 * 24 * 60 * 60}, immutable"}


def web_file(name: str) -> str:
    """One of the files, as text."""
    return _FILES[name].read_text("utf-8")


def address(name: str) -> str:
    """A script's URL, relative to the page."""
    place = _FILES[name].relative_to(FOLDER).as_posix() if name in _FILES else name
    return f"component/neuron.player.components.{COMPONENT}/{place}"


_MODULE = r'"\.[./\w]*/([\w.]+)"'
"""What a script is imported from; the group is its name."""


def imported(name: str) -> list[str]:
    """A script and everything it imports, without repeats, itself first."""
    names = [name]
    for known in names:  # grows during the loop
        found = re.findall(rf"from {_MODULE};", _SCRIPTS[known].decode())
        names += [other for other in dict.fromkeys(found) if other not in names]
    return names


def bundle(*names: str) -> str:
    """Scripts and all that they import as one, in which ``module(name)`` gives a script's exports.

    Each becomes a function that runs when first needed. This needs no parser, because our scripts
    import only each other, by name, and export only declarations.
    """
    scripts = dict.fromkeys(other for name in names for other in imported(name))
    makers = "".join(f'"{name}": (exports) => {{\n{_maker(name)}}},\n' for name in scripts)
    return _BUNDLE % makers


_BUNDLE = """const makers = {
%s};
const made = {};
export function module(name) {
  if (!made[name]) makers[name]((made[name] = {}));
  return made[name];
}
"""


def _maker(name: str) -> str:
    """A script as the body of a function that fills ``exports``."""
    text = _SCRIPTS[name].decode()
    exported = re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", text, re.MULTILINE)
    for pattern, instead in (
        (rf"^import \{{([^}}]*)\}} from {_MODULE};", r'const {\1} = module("\2");'),
        (rf"^import (\w+) from {_MODULE};", r'const { default: \1 } = module("\2");'),
        (r"^export default function (\w+)", r"exports.default = \1;\nfunction \1"),
        (r"^export default ", "exports.default = "),
        (r"^export ", ""),
    ):
        text = re.sub(pattern, instead, text, flags=re.MULTILINE)
    return f"{text}Object.assign(exports, {{ {', '.join(exported)} }});\n"


_routes: list[Route] = []


def routes() -> list[Route]:
    """Routes for the page's scripts; they work even before the page has first been shown."""

    def route(place: str, content: bytes) -> Route:
        def answer(_request: Request) -> Response:
            return Response(content, media_type="text/javascript", headers=FOREVER)

        return Route(f"/{{base:path}}{place}", answer)  # base: Streamlit's server.baseUrlPath

    plotly = plotlyjs.needed((plotlyjs.FOLDER / plotlyjs.NAME).read_bytes())
    scripts = bundle(*(name for name in _SCRIPTS if name != KEEPSAKE))
    _routes[:] = [
        route(plotlyjs.ADDRESS.partition("?")[0], plotly),
        route(address(BUNDLE), scripts.encode()),
    ]
    return _routes


def loading(name: str) -> str:
    """JavaScript that loads a script: from the bundle, or alone if the host has no such route."""
    if not _routes:
        return f"import(new URL({address(name)!r}, document.baseURI))"
    all_of_them = f"import(new URL({address(BUNDLE)!r}, document.baseURI))"
    return f"{all_of_them}.then(({{ module }}) => module({name!r}))"
