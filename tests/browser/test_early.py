"""What is fetched and shown before its turn: plotly.js, and each new run."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import plotly
from playwright.sync_api import Browser, Page, expect
from serving import ROOT, serve

from browser.chromium import VIEWS
from browser.reader import PATIENCE, Open, Reader
from neuron.player import plotlyjs

INSTALLED = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text("utf-8")
VERSION = f"?{plotly.__version__}-{plotlyjs.REVISION}"
SENT = """() => performance.getEntriesByType("resource")
    .filter((resource) => resource.name.includes("plotly.min.js"))
    .map((resource) => [new URL(resource.name).search, resource.transferSize])"""


def test_nothing_else_in_plotly_is_changed(server: tuple[str, Path]) -> None:
    """Its one function is in parentheses, and the last list it registers is empty."""
    begin = INSTALLED.index("() => {")
    end = INSTALLED.rindex("}") + 1
    listed = INSTALLED.rindex(".register([") + len(".register([")
    after = INSTALLED.index("]", listed)
    assert INSTALLED[listed:after].count("()") > 40
    with urlopen(server[0] + plotlyjs.ADDRESS) as answer:
        code = gzip.decompress(answer.read()).decode()
    assert code == (
        f"{INSTALLED[:begin]}({INSTALLED[begin:listed]}{INSTALLED[after:end]}){INSTALLED[end:]}"
    )


def test_plotly_has_the_chart_type_that_is_drawn_and_no_other(open_page: Open) -> None:
    """What is left of it knows lines and markers, and everything on the page is made of them."""
    reader = open_page("look=sweep")
    types = "[...document.querySelectorAll('.js-plotly-plot')].flatMap((gd) => gd._fullData)"
    assert reader.page.evaluate("Object.keys(Plotly.PlotSchema.get().traces)") == ["scatter"]
    drawn = reader.page.evaluate(f"{types}.map((trace) => trace.type)")
    assert len(drawn) > 5
    assert set(drawn) == {"scatter"}


def test_another_plotly_is_run_as_it_is() -> None:
    """Were plotly.js built in another way, nothing in it would be changed."""
    for another in (INSTALLED.replace("]);", "] );"), "x.register([a(),b]);", "[a()]);", ""):
        assert plotlyjs.lines_only(another) == another
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
    assert version == VERSION
    assert 1_000_000 < size < 2_000_000
    second = reader.page.context.new_page()
    second.goto(reader.page.url)
    second.wait_for_selector("[data-ready]")
    assert second.evaluate(SENT) == [[version, 0]]


def sent_to(browser: Browser, url: str) -> list[list[Any]]:
    """What comes of plotly.js to a page that works and raises nothing."""
    context = browser.new_context(**VIEWS["desktop"])
    context.set_default_timeout(PATIENCE)
    raised: list[Any] = []
    context.on("weberror", lambda error: raised.append(error.error))
    page = context.new_page()
    page.goto(url)
    Reader(page).await_rest()
    sent: list[list[Any]] = page.evaluate(SENT)
    assert page.locator(".stage .js-line").count() >= 3
    assert raised == []
    context.close()
    return sent


def test_a_host_that_runs_app_py_as_a_page_shows_the_page(browser: Browser, tmp_path: Path) -> None:
    """There plotly.js comes from the same address, as it is installed."""
    code = f"import runpy, sys\nsys.path.insert(0, {str(ROOT)!r})\n"
    code += f"runpy.run_path({str(ROOT / 'app.py')!r}, run_name='__main__')\n"
    (tmp_path / "app.py").write_text(code)
    with serve(tmp_path / "log", tmp_path) as url:
        assert [version for version, _ in sent_to(browser, url)] == [VERSION]
        with urlopen(url + plotlyjs.ADDRESS) as answer:
            assert answer.read().decode() == INSTALLED


def test_below_a_path_plotly_is_packed_too(browser: Browser, tmp_path: Path) -> None:
    """With Streamlit's server.baseUrlPath all addresses begin with it."""
    with serve(tmp_path / "log", base="class/7b/") as url:
        ((version, size),) = sent_to(browser, url)
        assert version == VERSION
        assert 1_000_000 < size < 2_000_000
        with urlopen(url + plotlyjs.ADDRESS) as answer:
            assert "immutable" in answer.headers["Cache-Control"]


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
