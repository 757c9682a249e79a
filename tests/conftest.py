"""Fixtures of the browser tests: one server and one browser a session, a fresh context a reader."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Error, Locator, Page, Playwright, expect, sync_playwright

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

PATIENCE = 15_000  # milliseconds: a test must not fail because a machine is slow


class Reader:
    """Somebody with the page open: finds things as a reader does, by their role and name."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.shown = page.locator(".stage output")
        self.arithmetic = page.locator(".stage .arithmetic")
        self.verdict = page.locator(".verdict")
        self.step = page.get_by_role("slider", name="Step", exact=True)
        self.ruler = page.get_by_role("slider", name="Alpha ruler")
        self.speed = page.get_by_role("combobox", name="Speed")

    def goto(self, query: str) -> None:
        """Go on to another address of the page."""
        self.page.goto(f"{self.page.url.partition('?')[0]}?{query}")
        self.await_rest()

    def number(self, label: str) -> Locator:
        return self.page.get_by_role("spinbutton", name=label, exact=True)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def look(self, name: str) -> Locator:
        return self.page.get_by_role("radio", name=name)

    def picture(self, name: str) -> Locator:
        return self.page.get_by_role("img", name=re.compile(f"^{name}"))

    def type(self, label: str, text: str) -> None:
        self.number(label).fill(text)
        self.number(label).press("Enter")

    def address(self) -> dict[str, str]:
        query = parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)
        return {name: ",".join(values) for name, values in query.items()}

    def await_address(self, **values: str) -> None:
        """Wait until the address holds these values."""
        self.page.wait_for_function(
            """values => Object.entries(values).every(([name, value]) =>
                new URLSearchParams(location.search).getAll(name).join() === value)""",
            arg=values,
        )

    def await_rest(self) -> None:
        """Wait until charts and fields are there, the address is written and the server is done."""
        self.page.wait_for_function(
            """() => document.querySelector("[data-ready], .trouble:not([hidden])")
                && document.querySelector(".st-key-looks [role=radio]")
                && document.querySelector("[data-testid=stNumberInputField]")
                && new URLSearchParams(location.search).has("iterations")
                && document.querySelector("[data-test-script-state=notRunning]")"""
        )

    def history(self) -> int:
        return int(self.page.evaluate("history.length"))

    def seek(self, step: int) -> None:
        self.step.fill(str(step))
        expect(self.shown).to_have_text(re.compile(f"^{step} of "))

    def type_goal(self, table: Locator, text: str) -> None:
        """Type a goal into the first row of a table, which is drawn, not made of elements."""
        editor = self.page.locator("textarea.gdg-input")
        cell = table.get_by_test_id("glide-cell-2-0")
        expect(cell).to_be_attached()
        for _ in range(10):  # the grid takes a click and keys only some time after it is there
            box = table.bounding_box()
            assert box is not None
            table.click(position={"x": 0.8 * box["width"], "y": 52})
            with suppress(AssertionError):
                expect(cell).to_have_attribute("aria-selected", "true", timeout=2000)
                self.page.keyboard.press("Enter")
                expect(editor).to_be_editable(timeout=2000)
                editor.fill(text)  # key by key, the first ones are lost while the editor opens
                self.page.keyboard.press("Enter")
                expect(cell).to_have_text(text, timeout=4000)
                return
            self.page.keyboard.press("Escape")
        raise AssertionError(f"the table does not take {text!r}")

    def trace(self, picture: str, index: int) -> dict[str, list[float]]:
        """What Plotly shows for one trace of a picture, once it has taken up the last change."""
        found: dict[str, list[float]] = self.page.evaluate(
            """async ([picture, index]) => {
                for (let k = 0; k < 2; k++) await new Promise(requestAnimationFrame);
                const { x, y } = document.querySelector(`[data-picture=${picture}]`).data[index];
                return { x: [...x], y: [...y] };
            }""",
            [picture, index],
        )
        return found

    def axis(self, picture: str, name: str) -> dict[str, Any]:
        """What Plotly shows for one axis of a picture."""
        found: dict[str, Any] = self.page.evaluate(
            """([picture, name]) => {
                const axis = document.querySelector(`[data-picture=${picture}]`).layout[name];
                return { range: [...axis.range], title: axis.title.text };
            }""",
            [picture, name],
        )
        return found


Open = Callable[..., Reader]


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
