"""A reader whose connection goes and comes back: the film plays on, and the page is the same."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect
from runs import run_at
from serving import free_port, serve

from browser.chromium import VIEWS
from browser.reader import PATIENCE, Reader
from browser.test_stage import said_at

LONG_RUN = "input=3&goal=-1.5&weight=2&alpha=0.004&iterations=10000"
WATCH_FIELDS = """() => {
    const first = {};
    new MutationObserver(() => {
        for (const kind of ["stTextInput", "stDataFrame"]) {
            first[kind] ??= document.querySelector(`[data-testid=${kind}]`);
            window.fieldsLeft ||= first[kind]?.isConnected === false;
        }
    }).observe(document.body, { childList: true, subtree: true });
}"""
# Streamlit's, beside a table: there or not, as the pointer comes and goes.
TOOLS = [f'- button "{name}"' for name in ("Add row", "Show/hide columns", "Search", "Fullscreen")]
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

    def open(self, query: str) -> Reader:
        url = self.start_server()
        page = self.context.new_page()
        page.clock.install()
        page.goto(f"{url}?{query}")
        reader = Reader(page)
        reader.await_rest()
        page.evaluate(WATCH_FIELDS)
        return reader

    @contextmanager
    def without_server(self) -> Iterator[None]:
        """The server ends, and another one starts in its place, which knows no sessions."""
        self.server.close()
        yield
        self.start_server()

    @contextmanager
    def without_line(self) -> Iterator[None]:
        """The server goes on and keeps the session, but cannot be reached."""
        self.context.set_offline(True)
        self.lines[-1].close()
        yield
        self.context.set_offline(False)

    def close(self) -> None:
        self.context.close()
        self.server.close()
        assert self.exceptions == []
        for log in self.folder.glob("log*"):
            assert "Traceback" not in log.read_text()


Loss = Callable[[Visit], AbstractContextManager[None]]
LOSSES = [Visit.without_server, Visit.without_line]


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    expect.set_options(timeout=PATIENCE)
    visit = Visit(browser, tmp_path)
    yield visit
    visit.close()


def shown_at_start(reader: Reader) -> tuple[list[str], dict[str, str]]:
    """All that a reader finds on the page with the player as it opens, and the address."""
    if reader.button("Pause").is_visible():
        reader.button("Pause").click()
    reader.seek(0)
    alpha = reader.number("Alpha").input_value()  # the stage and the ruler come after the fields
    expect(reader.moment).to_contain_text("Step 0")
    expect(reader.ruler).to_have_attribute("aria-valuetext", re.compile(f"^{alpha}|{alpha}$"))
    reader.speed.select_option(label="Normal")
    main = reader.page.get_by_role("main")
    assert not re.search(r"\b(nan|infinity|undefined)\b", main.inner_text(), re.IGNORECASE)
    shown = re.sub(
        r" \[active\]|- status:.*|- status$", "", main.aria_snapshot(), flags=re.MULTILINE
    )
    lines = [line.strip() for line in shown.split("\n") if line.strip()]
    return [line for line in lines if line not in TOOLS], reader.address()


def assert_it_is_again(reader: Reader, before: tuple[list[str], dict[str, str]]) -> None:
    """The page comes to be as it was; a new server may take its time to show all of it."""
    end = time.monotonic() + PATIENCE / 1000
    while (now := shown_at_start(reader)) != before and time.monotonic() < end:
        reader.page.wait_for_timeout(300)
    assert now == before


def step_of(reader: Reader) -> int:
    return int(reader.step.input_value())


def await_return(reader: Reader) -> None:
    """Wait until the server is back and has answered; nothing may remain of its absence."""
    reader.page.wait_for_selector("[data-test-connection-state=CONNECTED]", timeout=MORE_PATIENCE)
    # The browser asks for the page right away, but nothing on the page shows that it has.
    reader.page.wait_for_timeout(1000)
    reader.await_rest()
    expect(reader.page.get_by_role("dialog")).to_have_count(0)
    expect(reader.page.get_by_role("alert").filter(has_text=re.compile("."))).to_have_count(0)
    expect(reader.number("Alpha")).to_be_enabled()
    assert not reader.page.evaluate("window.fieldsLeft")  # a new server does not replace them


def assert_it_works_again(reader: Reader) -> None:
    """The very first change counts, and a reload shows the same page."""
    reader.type("Alpha", "0.5")
    expect(reader.verdict).to_contain_text("Blows up")
    reader.await_address(alpha="0.5")
    reader.await_rest()
    changed = shown_at_start(reader)
    reader.page.reload()
    reader.await_rest()
    assert shown_at_start(reader) == changed


@pytest.mark.parametrize("lost", LOSSES)
def test_the_film_needs_no_server(visit: Visit, lost: Loss) -> None:
    """Without a connection the run plays to its end and can be stepped; then all is as before."""
    reader = visit.open("input=3&goal=-1.5&weight=2&alpha=0.01&iterations=90")
    before = shown_at_start(reader)
    reader.speed.select_option(label="Slow")
    reader.button("Play").click()
    with lost(visit):
        told = reader.page.get_by_role("dialog").filter(has_text="Connection error")
        expect(told).to_be_visible(timeout=MORE_PATIENCE)
        now = reader.shown.inner_text()
        expect(reader.shown).not_to_have_text(now)
        reader.page.keyboard.press("Escape")
        expect(told).to_have_count(0)
        reader.speed.select_option(label="Fastest")
        expect(reader.shown).to_have_text("90 of 90")
        expect(reader.button("Play")).to_be_visible()
        assert reader.trace("weight", 2)["x"][-1] == 90
        reader.button("Step back").click()
        expect(reader.shown).to_have_text("89 of 90")
        expect(reader.number("Alpha")).to_be_disabled()
    await_return(reader)
    expect(reader.shown).to_have_text("89 of 90")
    assert_it_is_again(reader, before)
    assert_it_works_again(reader)


@pytest.mark.parametrize("lost", LOSSES)
def test_the_film_plays_through_the_loss_and_the_return(visit: Visit, lost: Loss) -> None:
    """A film under way is not stopped, nor started over, when the server goes and comes back."""
    reader = visit.open(f"{LONG_RUN}&look=data")
    expect(reader.page.get_by_test_id("stDataFrame")).to_have_count(2)
    before = shown_at_start(reader)
    reader.button("Play").click()
    expect(reader.shown).not_to_have_text("0 of 10000")
    with lost(visit):
        reader.page.wait_for_selector("[data-test-connection-state=PINGING_SERVER]")
        step = step_of(reader)
    await_return(reader)
    expect(reader.button("Pause")).to_be_visible()
    assert step_of(reader) >= step
    now = reader.shown.inner_text()
    expect(reader.shown).not_to_have_text(now)
    assert_it_is_again(reader, before)
    assert_it_works_again(reader)


@pytest.mark.parametrize("lost", LOSSES)
def test_the_hand_needs_no_server(visit: Visit, lost: Loss) -> None:
    """A drag still previews, the page says that it is not saved, and sends it when it can."""
    reader = visit.open("input=3&goal=-1.5&alpha=0.01&iterations=6")
    wire = reader.handle("Starting weight, the wire")
    saving = reader.page.locator(".stage .saving")
    with lost(visit):
        reader.page.wait_for_selector("[data-test-connection-state=PINGING_SERVER]")
        wire.focus()
        for _ in range(3):
            reader.page.keyboard.press("ArrowUp")
        weight = float(wire.get_attribute("aria-valuenow") or 0)
        assert weight > 0
        said_at(
            run_at(f"input=3&goal=-1.5&alpha=0.01&iterations=6&weight={weight}"),
            0,
            reader.moment.inner_text(),
        )
        expect(saving).to_contain_text("Not saved yet")
        expect(reader.stage).to_have_attribute("data-stale", "")
        assert reader.address()["weight"] == "0"
    await_return(reader)
    reader.await_address(weight=f"{weight:g}")
    expect(saving).to_be_hidden()
    expect(reader.number("Starting weight")).to_have_value(f"{weight:g}")
    assert_it_works_again(reader)


@pytest.mark.parametrize(("speed", "ends"), [("Slow", False), ("Fastest", True)])
def test_a_tab_that_slept_for_an_hour(visit: Visit, speed: str, ends: bool) -> None:
    """The film waits for its reader; the session is gone, and the page is the same."""
    reader = visit.open(LONG_RUN)
    before = shown_at_start(reader)
    reader.speed.select_option(label=speed)
    reader.button("Play").click()
    expect(reader.shown).not_to_have_text("0 of 10000")
    step = step_of(reader)
    with visit.without_server():
        reader.page.clock.fast_forward("01:00:00")
        expect(reader.button("Play" if ends else "Pause")).to_be_visible()
    await_return(reader)
    if ends:
        expect(reader.shown).to_have_text("10000 of 10000")
    else:
        assert step <= step_of(reader) < step + 60  # it went on where it was left
        now = reader.shown.inner_text()
        expect(reader.shown).not_to_have_text(now)
    assert_it_is_again(reader, before)
    assert_it_works_again(reader)
