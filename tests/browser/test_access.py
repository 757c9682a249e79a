"""The page for everybody: WCAG, keyboard, focus, large text, touch, translation, little motion."""

from __future__ import annotations

import re
from itertools import cycle, groupby
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Open, Reader
from neuron.charts.palette import PALETTE
from neuron.state.parameters import LOOKS
from neuron.story.chapter import STORY
from neuron.story.chapters import CHAPTERS, GROUPS

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def test_axe_finds_nothing_in_any_chapter_or_look(open_page: Open) -> None:
    """WCAG 2.2 A and AA, as far as a program can check: before, during and after Play.

    One page after the other, each on the next of three screens: light, dark, and a dark phone.
    """
    reader = open_page("alpha=0.6&goal=abc")
    screens = cycle([(DESKTOP, "light"), (PHONE, "dark"), (DESKTOP, "dark"), (PHONE, "light")])
    queries = ["alpha=0.6&goal=abc", "alpha=0.4&test=3:3&iterations=60"]
    for name in CHAPTERS:
        queries.append(f"lesson={name}")
        if name in GROUPS[STORY]:
            queries.append(f"lesson={name}&stop={len(CHAPTERS[name].stops) - 1}")
    queries += [f"alpha=0.45&keep=2:2:0:0.1:18&test=3:3&look={name}" for name in LOOKS]
    found: list[str] = []
    for query, (view, scheme) in zip(queries, screens, strict=False):
        reader.page.set_viewport_size(view)  # type: ignore[arg-type]
        reader.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        reader.goto(query)
        play = reader.button("Play")
        if "look" in query:
            expect(reader.page.locator(".st-key-closer")).to_contain_text(re.compile("."))
            reader.page.wait_for_timeout(300)
        elif "60" in query and play.is_visible():
            play.click()
        found += [f"{query}, {scheme}, {view}: {broken}" for broken in reader.broken_rules()]
    assert found == []


def focused(reader: Reader) -> str:
    """The name of what has the focus."""
    return str(
        reader.page.evaluate(
            """() => {
                const at = document.activeElement;
                return at.getAttribute("aria-label") || at.labels?.[0]?.innerText.trim()
                    || at.innerText.trim() || at.dataset.testid || at.tagName;
            }"""
        )
    )


# What somebody sees of the focus: of the element, what it holds, and the frames around it.
LOOK = """element => {
    const around = [element];
    for (let k = 0; k < 4; k++) around.push(around.at(-1).parentElement ?? element);
    return [...around, ...element.querySelectorAll(".hit")].map((at) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, stroke,
            strokeWidth, backgroundColor } = getComputedStyle(at);
        return [outlineStyle === "none" ? "" : outlineWidth + outlineColor, boxShadow, borderColor,
            stroke, strokeWidth, backgroundColor].join();
    }).join(";");
}"""
# How much of it lies under something that stays on the screen.
COVERED = """element => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    const strip = over?.closest(".dock, [data-testid=stHeader] button");
    return Boolean(strip && !strip.contains(element) && !element.contains(strip));
}"""
STILL = "* { transition: none !important; animation: none !important }"


@pytest.mark.parametrize("view", ["desktop", "phone"])
def test_tab_follows_the_page_and_the_focus_is_seen(open_page: Open, view: str) -> None:
    """In the page's order, handles included; always visible, never under the strip that stays."""
    reader = open_page(view=view)
    reader.page.add_style_tag(content=STILL)
    reader.page.evaluate(
        f"""() => {{
            const all = document.querySelectorAll("a, button, input, select, summary, [tabindex]");
            window.unfocused = new Map([...all].map((element) => [element, ({LOOK})(element)]));
        }}"""
    )
    order: list[str] = []
    unseen: list[str] = []
    covered: list[str] = []
    for _ in range(70):
        reader.page.keyboard.press("Tab")
        name = focused(reader)
        if reader.page.evaluate("document.activeElement === document.body"):
            break
        order.append(name)
        at = reader.page.evaluate_handle("document.activeElement").as_element()
        assert at
        if at.evaluate(f"element => ({LOOK})(element) === window.unfocused.get(element)"):
            unseen.append(name)
        if at.evaluate(COVERED):
            covered.append(name)
    neuron = ["Input", "Starting weight, the wire", "Goal, on the number line"]
    transport = ["Step back", "Play", "Step forward", "Step", "Speed"]
    bowl = "Starting weight, in the bowl"
    if view == "desktop":
        places = ["Best alpha", "At the limit", "Past the limit"]
        stage = [*transport, "Keys", "Alpha ruler", *places, bowl]
    else:
        stage = [bowl, *transport, "Alpha ruler"]
    fields = ["Input", "Goal", "Starting weight", "Alpha", "Iterations"]
    expected = ["New here? Start the story", *neuron, *stage]
    expected += ["Why?", *fields, "Why it converges", "Keep this run"]
    met = [name for name, _ in groupby(order)]  # a group of choices may be met twice
    assert [name for name in met if name in expected] == expected
    assert unseen == []
    assert covered == []


