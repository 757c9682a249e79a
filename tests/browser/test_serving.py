"""How the page arrives: in few bytes, once a browser, on any host, under a strict policy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, expect
from serving import ROOT, serve

from browser.chromium import VIEWS
from browser.reader import PATIENCE, Open, Reader
from neuron.page.serving import DESCRIPTION, TITLE
from neuron.player import files, plotlyjs

DEPLOYMENT = (ROOT / "docs" / "deployment.md").read_text("utf-8")
SENT = """() => Object.fromEntries(performance.getEntriesByType("resource")
    .map(({ name, transferSize }) => [name, transferSize]))"""
SHORTER = """
    const after = setTimeout;
    window.setTimeout = (work, delay, ...rest) =>
        after(work, delay === 10_000 ? 500 : delay, ...rest);
"""
HOST = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from starlette.middleware import Middleware
from neuron.page import serving

class Policy:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def say(message):
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-security-policy", {policy!r})]
            await send(message)
        await self.app(scope, receive, say)

app = st.App({page!r}, routes=serving.ROUTES, middleware=[Middleware(Policy), *serving.MIDDLEWARE])
"""


def arrived(browser: Browser, url: str) -> tuple[Page, list[str]]:
    """A new reader's page when all is there, and what its console says is wrong."""
    context = browser.new_context(**VIEWS["desktop"])
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(url)
    Reader(page).await_rest()
    assert page.locator(".stage .js-line").count() >= 3
    return page, wrong


def test_the_page_arrives_small(browser: Browser, server: tuple[str, Path]) -> None:
    """At most 1.4 MB until everything is there, no icon font, nothing fetched that is not used."""
    page, _ = arrived(browser, server[0])
    sent = page.evaluate(SENT)
    assert sum(sent.values()) < 1_400_000
    assert not [name for name in sent if "MaterialSymbols" in name]
    assert sent[urljoin(page.url, f"/{plotlyjs.ADDRESS}")] < 400_000
    ahead = page.evaluate("[...document.head.querySelectorAll('[href]')].map(({ href }) => href)")
    assert len(ahead) == len(set(ahead))
    assert urljoin(page.url, f"/{files.address(files.BUNDLE)}") in ahead
    assert [name for name in sent if files.COMPONENT in name] == [
        urljoin(page.url, f"/{files.address(files.BUNDLE)}")
    ]
    page.context.close()


def test_the_next_visit_fetches_nothing_again(open_page: Open) -> None:
    """All scripts come from the browser's own store, ours too; another version has another name."""
    reader = open_page()
    second = reader.page.context.new_page()
    second.goto(reader.page.url)
    second.wait_for_selector("[data-ready]")
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


def test_below_a_path_it_is_the_same(browser: Browser, tmp_path: Path) -> None:
    """With Streamlit's server.baseUrlPath all addresses begin with it, and all is packed."""
    with serve(tmp_path / "log", base="class/7b/") as url:
        with urlopen(url + files.address(files.BUNDLE)) as answer:  # before any page has run
            assert "immutable" in answer.headers["Cache-Control"]
        page, wrong = arrived(browser, url)
        sent = page.evaluate(SENT)
        page.context.close()
    assert wrong == []
    assert {urlsplit(name).path[:10] for name in sent} == {"/class/7b/"}
    assert sum(sent.values()) < 1_400_000


def test_a_host_that_runs_app_py_as_a_page_shows_the_page(browser: Browser, tmp_path: Path) -> None:
    """There plotly.js comes from the same address, as it is installed."""
    code = f"import runpy, sys\nsys.path.insert(0, {str(ROOT)!r})\n"
    code += f"runpy.run_path({str(ROOT / 'app.py')!r}, run_name='__main__')\n"
    (tmp_path / "app.py").write_text(code)
    (tmp_path / ".streamlit").symlink_to(ROOT / ".streamlit")
    with serve(tmp_path / "log", tmp_path) as url:
        page, wrong = arrived(browser, url)
        page.context.close()
        with urlopen(url + plotlyjs.ADDRESS) as answer:
            assert answer.read() == (plotlyjs.FOLDER / plotlyjs.NAME).read_bytes()
    assert wrong == []


def test_the_policy_that_the_docs_name_works(browser: Browser, tmp_path: Path) -> None:
    """With the Content-Security-Policy of docs/deployment.md everything is drawn and moves.

    It stops scripts within the page's HTML: only Streamlit's own, which does nothing here.
    """
    (policy,) = re.findall(r'add_header Content-Security-Policy "(.*?)"', DEPLOYMENT)
    host = HOST.format(root=str(ROOT), policy=policy.encode(), page=str(ROOT / "app.py"))
    (tmp_path / "app.py").write_text(host)
    (tmp_path / ".streamlit").symlink_to(ROOT / ".streamlit")
    with serve(tmp_path / "log", tmp_path) as url:
        page, wrong = arrived(browser, url)
        reader = Reader(page)
        reader.button("Step forward").click()
        expect(reader.shown).to_have_text("1 of 18")
        reader.type("Alpha", "0.2")
        reader.await_address(alpha="0.2")
        picture: Any = page.evaluate("Plotly.toImage(document.querySelector('.js-plotly-plot'))")
        assert picture.startswith("data:image/png")
        page.context.close()
    assert [said for said in wrong if "inline script" not in said] == []


def test_who_waits_too_long_for_plotly_is_told(browser: Browser, server: tuple[str, Path]) -> None:
    """When it does not come in time the page says so; should it come after all, the charts do."""
    context = browser.new_context(**VIEWS["desktop"])
    page = context.new_page()
    page.add_init_script(SHORTER)
    held: list[Any] = []
    page.route(f"**/{plotlyjs.NAME}*", lambda route: held.append(route))
    page.goto(server[0], wait_until="commit")
    trouble = page.get_by_role("alert").filter(has_text="charts could not be loaded")
    expect(trouble).to_be_visible(timeout=PATIENCE)
    for route in held:
        route.continue_()
    expect(page.locator(".stage[data-ready]")).to_be_visible(timeout=PATIENCE)
    expect(trouble).to_be_hidden()
    context.close()
