"""How the page arrives: in few bytes, once, on any host, under a strict policy; what it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from runs import run_at
from serving import ROOT, serve

from browser.chromium import VIEWS
from browser.reader import PATIENCE, Open, Reader, troubles
from browser.test_stage import said_at
from neuron.page.serving import DESCRIPTION, TITLE
from neuron.player import files, plotlyjs
from neuron.player.components import NOT_LOADED

DEPLOYMENT = (ROOT / "docs" / "deployment.md").read_text("utf-8")
SENT = """() => Object.fromEntries(performance.getEntriesByType("resource")
    .map(({ name, transferSize }) => [name, transferSize]))"""
STREAMLITS_COOKIES = {"_streamlit_xsrf"}  # a random token against forged uploads; no name, no id
STORE = r"stActiveTheme-.*|one-neuron-done"  # light or dark; the chapters that are done
LEFT_BEHIND = """async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: await indexedDB.databases(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Page]:
    """A page of a reader who comes for the first time."""
    context = browser.new_context(**VIEWS["desktop"])
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def arrive(page: Page, url: str) -> list[str]:
    """Wait until all of a page is there: what its console says is wrong."""
    wrong = troubles(page)
    page.goto(url)
    Reader(page).await_rest()
    assert page.locator(".stage .js-line").count() >= 3
    return wrong


def test_the_page_arrives_small_and_once(new_page: Page, server: tuple[str, Path]) -> None:
    """At most 1.4 MB until everything is there, no icon font, nothing fetched that is not used.

    On the next visit all scripts come from the browser's own store; another version of ours has
    another name.
    """
    assert arrive(new_page, server[0]) == []
    sent = new_page.evaluate(SENT)
    ours = urljoin(server[0], files.address(files.BUNDLE))
    assert sum(sent.values()) < 1_400_000
    assert not [name for name in sent if "MaterialSymbols" in name]
    assert sent[urljoin(server[0], plotlyjs.ADDRESS)] < 400_000
    assert [name for name in sent if files.COMPONENT in name] == [ours]
    links = new_page.locator("head [href]")
    ahead = links.evaluate_all("(links) => links.map(({ href }) => href)")
    assert len(ahead) == len(set(ahead))
    assert ours in ahead
    second = new_page.context.new_page()
    assert arrive(second, server[0]) == []
    again = [name for name, size in second.evaluate(SENT).items() if size]
    assert [name for name in again if re.search(r"\.(js|css|woff2)\b", name)] == []


def test_a_link_has_a_preview(server: tuple[str, Path]) -> None:
    """Its title and description are there before any script runs."""
    with urlopen(server[0]) as answer:
        html = answer.read().decode()
    assert re.findall("<title>(.*?)</title>", html) == [TITLE]
    for name in ('name="description"', 'property="og:description"'):
        assert f'<meta {name} content="{DESCRIPTION}">' in html
    assert f'<meta property="og:title" content="{TITLE}">' in html


def test_a_host_that_runs_app_py_as_a_page_shows_the_page(new_page: Page, tmp_path: Path) -> None:
    """There plotly.js comes from the same address, as it is installed."""
    code = f"import runpy, sys\nsys.path.insert(0, {str(ROOT)!r})\n"
    code += f"runpy.run_path({str(ROOT / 'app.py')!r}, run_name='__main__')\n"
    (tmp_path / "app.py").write_text(code)
    (tmp_path / ".streamlit").symlink_to(ROOT / ".streamlit")
    with serve(tmp_path / "log", tmp_path) as url:
        assert arrive(new_page, url) == []
        with urlopen(url + plotlyjs.ADDRESS) as answer:
            assert answer.read() == (plotlyjs.FOLDER / plotlyjs.NAME).read_bytes()


