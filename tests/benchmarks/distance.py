"""A server that is further away: a proxy that holds every byte for a while, each way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Queue
from threading import Thread


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float
) -> None:
    """Write what is read, each part so many seconds later, and in its order."""
    try:
        while data := await reader.read(65536):
            asyncio.get_running_loop().call_later(seconds, writer.write, data)
        await asyncio.sleep(seconds)  # the last part is still to be written
    finally:
        writer.close()


@contextmanager
def far(url: str, seconds: float = 0.05) -> Iterator[str]:
    """The address of the same server, ``seconds`` away in each direction; bandwidth is not limited.

    url: ``http://host:port/``.
    """
    host, _, port = url.split("/")[2].partition(":")
    end = asyncio.Event()
    opened: Queue[tuple[asyncio.AbstractEventLoop, int]] = Queue()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, asks = await asyncio.open_connection(host, int(port))
        ways = _pass_on(reader, asks, seconds), _pass_on(answers, writer, seconds)
        with suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(*ways)

    async def serve() -> None:
        async with await asyncio.start_server(connect, "127.0.0.1", 0) as server:
            opened.put((asyncio.get_running_loop(), server.sockets[0].getsockname()[1]))
            await end.wait()

    thread = Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    loop, own = opened.get()
    try:
        yield f"http://127.0.0.1:{own}/"
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()
