"""The page for everybody: WCAG, keyboard, focus, large text, touch, translation, little motion."""

from __future__ import annotations

import re
from itertools import cycle, groupby, islice
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import DESKTOP, PHONE, Open
from neuron.state.parameters import CONTROLS, LOOKS
from neuron.story.chapter import STORY
from neuron.story.chapters import CHAPTERS, GROUPS


def test_axe_finds_nothing_in_story_chapters_and_looks(open_page: Open) -> None:
    """WCAG 2.2 A and AA, as far as a program can check: before, during and after Play.

    Each chapter of the story at its end, questions, a chapter of each other kind, and each look, on
    one screen after the other.
    """
    reader = open_page("alpha=0.6&goal=abc")
    screens = cycle([(DESKTOP, "light"), (PHONE, "dark"), (DESKTOP, "dark"), (PHONE, "light")])
    queries = ["alpha=0.6&goal=abc", "alpha=0.4&test=3:3&iterations=60"]
    queries += [f"lesson={name}&stop={len(CHAPTERS[name].stops) - 1}" for name in GROUPS[STORY]]
    queries += [f"lesson={names[0]}" for group, names in GROUPS.items() if group != STORY]
    queries += ["lesson=measure&stop=3", "lesson=learn&stop=4", "lesson=alpha&stop=1"]  # they ask
    queries += [f"alpha=0.45&keep=2:2:0:0.1:18&test=3:3&look={name}" for name in LOOKS]
    queries += ["look=arithmetic&exercise=42&turn=2"] * 2  # on a light and on a dark screen
    found: list[str] = []
    for query, (view, scheme) in zip(queries, screens, strict=False):
        reader.resize(*view)
        reader.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        reader.go(query)
        if "look" in query:
            expect(reader.page.locator(".st-key-closer")).to_contain_text(re.compile("."))
            reader.unfold()
            reader.page.wait_for_timeout(300)
        elif "60" in query:
            reader.button("Play").click()
        found += [f"{query}, {scheme}, {view}: {broken}" for broken in reader.broken_rules()]
    assert found == []


STILL = "* { transition: none !important; animation: none !important }"
# What somebody sees of the focus: of the element, what it holds, and the frames around it.
LOOKS_OF = """window.looksOf = (element) => {
    const all = [element, ...element.querySelectorAll(".hit")];
    for (let at = element, k = 0; at && k < 5; at = at.parentElement, k++) all.push(at);
    return all.map((at) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, stroke,
            strokeWidth, backgroundColor } = getComputedStyle(at);
        return [outlineStyle === "none" ? "" : outlineWidth + outlineColor, boxShadow, borderColor,
            stroke, strokeWidth, backgroundColor].join();
    }).join(";");
};
const all = document.querySelectorAll("a, button, input, select, summary, [tabindex]");
window.unfocused = new Map([...all].map((element) => [element, looksOf(element)]));"""
HIDES = """() => {
    const at = document.activeElement;
    const { left, top, width, height } = at.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    const strip = over?.closest(".dock, [data-testid=stHeader] button");
    const covered = strip && !strip.contains(at) && !at.contains(strip);
    return covered || looksOf(at) === unfocused.get(at);
}"""


@pytest.mark.parametrize("view", ["desktop", "phone"])
def test_tab_follows_the_page_and_the_focus_is_seen(open_page: Open, view: str) -> None:
    """In the page's order, handles included; always visible, never under the strip that stays."""
    reader = open_page(view=view)
    reader.page.add_style_tag(content=STILL)
    reader.page.evaluate(LOOKS_OF)
    order: list[str] = []
    hidden: list[str] = []
    for name in islice(iter(reader.tab, "BODY"), 70):
        order.append(name)
        if reader.page.evaluate(HIDES):
            hidden.append(name)
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
    assert hidden == []
    reader.go("lesson=swap&predict=0&stop=2")  # where no handle can be grabbed
    reader.onward.focus()
    reader.page.keyboard.press("Tab")
    expect(reader.button("Copy" if view == "desktop" else "Bowl")).to_be_focused()


