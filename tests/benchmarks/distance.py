"""A server that is further away: a proxy that holds every byte for a while, each way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def far(url: str, seconds: float = 0.05) -> Iterator[str]:
    """The address of the same server, ``seconds`` away in each direction; bandwidth is not limited.

    url: ``http://host:port/``.
    """
    host, _, port = url.split("/")[2].partition(":")
    loop = asyncio.new_event_loop()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await held.get()
                await asyncio.sleep(due - loop.time())
                if not data:
                    return
                writer.write(data)

        delivery = asyncio.create_task(deliver())
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                held.put_nowait((loop.time() + seconds, data))
            held.put_nowait((loop.time() + seconds, b""))
            await delivery
        delivery.cancel()
        writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(host, int(port))
        await asyncio.gather(pass_on(reader, back), pass_on(there, writer))

    server = loop.run_until_complete(asyncio.start_server(connect, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
