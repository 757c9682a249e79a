"""A reader whose connection goes and comes back: the film plays on, and the page is the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, WebSocketRoute, expect
from serving import free_port, serve

from browser.chromium import VIEWS
from browser.reader import PATIENCE, Reader

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


def on_stage(reader: Reader, name: str) -> Locator:
    """A button of the stage; a closer look may have one of the same name."""
    return reader.stage.get_by_role("button", name=name, exact=True)


def shown_at_start(reader: Reader) -> tuple[list[str], dict[str, str]]:
    """All that a reader finds on the page with the player as it opens, and the address."""
    restart = on_stage(reader, "Restart")
    restart.click()
    alpha = reader.number("Alpha").input_value()  # the stage and the ruler come after the fields
    expect(reader.moment).to_contain_text("Step 0: ")
    expect(reader.ruler).to_have_attribute("aria-valuetext", re.compile(f"^{alpha}"))
    restart.click()  # and say the step again
    reader.speed.select_option(label="Normal")
    main = reader.page.get_by_role("main")
    assert not re.search(r"\b(nan|infinity|undefined)\b", main.inner_text(), re.IGNORECASE)
    lines = main.aria_snapshot().replace(" [active]", "").split("\n")
    # What was said last stays for some seconds, and is about how the reader got here.
    return [line for line in lines if not line.startswith("  - status")], reader.address()


def step_of(reader: Reader) -> int:
    return int(reader.step.input_value())


def await_return(reader: Reader) -> None:
    """Wait until the server is back and has answered; nothing may remain of its absence."""
    reader.page.wait_for_selector("[data-test-connection-state=CONNECTED]", timeout=MORE_PATIENCE)
    # The browser asks for the page right away, but nothing on the page shows that it has.
    reader.page.wait_for_timeout(2000)
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
    reader.look("By hand").click()
    reader.await_address(look="arithmetic")
    reader.await_rest()
    before = shown_at_start(reader)
    reader.speed.select_option(label="Slow")
    on_stage(reader, "Play").click()
    with lost(visit):
        told = reader.page.get_by_role("dialog").filter(has_text="Connection error")
        expect(told).to_be_visible(timeout=MORE_PATIENCE)
        now = reader.shown.inner_text()
        expect(reader.shown).not_to_have_text(now)
        reader.page.keyboard.press("Escape")
        expect(told).to_have_count(0)
        reader.speed.select_option(label="Fastest")
        expect(reader.shown).to_have_text("90 of 90")
        expect(on_stage(reader, "Play")).to_be_visible()
        assert reader.trace("weight", 3)["x"] == [90]
        on_stage(reader, "Step back").click()
        expect(reader.shown).to_have_text("89 of 90")
        expect(reader.number("Alpha")).to_be_disabled()
    await_return(reader)
    expect(reader.shown).to_have_text("89 of 90")
    assert shown_at_start(reader) == before
    assert_it_works_again(reader)


@pytest.mark.parametrize("lost", LOSSES)
def test_the_film_plays_through_the_loss_and_the_return(visit: Visit, lost: Loss) -> None:
    """A film under way is not stopped, nor started over, when the server goes and comes back."""
    reader = visit.open(f"{LONG_RUN}&look=data")
    expect(reader.page.get_by_test_id("stDataFrame")).to_have_count(2)
    before = shown_at_start(reader)
    on_stage(reader, "Play").click()
    expect(reader.shown).not_to_have_text("0 of 10000")
    with lost(visit):
        reader.page.wait_for_selector("[data-test-connection-state=PINGING_SERVER]")
        step = step_of(reader)
    await_return(reader)
    expect(on_stage(reader, "Pause")).to_be_visible()
    assert step_of(reader) >= step
    now = reader.shown.inner_text()
    expect(reader.shown).not_to_have_text(now)
    assert shown_at_start(reader) == before
    assert_it_works_again(reader)


@pytest.mark.parametrize(("speed", "ends"), [("Slow", False), ("Fastest", True)])
def test_a_tab_that_slept_for_an_hour(visit: Visit, speed: str, ends: bool) -> None:
    """At the fastest speed the film is at its end by then; at a slow one no step went by unseen.

    The session is gone, and the page is the same.
    """
    reader = visit.open(LONG_RUN)
    before = shown_at_start(reader)
    reader.speed.select_option(label=speed)
    on_stage(reader, "Play").click()
    expect(reader.shown).not_to_have_text("0 of 10000")
    step = step_of(reader)
    with visit.without_server():
        reader.page.clock.fast_forward("01:00:00")
        expect(on_stage(reader, "Play" if ends else "Pause")).to_be_visible()
        slept = step_of(reader)
    await_return(reader)
    if ends:
        expect(reader.shown).to_have_text("10000 of 10000")
    else:
        assert step <= slept <= step + 3  # an hour at this speed would be 1000 steps
        assert step_of(reader) >= slept
        now = reader.shown.inner_text()
        expect(reader.shown).not_to_have_text(now)
    assert shown_at_start(reader) == before
    assert_it_works_again(reader)


@pytest.mark.parametrize("lost", LOSSES)
def test_what_is_dragged_meanwhile_is_sent_later(visit: Visit, lost: Loss) -> None:
    """The stage answers the hand, says that it is not saved, and saves it when it can."""
    reader = visit.open("input=3&goal=-1.5&weight=2&alpha=0.01&iterations=90")
    saving = reader.page.locator(".stage .saving")
    expect(saving).to_be_empty()
    wire = reader.handle("Starting weight, the wire")
    opened = reader.history()
    with lost(visit):
        told = reader.page.get_by_role("dialog").filter(has_text="Connection error")
        expect(told).to_be_visible(timeout=MORE_PATIENCE)
        reader.page.keyboard.press("Escape")
        expect(told).to_have_count(0)
        reader.drag("Starting weight, the wire", 0, -40)
        expect(wire).not_to_have_attribute("aria-valuenow", "2")
        weight = wire.get_attribute("aria-valuenow") or ""
        expect(reader.moment).to_contain_text(f"3 × {weight} =")
        assert reader.trace("weight", 3)["y"] == [float(weight)]
        expect(saving).to_contain_text("Not saved yet")
        assert reader.address()["weight"] == "2"
    await_return(reader)
    reader.await_address(weight=weight)
    reader.await_rest()
    expect(saving).to_be_empty()
    expect(wire).to_have_attribute("aria-valuenow", weight)
    expect(reader.number("Starting weight")).to_have_value(weight)
    assert reader.history() == opened + 1
    assert_it_works_again(reader)