def test_the_focus_is_never_lost(open_page: Open) -> None:
    """Whatever a press takes away, the keyboard is still where it was, or beside it."""
    reader = open_page("alpha=0.3&keep=2:2:0:0.4:18")
    lost: list[str] = []

    def press(target: Locator, settles: str = "") -> None:
        target.focus()
        reader.page.keyboard.press("Enter")
        if settles:
            reader.page.wait_for_function(
                "part => decodeURIComponent(location.search).includes(part)", arg=settles
            )
        reader.page.wait_for_timeout(600)
        reader.await_rest()
        if reader.focused() in ("BODY", "stMain"):
            lost.append(str(target))

    press(reader.button("Keep this run"), "0.3:18")
    reader.enter("Alpha", "0.2")
    assert reader.focused() == "Alpha"
    press(reader.button("Load alpha 0.3"), "alpha=0.3")
    press(reader.button("Remove alpha 0.4"))
    expect(reader.button("Remove alpha 0.3")).to_be_focused()
    press(reader.button("Remove alpha 0.3"))
    press(reader.button("Reset"))
    assert reader.focused() not in [control.label for control in CONTROLS], "no keyboard opens"
    reader.go("alpha=0.3&look=sweep")
    reader.button("Alpha forward").click()
    press(reader.button("Use this alpha"))
    press(reader.button("New here? Start the story"), "lesson=predict")
    assert reader.focused() == "Next"
    reader.go("alpha=0.3&predict=1&iterations=1")
    press(reader.page.locator(".ask button").first)
    assert reader.focused() in ("Pause", "Play")
    assert lost == []


@pytest.mark.parametrize("query", ["lesson=bounce", "predict=1&alpha=0.5"])
def test_what_comes_of_a_prediction_is_heard(open_page: Open, query: str) -> None:
    """The verdict, once the run has been seen, and whether the prediction was right."""
    reader = open_page(f"{query}&speed=fastest")
    reader.page.locator(".ask button").first.click()
    heard = reader.page.locator(".stage .announced")
    expect(heard).to_contain_text("Bounces forever. Not quite: for the weight to creep in")


def test_shortcuts_are_listed_and_are_the_stages_alone(open_page: Open) -> None:
    """Space, comma and full stop play and step where the stage has the focus, nowhere else."""
    reader = open_page("iterations=40")
    listed = reader.page.locator(".stage .listed")
    expect(listed).to_be_hidden()
    reader.button("Keys").click()
    keys = listed.locator("kbd").all_text_contents()
    for name, key in {"Play": "Space", "Step forward": ".", "Step back": ","}.items():
        expect(reader.button(name)).to_have_attribute("aria-keyshortcuts", key)
        assert key in keys
    reader.page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    reader.handle("Goal, on the number line").focus()
    for key in (" ", ".", ","):
        reader.page.keyboard.press(key)
    expect(reader.shown).to_have_text("0 of 40")
    reader.page.locator(".program li[tabindex='0']").focus()  # there is only one
    lines = {"ArrowUp": "input =", "ArrowDown": "goal", "Tab": "Restart", "Shift+Tab": "goal"}
    for key, line in lines.items():
        reader.page.keyboard.press(key)
        assert reader.focused().startswith(line), key
    for key, step in {".": 1, ",": 0}.items():
        reader.page.keyboard.press(key)
        expect(reader.shown).to_have_text(f"{step} of 40")
    for doing in ("Pause", "Play"):
        reader.page.keyboard.press("Space")
        expect(reader.button(doing)).to_be_visible()
    reader.seek(0)
    reader.number("Alpha").focus()
    for key in ("Home", ".", "Space", "ArrowLeft"):
        reader.page.keyboard.press(key)
    assert reader.number("Alpha").input_value() == ". 0.1"
    expect(reader.shown).to_have_text("0 of 40")


LONG = "look=arithmetic&input=1.1&goal=0.8&weight=0.3&alpha=0.37&step=14&turn=2"
# What lies beyond the end of its line.
BEYOND = """(lines) => lines.filter((line) => line.scrollWidth > line.clientWidth)
    .map((line) => line.textContent)"""

# Fields with text so small that a phone zooms in.
TINY = """() => [...document.querySelectorAll("input:not([type=range], [type=checkbox]), select")]
    .filter((field) => Number.parseFloat(getComputedStyle(field).fontSize) < 16)
    .map((field) => field.getAttribute("aria-label") ?? field.outerHTML)"""


