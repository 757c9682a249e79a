"""Many hands in a hurry: after each quick series of actions the page shows one state everywhere."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from math import isclose
from random import Random

import pytest
from playwright.sync_api import Error, Locator

from browser.reader import PATIENCE, Open, Reader
from neuron.state.parameters import CONTROLS, LOOKS
from neuron.state.reading import typed
from neuron.story.chapters import label as title_of

ACTIONS = int(os.environ.get("HANDS", "100"))
"""How many actions; ``HANDS=5000 pytest tests/browser/test_hands.py`` walks longer."""

TYPED = {
    "Input": ["1", "−2", "3", "1,5"],
    "Goal": ["2", "4", "0,5", "1,000"],
    "Starting weight": ["0", "1/2", "-1", "x"],
    "Alpha": ["0,1", "1/4", "−3", "1e−2", "1,000"],
    "Iterations": ["1", "18", "2.5", "40"],
}

PRESSED = {
    "place": ".ruler .places button",
    "story": ".stage :is(.begin, [data-go], .ask button):enabled",
    "look": ".st-key-looks [role=radio]",
}


SOON = 1000  # milliseconds: what is to be pressed may go before the hand is there


def act(reader: Reader, draw: Random) -> int:
    """One action, without waiting for its answer: 1, or 0 if there is nothing to do it with."""
    kind = draw.choice(["type", "type", "drag", "key", "back", *PRESSED])
    if kind == "back":  # at the first entry it would leave the page
        found = reader.page.evaluate("navigation.currentEntry.index > 0 && !history.back()")
        return int(found)
    label = draw.choice([*TYPED])
    ruler = reader.page.locator(".ruler input")
    places = {"type": reader.number(label), "drag": ruler, "key": ruler}
    there = places.get(kind) or reader.page.locator(PRESSED[kind])
    there = there.filter(visible=True)
    count = there.count()
    if not count:
        return 0
    place = there.nth(draw.randrange(count))
    with suppress(Error):
        if kind == "type":
            place.fill(draw.choice(TYPED[label]), timeout=SOON)
            place.press("Enter", timeout=SOON)
        elif kind == "key":
            place.press(draw.choice(["ArrowLeft", "ArrowRight", "PageUp"]), timeout=SOON)
        elif kind == "drag":
            drag(reader, place, draw)
        else:
            place.click(timeout=SOON)
        return 1
    return 0


def drag(reader: Reader, place: Locator, draw: Random) -> None:
    box = reader.box(place)
    start, end = (box["x"] + draw.random() * box["width"] for _ in range(2))
    reader.page.mouse.move(start, box["y"] + box["height"] / 2)
    reader.page.mouse.down()
    reader.page.mouse.move(end, box["y"] + box["height"] / 2, steps=draw.randint(1, 9))
    reader.page.mouse.up()


def disagreement(reader: Reader) -> object:
    """What has another value than the address, but for what a field refuses; None for nothing."""
    address = reader.address()
    told = reader.page.locator(".entries").inner_text()
    lesson, look = address.get("lesson", ""), address.get("look", "")
    open_look = reader.page.locator(".st-key-looks [aria-checked=true]").all_inner_texts()
    if open_look != ([LOOKS[look]] if look else []):
        return (open_look, look)
    chosen = reader.page.get_by_role("combobox", name="Chapter").input_value()
    if chosen != title_of(lesson):
        return (chosen, lesson)
    part = reader.page.locator(".stage .dots:visible").all()
    for dots in part:
        place = dots.get_attribute("aria-label") or ""
        if not place.startswith(f"Part {int(address.get('stop', 0)) + 1} of"):
            return (place, address)
    for control in CONTROLS:
        if not reader.number(control.label).count():
            continue
        now = address[control.name]
        text = reader.number(control.label).input_value()
        if f"{control.label} “{text}”" in told:
            if not re.search(f"{control.label} “.*?” .*?so it is still {now}\\.", told):
                return (control.label, told, address)
        elif not text or typed(text) != control.parse(now):  # a new field is empty for a moment
            return (control.label, text, address)
    shown = reader.page.locator(".ruler input").get_attribute("aria-valuetext") or ""
    found = re.search(r"[0-9][0-9.]*", shown.replace("1/input", ""))
    alpha = float(address["alpha"])
    if found and "×" not in shown and not isclose(float(found[0].rstrip(".")), alpha, rel_tol=1e-3):
        return (shown, address)
    last = reader.page.locator(".stage .step input").get_attribute("max")
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
        for _ in range(draw.choice([1, 2, 5, 8])):
            left -= act(reader, draw)
            reader.page.wait_for_timeout(draw.choice([0, 0, 20, 60, 150]))
        agrees(reader)
