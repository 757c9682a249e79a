"""How the page is served: files that never change are compressed once, for all readers.

Streamlit sends its own files uncompressed, 2.3 MB on a first visit, because its middleware would
compress them again for each reader. Here each is compressed on first request and kept. The first
response, Streamlit's index.html, gets this page's title and description, for link previews, and
lists what the page will need, so that browsers fetch it from the start.

A host that does not support `st.App` shows the same page without all this, only more slowly.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import socket
from contextlib import suppress
from functools import cache
from html import escape
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from neuron.player import files, plotlyjs

TITLE = "One neuron, learning"
DESCRIPTION = (
    "Watch a single artificial neuron learn, step by step, and see why it creeps in, lands, "
    "bounces or blows up. Change its numbers yourself, and share what you see as a link."
)
TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")
STREAMLITS_TITLE = b"<title>Streamlit</title>"
ICON_FONT = b"@font-face{font-family:Material Symbols Rounded;"
ICON_LETTERS = b"unicode-range:U+30-39,U+5F,U+61-7A;"  # used in icon names
ELEMENTS = ("BidiComponent", "Html", "TextInput", "Button", "Selectbox", "ButtonGroup", "Checkbox")
"""Streamlit's names of the scripts for elements that are on the page from the start."""
PASSED_ON = ("range", "if-none-match", "if-modified-since")  # left to the application

Answer = tuple[MutableHeaders, bytes]


def introduction() -> str:
    """The page's title, and the metadata for link previews."""
    title, description = escape(TITLE), escape(DESCRIPTION)
    return (
        f'<title>{title}</title><meta name="description" content="{description}">'
        f'<meta property="og:type" content="website"><meta property="og:title" content="{title}">'
        f'<meta property="og:description" content="{description}">'
    )


def preloads(index: str) -> str:
    """HTML that preloads what index.html does not: plotly.js, Streamlit's elements, our scripts.

    Otherwise each would be fetched only once the script that imports it has run.
    """
    folder = Path(get_static_dir()) / "static" / "js"
    scripts = [path.name for name in ELEMENTS for path in folder.glob(f"{name}.*.js")]
    for script in scripts:  # grows during the loop: the elements, and all that they import
        imports = re.findall(r'(?:from|import)"\./([^"/]+)"', (folder / script).read_text("utf-8"))
        scripts += [name for name in dict.fromkeys(imports) if name not in scripts]
    addresses = [f"static/js/{script}" for script in scripts if script not in index]
    addresses.append(files.address(files.BUNDLE))
    # After Streamlit's own scripts, which open the connection to the server.
    preload = '<link rel="modulepreload" fetchpriority="low" href="./{}">'
    return plotlyjs.PRELOAD + "".join(map(preload.format, addresses))


class CompressOnce:
    """ASGI middleware that compresses immutable files once and adds this page's own head."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.packing = asyncio.Lock()  # one compression for readers who arrive together
        self.kept: dict[str, Answer] = {}  # by path; only files that exist

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or with the application's response, kept if it is immutable."""
        if scope["type"] == "lifespan":  # the server is about to start
            send_without_delay()
        asked = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if scope.get("method") != "GET" or any(name in asked for name in PASSED_ON):
            await self.app(scope, receive, send)
            return
        gzips = "gzip" in asked.get("accept-encoding", "")
        answer = self.kept.get(scope["path"]) if gzips else None
        if answer is None:
            answer = await _answer(self.app, scope, receive, send)
            if answer is None:
                return
            headers, body = answer
            if not headers["content-type"].startswith("text/html"):
                answer = await self._kept(scope["path"], headers, body) if gzips else answer
            elif STREAMLITS_TITLE in body:
                body = _own(body.decode()).encode()
                del headers["etag"], headers["last-modified"]  # they belong to Streamlit's file
                headers["content-length"] = str(len(body))
                answer = _packed(headers, body) if gzips else (headers, body)
        headers, body = answer
        await send({"type": "http.response.start", "status": 200, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})

    async def _kept(self, path: str, headers: MutableHeaders, body: bytes) -> Answer:
        async with self.packing:
            if path not in self.kept:
                # Streamlit loads its icon font (375 kB) at once, with the text " ", in case there
                # are icons. With a unicode-range, browsers fetch it only when an icon appears.
                body = body.replace(ICON_FONT, ICON_FONT + ICON_LETTERS)
                self.kept[path] = await asyncio.to_thread(_packed, headers, body)
        return self.kept[path]


def send_without_delay() -> None:
    """Set TCP_NODELAY on the server's sockets; every connection inherits it from the listening one.

    asyncio does that only for sockets made with ``proto=IPPROTO_TCP``, which Streamlit's is not.
    Without it, the body of every response waits until the browser has acknowledged the headers:
    40 ms on Linux.
    """
    with suppress(OSError):  # an operating system without this folder
        for name in os.listdir("/dev/fd"):
            with suppress(OSError):  # not a socket
                _send_at_once(os.dup(int(name)))


def _send_at_once(copy: int) -> None:
    try:
        one = socket.socket(fileno=copy)
    except OSError:
        os.close(copy)
        raise
    with one:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@cache
def _own(index: str) -> str:
    """Streamlit's index.html with this page's title, preview and preloads."""
    index = index.replace(STREAMLITS_TITLE.decode(), introduction())
    return index.replace("</head>", f"{preloads(index)}</head>")


def _packed(headers: MutableHeaders, body: bytes) -> Answer:
    if "content-encoding" in headers:
        return headers, body
    body = gzip.compress(body)
    headers["content-encoding"] = "gzip"
    headers["content-length"] = str(len(body))
    headers.add_vary_header("Accept-Encoding")
    return headers, body


async def _answer(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> Answer | None:
    """The application's response if it is to be changed; any other is passed through.

    None, too, if it breaks off: Starlette stops reading a file when the reader has gone.
    """
    headers: MutableHeaders | None = None
    body, whole = b"", False

    async def hear(message: Message) -> None:
        nonlocal headers, body, whole
        if message["type"] == "http.response.start" and _is_to_change(message):
            headers = MutableHeaders(raw=list(message["headers"]))
        elif headers is None:
            await send(message)
        else:
            body += message.get("body", b"")
            whole = not message.get("more_body", False)

    await app({**scope, "extensions": {}}, receive, hear)  # no pathsend: bodies come in messages
    return None if headers is None or not whole else (headers, body)


def _is_to_change(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    kind = headers.get("content-type", "")
    immutable = "immutable" in headers.get("cache-control", "")
    page = kind.startswith("text/html")
    return start["status"] == 200 and (page or (immutable and kind.startswith(TEXT)))


ROUTES = files.routes()
MIDDLEWARE = [Middleware(CompressOnce)]
