"""Many hands in a hurry: after each quick series of actions the page shows one state everywhere."""

from __future__ import annotations

import os
import re
from random import Random

import pytest
from playwright.sync_api import expect

from browser.reader import Open, Reader
from neuron.state.parameters import CONTROLS
from neuron.state.reading import typed

ACTIONS = int(os.environ.get("HANDS", "100"))
"""How many actions; ``HANDS=5000 pytest tests/browser/test_hands.py`` walks longer."""

TYPED = {
    "Input": ["1", "−2", "3", "1,5"],
    "Goal": ["2", "4", "0,5", "1,000"],
    "Starting weight": ["0", "1/2", "-1", "x"],
    "Alpha": ["0,1", "1/4", "−3", "1e−2", "1,000"],
    "Iterations": ["1", "18", "2.5", "40"],
}


def act(reader: Reader, draw: Random) -> None:
    """One action, without waiting for its answer."""
    kind = draw.choice(["type", "type", "drag", "key", "place", "back"])
    if kind == "type":
        label = draw.choice([*TYPED])
        reader.type(label, draw.choice(TYPED[label]))
    elif kind == "drag":
        box = reader.ruler.bounding_box()
        assert box is not None
        places = [(box["x"] + draw.random() * box["width"], box["y"] + box["height"] / 2)] * 2
        places[1] = (box["x"] + draw.random() * box["width"], places[1][1])
        reader.page.mouse.move(*places[0])
        reader.page.mouse.down()
        reader.page.mouse.move(*places[1], steps=draw.randint(1, 9))
        reader.page.mouse.up()
    elif kind == "key":
        reader.ruler.press(draw.choice(["ArrowLeft", "ArrowRight", "PageUp"]))
    elif kind == "place":
        buttons = reader.page.locator(".ruler .places button")
        if buttons.count():
            buttons.nth(draw.randrange(buttons.count())).click()
    elif reader.page.evaluate("navigation.currentEntry.index > 0"):  # else Back leaves the page
        reader.page.go_back()


def agrees(reader: Reader) -> None:
    """Fields, ruler, stage and address have the same values, but for what a field refuses."""
    reader.page.wait_for_timeout(800)  # a series of keys is settled when no other follows
    reader.await_rest()
    address = reader.address()
    told = reader.page.locator(".entries").inner_text()
    for control in CONTROLS:
        value = control.parse(address[control.name])
        text = reader.number(control.label).input_value()
        if f"{control.label} “{text}”" in told:
            assert re.search(
                f"{control.label} “.*?” .*?so it is still {address[control.name]}\\.", told
            )
        else:
            assert typed(text) == value, (control.label, text, address)
    alpha = float(address["alpha"])
    shown = reader.ruler.get_attribute("aria-valuetext") or ""
    found = re.search(r"[0-9][0-9.]*", shown.replace("1/input", ""))
    if found and "×" not in shown:
        assert float(found[0].rstrip(".")) == pytest.approx(alpha, rel=1e-3), shown
    expect(reader.step).to_have_attribute("max", re.compile("^(0|" + address["iterations"] + ")$"))


@pytest.mark.parametrize("seed", range(2))
def test_no_interleaving_of_hands_leaves_the_page_with_two_values(
    open_page: Open, seed: int
) -> None:
    draw = Random(seed)
    reader = open_page()
    left = ACTIONS // 2
    while left > 0:
        series = draw.choice([1, 2, 3, 5])
        for _ in range(series):
            act(reader, draw)
            reader.page.wait_for_timeout(draw.choice([0, 0, 20, 60, 150]))
        left -= series
        agrees(reader)
