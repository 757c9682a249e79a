"""The page's server, for the tests and the benchmarks."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str], log: Path, ask: Callable[[], Any], folder: Path = ROOT
) -> Iterator[None]:
    """A server, as soon as it can be asked without an OSError; what it says goes into a file."""
    with log.open("w") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + 60
        while True:
            assert process.poll() is None, f"the server stopped at once:\n{log.read_text()}"
            assert time.monotonic() < deadline, f"no answer from the server:\n{log.read_text()}"
            with suppress(OSError):
                ask()
                break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def serve(log: Path, folder: Path = ROOT, port: int | None = None, base: str = "") -> Iterator[str]:
    """A folder's app.py, by default on a free port; what the server says goes into a file.

    base: the path below which it is served, with a slash at its end.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    command += ["--server.baseUrlPath", base.rstrip("/")] if base else []
    command += ["--server.fileWatcherType", "none"]  # an edit while tests run is for the next run
    url = f"http://127.0.0.1:{port}/{base}"
    with running(command, log, lambda: urlopen(url + "_stcore/health", timeout=1).close(), folder):
        yield url
