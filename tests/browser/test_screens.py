"""What is in view on each screen without scrolling, in free play and in every chapter."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.reader import Open, Reader
from neuron.story.chapters import CHAPTERS, GROUPS

TOUCH = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2}
SCREENS: dict[str, tuple[int, int, str]] = {
    "desktop": (1280, 900, "whole"),
    "laptop": (1366, 768, "whole"),
    "projector": (1920, 1080, "whole"),
    "phone": (390, 844, "upright"),
    "small phone": (360, 640, "upright"),
    "sideways": (844, 390, "beside"),
    "embedded": (800, 600, "beside"),
    "embedded phone": (360, 500, "upright"),
}
PLACES = ["", *GROUPS[CHAPTERS["predict"].group], "zero-input", "challenge-1"]

# The parts that are there but not wholly on the screen, or that another part covers.
HIDDEN = """(wanted) => wanted.filter((what) => {
    const element = [...document.querySelectorAll(what)].find((e) => e.checkVisibility());
    if (!element) return false;
    const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
    if (!width || !height) return false;
    if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) return true;
    return [[0.5, 0.02], [0.5, 0.5], [0.5, 0.98]].some(([x, y]) => {
        const over = document.elementFromPoint(left + x * width, top + y * height);
        return over && !element.contains(over) && !over.contains(element)
            && Boolean(over.closest(".dock, [data-testid=stHeader] button"));
    });
})"""
THERE = """(wanted) => wanted.filter((what) =>
    [...document.querySelectorAll(what)].some((e) => e.checkVisibility({ visibilityProperty: true })
        && e.getBoundingClientRect().height > 20))"""

NEURON, STORY, ASK = "[data-picture=neuron]", ".story .text", ".ask"
PLAY, RULER, CHART = "[data-do=play]", ".ruler .line", ".charts .picture"
VERDICT, PROGRAM, FIELD = ".stage .verdict p", ".program", ".st-key-fields input"


def parts(kind: str) -> list[str]:
    wanted = [NEURON, STORY, ".stops", ASK, PLAY, RULER, CHART]
    if kind == "whole":
        wanted += [PROGRAM, VERDICT, ".figure"]
        wanted += [f".charts [data-picture={name}]" for name in ("weight", "error")]
    return wanted


def open_on(reader: Reader, screen: str, query: str) -> None:
    width, height, _ = SCREENS[screen]
    reader.page.set_viewport_size({"width": width, "height": height})
    embed = "embed=true&" if screen.startswith("embedded") else ""
    reader.goto(f"{embed}{query}")
    settle(reader.page)


def settle(page: Page) -> None:
    page.evaluate(
        """async () => {
            document.fonts.status === "loaded" || await document.fonts.ready;
            for (let k = 0; k < 4; k++) await new Promise(requestAnimationFrame);
        }"""
    )


@pytest.mark.parametrize("screen", SCREENS)
def test_everything_is_in_view_without_scrolling(open_page: Open, screen: str) -> None:
    """DESIGN's table of screens, at every stop: no part out of view, nothing wider than its room."""
    *_, kind = SCREENS[screen]
    reader = open_page(view="phone" if kind == "upright" or screen == "sideways" else "desktop")
    wrong: list[Any] = []
    for place in PLACES:
        open_on(reader, screen, f"lesson={place}" if place else "")
        stops = len(CHAPTERS[place].stops) if place else 1
        for stop in range(stops):
            if hidden := reader.page.evaluate(HIDDEN, parts(kind)):
                wrong.append((place, stop, hidden))
            if wide := reader.scrolls_sideways():
                wrong.append((place, stop, wide))
            if not place:
                needed = {*parts(kind)} - {STORY, ".stops", ASK, ".figure"}
                assert {*reader.page.evaluate(THERE, [*needed])} == needed
            onward = reader.page.locator("[data-go=next]")
            if stop < stops - 1 and onward.is_enabled():
                onward.click()
                settle(reader.page)
    assert wrong == []


def test_a_projector_is_filled_and_read_from_the_last_row(open_page: Open) -> None:
    """At 1920 x 1080 the stage is at least 1600 pixels wide and no text is below 18."""
    reader = open_page()
    open_on(reader, "projector", "alpha=0.4&test=1:1")
    box = reader.stage.bounding_box()
    assert box is not None
    assert box["width"] >= 1600
    small = reader.page.evaluate(
        """() => [...document.querySelectorAll(".stage *, .st-key-fields *, .st-key-top *")]
            .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
            .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
            .filter((e) => !e.closest(".unseen, defs, [aria-hidden=true] option"))
            .filter((e) => e.getBoundingClientRect().width > 1)
            .map((e) => [Number.parseFloat(getComputedStyle(e).fontSize), e.textContent.trim()])
            .filter(([size]) => size < 17.95)"""
    )
    assert small == []


PLACED = """() => Object.fromEntries(["[data-picture=neuron]", ".program", ".dock", ".charts",
    ".stage .verdict", ".st-key-fields", ".story .text", ".stops"].flatMap((what) => {
    const element = document.querySelector(what);
    if (!element?.checkVisibility()) return [];
    const { left, top, width } = element.getBoundingClientRect();
    return [[what, [left, top, width].map(Math.round)]];
}))"""


@pytest.mark.parametrize("screen", ["desktop", "phone", "small phone"])
def test_nothing_moves_by_itself(open_page: Open, screen: str) -> None:
    """Neither the next stop, nor a pick, nor Play, nor the end of the run moves anything."""
    reader = open_page(view="desktop" if screen == "desktop" else "phone")
    moved: list[Any] = []
    main = reader.page.get_by_test_id("stMain")
    for place in ("measure", "learn", "swap", "alpha", "bounce", ""):
        open_on(reader, screen, f"lesson={place}" if place else "alpha=0.6")
        before = reader.page.evaluate(PLACED)
        for stop in range(len(CHAPTERS[place].stops) if place else 1):
            if reader.page.locator(".ask").is_visible():
                reader.page.locator(".ask button").first.click()
                expect(reader.page.locator(".ask")).to_be_hidden()
            elif place and reader.page.locator("[data-go=next]").is_enabled():
                reader.page.locator("[data-go=next]").click()
            elif not place:
                reader.button("Play").click()
            reader.await_rest()
            settle(reader.page)
            now = reader.page.evaluate(PLACED)
            for part in before.keys() & now.keys():
                if now[part] != before[part]:
                    moved.append((place, stop, part, before[part], now[part]))
            before = now
            if not reader.address().get("lesson", "") == place:
                break
            assert main.evaluate("main => main.scrollTop") == 0, (place, stop)
    assert moved == []
