"""The story as it is heard: what a screen reader reads, in order, and what it is told by itself.

`transcript.txt` is what this test hears. After a change that is meant, write it anew, and read the
difference: ``TRANSCRIPT=write pytest tests/browser/test_transcript.py``
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from browser.reader import Open, Reader
from browser.test_story import gives_away
from neuron.core.dynamics import Regime
from neuron.state.parameters import CONTROLS
from neuron.story.chapter import STORY, Chapter, Found, Picked, Played, Reached
from neuron.story.chapters import CHAPTERS, GROUPS, label

TRANSCRIPT = Path(__file__).with_name("transcript.txt")

LISTEN = """() => {
    const place = document.querySelector(".announced");
    window.heard = [];
    const keep = () => window.heard.push(...[...place.children].map((e) => e.textContent.trim()));
    new MutationObserver(keep)
        .observe(place, { childList: true });
}"""

HANDLES = {"weight": "Starting weight, the wire", "alpha": "Alpha ruler"}


class Listener:
    """Somebody who hears the page and has no pointer: notes what there is to hear."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.page = reader, reader.page
        self.lines: list[str] = []
        self.known: set[str] = set()
        self.page.evaluate(LISTEN)

    def read(self) -> None:
        """Read what is on the stage and was not there before, in reading order."""
        tree = self.page.locator(".stage").aria_snapshot()
        tree = re.sub(r"^ *- option .*\n", "", tree, flags=re.M)
        lines = [line for line in tree.splitlines() if not re.fullmatch(r" *- status.*", line)]
        self.lines += [f"    {line}" for line in lines if line not in self.known]
        self.known = set(lines)

    def hear(self, text: str) -> None:
        """Wait until this was announced, and note all that was."""
        self.page.wait_for_function(
            "text => window.heard.some((heard) => heard.includes(text))", arg=text
        )
        self.page.wait_for_function(  # an alpha that was found is played
            "document.querySelector('.stage .play').textContent.trim() !== 'Pause'"
        )
        self.page.wait_for_timeout(500)  # what follows of itself
        self.lines += [f"  heard: {said}" for said in self.page.evaluate("window.heard.splice(0)")]
        self.read()

    def press(self, target: Locator, what: str = "") -> None:
        self.lines.append(f"> {what or target.inner_text()}")
        target.press("Enter")

    def turn(self, name: str, value: float) -> None:
        """Bring a handle to a value with the arrow keys."""
        handle = self.page.get_by_role("slider", name=HANDLES[name], exact=True)
        self.lines.append(f"> {HANDLES[name]}: arrow keys to {value:g}")
        for _ in range(300):
            text = handle.get_attribute("aria-valuetext") or ""
            here = float(re.sub("[^0-9.-]", "", text.replace("−", "-")))
            if abs(here - value) < 1e-9:
                return
            handle.press("ArrowRight" if here < value else "ArrowLeft")
        raise AssertionError(f"{name} does not come to {value}")


def walk(listener: Listener, chapter: Chapter) -> None:
    """Do one chapter from its first stop to its last, with the keyboard alone."""
    page, reader = listener.page, listener.reader
    dots = page.locator(".stage .dots")
    labels = [control.label for control in CONTROLS if control.name in chapter.fields]
    while (number := int((dots.get_attribute("aria-label") or "").split()[1])) < len(chapter.stops):
        expect(page.locator(".st-key-fields label")).to_have_text(labels)
        match chapter.stops[number - 1].until:
            case Picked():
                assert chapter.ask
                assert gives_away(reader) == []
                name = chapter.ask.choices[0].label
                listener.press(page.locator(".ask").get_by_role("button", name=name), name)
            case Played():
                if reader.button("Play").is_visible():
                    listener.press(reader.button("Play"), "Play")
            case Reached(name, value):
                listener.turn(name, value)
            case Found(regime):
                one_step = regime is Regime.ONE_STEP
                listener.turn("alpha", (1 if one_step else 2) / chapter.settings.input**2)
            case _:
                listener.press(reader.onward)
        listener.hear(f"Part {number + 1} of {len(chapter.stops)}.")


def test_the_story_is_heard_as_it_is_written(open_page: Open) -> None:
    """All seven chapters by keyboard alone; what is read and announced is the transcript."""
    reader = open_page()
    reader.speed.select_option(label="Fastest")
    listener = Listener(reader)
    listener.read()
    listener.press(reader.button("New here? Start the story"))
    for name in GROUPS[STORY]:
        chapter = CHAPTERS[name]
        listener.hear(label(name))
        reader.await_address(lesson=name)
        walk(listener, chapter)
        listener.press(reader.onward)
    listener.hear("Free play")
    expect(reader.button("Start the story again")).to_be_visible()
    heard = "\n".join(listener.lines) + "\n"
    if os.environ.get("TRANSCRIPT") == "write":
        TRANSCRIPT.write_text(heard, "utf-8")
    assert heard == TRANSCRIPT.read_text("utf-8")
