"""Somebody who reads the page in a browser, for the tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FloatRect, Locator, Page, expect

from neuron.state.parameters import CONTROLS, LOOKS

PATIENCE = 15_000  # milliseconds: a test must not fail because a machine is slow
NO_NUMBER = re.compile(r".{0,40}\b(?:nan|inf|infinity|undefined|null)\b", re.IGNORECASE)
"""What stands on the page where a number was lost, and what is before it."""

SCENES = {"why": ".why", "compare": ".compare", "sweep": ".sweep"}
"""The closer looks that move, and where each is drawn."""

NAMES = {control.label: control.name for control in CONTROLS}

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
THUMB = 44  # pixels
DESKTOP, PHONE = (1280, 900), (390, 844)

# Streamlit's, beside a table: there or not, as the pointer comes and goes.
TOOLS = [f'- button "{name}"' for name in ("Add row", "Show/hide columns", "Search", "Fullscreen")]


def troubles(page: Page) -> list[str]:
    """A list that grows with what the page throws and logs as an error."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"exception: {error}"))
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    return found


def rgb(colour: str) -> str:
    """A colour of the palette as browsers write it."""
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour.removeprefix("#")))


def messages(page: Page) -> list[str]:
    """A list that grows with each message to and from the server."""
    heard: list[str] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    for event in ("Sent", "Received"):
        wire.on(f"Network.webSocketFrame{event}", lambda _, event=event: heard.append(event))
    return heard


