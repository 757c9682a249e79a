"""The charts come first; fields, chooser and looks take as long to make, and follow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect
from test_app import component, first_look, html_of, html_with, opened, reel, written

from browser.chromium import VIEWS
from browser.reader import PATIENCE, Open, Reader
from neuron.player import plotlyjs

WAITED = 1500  # milliseconds, as patience.js has it
NEVER_IMPATIENT = f"""
    const after = setTimeout;
    window.setTimeout = (work, delay, ...rest) =>
        delay === {WAITED} ? 0 : after(work, delay, ...rest);
"""
PLACES = """() => [".page-title", ".st-key-story", ".ruler", ".verdict", ".stage"].map((what) => {
    const { x, y } = document.querySelector(what).getBoundingClientRect();
    return [what, x, y];
})"""


@contextmanager
def arriving(
    browser: Browser, url: str, view: str, *scripts: str, line: SlowLine | None = None
) -> Iterator[tuple[Page, Route]]:
    """A page that has all it needs but plotly.js, and the request for that, unanswered."""
    expect.set_options(timeout=PATIENCE)
    context = browser.new_context(**VIEWS[view])
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    for script in scripts:
        page.add_init_script(script)
    if line:
        page.route_web_socket(re.compile("/_stcore/stream"), line.connect)
    held: list[Route] = []
    page.route(f"**/{plotlyjs.NAME}*", lambda route: held.append(route))
    page.goto(url, wait_until="commit")  # a script held back would hold back the event, too
    expect(page.locator(".stage .arithmetic")).to_contain_text("Step 0")
    expect(page.locator(".ruler .places")).not_to_be_empty()
    yield page, held[0]
    context.close()


def test_the_first_look_is_all_but_what_can_be_changed() -> None:
    """Run, ruler and verdict are there at once; then the same again, with the fields."""
    first, then = first_look("alpha=0.25"), opened("alpha=0.25")
    assert not first.exception
    assert (len(first.number_input), len(first.button), len(first.selectbox)) == (0, 0, 0)
    assert (len(then.number_input), len(then.button), len(then.selectbox)) == (5, 3, 1)
    assert reel(first) == reel(then)
    assert html_with(first, 'class="verdict"') == html_with(then, 'class="verdict"')
    assert component(first, "neuron_ruler") == component(then, "neuron_ruler")
    assert written(first) == written(then)
    assert html_of(first).count('<div class="to-come"></div>') == 5


def test_the_first_run_is_sent_once_and_not_as_text() -> None:
    """A text could be seen before there is any style that hides it; what is the same stays."""
    at = first_look()
    sent = component(at, "neuron_player")
    assert [text.value for text in at.text] == [""]
    at.run()
    assert component(at, "neuron_player") == sent
    at.number_input(key="alpha").set_value(0.25).run()
    assert json.loads(at.text[0].value)["alpha"] == 0.25
    at.number_input(key="alpha").set_value(0.1).run()
    assert at.text[0].value == sent["reel"]


@pytest.mark.parametrize("view", VIEWS)
def test_fields_wait_for_the_charts_and_nothing_jumps(
    browser: Browser, server: tuple[str, Path], view: str
) -> None:
    """The charts are drawn while no field is there; the fields come to places that were kept."""
    with arriving(browser, server[0], view, NEVER_IMPATIENT) as (page, plotly):
        before = page.evaluate(PLACES)
        page.evaluate("""() => {
            new MutationObserver(() => {
                if (document.querySelector("[data-testid=stNumberInput]"))
                    window.drawnBefore ??= document.querySelectorAll(".stage .js-line").length;
            }).observe(document.body, { childList: true, subtree: true });
        }""")
        assert page.locator(".to-come").count() == 5
        plotly.continue_()
        Reader(page).await_rest()
        assert page.evaluate("drawnBefore") >= 3
        assert page.locator(".to-come").count() == 0
        assert page.evaluate(PLACES) == before


def test_fields_do_not_wait_for_long(browser: Browser, server: tuple[str, Path]) -> None:
    """On a slow network plotly.js is long in coming: the fields, then, come before it."""
    with arriving(browser, server[0], "desktop") as (page, plotly):
        reader = Reader(page)
        expect(reader.number("Alpha")).to_have_value("0.1")
        reader.type("Alpha", "0.25")
        expect(reader.verdict).to_contain_text("Lands in one step")
        assert not page.locator(".stage .js-line").count()
        plotly.continue_()
        reader.await_rest()
        expect(reader.arithmetic).to_contain_text("next weight = 0 − 0.25 ×")


class SlowLine:
    """The line to the server, on which the answers wait until they are let through."""

    def __init__(self) -> None:
        self.asked = 0
        self.holds = False
        self.held: list[str | bytes] = []

    def connect(self, browser: WebSocketRoute) -> None:
        """Stand between a browser and the server."""
        self.browser, server = browser, browser.connect_to_server()
        browser.on_message(lambda message: self._ask(server, message))
        server.on_message(self._answer)

    def _ask(self, server: WebSocketRoute, message: str | bytes) -> None:
        self.asked += 1
        server.send(message)

    def _answer(self, message: str | bytes) -> None:
        if self.holds:
            self.held.append(message)
        else:
            self.browser.send(message)

    def let_through(self) -> None:
        """Give the browser all that has come."""
        self.holds = False
        for message in self.held:
            self.browser.send(message)


def test_a_change_before_the_charts_is_kept(browser: Browser, server: tuple[str, Path]) -> None:
    """That the charts are drawn is said with the address from before the change: it is not read."""
    line = SlowLine()
    with arriving(browser, server[0], "desktop", NEVER_IMPATIENT, line=line) as (page, plotly):
        before = line.asked
        line.holds = True
        Reader(page).button("Best alpha").click()
        plotly.continue_()
        expect(page.locator(".stage[data-ready]")).to_have_count(1)
        while line.asked < before + 2:
            page.wait_for_timeout(50)
        page.wait_for_timeout(500)  # both are answered by then
        line.let_through()
        Reader(page).await_rest()
        expect(Reader(page).number("Alpha")).to_have_value("0.25")
        Reader(page).await_address(alpha="0.25")


@pytest.mark.parametrize("answer", ["none", "abort"])
def test_fields_come_where_the_stage_cannot_run(
    browser: Browser, server: tuple[str, Path], answer: str
) -> None:
    """Were the stage's script long in coming, or not to be had, nobody waits for it."""
    expect.set_options(timeout=PATIENCE)
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.route("**/player.js*", lambda route: route.abort() if answer == "abort" else None)
    page.goto(server[0], wait_until="commit")
    expect(Reader(page).number("Alpha")).to_have_value("0.1")
    page.close()