def test_below_a_path_and_under_the_docs_policy_it_is_the_same(
    new_page: Page, tmp_path: Path
) -> None:
    """With server.baseUrlPath and the Content-Security-Policy of docs/deployment.md all is well.

    All addresses begin with the path, and all is packed. The policy stops scripts within the page's
    HTML: only Streamlit's own, which does nothing here.
    """
    (policy,) = re.findall(r'add_header Content-Security-Policy "(.*?)"', DEPLOYMENT)

    def add_policy(route: Route) -> None:
        answer = route.fetch()
        headers = {"content-type": "text/html", "content-security-policy": policy}
        route.fulfill(response=answer, headers=headers)

    # A page that was filled in is not known to come from this machine.
    new_page.context.grant_permissions(["local-network-access"])
    with serve(tmp_path / "log", base="class/7b/") as url:
        new_page.route(url, add_policy)
        with urlopen(url + files.address(files.BUNDLE)) as answer:  # before any page has run
            assert "immutable" in answer.headers["Cache-Control"]
        wrong = arrive(new_page, url)
        sent = new_page.evaluate(SENT)
        reader = Reader(new_page)
        reader.button("Step forward").click()
        expect(reader.shown).to_have_text("1 of 18")
        reader.enter("Alpha", "0.2")
        picture: Any = new_page.evaluate(
            "Plotly.toImage(document.querySelector('.js-plotly-plot'))"
        )
        assert picture.startswith("data:image/png")
    assert [said for said in wrong if "inline script" not in said] == []
    assert {urlsplit(name).path[:10] for name in sent} == {"/class/7b/"}
    assert sum(sent.values()) < 1_400_000


def test_who_waits_too_long_for_plotly_is_told(new_page: Page, server: tuple[str, Path]) -> None:
    """When it does not come in time the page says so; should it come after all, the charts do."""
    new_page.clock.install()
    held: list[Any] = []
    new_page.route(f"**/{plotlyjs.NAME}*", lambda route: held.append(route))
    with new_page.expect_request(f"**/{plotlyjs.NAME}*"):
        new_page.goto(server[0], wait_until="commit")
    expect(new_page.locator(".stage .moment")).to_contain_text("Step 0", timeout=PATIENCE)
    new_page.clock.fast_forward(10_000)
    trouble = new_page.get_by_role("alert").filter(has_text="charts could not be loaded")
    expect(trouble).to_be_visible(timeout=PATIENCE)
    for route in held:
        route.continue_()
    expect(new_page.locator(".stage[data-ready]")).to_be_visible(timeout=PATIENCE)
    expect(trouble).to_be_hidden()


def test_without_its_script_the_stage_says_so(new_page: Page, server: tuple[str, Path]) -> None:
    """Within seconds, in words, with what to do."""
    new_page.route(f"**/{files.address('')}*", lambda route: route.abort())
    new_page.goto(server[0])
    trouble = new_page.locator(".stage .trouble")
    expect(trouble).to_have_text(NOT_LOADED, timeout=PATIENCE)


def test_without_plotly_the_numbers_still_work(new_page: Page, server: tuple[str, Path]) -> None:
    """When the charts cannot be loaded the page says so, and everything else goes on."""
    reader, wrong = Reader(new_page), troubles(new_page)
    new_page.route(f"**/{plotlyjs.NAME}*", lambda route: route.abort())
    new_page.goto(f"{server[0]}?iterations=6")
    reader.await_rest()
    expect(new_page.locator(".trouble")).to_contain_text("charts could not be loaded")
    reader.button("Step forward").click()
    said_at(run_at("iterations=6"), 1, reader.moment.inner_text())
    reader.handle("Starting weight, the wire").press("ArrowUp")
    reader.await_other("weight", "0")
    said_at(run_at(reader.query()), 0, reader.moment.inner_text())
    reader.play("Fastest")
    expect(reader.moment).to_contain_text("After 6 updates")
    reader.turn_to("steps")
    expect(new_page.locator(".table [aria-rowindex='8']")).to_be_visible()
    assert [said for said in wrong if "Failed to load" not in said] == []


def test_nothing_is_kept_in_the_browser(open_page: Open) -> None:
    """After a visit there is Streamlit's own cookie and entry, and which chapters are done."""
    reader = open_page("look=data&test=3:3")
    reader.enter("Alpha", "0.2")
    reader.button("Keep this run").click()
    reader.button("New here? Start the story").click()
    reader.button("Next").click()
    reader.await_address(stop="1")
    reader.button("Free play").click()
    reader.await_address(lesson="")
    reader.stage.get_by_role("button", name="Play", exact=True).click()
    reader.goto("lesson=predict&stop=4")
    assert reader.page.evaluate("localStorage['one-neuron-done']") == '["predict"]'
    assert {cookie["name"] for cookie in reader.page.context.cookies()} <= STREAMLITS_COOKIES
    left = reader.page.evaluate(LEFT_BEHIND)
    assert [name for name in left.pop("local") if not re.fullmatch(STORE, name)] == []
    assert left == {"session": [], "databases": [], "workers": 0}
