"""A reader whose connection goes and comes back: the film plays on, and the page is the same.

Also behind nginx, as it is documented, with two servers of which one ends.
"""

from __future__ import annotations

import getpass
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from socket import create_connection
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect
from runs import run_at
from serving import ROOT, free_port, running, serve

from browser.chromium import VIEWS, program
from browser.reader import NO_NUMBER, PATIENCE, Reader
from browser.test_stage import said_at

NOTE_FIELDS = """void (window.fields = [".stTextInput", ".stDataFrame"]
    .map((kind) => document.querySelector(kind)).filter(Boolean))"""
MORE_PATIENCE = 60_000  # milliseconds: the longer a server is away, the less often it is asked for


class Visit:
    """A reader, and the server and the line that the reader can lose."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.starts = 0
        self.server = ExitStack()
        self.context = browser.new_context(**VIEWS["desktop"])
        self.context.set_default_timeout(PATIENCE)
        self.exceptions: list[str] = []
        self.context.on("weberror", lambda error: self.exceptions.append(str(error.error)))
        self.lines: list[WebSocketRoute] = []
        self.context.route_web_socket(re.compile("/_stcore/stream"), self._connect)

    def _connect(self, line: WebSocketRoute) -> None:
        line.connect_to_server()
        self.lines.append(line)

    def start_server(self) -> str:
        self.starts += 1
        return self.server.enter_context(serve(self.folder / f"log{self.starts}", port=self.port))

    def open(self, query: str, url: str = "") -> Reader:
        """Open the page of a server, by default of one of its own."""
        page = self.context.new_page()
        page.clock.install()
        page.goto(f"{url or self.start_server()}?{query}")
        reader = Reader(page)
        reader.await_rest()
        return reader

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """The computer sleeps for an hour; when it wakes up the server ends, and another starts."""
        self.context.pages[0].evaluate(NOTE_FIELDS)
        self.server.close()
        self.context.pages[0].clock.fast_forward("01:00:00")
        yield
        self.start_server()

    @contextmanager
    def without_line(self) -> Iterator[None]:
        """The server goes on and keeps the session, but cannot be reached."""
        self.context.pages[0].evaluate(NOTE_FIELDS)
        self.context.set_offline(True)
        self.lines[-1].close()
        yield
        self.context.set_offline(False)


Loss = Callable[[Visit], AbstractContextManager[None]]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    expect.set_options(timeout=PATIENCE)
    visit = Visit(browser, tmp_path)
    yield visit
    visit.context.close()
    visit.server.close()
    assert visit.exceptions == []
    for log in tmp_path.glob("log*"):
        assert "Traceback" not in log.read_text()


def shown_at_start(reader: Reader) -> tuple[list[str], dict[str, str]]:
    """All that a reader finds on the page with the player as it opens, and the address."""
    if reader.button("Pause").is_visible():
        reader.button("Pause").click()
    reader.seek(0)
    alpha = reader.number("Alpha").input_value()  # the stage and the ruler come after the fields
    expect(reader.moment).to_contain_text("Step 0")
    expect(reader.ruler).to_have_attribute("aria-valuetext", re.compile(f"^{alpha}|{alpha}$"))
    reader.speed.select_option(label="Normal")
    shown = reader.snapshot()
    assert NO_NUMBER.findall("\n".join(shown)) == []
    return shown, reader.address()


def assert_it_is_again(reader: Reader, before: tuple[list[str], dict[str, str]]) -> None:
    """The page comes to be as it was; a new server may take its time to show all of it."""
    end = time.monotonic() + PATIENCE / 1000
    while (now := shown_at_start(reader)) != before and time.monotonic() < end:
        reader.page.wait_for_timeout(300)
    assert now == before


def await_return(reader: Reader) -> None:
    """Wait until the server is back and has answered; nothing may remain of its absence."""
    reader.page.wait_for_selector("[data-test-connection-state=CONNECTED]", timeout=MORE_PATIENCE)
    # The browser asks for the page right away, but nothing on the page shows that it has.
    reader.page.wait_for_timeout(1000)
    reader.await_rest()
    expect(reader.page.get_by_role("dialog")).to_have_count(0)
    expect(reader.page.get_by_role("alert").filter(has_text=re.compile("."))).to_have_count(0)
    expect(reader.number("Alpha")).to_be_enabled()
    kept = "(window.fields ?? []).every((field) => field.isConnected)"
    assert reader.page.evaluate(kept), "a new server does not replace the fields"


def assert_it_works_again(reader: Reader) -> None:
    """The very first change counts, and a reload shows the same page."""
    reader.enter("Alpha", "0.5")
    expect(reader.verdict).to_contain_text("Blows up")
    changed = shown_at_start(reader)
    reader.page.reload()
    reader.await_rest()
    assert shown_at_start(reader) == changed


def play_from(reader: Reader, step: int) -> None:
    reader.seek(step)
    reader.play("Slow")


def assert_it_plays_on(reader: Reader, since: int) -> None:
    """A film is under way, not started over, and not as far on as an hour would take it."""
    expect(reader.button("Pause")).to_be_visible()
    expect(reader.shown).not_to_have_text(reader.shown.inner_text())
    assert since < int(reader.step.input_value()) < since + 60


@pytest.mark.parametrize("lost", [Visit.asleep, Visit.without_line])
def test_film_and_hand_need_no_server(visit: Visit, lost: Loss) -> None:
    """Without a connection the run plays to its end, can be stepped, and a drag still previews.

    The page says that the drag is not saved, and sends it when it can. A film under way is not
    stopped, nor started over, and waits for a reader who sleeps.
    """
    query = "input=3&goal=-1.5&alpha=0.01&iterations=90"
    reader = visit.open(f"{query}&look=data")
    expect(reader.page.get_by_test_id("stDataFrame")).to_have_count(2)
    wire = reader.handle("Starting weight, the wire")
    hero = reader.page.locator(".hero")
    placed = reader.box(hero)
    saving = reader.page.locator(".stage .saving")
    play_from(reader, 3)
    with lost(visit):
        told = reader.page.get_by_role("dialog").filter(has_text="Connection error")
        expect(told).to_be_visible(timeout=MORE_PATIENCE)
        assert_it_plays_on(reader, since=3)
        reader.page.keyboard.press("Escape")
        expect(told).to_have_count(0)
        reader.speed.select_option(label="Fastest")
        expect(reader.shown).to_have_text("90 of 90")
        expect(reader.button("Play")).to_be_visible()
        assert reader.trace("weight", 2)["x"][-1] == 90
        reader.button("Step back").click()
        expect(reader.shown).to_have_text("89 of 90")
        expect(reader.number("Alpha")).to_be_disabled()
        wire.focus()
        for _ in range(3):
            reader.page.keyboard.press("ArrowUp")
        weight = reader.value("Starting weight, the wire")
        assert weight > 0
        said_at(run_at(f"{query}&weight={weight}"), 0, reader.moment.inner_text())
        expect(saving).to_contain_text("Not saved yet")
        expect(saving).to_be_in_viewport(ratio=1)
        assert reader.box(hero) == placed, "nothing is pushed away"
        assert reader.address()["weight"] == "0"
        play_from(reader, 9)
    await_return(reader)
    assert_it_plays_on(reader, since=9)
    reader.await_address(weight=f"{weight:g}")
    expect(saving).to_be_hidden()
    expect(reader.number("Starting weight")).to_have_value(f"{weight:g}")


# What a distribution has around the documented part; the folders are the test's own.
AROUND = """
user {user};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@contextmanager
def balanced(folder: Path) -> Iterator[tuple[dict[str, ExitStack], str]]:
    """Two servers, and where nginx serves both with the documented configuration."""
    docs = (ROOT / "docs" / "deployment.md").read_text("utf-8")
    site, *_ = re.findall(r"```nginx\n(.*?)```", docs, re.DOTALL)
    port = free_port()
    servers: dict[str, ExitStack] = {}
    with ExitStack() as stack:
        changes = {"listen 80;": f"listen 127.0.0.1:{port};"}
        for name, documented in {
            "log-one": "127.0.0.1:8501",
            "log-other": "127.0.0.1:8502",
        }.items():
            server = stack.enter_context(ExitStack())
            url = server.enter_context(serve(folder / name))
            servers[url] = server
            changes[documented] = url.split("/")[2]
        for old, new in changes.items():
            assert site.count(old) == 1
            site = site.replace(old, new)
        conf = folder / "nginx.conf"
        conf.write_text(AROUND.format(user=getpass.getuser(), folder=folder, site=site))
        command = [program("nginx"), "-p", str(folder), "-c", str(conf)]
        command += ["-e", str(folder / "error.log")]

        def ask() -> None:
            create_connection(("127.0.0.1", port), 1).close()

        stack.enter_context(running(command, folder / "nginx.log", ask))
        yield servers, f"http://127.0.0.1:{port}/"


def sessions(url: str) -> int:
    """How many sessions a server has now."""
    with urlopen(url + "_stcore/metrics", timeout=60) as answer:
        (found,) = re.findall(rb"^active_sessions (\d+)", answer.read(), re.MULTILINE)
    return int(found)


def test_the_page_moves_to_the_other_server(visit: Visit, tmp_path: Path) -> None:
    """What a reader has set is there again by itself, works, and is there after a reload."""
    with balanced(tmp_path) as (servers, url):
        reader = visit.open("input=3&goal=-1.5&look=data", url)
        reader.enter("Alpha", "0.01")
        before = shown_at_start(reader)
        lines = len(visit.lines)
        servers[max(servers, key=sessions)].close()
        while len(visit.lines) == lines:
            reader.page.wait_for_timeout(50)
        await_return(reader)
        assert_it_is_again(reader, before)
        assert_it_works_again(reader)
