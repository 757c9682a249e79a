"""Fixtures of the browser tests: one server and one browser a session, a fresh context a reader."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Error, Page, Playwright, expect, sync_playwright
from reader import PATIENCE, Open, Reader

ROOT = Path(__file__).parent.parent
NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("chrome", "msedge", "microsoft-edge"),
)
FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
VIEWS: dict[str, dict[str, Any]] = {
    "desktop": DESKTOP,
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "dark": DESKTOP | {"color_scheme": "dark"},
}
# What is drawn at random at a desk is drawn the same way every time where changes land.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


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
    with log.open("w") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
    try:
        url = f"http://127.0.0.1:{port}/{base}"
        deadline = time.monotonic() + 60
        while True:
            assert process.poll() is None, f"the server stopped at once:\n{log.read_text()}"
            assert time.monotonic() < deadline, f"no answer from the server:\n{log.read_text()}"
            with suppress(OSError), urllib.request.urlopen(url + "_stcore/health", timeout=1):
                break
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The page's address, and the file with all that its server says."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serve(log) as url:
        yield url, log


def launch(playwright: Playwright) -> Browser:
    """The first browser of this machine that starts, else the one that Playwright fetches."""
    root = sys.platform == "linux" and os.geteuid() == 0
    flags = FLAGS + (["--no-sandbox"] if root else [])  # root's Chromium has no sandbox
    paths = [path for path in map(shutil.which, NAMES) if path]
    tries: list[dict[str, Any]] = [{"executable_path": path} for path in paths]
    tries += [{"channel": "chrome"}, {"channel": "msedge"}, {}]
    for which in tries:
        with suppress(Error):
            return playwright.chromium.launch(args=flags, **which)
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    fetched = subprocess.run(fetch, capture_output=True, text=True, check=False)
    try:
        return playwright.chromium.launch(args=flags)
    except Error as error:
        reason = f"no browser here, and none could be fetched: {error}\n{fetched.stderr}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium, Chrome or Edge."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, server: tuple[str, Path]) -> Iterator[Open]:
    """Open the page as a new reader: ``open_page(query, view=..., blocked=...)``.

    Fails the test when the page raised, logged an error or asked another host for anything, or
    when the server raised. What is blocked may be missed in the console.
    """
    url, log = server
    said_before = len(log.read_text())
    troubles: list[str] = []
    contexts = []

    def watch(page: Page, blocked: str) -> None:
        host = urlsplit(url).netloc

        def ask(address: str) -> None:
            parts = urlsplit(address)
            if parts.scheme not in ("data", "blob") and parts.netloc != host:
                troubles.append(f"asked another host: {address[:200]}")

        page.on("request", lambda request: ask(request.url))
        page.on("websocket", lambda socket: ask(socket.url))
        page.on("pageerror", lambda error: troubles.append(f"exception: {error}"))
        page.on(
            "console",
            lambda said: (
                troubles.append(f"console: {said.text}")
                if said.type == "error" and not (blocked and blocked in said.location["url"])
                else None
            ),
        )

    def open_page(query: str = "", *, view: str = "desktop", blocked: str = "") -> Reader:
        context = browser.new_context(**VIEWS[view])
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        watch(page, blocked)
        if blocked:
            page.route(f"**/{blocked}*", lambda route: route.abort())
        page.add_init_script("window.firstHistory ??= history.length")
        page.goto(f"{url}?{query}" if query else url)  # without a query: the bare address
        reader = Reader(page)
        reader.await_rest()
        return reader

    expect.set_options(timeout=PATIENCE)
    yield open_page
    for context in contexts:
        context.close()
    said = log.read_text()[said_before:]
    print(f"The server said:\n{said}")
    assert "Traceback" not in said
    assert not troubles