@pytest.mark.parametrize("query", ["embed=true", "alpha=0.5&embed=true&embed_options=light_theme"])
def test_an_embedded_page_makes_no_entry_either(open_page: Open, query: str) -> None:
    """Who reads the page that embeds it presses Back once to leave it."""
    reader = open_page(query)
    assert reader.history() == reader.page.evaluate("firstHistory")
    assert reader.address()["embed"] == "true"


def test_what_was_refused_outlasts_the_first_look(open_page: Open) -> None:
    """It stays until the reader's first change, and the arrival makes no entry in the history."""
    reader = open_page("alpha=x&goal=3")
    expect(reader.page.locator(".refused")).to_contain_text("alpha")
    assert reader.history() == reader.page.evaluate("firstHistory")
    reader.type("Goal", "4")
    expect(reader.page.locator(".refused")).to_have_count(0)


def test_a_run_is_shown_as_soon_as_it_is_in_the_page(open_page: Open) -> None:
    """The stage reads the text itself; it does not wait until a component is told."""
    reader = open_page()
    page = reader.page
    text = page.get_by_test_id("stText")
    reader.type("Iterations", "10")
    expect(text).to_contain_text("words")
    expect(text).to_be_hidden()
    reel: dict[str, Any] = json.loads(text.text_content() or "")
    assert reel["alpha"] == 0.1
    reel["words"]["weight"] = "Another run."
    text.evaluate("(place, text) => { place.textContent = text; }", json.dumps(reel))
    expect(page.locator("[data-picture=weight]")).to_have_attribute("aria-label", "Another run.")