def test_a_thumb_finds_its_targets(open_page: Open) -> None:
    """On a phone: 44 pixels, 16 in fields, nothing sideways, all digits of a number.

    A tap selects what is in a field, and the chooser opens no keyboard.
    """
    reader = open_page(view="phone")
    wrong: list[Any] = []
    for query in (LONG, "goal=abc&test=3:3", "lesson=alpha", "lesson=swap&stop=1", "look=sweep"):
        reader.go(query)
        if query == LONG:
            reader.unfold()
            reader.page.locator(".byhand .digits").select_option("0")
            expect(reader.page.locator(".byhand .lines")).to_contain_text("×1.1")
        for width, height in (PHONE, (360, 640), (844, 390)):
            reader.resize(width, height)
            small = [*reader.too_small_for_a_thumb(), *reader.page.evaluate(TINY)]
            beyond = reader.page.locator(".byhand .lines span").evaluate_all(BEYOND)
            wrong += [(width, query, one) for one in small + reader.scrolls_sideways() + beyond]
    assert wrong == []
    reader.page.get_by_role("combobox", name="Chapter").tap()
    reader.page.get_by_role("option", name=re.compile("Learn")).wait_for()
    assert not reader.page.evaluate(
        "document.activeElement.matches('input:not([readonly], [inputmode=none])')"
    )
    reader.page.keyboard.press("Escape")
    reader.go("")
    reader.number("Iterations").tap()
    reader.page.keyboard.type("40")
    reader.page.keyboard.press("Enter")
    reader.await_address(iterations="40")


NARROW = (320, 256)  # 1280 x 1024 at 400%
ROOT = "html { font-size: 32px !important }"
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""


def test_large_text_zoom_and_forced_colours_lose_nothing(open_page: Open) -> None:
    """At 400%, with a root of 200%, with WCAG's text spacing: nothing sideways, nothing covered.

    Where the system sets all colours, the switch and the ruler's thumb are still drawn.
    """
    reader = open_page("alpha=0.4&test=3:3")
    for view, style in ((NARROW, ""), (DESKTOP, ROOT), (PHONE, ROOT), (DESKTOP, SPACED)):
        added = reader.page.add_style_tag(content=f"{style} ")
        reader.resize(*view)
        assert reader.scrolls_sideways() == [], (view, style)
        title, below = (reader.box(reader.page.locator(part)) for part in ("h1", ".invitation"))
        assert title["y"] + title["height"] <= below["y"] + 1, (view, style)
        if view is NARROW:  # nothing may stay on so small a screen
            for strip in (".dock", ":has(> .st-key-top)"):
                position = "e => getComputedStyle(e).position"
                assert reader.page.locator(strip).evaluate(position) != "sticky"
        added.evaluate("style => style.remove()")
    reader.page.emulate_media(forced_colors="active")
    switch = reader.page.locator("[class*=st-key-predict-] label > div").first
    assert switch.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert reader.page.locator(".ruler .band").first.is_visible()


TRANSLATE = """() => {
    // As a browser's translator: every text in two elements more, with other words.
    const translate = (root) => {
        const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const found = [];
        while (texts.nextNode()) found.push(texts.currentNode);
        for (const text of found) {
            const left = "font, style, script, [translate=no]";
            if (!text.data.trim() || text.parentElement.closest(left)) continue;
            const wrapped = document.createElement("font");
            wrapped.innerHTML = "<font></font>";
            wrapped.firstChild.textContent = `‹${text.data}›`;
            text.replaceWith(wrapped);
        }
    };
    const stage = document.querySelector(".stage");
    const watch = new MutationObserver(() => {
        watch.disconnect();
        translate(stage);
        watch.observe(stage, { childList: true, characterData: true, subtree: true });
    });
    translate(stage);
    watch.observe(stage, { childList: true, characterData: true, subtree: true });
}"""


def test_the_story_goes_on_in_a_translator(open_page: Open) -> None:
    """With wrapped and other words all over the stage the hand is answered and Next goes on."""
    reader = open_page("lesson=predict&stop=1")
    reader.page.evaluate(TRANSLATE)
    wire = reader.handle("Starting weight, the wire")
    wire.focus()
    for _ in range(3):
        reader.page.keyboard.press("ArrowUp")
    weight = float(reader.await_other("weight", "0"))
    assert reader.value("Starting weight, the wire") == weight > 0
    reader.onward.click()
    reader.await_address(stop="2")
    expect(reader.told).to_contain_text("doubles the input")
