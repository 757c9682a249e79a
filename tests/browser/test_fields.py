"""The fields, the address and the history, in a real browser."""

from __future__ import annotations

import re
from random import Random

import pytest
from addresses import address, misfits
from playwright.sync_api import Dialog, expect
from runs import run_at

from browser.reader import Open
from browser.test_stage import said_at
from neuron.state.parameters import CONTROLS
from neuron.story.chapters import CHAPTERS
from neuron.words.numbers import as_text


def test_what_is_typed_is_read_as_it_is_meant_or_refused_in_words(open_page: Open) -> None:
    """Commas, fractions and the page's own minus count; what could mean two things is refused.

    A refusal changes nothing else, and goes when the value is set by another hand.
    """
    reader = open_page()
    typed = {
        "Alpha": ("0,15", "0.15"),
        "Goal": ("1/4", "0.25"),
        "Input": ("−2", "-2"),
        "Starting weight": ("1e−6", "1e-06"),
        "Iterations": ("1 000", "1000"),
    }
    for label, (text, value) in typed.items():
        reader.type(label, text)
        reader.await_address(**{next(c.name for c in CONTROLS if c.label == label): value})
        reader.await_rest()
        expect(reader.number(label)).to_have_value(text)
    run = run_at("input=-2&goal=0.25&weight=1e-6&alpha=0.15&iterations=1000")
    said_at(run, 0, reader.moment.inner_text())
    before = reader.address()
    for label, text in {"Iterations": "2.5", "Alpha": "1,000", "Goal": "x"}.items():
        reader.type(label, text)
        told = reader.page.locator(".entries").get_by_text(f"{label} “{text}”")
        expect(told).to_be_visible()
        expect(reader.number(label)).to_have_value(text)
    expect(reader.page.locator(".entries")).to_contain_text("1,000")
    reader.await_rest()
    assert reader.address() == before
    said_at(run, 0, reader.moment.inner_text())
    reader.ruler.press("ArrowRight")
    expect(reader.page.locator(".entries").get_by_text("Alpha “1,000”")).to_have_count(0)
    expect(reader.page.locator(".entries").get_by_text("Goal “x”")).to_be_visible()
    reader.page.wait_for_function("!location.search.includes('alpha=0.15&')")
    reader.await_rest()
    expect(reader.number("Alpha")).to_have_value(reader.address()["alpha"])


def test_a_tap_selects_what_is_in_a_field(open_page: Open) -> None:
    """So that typing replaces it, on a phone too."""
    reader = open_page(view="phone")
    reader.number("Iterations").tap()
    reader.page.keyboard.type("40")
    reader.page.keyboard.press("Enter")
    reader.await_address(iterations="40")


def test_one_history_entry_a_change(open_page: Open) -> None:
    """Back undoes the last change and Forward does it again; opening the page adds no entry."""
    reader = open_page("embed_options=light_theme")
    opened = reader.history()
    assert opened == reader.page.evaluate("firstHistory")
    reader.type("Alpha", "0.5")
    reader.await_address(alpha="0.5")
    reader.type("Iterations", "60")
    reader.await_address(iterations="60")
    reader.look("All steps").click()
    reader.await_address(look="steps")
    reader.await_rest()
    assert reader.history() == opened + 3
    for alpha, iterations, way in (
        ("0.5", "60", "back"),
        ("0.5", "18", "back"),
        ("0.1", "18", "back"),
        ("0.5", "18", "forward"),
        ("0.5", "60", "forward"),
    ):
        getattr(reader.page, f"go_{way}")()
        expect(reader.number("Iterations")).to_have_value(iterations)
        expect(reader.number("Alpha")).to_have_value(alpha)
        headline = "Bounces forever" if alpha == "0.5" else "Creeps towards the goal"
        expect(reader.verdict).to_contain_text(headline)
        reader.await_rest()
    assert reader.history() == opened + 3
    reader.type("Alpha", "0.3")
    reader.await_address(alpha="0.3")
    reader.await_rest()
    other = open_page(reader.page.url.partition("?")[2])
    assert other.address() == reader.address()
    shown = [r.page.get_by_role("main").aria_snapshot() for r in (reader, other)]
    one, two = (
        re.sub(r" \[active\]|- status:.*|- status$", "", text, flags=re.M) for text in shown
    )
    assert one.split() == two.split()


