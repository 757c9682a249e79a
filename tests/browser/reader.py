"""Somebody who reads the page in a browser, for the tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

PATIENCE = 15_000  # milliseconds: a test must not fail because a machine is slow

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
THUMB = 44  # pixels


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
        self.speed = page.get_by_role("combobox", name="Speed")

    def goto(self, query: str) -> None:
        """Go on to another address of the page."""
        self.page.goto(f"{self.page.url.partition('?')[0]}?{query}")
        self.await_rest()

    def number(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label, exact=True)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def look(self, name: str) -> Locator:
        return self.page.get_by_role("radio", name=name)

    def picture(self, name: str) -> Locator:
        return self.page.get_by_role("img", name=re.compile(f"^{name}"))

    def type(self, label: str, text: str) -> None:
        self.number(label).fill(text)
        self.number(label).press("Enter")

    def address(self) -> dict[str, str]:
        query = parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)
        return {name: ",".join(values) for name, values in query.items()}

    def await_address(self, **values: str) -> None:
        """Wait until the address holds these values."""
        self.page.wait_for_function(
            """values => Object.entries(values).every(([name, value]) =>
                new URLSearchParams(location.search).getAll(name).join() === value)""",
            arg=values,
        )

    def await_rest(self) -> None:
        """Wait until charts and fields are there, the address is written and the server is done."""
        self.page.wait_for_function(
            """() => document.querySelector("[data-ready], .trouble:not([hidden])")
                && document.querySelector(".st-key-looks [role=radio]")
                && !document.querySelector(".stage[data-stale]")
                && new URLSearchParams(location.search).has("iterations")
                && document.querySelector("[data-test-script-state=notRunning]")"""
        )

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

    def handle(self, name: str) -> Locator:
        """What can be grabbed, by its name."""
        return self.page.get_by_role("slider", name=name)

    def centre(self, element: Locator) -> tuple[float, float]:
        box = element.bounding_box()
        assert box is not None
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
            box = table.bounding_box()
            assert box is not None
            table.click(position={"x": 0.8 * box["width"], "y": 52})
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

    def broken_rules(self, *parts: str) -> list[str]:
        """The rules of WCAG 2.2 A and AA that a program finds broken, in all or in these parts."""
        options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        context = {"include": [[part] for part in parts]} if parts else None
        found: Any = Axe().run(self.page, context=context, options=options)
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

    def trace(self, picture: str, index: int) -> dict[str, list[float]]:
        """What Plotly shows for one trace of a picture, once it has taken up the last change."""
        found: dict[str, list[float]] = self.page.evaluate(
            """async ([picture, index]) => {
                for (let k = 0; k < 2; k++) await new Promise(requestAnimationFrame);
                const place = document.querySelector(`.stage [data-picture=${picture}] .plot`);
                const { x, y } = place.data[index];
                return { x: [...x], y: [...y] };
            }""",
            [picture, index],
        )
        return found

    def axis(self, picture: str, name: str) -> dict[str, Any]:
        """What Plotly shows for one axis of a picture."""
        found: dict[str, Any] = self.page.evaluate(
            """([picture, name]) => {
                const place = document.querySelector(`.stage [data-picture=${picture}] .plot`);
                const axis = place.layout[name];
                return { range: [...axis.range], title: axis.title.text };
            }""",
            [picture, name],
        )
        return found


Open = Callable[..., Reader]
"""The fixture `open_page`: opens the page as a new reader."""
