"""Fixtures of the browser tests: one server, one browser, and one context a view a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from serving import serve

from browser.chromium import VIEWS, launch
from browser.reader import PATIENCE, Open, Reader, troubles


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The page's address, and the file with all that its server says."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serve(log) as url:
        yield url, log


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium, Chrome or Edge without a window."""
    with sync_playwright() as playwright:
        browser = launch(playwright, light=True)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser, server: tuple[str, Path]) -> Iterator[dict[str, BrowserContext]]:
    """A context for each view: what it has loaded once it keeps, so that later tests are quick.

    Its first page shows no more than that the server is well, and keeps the process alive.
    """
    contexts = {view: browser.new_context(**options) for view, options in VIEWS.items()}
    for context in contexts.values():
        context.set_default_timeout(PATIENCE)
        context.new_page().goto(f"{server[0]}_stcore/health")
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def open_page(contexts: dict[str, BrowserContext], server: tuple[str, Path]) -> Iterator[Open]:
    """Open the page as a new reader: ``open_page(query, view=...)``.

    Fails the test when the page raised, logged an error or asked another host for anything, or
    when the server raised.
    """
    url, log = server
    said_before = len(log.read_text())
    host = urlsplit(url).netloc
    found: list[list[str]] = []
    asked: list[str] = []

    def ask(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("data", "blob") and parts.netloc != host:
            asked.append(address[:200])

    def open_page(query: str = "", *, view: str = "desktop") -> Reader:
        page = contexts[view].new_page()
        page.on("request", lambda request: ask(request.url))
        page.on("websocket", lambda socket: ask(socket.url))
        found.append(troubles(page))
        page.add_init_script("window.firstHistory ??= history.length")
        page.goto(f"{url}?{query}" if query else url)  # without a query: the bare address
        reader = Reader(page)
        reader.await_rest()
        return reader

    expect.set_options(timeout=PATIENCE)
    yield open_page
    for page in [page for context in contexts.values() for page in context.pages[1:]]:
        page.evaluate("localStorage.clear()")  # the next reader is another one
        page.close()
    said = log.read_text()[said_before:]
    print(f"The server said:\n{said}")
    assert "Traceback" not in said
    assert [one for each in found for one in each] == []
    assert asked == [], "other hosts"
