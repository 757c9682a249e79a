"""The page for everybody: accessibility rules, keyboard, targets, a phone, a dark theme."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.reader import Open, Reader
from neuron.charts.palette import PALETTE

CONTROLS = ["Input", "Goal", "Starting weight", "Alpha", "Iterations"]
PLACES = ["Best alpha", "At the limit", "Past the limit"]
PICTURES = ["Neuron", "Error bowl", "Weight by step", "Error by step"]


@pytest.mark.parametrize("view", ["desktop", "phone", "dark"])
def test_axe_finds_nothing(open_page: Open, view: str) -> None:
    """No rule of WCAG 2.2 A and AA that a program can check is broken, whatever is open."""
    reader = open_page("alpha=0.6&goal=abc", view=view)
    found = reader.broken_rules()
    reader.look("By hand").click()
    expect(reader.page.get_by_text("A factor of 2.")).to_be_visible()
    found += reader.broken_rules()
    reader.look("All steps").click()
    expect(reader.page.get_by_test_id("stDataFrame")).to_be_visible()
    reader.type("Alpha", "0.1")
    expect(reader.verdict).to_contain_text("Creeps")
    reader.await_rest()
    found += reader.broken_rules()
    assert found == []


# What somebody sees of where the focus is: of the element, and of the frames around it.
LOOKS = """element => {
    const looks = [];
    for (let at = element, level = 0; at && level < 4; at = at.parentElement, level++) {
        const style = getComputedStyle(at);
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = style;
        const outline = outlineStyle === "none" ? "" : outlineWidth + outlineColor;
        looks.push([outline, boxShadow, borderColor, style.backgroundColor, style.transform]);
    }
    return looks;
}"""

NAME = """element => element.getAttribute("aria-label")
    || (element.matches("button, a, label") && element.innerText.trim())
    || element.dataset.testid || element.tagName"""


def focused(reader: Reader) -> str:
    return str(reader.page.evaluate(f"() => ({NAME})(document.activeElement)"))


def test_every_control_is_reached_by_tab_and_seen_to_be(open_page: Open) -> None:
    """Tab goes through the controls in the page's order, and the focus is always visible."""
    reader = open_page()
    order: list[str] = []
    unseen: list[str] = []
    for _ in range(60):
        reader.page.keyboard.press("Tab")
        name = focused(reader)
        if name == "BODY" or (order and name == order[0]):
            break
        order.append(name)
        handle = reader.page.evaluate_handle("document.activeElement").as_element()
        assert handle
        handle.evaluate("() => new Promise(requestAnimationFrame)")
        within = handle.evaluate(LOOKS)
        # The same element without the focus, with no transition half way.
        without: Any = handle.evaluate(
            f"""async element => {{
                const still = document.createElement("style");
                still.textContent = "* {{ transition: none !important }}";
                document.head.append(still);
                element.blur();
                await new Promise(requestAnimationFrame);
                await new Promise(requestAnimationFrame);
                const looks = ({LOOKS})(element);
                element.focus();
                return looks;
            }}"""
        )
        if within == without:
            unseen.append(name)
    expected = [
        *CONTROLS,
        "Alpha ruler",
        *PLACES,
        "Restart",
        "Step back",
        "Play",
        "Step forward",
        "Step",
    ]
    expected += ["Speed", "Why it converges", "Keep this run"]
    assert [name for name in order if name in expected] == expected
    assert unseen == []


