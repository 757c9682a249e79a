"""What is fetched and shown before its turn: plotly.js, and each new run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import plotly
from conftest import VIEWS, Open
from playwright.sync_api import Page, expect

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
SENT = """() => performance.getEntriesByType("resource")
    .filter((resource) => resource.name.includes("plotly.min.js"))
    .map((resource) => [new URL(resource.name).search, resource.transferSize])"""
KEEP = """
    const make = URL.createObjectURL;
    URL.createObjectURL = (file) => {
        if (file.size > 1e6) window.code = file.text();
        return make.call(URL, file);
    };
"""


def test_plotly_is_only_put_into_parentheses(open_page: Open) -> None:
    """Its one function is compiled as it is read: two characters more than the installed file."""
    reader = open_page()
    reader.page.add_init_script(KEEP)
    reader.page.reload()
    reader.await_rest()
    code: str = reader.page.evaluate("code")
    installed = PLOTLY.read_text("utf-8")
    begin = installed.index("() => {")
    end = installed.rindex("}") + 1
    assert code == f"{installed[:begin]}({installed[begin:end]}){installed[end:]}"


def test_another_plotly_is_run_as_it_is(open_page: Open) -> None:
    """Were plotly.js built in another way, nothing would be put into it."""
    reader = open_page(blocked=PLOTLY.name)  # which is lifted below: nothing is fetched before
    another = PLOTLY.read_text("utf-8").replace("() => {", "function () {", 1)
    reader.page.unroute(f"**/{PLOTLY.name}*")
    reader.page.route(f"**/{PLOTLY.name}*", lambda route: route.fulfill(body=another))
    reader.page.add_init_script(KEEP)
    reader.page.reload()
    reader.page.wait_for_selector("[data-ready]")
    assert reader.page.evaluate("code") == another


def test_plotly_is_fetched_once_a_browser(open_page: Open) -> None:
    """The next visit takes it from the browser's own store; an update has another address."""
    reader = open_page()
    ((version, size),) = reader.page.evaluate(SENT)
    assert version == f"?{plotly.__version__}"
    assert size > 1_000_000
    second = reader.page.context.new_page()
    second.goto(reader.page.url)
    second.wait_for_selector("[data-ready]")
    assert second.evaluate(SENT) == [[version, 0]]


def test_a_run_is_shown_as_soon_as_it_is_in_the_page(open_page: Open) -> None:
    """The stage reads the text itself; it does not wait until a component is told."""
    reader = open_page()
    page = reader.page
    text = page.get_by_test_id("stText")
    assert text.text_content() == ""  # on arrival it could be seen before there is any style
    reader.type("Iterations", "10")
    expect(text).to_contain_text("words")
    expect(text).to_be_hidden()
    reel: dict[str, Any] = json.loads(text.text_content() or "")
    assert reel["alpha"] == 0.1
    reel["words"]["weight"] = "Another run."
    text.evaluate("(place, text) => { place.textContent = text; }", json.dumps(reel))
    expect(page.locator("[data-picture=weight]")).to_have_attribute("aria-label", "Another run.")


def test_title_and_width_outlast_every_change(open_page: Open) -> None:
    """They are said once, on arrival: a change makes neither another title nor a narrow page."""
    reader = open_page()

    def look(page: Page) -> tuple[str, float]:
        main = page.get_by_test_id("stMainBlockContainer").bounding_box()
        assert main is not None
        return page.title(), main["width"]

    before = look(reader.page)
    assert before[0] == "One neuron, learning"
    assert before[1] > 0.9 * VIEWS["desktop"]["viewport"]["width"]
    reader.type("Alpha", "0.25")
    reader.button("Next").click()
    expect(reader.page).to_have_url(re.compile("lesson="))
    reader.await_rest()
    assert look(reader.page) == before
