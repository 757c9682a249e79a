"""Nothing typed is run or taken for markup, and nothing is kept."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from browser.reader import Open
from neuron.state.parameters import CONTROLS

MARKUP = "<img src=x onerror=pwned=1>"
NUMBER = r"-?[0-9]+(\.[0-9]+)?(e[+-][0-9]+)?"
STREAMLITS_COOKIES = {"_streamlit_xsrf"}  # a random token against forged uploads; no name, no id
STORE = r"stActiveTheme-.*|one-neuron-done"  # light or dark; the chapters that are done
LEFT_BEHIND = """async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: await indexedDB.databases(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
# Notes every text that is made into code.
WATCH_CODE = """
window.code = [];
for (const name of ["eval", "Function"]) {
    window[name] = new Proxy(window[name], {
        apply: (made, self, texts) => (code.push(texts.join()), Reflect.apply(made, self, texts)),
        construct: (made, texts) => (code.push(texts.join()), Reflect.construct(made, texts)),
    });
}
"""


def test_nothing_is_kept_in_the_browser(open_page: Open) -> None:
    """After a visit there is Streamlit's own cookie and entry, and which chapters are done."""
    reader = open_page("look=data&test=3:3")
    reader.type("Alpha", "0.2")
    reader.await_address(alpha="0.2")
    reader.button("Keep this run").click()
    reader.page.wait_for_function("location.search.includes('keep=')")
    reader.button("New here? Start the story").click()
    reader.button("Next").click()
    reader.page.wait_for_function("location.search.includes('stop=1')")
    reader.button("Free play").click()
    reader.await_address(lesson="")
    reader.stage.get_by_role("button", name="Play", exact=True).click()
    reader.goto("lesson=predict&stop=4")
    assert reader.page.evaluate("localStorage['one-neuron-done']") == '["predict"]'
    assert {cookie["name"] for cookie in reader.page.context.cookies()} <= STREAMLITS_COOKIES
    left = reader.page.evaluate(LEFT_BEHIND)
    assert [name for name in left.pop("local") if not re.fullmatch(STORE, name)] == []
    assert left == {"session": [], "databases": [], "workers": 0}


def test_nothing_typed_is_run_or_taken_for_markup(open_page: Open) -> None:
    """Markup in the address, in a table or in a field is refused, and shown as text."""
    reader = open_page()
    reader.page.add_init_script(WATCH_CODE)
    reader.goto("look=data&train=1:1&test=2:2&alpha=%3Cimg%20src=x%20onerror=pwned=1%3E")
    refused = reader.page.locator(".refused")
    expect(refused).to_contain_text(f"alpha = “{MARKUP[:24]}…” is not a number")
    for place in range(2):
        table = reader.page.get_by_test_id("stDataFrame").nth(place)
        reader.type_goal(table, MARKUP)
        told = refused.filter(has_text="in example 1")
        expect(told).to_contain_text(f"goal “{MARKUP[:24]}…” is not a number")
        reader.type_goal(table, "3")
        expect(told).to_have_count(0)
        table.hover()
        expect(table.get_by_role("button", name="Fullscreen")).to_be_visible()
        expect(table.get_by_role("button", name="Download as CSV")).to_have_count(0)
    reader.await_rest()
    before = reader.address()
    for control in CONTROLS:
        reader.type(control.label, MARKUP)
        told = reader.page.locator(".entries")
        expect(told).to_contain_text(f"{control.label} “{MARKUP[:24]}…” is not a number")
        expect(reader.number(control.label)).to_have_value(MARKUP)
    reader.await_rest()
    assert reader.address() == before
    assert reader.page.evaluate("typeof window.pwned") == "undefined"
    assert reader.page.locator("main :is([src=x], [onerror])").count() == 0
    # What drives the browser makes code of its own; the reader's text is in none.
    made = "part => window.code.filter((text) => text.includes(part))"
    assert reader.page.evaluate(made, MARKUP[1:12]) == []