class Reader:
    """Somebody with the page open: finds things as a reader does, by their role and name."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stage = page.locator(".stage")
        self.shown = page.locator(".stage output")
        self.moment = page.locator(".stage .moment")
        self.verdict = page.locator(".stage .verdict")
        self.step = page.get_by_role("slider", name="Step", exact=True)
        self.ruler = page.get_by_role("slider", name="Alpha ruler")
        self.speed = page.locator(".stage").get_by_role("combobox", name="Speed")
        self.onward = page.locator("[data-go=next]")
        self.told = page.locator(".story .text")

    def goto(self, query: str) -> None:
        """Go on to another address of the page."""
        self.page.goto(f"{self.page.url.partition('?')[0]}?{query}")
        self.await_rest()

    def go(self, query: str) -> None:
        """Go on to another address without loading the page anew, as Back and Forward do."""
        self.page.evaluate(
            """query => {
                history.pushState(null, "", `?${query}&utm_source=test`);
                dispatchEvent(new PopStateEvent("popstate"));
            }""",
            query,
        )
        # The page takes out what others have put into its address once it has read it.
        self.page.wait_for_function("!location.search.includes('utm_source')")
        self.await_rest()
        self.await_drawing()

    def resize(self, width: int, height: int) -> None:
        """Another window, or the screen turned."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.await_drawing()

    def play(self, speed: str) -> None:
        self.speed.select_option(label=speed)
        self.button("Play").click()

    def query(self) -> str:
        return self.page.url.partition("?")[2]

    def number(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label, exact=True)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def type(self, label: str, text: str) -> None:
        self.number(label).fill(text)
        self.number(label).press("Enter")

    def enter(self, label: str, value: str) -> None:
        """Type a value as the address writes it, and wait until it is there."""
        self.type(label, value)
        self.await_address(**{NAMES[label]: value})

    def address(self) -> dict[str, str]:
        query = parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)
        return {name: ",".join(values) for name, values in query.items()}

    def await_address(self, **values: str) -> None:
        """Wait until the address holds these values, and the page is at rest."""
        self.page.wait_for_function(
            """values => Object.entries(values).every(([name, value]) =>
                new URLSearchParams(location.search).getAll(name).join() === value)""",
            arg=values,
        )
        self.await_rest()

    def await_other(self, name: str, old: str) -> str:
        """Wait until the address holds another value than the old one, and the page is at rest."""
        self.page.wait_for_function(
            "([name, old]) => new URLSearchParams(location.search).get(name) !== old",
            arg=[name, old],
        )
        self.await_rest()
        return self.address()[name]

    def await_rest(self) -> None:
        """Wait until charts and fields are there, the address is written and the server is done."""
        self.page.wait_for_function(
            """() => document.querySelector("[data-ready], .trouble:not([hidden])")
                && document.querySelector(".st-key-looks [role=radio]")
                && !document.querySelector(".stage[data-stale]")
                && new URLSearchParams(location.search).has("iterations")
                && document.querySelector("[data-test-script-state=notRunning]")"""
        )

    def turn_to(self, look: str) -> None:
        self.page.get_by_role("radio", name=LOOKS[look]).click()
        self.await_address(look=look)

    def unfold(self) -> None:
        """Open all that is folded in the look *By hand*."""
        folds = self.page.locator(".st-key-by-hand details:not([open]) > summary:visible")
        while folds.count():
            folds.first.click()

    def drawn(self, look: str) -> Locator:
        """The scene of a closer look, once its charts are there."""
        scene = self.page.locator(SCENES[look])
        expect(scene).to_have_attribute("data-ready", "")
        return scene

    def focused(self) -> str:
        """The name of what has the focus."""
        name: str = self.page.evaluate(
            """() => {
                const at = document.activeElement;
                if (at === document.body) return "BODY";
                if (at.dataset.testid === "stMain") return "stMain";
                return at.getAttribute("aria-label") || at.labels?.[0]?.innerText.trim()
                    || at.innerText.trim() || at.tagName;
            }"""
        )
        return name

    def tab(self) -> str:
        """Go on to what has the focus next: its name."""
        self.page.keyboard.press("Tab")
        return self.focused()

    def snapshot(self) -> list[str]:
        """All that is on the page for who hears it, but for the focus and what is announced."""
        tree = self.page.get_by_role("main").aria_snapshot()
        shown = re.sub(r" \[active\]|- status:.*|- status$", "", tree, flags=re.MULTILINE)
        lines = [line.strip() for line in shown.split("\n")]
        return [line for line in lines if line and line not in TOOLS]

    def history(self) -> int:
        return int(self.page.evaluate("history.length"))

    def seek(self, step: int) -> None:
        self.step.fill(str(step))
        expect(self.shown).to_have_text(re.compile(f"^{step} of "))

    def at_every_step(self, look: str) -> list[Any]:
        """What a JavaScript expression gives at each step of the stage, once it is drawn."""
        found: list[Any] = self.page.evaluate(
            f"""async () => {{
                const range = document.querySelector(".stage input[type=range]");
                const found = [];
                for (let k = 0; k <= Number(range.max); k++) {{
                    range.value = k;
                    range.dispatchEvent(new Event("input", {{ bubbles: true }}));
                    await new Promise(requestAnimationFrame);
                    await new Promise(requestAnimationFrame);
                    found.push({look});
                }}
                return found;
            }}"""
        )
        return found

    def film(self, look: str, *, most: float = 60, scene: str = ".stage") -> list[Any]:
        """What a JavaScript expression gives in each frame of a film, for so many seconds."""
        frames: list[Any] = self.page.evaluate(
            f"""async ([most, scene]) => {{
                const seen = [];
                const end = performance.now() + 1000 * most;
                const play = document.querySelector(`${{scene}} .play`);
                play.click();
                do {{
                    await new Promise(requestAnimationFrame);
                    seen.push({look});
                }} while (play.innerText.trim() !== "Play" && performance.now() < end);
                return seen;
            }}""",
            [most, scene],
        )
        return frames

    def handle(self, name: str) -> Locator:
        """What can be grabbed, by its name."""
        return self.page.get_by_role("slider", name=name)

    def value(self, name: str) -> float:
        """Where a handle stands."""
        return float(self.handle(name).get_attribute("aria-valuenow") or "nan")

    def box(self, element: Locator) -> FloatRect:
        """Where an element is."""
        box = element.bounding_box()
        assert box is not None
        return box

    def centre(self, element: Locator) -> tuple[float, float]:
        box = self.box(element)
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag(self, name: str, right: float, down: float, *, drop: bool = True) -> None:
        """Grab a handle, move it so many pixels, and let it go."""
        x, y = self.centre(self.handle(name).locator(".grip").or_(self.handle(name)).last)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + right, y + down, steps=6)
        if drop:
            self.page.mouse.up()

    def type_goal(self, table: Locator, text: str) -> None:
        """Type a goal into the first row of a table, which is drawn, not made of elements."""
        editor = self.page.locator("textarea.gdg-input")
        cell = table.get_by_test_id("glide-cell-2-0")
        expect(cell).to_be_attached()
        for _ in range(10):  # the grid takes a click and keys only some time after it is there
            table.click(position={"x": 0.8 * self.box(table)["width"], "y": 52})
            with suppress(AssertionError):
                expect(cell).to_have_attribute("aria-selected", "true", timeout=2000)
                self.page.keyboard.press("Enter")
                expect(editor).to_be_editable(timeout=2000)
                editor.fill(text)  # key by key, the first ones are lost while the editor opens
                self.page.keyboard.press("Enter")
                expect(cell).to_have_text(text, timeout=4000)
                return
            self.page.keyboard.press("Escape")
        raise AssertionError(f"the table does not take {text!r}")

    def broken_rules(self) -> list[str]:
        """The rules of WCAG 2.2 A and AA that a program finds broken."""
        options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        found: Any = Axe().run(self.page, options=options)
        return [
            f"{broken['id']}: {node['target']} {node['failureSummary']}"
            for broken in found.response["violations"]
            for node in broken["nodes"]
        ]

    def too_small_for_a_thumb(self) -> list[str]:
        """What can be touched and is less than 44 pixels wide or high."""
        small: list[str] = self.page.evaluate(
            """least => [...document.querySelectorAll("button, input, select, [role=button]")]
                .filter((e) => e.checkVisibility({ visibilityProperty: true }))
                .map((e) => [e, e.closest("label:has([type=checkbox])") ?? e])
                .map(([e, target]) => [e, target.getBoundingClientRect()])
                .filter(([, { width, height }]) => width < least || height < least)
                .map(([e, { width, height }]) => `${e.outerHTML}: ${width} x ${height}`)""",
            THUMB,
        )
        return small

    def scrolls_sideways(self) -> list[str]:
        """The parts of the page that are wider than their room."""
        wide: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll("body, main, section, .scene")]
                .filter((e) => e.scrollWidth > e.clientWidth + 1)
                .map((e) => `${e.tagName} ${e.className}`)"""
        )
        return wide

    def await_drawing(self) -> None:
        """Wait until the last change is on the screen."""
        self.page.evaluate(
            """async () => {
                await document.fonts.ready;
                for (let k = 0; k < 4; k++) await new Promise(requestAnimationFrame);
            }"""
        )

    def trace(self, picture: str, index: int) -> dict[str, list[float]]:
        """What Plotly shows for one trace of a picture, once it has taken up the last change."""
        self.await_drawing()
        found: dict[str, list[float]] = self.page.evaluate(
            """([picture, index]) => {
                const place = document.querySelector(`.stage [data-picture=${picture}] .plot`);
                const { x, y } = place.data[index];
                return { x: [...x], y: [...y] };
            }""",
            [picture, index],
        )
        return found

    def await_trace(
        self, picture: str, index: int, xs: Sequence[float], ys: Sequence[float]
    ) -> None:
        """Wait until Plotly shows exactly these points; ``picture`` is a CSS selector."""
        self.page.wait_for_function(
            """([picture, index, xs, ys]) => {
                const { x, y } = document.querySelector(picture).data[index];
                return JSON.stringify([[...x], [...y]]) === JSON.stringify([xs, ys]);
            }""",
            arg=[picture, index, list(xs), list(ys)],
        )

    def range(self, picture: str, axis: str) -> list[float]:
        """From where to where Plotly shows an axis of a picture."""
        found: list[float] = self.page.evaluate(
            """([picture, axis]) => [...document.querySelector(
                `.stage [data-picture=${picture}] .plot`).layout[axis].range]""",
            [picture, axis],
        )
        return found


Open = Callable[..., Reader]
"""The fixture `open_page`: opens the page as a new reader."""
