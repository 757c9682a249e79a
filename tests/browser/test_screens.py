"""What is in view on each screen without scrolling, in free play and in every chapter."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Open, Reader
from neuron.story.chapter import STORY as STORY_CHAPTERS
from neuron.story.chapters import CHAPTERS, GROUPS

SCREENS: dict[str, dict[str, tuple[int, int, str]]] = {
    "desktop": {
        "desktop": (1280, 900, "whole"),
        "laptop": (1366, 768, "whole"),
        "projector": (1920, 1080, "whole"),
    },
    "phone": {
        "phone": (390, 844, "upright"),
        "small phone": (360, 640, "upright"),
        "sideways": (844, 390, "beside"),
    },
    "embedded": {
        "embedded": (800, 600, "beside"),
        "embedded phone": (360, 500, "upright"),
    },
}
"""Each walk looks at every stop on its first screen, and on all of them where most is on them: at a
question, at a table, and at a chapter's last stop."""

# The parts that are there but not wholly on the screen, or that another part covers; and those that
# are needed but not there.
HIDDEN = """([wanted, needed]) => wanted.filter((what) => {
    const element = [...document.querySelectorAll(what)]
        .find((e) => e.checkVisibility({ visibilityProperty: true }));
    const { left, right, top, bottom, width, height } = element?.getBoundingClientRect() ?? {};
    if (!width || !height) return needed.includes(what);
    if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) return true;
    return [[0.5, 0.02], [0.5, 0.5], [0.5, 0.98]].some(([x, y]) => {
        const over = document.elementFromPoint(left + x * width, top + y * height);
        return over && !element.contains(over) && !over.contains(element)
            && Boolean(over.closest(".dock, [data-testid=stHeader] button"));
    });
})"""
NEURON, STORY, ASK = "[data-picture=neuron]", ".story .text", ".ask"
PLAY, RULER, CHART = "[data-do=play]", ".ruler .line", ".charts .picture"
VERDICT, PROGRAM, FIELD = ".stage .verdict p", ".program", ".st-key-fields input"


def parts(kind: str) -> list[str]:
    wanted = [NEURON, STORY, ".stops", ASK, PLAY, RULER, CHART]
    if kind == "whole":
        wanted += [PROGRAM, VERDICT, ".figure"]
        wanted += [f".charts [data-picture={name}]" for name in ("weight", "error")]
    return wanted


PLACED = """() => Object.fromEntries(["[data-picture=neuron]", ".program", ".dock", ".charts",
    ".stage .verdict", ".st-key-fields", ".story .text", ".stops"].flatMap((what) => {
    const element = document.querySelector(what);
    if (!element?.checkVisibility()) return [];
    const { left, top, width } = element.getBoundingClientRect();
    return [[what, [left, top, width].map(Math.round)]];
}))"""


class Seen:
    """What is wrong on any of these screens, noted from stop to stop."""

    def __init__(self, reader: Reader, screens: dict[str, tuple[int, int, str]]) -> None:
        self.reader, self.screens = reader, screens
        self.wrong: list[Any] = []
        self.before: dict[str, tuple[str, dict[str, list[int]]]] = {}

    def look(self, place: str, stop: object, *, everywhere: bool = True) -> None:
        for screen, (width, height, kind) in [*self.screens.items()][: None if everywhere else 1]:
            self.reader.resize(width, height)
            self.note(screen, kind, place, stop)

    def note(self, screen: str, kind: str, place: str, stop: object) -> None:
        page, wanted, here = self.reader.page, parts(kind), (screen, place, stop)
        needed: list[str] = []
        if place == "free play":
            needed = [what for what in wanted if what not in (STORY, ".stops", ASK, ".figure")]
            wanted += [FIELD] if kind == "whole" else []
        if page.locator(".figure").is_visible():  # it lies over the charts
            wanted = [NEURON, STORY, ".stops"]
        if page.locator(".ask").is_visible():  # it lies over Play, and on a phone over more
            wanted = [what for what in wanted if what not in (PLAY, RULER)]
            wanted = [what for what in wanted if what != CHART or kind == "whole"]
        if hidden := page.evaluate(HIDDEN, [wanted, needed]):
            self.wrong.append((*here, "hidden", hidden))
        if wide := self.reader.scrolls_sideways():
            self.wrong.append((*here, "wide", wide))
        if top := page.get_by_test_id("stMain").evaluate("main => main.scrollTop"):
            self.wrong.append((*here, "scrolled", top))
        (known, before), now = self.before.get(screen, ("", {})), page.evaluate(PLACED)
        self.before[screen] = (place, now)
        for part in before.keys() & now.keys() if known == place else ():
            if any(abs(a - b) > 1 for a, b in zip(now[part], before[part], strict=True)):
                self.wrong.append((*here, "moved", part, before[part], now[part]))


@pytest.mark.parametrize("walk", SCREENS)
def test_every_stop_is_in_view_and_moves_nothing(open_page: Open, walk: str) -> None:
    """On each screen of the table no part is out of view, and nothing wider than its room.

    Neither another stop, nor a pick, nor Play, nor a run's end moves anything or scrolls. On the
    phone the whole story is done with a thumb.
    """
    embed = "embed=true&" if walk == "embedded" else ""
    reader = open_page(f"{embed}alpha=0.6", view="phone" if walk == "phone" else "desktop")
    seen = Seen(reader, SCREENS[walk])
    press = Locator.tap if walk == "phone" else Locator.click
    seen.look("free play", 0)
    reader.play("Fastest")
    expect(reader.shown).to_have_text("18 of 18")
    seen.look("free play", "end")
    reader.speed.select_option(label="Normal")
    reader.go(f"{embed}lesson=predict")
    onward = reader.onward
    for place in GROUPS[STORY_CHAPTERS]:
        reader.await_address(lesson=place)
        stops = CHAPTERS[place].stops
        for stop in range(len(stops)):
            expect(reader.page.locator(".dots")).to_have_attribute(
                "aria-label", re.compile(f"^Part {stop + 1} of")
            )
            full = reader.page.locator(".ask, .figure").filter(visible=True).count() > 0
            seen.look(place, stop, everywhere=full or stop == len(stops) - 1)
            if reader.page.locator(".ask").is_visible():
                press(reader.page.locator(".ask button").first)
                expect(reader.page.locator(".ask")).to_be_hidden()
            else:
                press(onward)
    for place in ("zero-input", "challenge-1"):
        reader.go(f"{embed}lesson={place}")
        seen.look(place, 0)
    assert seen.wrong == []


def test_a_projector_is_filled_and_read_from_the_last_row(open_page: Open) -> None:
    """At 1920 x 1080 the stage is at least 1600 pixels wide and no text is below 18."""
    reader = open_page("alpha=0.4&test=1:1")
    reader.resize(1920, 1080)
    assert reader.box(reader.stage)["width"] >= 1600
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