def test_the_focus_is_never_lost(open_page: Open) -> None:
    """Whatever a press takes away, the keyboard is still where it was, or beside it."""
    reader = open_page("alpha=0.3")
    lost: list[str] = []

    def press(target: Locator, settles: str = "") -> None:
        target.focus()
        reader.page.keyboard.press("Enter")
        if settles:
            reader.page.wait_for_function(f"location.search.includes('{settles}')")
        reader.page.wait_for_timeout(600)
        if focused(reader) in ("BODY", "stMain"):
            lost.append(str(target))

    def button(start: str) -> Locator:
        return reader.page.get_by_role("button", name=re.compile(f"^{start}")).first

    press(reader.button("Keep this run"), "keep=")
    reader.type("Alpha", "0.2")
    reader.await_address(alpha="0.2")
    assert focused(reader) == "Alpha"
    press(button("Load"), "alpha=0.3")
    press(button("Remove"))
    reader.goto("alpha=0.3&look=sweep")
    button("Alpha forward").click()
    press(reader.button("Use this alpha"))
    press(reader.button("New here? Start the story"), "lesson=predict")
    assert focused(reader) == "Next"
    reader.goto("alpha=0.3&predict=1&iterations=1")
    press(reader.page.locator(".ask button").first)
    assert focused(reader) in ("Pause", "Play")
    assert lost == []


def test_shortcuts_are_the_stages_and_a_fields_keys_its_own(open_page: Open) -> None:
    """Space, comma and full stop play and step where the stage has the focus, nowhere else."""
    reader = open_page("iterations=40")
    reader.handle("Goal, on the number line").focus()
    for key in (" ", ".", ","):
        reader.page.keyboard.press(key)
    expect(reader.shown).to_have_text("0 of 40")
    reader.page.locator(".program li[tabindex]").first.focus()
    reader.page.keyboard.press(".")
    expect(reader.shown).to_have_text("1 of 40")
    reader.page.keyboard.press(",")
    expect(reader.shown).to_have_text("0 of 40")
    reader.number("Alpha").focus()
    reader.page.wait_for_timeout(100)  # what is in it is selected
    for key in ("Home", ".", "Space", "ArrowLeft"):
        reader.page.keyboard.press(key)
    assert reader.number("Alpha").input_value() == ". 0.1"
    expect(reader.shown).to_have_text("0 of 40")
    for name, key in (("Play", "Space"), ("Step forward", "."), ("Step back", ",")):
        assert reader.button(name).get_attribute("aria-keyshortcuts") == key


def test_a_series_of_keys_is_one_entry_and_back_twice_two(open_page: Open) -> None:
    """20 presses of an arrow key are one change; Back pressed twice in a moment undoes two."""
    reader = open_page("alpha=0.1")
    start = reader.history()
    reader.ruler.focus()
    for _ in range(20):
        reader.page.keyboard.press("ArrowRight")
    reader.page.wait_for_function("!location.search.includes('alpha=0.1&')")
    reader.await_rest()
    assert reader.history() == start + 1
    assert focused(reader) == "Alpha ruler"
    for text in ("0.3", "0.4"):
        reader.type("Alpha", text)
        reader.await_address(alpha=text)
        reader.await_rest()
    reader.page.evaluate("history.back()")
    reader.page.wait_for_timeout(60)
    reader.page.evaluate("history.back()")
    reader.page.wait_for_function("!/alpha=0.[34]&/.test(location.search)")
    reader.await_rest()
    reader.page.wait_for_function(
        """() => [...document.querySelectorAll("[aria-label=Alpha]")].at(-1).value
            === new URLSearchParams(location.search).get("alpha")"""
    )
    assert reader.history() == start + 3