def test_everything_is_worked_by_keyboard_alone(open_page: Open) -> None:
    """Without a pointer a reader sets, plays, steps, scrubs, and opens a closer look."""
    reader = open_page()
    keyboard = reader.page.keyboard

    def tab_to(name: str) -> None:
        for _ in range(40):
            if focused(reader) == name:
                return
            keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {name}")

    tab_to("Starting weight")
    keyboard.press("Control+A")
    keyboard.type("-1")
    keyboard.press("Tab")
    reader.await_address(weight="-1")
    tab_to("Alpha ruler")
    keyboard.press("ArrowLeft")
    reader.await_address(alpha="0.095")
    expect(reader.arithmetic).to_contain_text("0.095")
    reader.await_rest()
    tab_to("Play")
    keyboard.press("Space")
    expect(reader.button("Pause")).to_be_focused()
    keyboard.press("Enter")
    expect(reader.button("Play")).to_be_focused()
    tab_to("Step forward")
    here = int(reader.step.input_value())
    keyboard.press("Enter")
    expect(reader.step).to_have_value(str(here + 1))
    keyboard.press("Shift+Tab")
    keyboard.press("Shift+Tab")
    assert focused(reader) == "Step back"
    keyboard.press("Enter")
    expect(reader.step).to_have_value(str(here))
    keyboard.press("Shift+Tab")
    keyboard.press("Enter")
    expect(reader.shown).to_have_text("0 of 18")
    tab_to("Step")
    keyboard.press("ArrowRight")
    expect(reader.shown).to_have_text("1 of 18")
    keyboard.press("End")
    expect(reader.shown).to_have_text("18 of 18")
    tab_to("Speed")
    keyboard.press("ArrowDown")
    expect(reader.speed.locator("option:checked")).to_have_text("Fast")
    tab_to("Why it converges")
    for _ in range(4):
        keyboard.press("ArrowRight")
    assert focused(reader) == "By hand"
    keyboard.press("Space")
    expect(reader.page.get_by_text("A factor of 2.")).to_be_visible()
    reader.await_address(look="arithmetic", weight="-1", alpha="0.095")


def test_a_phone_has_room_for_a_thumb(open_page: Open) -> None:
    """Nothing scrolls sideways; what can be touched is at least 44 pixels, and answers a tap."""
    reader = open_page("goal=abc", view="phone")
    reader.look("By hand").tap()
    expect(reader.page.get_by_text("A factor of 2.")).to_be_visible()
    assert reader.scrolls_sideways() == []
    reader.button("Step forward").tap()
    expect(reader.shown).to_have_text("1 of 18")
    reader.button("Play").tap()
    expect(reader.button("Pause")).to_be_visible()
    reader.type("Alpha", "0.6")
    expect(reader.verdict).to_contain_text("Blows up")
    expect(reader.shown).to_have_text(re.compile("^[01] of 18"))
    assert reader.too_small_for_a_thumb() == []


def test_on_a_phone_cause_and_effect_are_on_one_screen(open_page: Open) -> None:
    """With any picture in view, so are the five controls, the ruler and Play, none covered."""
    reader = open_page(view="phone")
    parts = {label: reader.number(label) for label in CONTROLS}
    parts |= {"Alpha ruler": reader.ruler, "Play": reader.button("Play")}
    hidden = []
    for name in PICTURES:
        picture = reader.picture(name)
        picture.evaluate("picture => picture.scrollIntoView({ block: 'center' })")
        for part, element in (parts | {name: picture}).items():
            seen = element.evaluate(
                """element => new Promise(requestAnimationFrame).then(() => {
                    const { left, right, top, bottom } = element.getBoundingClientRect();
                    const at = [[left + 4, top + 4], [right - 4, top + 4], [left + 4, bottom - 4],
                        [right - 4, bottom - 4], [(left + right) / 2, (top + bottom) / 2]];
                    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
                        && at.every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
                })"""
            )
            hidden += [] if seen else [f"{part}, with {name} in view"]
    assert hidden == []


@pytest.mark.parametrize(("view", "theme"), [("desktop", "light"), ("dark", "dark")])
def test_light_and_dark_are_the_palettes(open_page: Open, view: str, theme: str) -> None:
    """Paper and ink of the page are those that the pictures' colours were chosen for."""
    reader = open_page(view=view)
    shown = reader.page.get_by_test_id("stApp").evaluate(
        """app => {
            const { backgroundColor, color } = getComputedStyle(app);
            return [backgroundColor, color].map((shade) => shade.match(/\\d+/g).map(Number));
        }"""
    )
    expected = [PALETTE[theme][name].removeprefix("#") for name in ("paper", "ink")]
    assert [bytes(channels).hex() for channels in shown] == expected
