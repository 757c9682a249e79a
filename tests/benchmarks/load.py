"""Many readers at once: ``python -m tests.benchmarks.load --sessions 50 --seconds 60 --every 5``.

Opens real sessions over WebSockets on this machine, each with numbers of its own, changes alpha in
each at random moments, and compares every answer with the run computed here. Linux only: memory is
read from ``/proc``.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import platform
import random
import statistics
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from websockets.exceptions import WebSocketException

from neuron.state.parameters import Settings

from .session import Session, WrongAnswerError, visit
from .spread import percentile

WARM_UP, CHANGES = 600, 500  # a fresh server fills its memory over some hundred changes
LONG_RUN = 200  # iterations: what is kept of one then shows in the memory
MEGABYTE = 2**20


@dataclass(slots=True)
class Load:
    """What came of it. waits: seconds from each change to its answer. errors: one line each.

    memory_before, memory_after: of the server in bytes, with one session and with all of them.
    busy: seconds that the server's threads computed for all the changes together.
    """

    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory_before: int = 0
    memory_after: int = 0
    busy: float = 0.0


async def many_readers(url: str, sessions: int, seconds: float, every: float) -> Load:
    """Open so many sessions and change alpha in each, on average once in ``every`` seconds."""
    load = Load()
    process = server_process(url)
    async with AsyncExitStack() as open_sessions:
        first = await open_sessions.enter_async_context(visit(url, own_settings(0)))
        await first.set_alpha(random_alpha())
        load.memory_before = memory(process)
        rest = [
            await open_sessions.enter_async_context(visit(url, own_settings(index)))
            for index in range(1, sessions)
        ]
        end = time.monotonic() + seconds
        busy_before = busy(process)
        await asyncio.gather(*(_work(session, load, every, end) for session in [first, *rest]))
        load.busy = busy(process) - busy_before
        load.memory_after = memory(process)
    return load


async def _work(session: Session, load: Load, every: float, end: float) -> None:
    """Change alpha until the end; pauses of random length make the changes meet by chance."""
    while (pause := random.expovariate(1 / every)) < end - time.monotonic():
        await asyncio.sleep(pause)
        try:
            load.waits.append(await session.set_alpha(random_alpha()))
        except (WrongAnswerError, WebSocketException, TimeoutError) as error:
            load.errors.append(f"{type(error).__name__}: {error}")
            return


async def growth(url: str, warm_up: int, changes: int, sessions: int = 1) -> float:
    """By what part the server's memory grows over so many changes in each session, after others.

    Memory goes up and down by itself as freed blocks are kept or given back: compared are the
    medians of the last tenth of the warm-up and of the last tenth of the changes.
    """
    process = server_process(url)

    async def change(session: Session, times: int) -> list[int]:
        sizes = []
        for _ in range(times):
            await session.set_alpha(random_alpha())
            sizes.append(memory(process))
        return sizes[-math.ceil(changes / 10) :]

    async with AsyncExitStack() as open_sessions:
        readers = [
            await open_sessions.enter_async_context(visit(url, own_settings(index, LONG_RUN)))
            for index in range(sessions)
        ]
        before, after = [
            statistics.median(chain(*await asyncio.gather(*(change(r, n) for r in readers))))
            for n in (warm_up, changes)
        ]
    return after / before - 1


def own_settings(index: int, iterations: int = Settings().iterations) -> Settings:
    """Numbers that no other session has."""
    return Settings(input=1 + index / 8, goal=3.0 - index, iterations=iterations)


def random_alpha() -> float:
    """An alpha with which most of the sessions' runs settle and some blow up."""
    return round(random.uniform(0.0001, 0.6), 6)


def server_process(url: str) -> int:
    """The id of the process that serves this address."""
    port = url.rstrip("/").rpartition(":")[2].encode()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        words = path.read_bytes().split(b"\0")
        if b"streamlit" in words and port in words:
            return int(path.parent.name)
    raise LookupError(f"no process on this machine serves {url}")


def memory(process: int) -> int:
    """Bytes of a process that are in memory (its resident set)."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def busy(process: int) -> float:
    """Seconds that a process has computed so far, all its threads together."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """The size of this machine, which every figure depends on."""
    cores = len(os.sched_getaffinity(0))
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{cores} cores, {total / 2**30:.1f} GB, {platform.system()} {platform.machine()}"


def main() -> int:
    """Measure and print; the exit status says whether there was any error."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=__doc__)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=5)
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest does for the tests
    from serving import serve

    print(f"machine           {machine()}, Python {platform.python_version()}")
    with TemporaryDirectory() as folder, serve(Path(folder) / "log") as url:
        load = asyncio.run(many_readers(url, asked.sessions, asked.seconds, asked.every))
    each = (load.memory_after - load.memory_before) / max(1, asked.sessions - 1)
    print(f"sessions          {asked.sessions}, one change every {asked.every:g} s in each")
    print(f"answers           {len(load.waits)} exact, {len(load.errors)} errors")
    print(*load.errors, sep="\n", end="\n" * bool(load.errors))
    if load.waits:
        print(
            f"change to answer  median {statistics.median(load.waits) * 1000:.0f} ms, "
            f"p95 {percentile(load.waits, 0.95) * 1000:.0f} ms "
            "(from the change sent to the message that the page is complete)"
        )
        print(f"computing         {load.busy / len(load.waits) * 1000:.0f} ms of one core a change")
    print(
        f"memory            {load.memory_before / MEGABYTE:.0f} MB with one session, "
        f"{each / MEGABYTE:.2f} MB for each further one"
    )
    with TemporaryDirectory() as folder, serve(Path(folder) / "log") as url:
        grown = asyncio.run(growth(url, WARM_UP, CHANGES))
    print(f"memory growth     {grown:.1%} over {CHANGES} changes after {WARM_UP}")
    return bool(load.errors)


if __name__ == "__main__":
    sys.exit(main())
