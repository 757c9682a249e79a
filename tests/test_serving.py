"""What never changes is compressed once, for who takes it so; of plotly.js a quarter is kept."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from unittest.mock import AsyncMock, patch

import pytest
from benchmarks.session import PATIENCE, complete
from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from neuron.page import serving
from neuron.player import plotlyjs

TEXT = b"const learned = 1;\n" * 1000
FOREVER = {"Cache-Control": "public, immutable, max-age=31536000", "ETag": '"4711"'}


async def ask(app: ASGIApp, method: str = "GET", **headers: str) -> tuple[Headers, bytes]:
    """An answer's headers and body; ``if_none_match="x"`` is a header of the request."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return await asyncio.Future()  # the reader stays

    scope = {
        "type": "http",
        "method": method,
        "path": "/static/js/index.js",
        "query_string": b"",
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
    }
    await asyncio.wait_for(app(scope, receive, send), PATIENCE)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Headers(raw=sent[0]["headers"]), body


def script(**headers: str) -> Response:
    return Response(TEXT, media_type="text/javascript", headers=FOREVER | headers)


def hosting(response: Response) -> AsyncMock:
    """A host that always answers so, and counts how often it has to."""
    return AsyncMock(wraps=response.__call__)


def test_what_never_changes_is_asked_for_once() -> None:
    """The second reader gets the same bytes from memory, with Streamlit's own headers."""
    host = hosting(script())
    app = serving.CompressOnce(host)
    answers = [complete(ask(app, accept_encoding="gzip, br")) for _ in range(2)]
    assert answers[0] == answers[1]
    headers, body = answers[0]
    assert gzip.decompress(body) == TEXT
    assert host.await_count == 1
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert headers["content-length"] == str(len(body))
    assert {name: headers[name] for name in FOREVER} == FOREVER


def test_readers_who_arrive_together_have_it_packed_once() -> None:
    """A class that opens the page at one moment costs as much as one reader."""

    async def arrive() -> list[tuple[Headers, bytes]]:
        app = serving.CompressOnce(hosting(script()))
        return await asyncio.gather(*(ask(app, accept_encoding="gzip") for _ in range(30)))

    with patch("gzip.compress", wraps=gzip.compress) as compress:
        assert {gzip.decompress(body) for _, body in complete(arrive())} == {TEXT}
    compress.assert_called_once_with(TEXT)


def test_what_breaks_off_is_not_kept() -> None:
    """A reader who leaves while a file is read, of which Starlette then sends no more."""

    async def head_alone(scope: Scope, receive: Receive, send: Send) -> None:
        async def until_the_body(message: Message) -> None:
            if message["type"] == "http.response.start":
                await send(message)

        await script()(scope, receive, until_the_body)

    answers: Iterator[ASGIApp] = iter([head_alone, script()])

    async def host(scope: Scope, receive: Receive, send: Send) -> None:
        await next(answers)(scope, receive, send)

    app = serving.CompressOnce(host)

    async def visits() -> tuple[Headers, bytes]:
        with suppress(IndexError):  # the first gets no answer
            await ask(app, accept_encoding="gzip")
        return await ask(app, accept_encoding="gzip")

    _, body = complete(visits())
    assert gzip.decompress(body) == TEXT


OTHERS: list[Callable[[], Response]] = [
    lambda: script(**{"Cache-Control": "no-cache"}),
    lambda: Response(TEXT, media_type="font/woff2", headers=FOREVER),
    lambda: Response(TEXT, 404, media_type="text/javascript", headers=FOREVER),
    lambda: Response(TEXT, media_type="text/html", headers={"ETag": '"1"'}),
    lambda: StreamingResponse(iter([TEXT, TEXT]), media_type="text/csv"),
]


@pytest.mark.parametrize("make", OTHERS)
def test_what_may_change_or_is_packed_already_goes_as_it_came(make: Callable[[], Response]) -> None:
    """Also a failure, another page's HTML, and what comes in pieces."""
    response = make()  # an iterator of the process that asks for it
    headers, body = complete(ask(serving.CompressOnce(hosting(response)), accept_encoding="gzip"))
    assert body.replace(TEXT, b"") == b""
    assert dict(headers) == dict(response.headers)


@pytest.mark.parametrize(
    "request_", [{}, {"range": "bytes=0-9"}, {"if_none_match": '"4711"'}, {"method": "HEAD"}]
)
def test_who_asks_for_less_is_answered_by_the_host(request_: dict[str, str]) -> None:
    """No gzip, a part, a file they have, or its headers only: read again, and not compressed."""
    host = hosting(script())
    app = serving.CompressOnce(host)
    complete(ask(app, accept_encoding="gzip"))
    if request_:
        request_ |= {"accept_encoding": "gzip"}
    headers, _ = complete(ask(app, **request_))
    assert host.await_count == 2
    assert "content-encoding" not in headers


def test_no_answer_waits_for_the_browser_to_acknowledge_its_head() -> None:
    """When the server starts, its listening socket has TCP_NODELAY, and each connection after."""

    async def app(scope: Scope, receive: object, send: object) -> None:
        """Start as a server does."""

    with socket.socket() as listening, socket.socket() as browser:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert not listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        complete(serving.CompressOnce(app)({"type": "lifespan"}, object, object))  # type: ignore[arg-type]
        browser.connect(listening.getsockname())
        connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


INSTALLED = (plotlyjs.FOLDER / plotlyjs.NAME).read_bytes()


def test_the_list_is_of_the_installed_plotly() -> None:
    """What is kept is a quarter of it, its beginning and its end; compressed, 400 kB at most.

    After another version has come: `node tests/tools/plotly_ranges.mjs` and its path.
    """
    kept = plotlyjs.needed(INSTALLED)
    assert len(kept) < len(INSTALLED) / 4
    assert len(gzip.compress(kept)) < 400_000
    assert kept[:500] == INSTALLED[:500]
    assert kept[-1000:] == INSTALLED[-1000:]


def test_another_plotly_is_served_whole() -> None:
    """The list is for one file, known by its hash: one byte more, and nothing is cut."""
    for another in (INSTALLED + b" ", INSTALLED.replace(b"scatter", b"Scatter", 1), b""):
        assert plotlyjs.needed(another) == another