def test_keys_are_listed_and_tab_goes_the_way_of_the_eye(open_page: Open) -> None:
    """A list to be opened beside the player; on a phone the controls come after the charts."""
    reader = open_page("alpha=0.3")
    listed = reader.page.locator(".stage .listed")
    expect(listed).to_be_hidden()
    reader.button("Keys").click()
    expect(listed).to_be_visible()
    keys = listed.locator("kbd").all_text_contents()
    shortcuts = reader.page.locator(".stage [aria-keyshortcuts]")
    for shortcut in shortcuts.evaluate_all("(all) => all.map((e) => e.ariaKeyShortcuts)"):
        assert shortcut in keys
    reader.page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    for width, parts in {1280: ["hero", "dock", "views"], 390: ["hero", "views", "dock"]}.items():
        reader.page.set_viewport_size({"width": width, "height": 844})
        inside = ".stage > :is(.hero, .dock, .views)"
        order = "(all) => all.map((e) => e.className.split(' ')[0])"
        expect(reader.page.locator(inside).nth(1)).to_have_class(re.compile(parts[1]))
        assert reader.page.locator(inside).evaluate_all(order) == parts


def test_a_thumb_finds_its_targets(open_page: Open) -> None:
    """On a phone: 44 pixels, 16 in fields, nothing sideways, and the chooser opens no keyboard."""
    reader = open_page("goal=abc", view="phone")
    wrong: list[Any] = []
    for width, height in ((390, 844), (360, 640), (844, 390)):
        reader.page.set_viewport_size({"width": width, "height": height})
        for query in ("goal=abc&test=3:3", "lesson=alpha", "lesson=swap&stop=1", "look=sweep"):
            reader.goto(query)
            found = [*reader.too_small_for_a_thumb(), *reader.scrolls_sideways()]
            wrong += [(width, query, one) for one in found]
    sizes = reader.page.evaluate(
        """() => [...document.querySelectorAll("input:not([type=range], [type=checkbox]), select")]
            .map((field) => Number.parseFloat(getComputedStyle(field).fontSize))"""
    )
    assert min(sizes) >= 16
    assert wrong == []
    reader.page.get_by_role("combobox", name="Chapter").tap()
    reader.page.get_by_role("option", name=re.compile("Learn")).wait_for()
    assert not reader.page.evaluate(
        "document.activeElement.matches('input:not([readonly], [inputmode=none])')"
    )


NARROW = {"width": 320, "height": 256}  # 1280 x 1024 at 400%
ROOT = "html { font-size: 32px !important }"
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""


@pytest.mark.parametrize(
    ("view", "style"), [(NARROW, ""), (DESKTOP, ROOT), (PHONE, ROOT), (DESKTOP, SPACED)]
)
def test_large_text_and_zoom_lose_nothing(
    open_page: Open, view: dict[str, int], style: str
) -> None:
    """At 400%, with a root of 200%, with WCAG's text spacing: nothing sideways, nothing covered."""
    reader = open_page("alpha=0.4&test=3:3")
    reader.page.set_viewport_size(view)  # type: ignore[arg-type]
    if style:
        reader.page.add_style_tag(content=style)
    reader.page.wait_for_timeout(300)
    assert reader.scrolls_sideways() == []
    title = reader.page.locator("h1").bounding_box()
    below = reader.page.locator(".invitation").bounding_box()
    strip = reader.page.locator(".dock")
    assert title
    assert below
    assert title["y"] + title["height"] <= below["y"] + 1
    if view is NARROW:
        assert strip.evaluate("e => getComputedStyle(e).position") != "sticky"


def test_forced_colours_hide_no_control(open_page: Open) -> None:
    """Where the system sets all colours, the switch and the ruler's thumb are still drawn."""
    reader = open_page()
    reader.page.emulate_media(forced_colors="active")
    switch = reader.page.locator(".st-key-predict label > div").first
    assert switch.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert reader.page.locator(".ruler .band").first.is_visible()


def test_training_and_test_differ_by_more_than_colour(open_page: Open) -> None:
    """By the dash of their lines and the marker at their heads."""
    reader = open_page("test=3:3")
    signs = reader.page.evaluate(
        """() => document.querySelector("[data-picture=error] .plot").data
            .map(({ line, marker, mode }) =>
                [mode, line?.dash ?? "", marker?.symbol ?? ""].join())"""
    )
    half = len(signs) // 2
    assert all(one != other for one, other in zip(signs[:half], signs[half:], strict=True)), signs


@pytest.mark.parametrize("view", ["desktop", "dark"])
def test_light_and_dark_are_the_palettes(open_page: Open, view: str) -> None:
    """Paper and ink of the page are those that the pictures' colours were chosen for."""
    reader = open_page(view=view)
    shown = reader.page.get_by_test_id("stApp").evaluate(
        """app => {
            const { backgroundColor, color } = getComputedStyle(app);
            return [backgroundColor, color].map((shade) => shade.match(/\\d+/g).map(Number));
        }"""
    )
    theme = PALETTE["dark" if view == "dark" else "light"]
    expected = [theme[name].removeprefix("#") for name in ("paper", "ink")]
    assert [bytes(channels).hex() for channels in shown] == expected
