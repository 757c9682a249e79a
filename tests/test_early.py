"""What is fetched and shown before its turn: plotly.js, and each new run."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import plotly
from conftest import VIEWS, Open
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from neuron import plotlyjs

INSTALLED = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text("utf-8")
SENT = """() => performance.getEntriesByType("resource")
    .filter((resource) => resource.name.includes("plotly.min.js"))
    .map((resource) => [new URL(resource.name).search, resource.transferSize])"""


def test_plotly_is_only_put_into_parentheses(server: tuple[str, Path]) -> None:
    """Its one function is compiled as it is read: two characters more than the installed file."""
    begin = INSTALLED.index("() => {")
    end = INSTALLED.rindex("}") + 1
    with urlopen(server[0] + plotlyjs.ADDRESS) as answer:
        code = gzip.decompress(answer.read()).decode()
    assert code == f"{INSTALLED[:begin]}({INSTALLED[begin:end]}){INSTALLED[end:]}"


def test_another_plotly_is_run_as_it_is() -> None:
    """Were plotly.js built in another way, nothing would be put into it."""
    for another in (
        INSTALLED.replace("() => {", "function () {", 1),
        INSTALLED + "\n{}",
        INSTALLED + " " * 100,
        "",
    ):
        assert plotlyjs.eager(another) == another


def test_plotly_is_fetched_once_a_browser(open_page: Open) -> None:
    """The next visit takes it from the browser's own store; an update has another address."""
    reader = open_page()
    ((version, size),) = reader.page.evaluate(SENT)
    assert version == f"?{plotly.__version__}"
    assert 1_000_000 < size < 2_000_000
    second = reader.page.context.new_page()
    second.goto(reader.page.url)
    second.wait_for_selector("[data-ready]")
    assert second.evaluate(SENT) == [[version, 0]]


def test_a_host_that_runs_app_py_as_a_page_shows_the_page(open_page: Open) -> None:
    """It does not serve the packed plotly.js; the browser then takes the installed file."""
    at = AppTest.from_file(Path(__file__).parents[1] / "app.py", default_timeout=60).run().run()
    assert not at.exception
    assert at.number_input(key="alpha").value == 0.1
    reader = open_page(blocked=plotlyjs.ADDRESS)
    assert reader.picture("Weight by step").is_visible()
    assert [search for search, size in reader.page.evaluate(SENT) if size] == [""]


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