FILLED = """(count) => {
    const fields = [...document.querySelectorAll(".st-key-fields input")];
    return fields.length === count && fields.every((field) => field.value !== "");
}"""
TELL = """() => {
    const told = document.querySelectorAll("p.refused");
    const within = [...told].flatMap((p) => [...p.querySelectorAll("*")]);
    const odd = "[onerror], [onload], [srcdoc], [src=x], [href*=pwned]";
    return {
        sentences: [...told].flatMap((p) => [...p.childNodes])
            .filter((node) => node.nodeType === Node.TEXT_NODE)
            .map((node) => node.data.replace("From the address: ", "")),
        tags: within.map((element) => element.tagName).filter((tag) => tag !== "BR"),
        made: [...document.querySelectorAll(odd)].map((element) => element.outerHTML),
        ran: typeof window.pwned,
        exceptions: document.querySelectorAll("[data-testid=stException]").length,
        fields: [...document.querySelectorAll(".st-key-fields input")].map((e) => Number(e.value)),
    };
}"""


@pytest.mark.parametrize("batch", range(2))
def test_any_address_is_a_page_in_the_browser_too(open_page: Open, batch: int) -> None:
    """No exception, no dialog, nothing run, nothing made of it; each refusal is one sentence.

    Fields and address then hold the values that are good; the first change takes the refusals away.
    """
    reader = open_page("alpha=abc&input=3&goal=%3Cimg%20src%3Dx%3E")
    told = reader.page.locator(".refused")
    expect(told).to_contain_text("alpha = “abc” is not a number, so alpha is 0.1.")
    expect(told).to_contain_text("goal = “<img src=x>” is not a number, so goal is 2.")
    assert reader.history() == reader.page.evaluate("firstHistory")
    reader.await_address(alpha="0.1", input="3", goal="2")
    reader.type("Goal", "4")
    expect(told).to_have_count(0)
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    reader.page.on("dialog", dismiss)
    draw = Random(batch)
    for _ in range(10):
        given = address(draw)
        reader.goto(given.query)
        values = {control.name: getattr(given.settings, control.name) for control in CONTROLS}
        reader.await_address(**{name: as_text(value) for name, value in values.items()})
        chapter = CHAPTERS.get(given.settings.lesson)
        fields = [values[name] for name in (chapter.fields if chapter else values)]
        reader.page.wait_for_function(FILLED, arg=len(fields))
        found = reader.page.evaluate(TELL)
        assert misfits(found.pop("sentences"), given) == [], given.query
        assert found == {
            "tags": [],
            "made": [],
            "ran": "undefined",
            "exceptions": 0,
            "fields": fields,
        }, given.query
        assert dialogs == [], given.query


def test_a_table_takes_examples_and_names_a_bad_cell(open_page: Open) -> None:
    """What is typed becomes training data; a bad cell is named, and the last list stays.

    Swap exchanges the lists, again undoes it, and waits while a row cannot be used.
    """
    reader = open_page("look=data&train=1:1&test=2:2")
    swap = reader.button("Swap training and test data")
    grid = reader.page.get_by_test_id("stDataFrame").first
    reader.type_goal(grid, "x")
    told = reader.page.locator(".refused").filter(has_text="in example 1")
    expect(told).to_contain_text("goal “x” is not a number")
    assert reader.address()["train"] == "1:1"
    expect(swap).to_be_disabled()
    reader.type_goal(grid, "3,5")
    reader.await_address(train="1:3.5")
    expect(told).to_have_count(0)
    reader.await_rest()
    swap.click()
    reader.await_address(input="2", goal="2", test="2:2,1:3.5")
    reader.await_rest()
    expect(reader.page.locator(".neuron-svg .test-answer")).to_have_count(2)
    swap.click()
    reader.await_address(train="1:3.5", test="2:2")
    expect(reader.verdict).to_contain_text(re.compile("mean|weight|goals"))
