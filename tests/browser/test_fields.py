"""The fields, the address and the history, in a real browser."""

from __future__ import annotations

import re
from random import Random

from addresses import address, misfits
from playwright.sync_api import Dialog, expect
from runs import run_at

from browser.reader import NAMES, Open
from browser.test_stage import said_at
from neuron.state.parameters import CONTROLS
from neuron.story.chapters import CHAPTERS
from neuron.words.numbers import as_text

MARKUP = "<img src=x onerror=pwned=1>"


def test_what_is_typed_is_read_as_it_is_meant_or_refused_in_words(open_page: Open) -> None:
    """Commas, fractions and the page's own minus count; what is refused stays there and is told.

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
        reader.await_address(**{NAMES[label]: value})
        expect(reader.number(label)).to_have_value(text)
    run = run_at("input=-2&goal=0.25&weight=1e-6&alpha=0.15&iterations=1000")
    said_at(run, 0, reader.moment.inner_text())
    before = reader.address()
    bad = {"Iterations": "2.5", "Alpha": "1,000", "Goal": "x", "Input": MARKUP}
    for label, text in bad.items():
        reader.type(label, text)
        told = reader.page.locator(".entries").get_by_text(f"{label} “{text[:24]}")
        expect(told).to_be_visible()
        expect(reader.number(label)).to_have_value(text)
    reader.await_rest()
    assert reader.address() == before
    said_at(run, 0, reader.moment.inner_text())
    reader.ruler.press("ArrowRight")
    expect(reader.page.locator(".entries").get_by_text("Alpha “1,000”")).to_have_count(0)
    expect(reader.page.locator(".entries").get_by_text("Goal “x”")).to_be_visible()
    expect(reader.number("Alpha")).to_have_value(reader.await_other("alpha", "0.15"))
    assert reader.page.evaluate("typeof window.pwned") == "undefined"


# Presses "Best alpha", and types into the field before the page can have answered.
IN_A_HURRY = """() => {
    document.querySelector(".ruler .places button").click();
    const field = document.querySelector("input[aria-label=Alpha]");
    field.select();
    document.execCommand("insertText", false, "0.3");
}"""


def test_what_is_being_typed_goes_on_in_the_new_field(open_page: Open) -> None:
    """The field is replaced because the press sets its number."""
    reader = open_page()
    reader.page.evaluate(IN_A_HURRY)
    reader.await_address(alpha="0.25")
    reader.page.keyboard.type("5")
    reader.page.keyboard.press("Enter")
    reader.await_address(alpha="0.35")


def test_one_history_entry_a_change(open_page: Open) -> None:
    """Back undoes the last change and Forward does it again; opening the page adds no entry."""
    reader = open_page("embed_options=light_theme")
    opened = reader.history()
    assert opened == reader.page.evaluate("firstHistory")
    reader.enter("Alpha", "0.5")
    reader.enter("Iterations", "60")
    reader.turn_to("steps")
    assert reader.history() == opened + 3
    for alpha, iterations, way in (
        ("0.5", "60", "back"),
        ("0.5", "18", "back"),
        ("0.1", "18", "back"),
        ("0.5", "18", "forward"),
        ("0.5", "60", "forward"),
    ):
        before = reader.page.url
        getattr(reader.page, f"go_{way}")()
        reader.page.wait_for_function("before => location.href !== before", arg=before)
        reader.page.wait_for_timeout(300)  # what two presses at once do is for test_hands.py
        expect(reader.number("Iterations")).to_have_value(iterations)
        expect(reader.number("Alpha")).to_have_value(alpha)
        headline = "Bounces forever" if alpha == "0.5" else "Creeps towards the goal"
        expect(reader.verdict).to_contain_text(headline)
        reader.await_rest()
    assert reader.history() == opened + 3
    for _ in range(9):  # a series of keys is one change
        reader.ruler.press("ArrowRight")
    reader.await_other("alpha", "0.5")
    assert reader.history() == opened + 3
    assert reader.focused() == "Alpha ruler"
    reader.enter("Alpha", "0.3")
    other = open_page(reader.query())
    assert other.address() == reader.address()
    assert other.snapshot() == reader.snapshot()


MADE = "[onerror], [onload], [srcdoc], [src=x], [href*=pwned], p.refused :not(br)"
"""What there would be if a text of an address were taken for markup."""


def test_any_address_is_a_page_in_the_browser_too(open_page: Open) -> None:
    """No exception, no dialog, nothing run, nothing made of it; each refusal is one sentence.

    Fields and address then hold the values that are good.
    """
    reader = open_page()
    told = reader.page.locator("p.refused")
    dialogs: list[Dialog] = []
    reader.page.on("dialog", lambda dialog: dialogs.append(dialog))
    draw = Random(0)
    for arrive in (reader.goto, reader.go) * 4:
        given = address(draw)
        arrive(given.query)
        values = {control.name: getattr(given.settings, control.name) for control in CONTROLS}
        reader.await_address(**{name: as_text(value) for name, value in values.items()})
        chapter = CHAPTERS.get(given.settings.lesson)
        fields = [values[name] for name in (chapter.fields if chapter else values)]
        inputs = reader.page.locator(".st-key-fields input")
        expect(inputs).to_have_count(len(fields))
        for k, value in enumerate(fields):
            expect(inputs.nth(k)).to_have_value(as_text(value))
        said = "\n".join(told.all_inner_texts()).replace("From the address: ", "").splitlines()
        assert misfits(said, given) == [], given.query
        assert reader.page.locator(f"{MADE}, [data-testid=stException]").count() == 0, given.query
    assert reader.page.evaluate("typeof window.pwned") == "undefined"
    assert dialogs == []


def test_a_table_takes_examples_and_names_a_bad_cell(open_page: Open) -> None:
    """As quickly as people type; a bad cell is named, as text, and the last list stays.

    Swap exchanges the lists, again undoes it, and waits while a row cannot be used.
    """
    reader = open_page("look=data")
    grids = reader.page.get_by_test_id("stDataFrame")
    cell = grids.first.get_by_test_id("glide-cell-1-0")
    expect(cell).to_be_attached()
    grids.first.click(position={"x": 0.3 * reader.box(grids.first)["width"], "y": 52})
    expect(cell).to_have_attribute("aria-selected", "true")
    for key in ("1", "Tab", "3", "Enter"):
        reader.page.keyboard.press(key)
        reader.page.wait_for_timeout(500)  # the answer to the first cell comes in between
    reader.await_address(train="1:3")
    reader.go("look=data&train=1:1&test=2:2")
    swap = reader.button("Swap training and test data")
    told = reader.page.locator(".refused").filter(has_text="in example 1")
    for place, name in enumerate(("train", "test")):
        before = reader.address()
        reader.type_goal(grids.nth(place), MARKUP)
        expect(told).to_contain_text(f"goal “{MARKUP[:24]}…” is not a number")
        assert reader.address() == before
        expect(swap).to_be_disabled()
        reader.type_goal(grids.nth(place), "3,5")
        reader.await_address(**{name: f"{1 + place}:3.5"})
        expect(told).to_have_count(0)
    assert reader.page.evaluate("typeof window.pwned") == "undefined"
    grids.last.hover()
    expect(grids.last.get_by_role("button", name="Fullscreen")).to_be_visible()
    expect(grids.last.get_by_role("button", name="Download as CSV")).to_have_count(0)
    swap.click()
    reader.await_address(input="2", goal="3.5", test="2:2,1:3.5")
    expect(reader.page.locator(".neuron-svg .test-answer")).to_have_count(2)
    swap.click()
    reader.await_address(train="1:3.5", test="2:3.5")
    expect(reader.verdict).to_contain_text(re.compile("mean|weight|goals"))
