"""Many hands in a hurry: after each quick series of actions the page shows one state everywhere."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from math import isclose
from random import Random

import pytest
from playwright.sync_api import Error

from browser.reader import PATIENCE, Open, Reader
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
        field, text = reader.number(label).last, draw.choice(TYPED[label])  # one may be on its way
        field.fill(text)
        field.press("Enter")
    elif kind == "drag":
        box = reader.box(reader.ruler)
        start, end = (box["x"] + draw.random() * box["width"] for _ in range(2))
        reader.page.mouse.move(start, box["y"] + box["height"] / 2)
        reader.page.mouse.down()
        reader.page.mouse.move(end, box["y"] + box["height"] / 2, steps=draw.randint(1, 9))
        reader.page.mouse.up()
    elif kind == "key":
        reader.ruler.press(draw.choice(["ArrowLeft", "ArrowRight", "PageUp"]))
    elif kind == "place":
        buttons = reader.page.locator(".ruler .places button")
        if buttons.count():
            buttons.nth(draw.randrange(buttons.count())).click()
    elif reader.page.evaluate("navigation.currentEntry.index > 0"):  # else Back leaves the page
        reader.page.go_back()


def disagreement(reader: Reader) -> object:
    """What has another value than the address, but for what a field refuses; None for nothing."""
    address = reader.address()
    told = reader.page.locator(".entries").inner_text()
    for control in CONTROLS:
        now = address[control.name]
        text = reader.number(control.label).input_value()
        if f"{control.label} “{text}”" in told:
            if not re.search(f"{control.label} “.*?” .*?so it is still {now}\\.", told):
                return (control.label, told, address)
        elif not text or typed(text) != control.parse(now):  # a new field is empty for a moment
            return (control.label, text, address)
    shown = reader.ruler.get_attribute("aria-valuetext") or ""
    found = re.search(r"[0-9][0-9.]*", shown.replace("1/input", ""))
    alpha = float(address["alpha"])
    if found and "×" not in shown and not isclose(float(found[0].rstrip(".")), alpha, rel_tol=1e-3):
        return (shown, address)
    last = reader.step.get_attribute("max")
    return None if last in ("0", address["iterations"]) else (last, address)


def agrees(reader: Reader) -> None:
    """Fields, ruler, stage and address come to have the same values, and keep them."""
    end = time.monotonic() + PATIENCE / 1000
    settled = 0
    found: object = "nothing looked at"
    while settled < 2:
        reader.page.wait_for_timeout(400)  # a series of keys is settled when no other follows
        reader.await_rest()
        with suppress(Error):  # a field may just be replaced by a new one
            found = disagreement(reader)
            settled = 0 if found else settled + 1
        assert time.monotonic() < end, found


@pytest.mark.parametrize("seed", range(int(os.environ.get("SEEDS", "2"))))
def test_no_interleaving_of_hands_leaves_the_page_with_two_values(
    open_page: Open, seed: int
) -> None:
    draw = Random(seed)
    reader = open_page()
    left = ACTIONS // 2
    while left > 0:
        series = draw.choice([1, 2, 5, 8])
        for _ in range(series):
            act(reader, draw)
            reader.page.wait_for_timeout(draw.choice([0, 0, 20, 60, 150]))
        left -= series
        agrees(reader)
