"""What can be grabbed on the stage, in a real browser: by pointer, by finger and by keyboard."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from runs import read, run_at

from browser.reader import THUMB, Open, Reader
from browser.test_stage import LOOK, charts_at, labels_at, said_at
from neuron.state.reading import typed
from neuron.words.numbers import number

RING, BY_STEP = "Starting weight, in the bowl", "Starting weight, by step"
WIRE, GOAL, INPUT = "Starting weight, the wire", "Goal, on the number line", "Input"

# Until `window.letGo()`, nothing that the page sends leaves the browser.
HOLD = """() => {
    const { send } = WebSocket.prototype;
    const waiting = [];
    WebSocket.prototype.send = function (data) { waiting.push([this, data]); };
    window.letGo = () => {
        WebSocket.prototype.send = send;
        for (const [socket, data] of waiting) send.call(socket, data);
    };
}"""


def unit(reader: Reader, picture: str, axis: str) -> float:
    """How many pixels a unit takes on an axis that Plotly drew."""
    low, high = reader.range(picture, axis)
    box = reader.box(reader.page.locator(f".stage [data-picture={picture}] .nsewdrag"))
    return box["width" if axis == "xaxis" else "height"] / (high - low)


def test_a_drag_goes_as_far_as_the_hand(open_page: Open) -> None:
    """On an axis the value follows the pointer, in round steps; a drag is one entry in history.

    Back undoes it, and so does Reset; grabbing brings the head to step 0.
    """
    reader = open_page()
    opened = reader.history()
    reader.seek(5)
    before = "0"
    for name, right, down, pixels in (
        (RING, 60, 0, unit(reader, "bowl", "xaxis")),
        (BY_STEP, 0, 10, -unit(reader, "weight", "yaxis")),
    ):
        reader.drag(name, right, down, drop=False)
        expect(reader.shown).to_have_text("0 of 18")
        reader.page.mouse.up()
        expected = float(before) + (right or down) / pixels
        before = reader.await_other("weight", before)
        assert float(before) == pytest.approx(expected, abs=0.06)
        assert len(before.lstrip("-")) <= 4, "a round number"
        expect(reader.number("Starting weight")).to_have_value(before)
        for other in (RING, BY_STEP, WIRE):
            expect(reader.handle(other)).to_have_attribute("aria-valuetext", number(float(before)))
    assert reader.history() == opened + 2
    reader.drag(WIRE, 0, -40)
    reader.drag(INPUT, 0, 60)
    assert float(reader.await_other("input", "2")) < 2
    assert float(reader.address()["weight"]) > float(before)
    assert reader.history() == opened + 4
    reader.page.go_back()
    reader.await_address(input="2")
    expect(reader.handle(INPUT)).to_have_attribute("aria-valuetext", "2")
    reader.button("Reset").click()
    reader.await_address(weight="0", input="2")
    expect(reader.button("Reset")).to_be_hidden()


def test_start_and_alpha_snap_to_their_marks(open_page: Open) -> None:
    """Near the ideal weight and near the best alpha the value is exactly that, between all steps.

    The goal has a handle on the number line, which its own axis measures.
    """
    reader = open_page("input=3&goal=2&alpha=0.05")
    ticks = [reader.page.locator(".neuron-svg .ticks g").nth(k) for k in range(2)]
    values = [float(read(tick.text_content() or "")) for tick in ticks]
    heights = [reader.centre(tick)[1] for tick in ticks]
    reader.drag(GOAL, 0, (heights[0] - heights[1]) / (values[1] - values[0]))
    reader.await_address(goal="1")
    best, _ = reader.centre(reader.page.locator(".ruler .mark").first)
    reader.drag("Alpha ruler", best + 1 - reader.centre(reader.ruler)[0], 0)
    reader.await_address(alpha="0.11111111111111")
    expect(reader.ruler).to_have_attribute("aria-valuetext", re.compile("best"))
    names = reader.page.locator(".ruler :is(.mark, .now)").filter(has_text=re.compile("."))
    for text, there in {"0.01": 3, "0.105": 2, "1/9": 2, "0.2": 2, "7": 3}.items():
        reader.type("Alpha", text)
        expect(reader.page.locator(".ruler .now")).to_have_text(
            re.compile(rf"^(best )?{number(typed(text), 12)}")
        )
        boxes = sorted((box["x"], box["width"]) for box in map(reader.box, names.all()))
        assert len(boxes) == there, text
        assert all(x + width < right for (x, width), (right, _) in pairwise(boxes)), text
    reader.await_rest()
    reader.drag(RING, unit(reader, "bowl", "xaxis") / 3 + 1, 0)
    reader.await_address(weight="0.3333333333333333")
    expect(reader.verdict).to_contain_text("already there", ignore_case=True)


def test_a_thumb_that_comes_back_is_let_go(open_page: Open) -> None:
    """From an alpha beyond the ruler, whose thumb is at the end, back and to the end again."""
    reader = open_page("input=12&alpha=0.1")
    box = reader.box(reader.ruler)
    end, y = box["x"] + box["width"] - 10, box["y"] + box["height"] / 2
    reader.page.mouse.move(end, y)
    reader.page.mouse.down()
    for x in (end - 6, end - 12, end, end + 30):
        reader.page.mouse.move(x, y)
    reader.page.mouse.up()
    alpha = reader.await_other("alpha", "0.1")
    expect(reader.number("Alpha")).to_have_value(alpha)
    expect(reader.ruler).to_have_attribute("aria-valuetext", alpha)


def test_escape_takes_back_what_is_held(open_page: Open) -> None:
    """During a drag and after keys; nothing is left of it in address and history."""
    reader = open_page("weight=0.4")
    opened, set_to = reader.history(), reader.address()
    for name in (RING, WIRE, GOAL, INPUT, "Alpha ruler"):
        before = reader.handle(name).get_attribute("aria-valuetext") or ""
        reader.drag(name, 30, -30, drop=False)
        expect(reader.handle(name)).not_to_have_attribute("aria-valuetext", before)
        reader.page.keyboard.press("Escape")
        reader.page.mouse.move(300, 300)  # the hand may tremble before it lets go
        reader.page.mouse.up()
        expect(reader.handle(name)).to_have_attribute("aria-valuetext", before)
    for handle in (reader.handle(WIRE), reader.ruler):
        handle.press("ArrowUp")
        handle.press("Escape")
    reader.page.wait_for_timeout(900)
    reader.await_rest()
    assert reader.history() == opened
    assert reader.address() == set_to


def test_arrows_pages_and_ends(open_page: Open) -> None:
    """An arrow is a round step, a page ten, Home and End the ends; a series is one entry."""
    reader = open_page()
    for name, setting in ((WIRE, "weight"), (GOAL, "goal"), (INPUT, "input")):
        reader.go("")
        handle = reader.handle(name)
        opened, begin = reader.history(), reader.value(name)
        # With the server's answer another scale may come, of other steps.
        reader.page.evaluate(HOLD)
        handle.press("ArrowUp")
        step = reader.value(name) - begin
        assert step > 0
        for key, steps in {"ArrowRight": 1, "PageUp": 10, "ArrowDown": -1, "PageDown": -10}.items():
            now = reader.value(name)
            handle.press(key)
            assert reader.value(name) - now == pytest.approx(steps * step)
        handle.press("ArrowRight")
        shown = reader.value(name)
        reader.page.evaluate("letGo()")
        reader.await_address(**{setting: f"{shown:g}"})
        assert reader.history() == opened + 1
        expect(handle).to_have_attribute("aria-valuetext", number(shown))
        for key, end in {"Home": "aria-valuemin", "End": "aria-valuemax"}.items():
            handle.press(key)
            assert reader.value(name) == float(handle.get_attribute(end) or "nan")
        reader.await_other(setting, f"{shown:g}")
        assert reader.history() == opened + 2


def test_the_hand_is_answered_without_the_server(open_page: Open) -> None:
    """Everything that the rule gives is there, and is the core's.

    What only Python may say is dimmed until it has said it.
    """
    reader = open_page("iterations=6")
    reader.page.evaluate(HOLD)
    reader.drag(WIRE, 0, -60)
    weight = reader.value(WIRE)
    reader.drag(GOAL, 0, -20)
    settings: dict[str, Any] = {"weight": weight, "goal": reader.value(GOAL), "iterations": 6}
    assert (settings["weight"], settings["goal"]) != (0, 2)
    run = run_at(urlencode(settings))
    for step, now in enumerate(reader.at_every_step(LOOK)):
        said_at(run, step, now["said"])
        labels_at(run, step, now["labels"])
        charts_at(run, (), step, now["charts"])
    assert reader.trace("weight", 0)["x"] == [None], "its ideal weight is not known yet"
    assert reader.address()["weight"] == "0"
    dimmed = """() => [".verdict", ".ruler .band", ".ruler .mark", ".key.ideal", ".program code"]
        .map((what) => document.querySelector(`.stage ${what}`))
        .map((element) => Number(getComputedStyle(element).opacity))"""
    assert max(reader.page.evaluate(dimmed)) < 0.5
    reader.page.evaluate("letGo()")
    reader.await_address(weight=f"{weight:g}", goal=f"{settings['goal']:g}")
    assert min(reader.page.evaluate(dimmed)) == 1
    expect(reader.page.locator(".key.ideal")).to_contain_text(number(settings["goal"] / 2))


def test_a_number_in_a_sentence_can_be_dragged(open_page: Open) -> None:
    """By pointer and by key; when it is what the sentence asks for, the next one comes.

    A hand that lets go four pixels away from that has done it.
    """
    reader = open_page("lesson=predict&stop=1")
    text = "Starting weight, in the text"
    reader.drag(text, 0, -8)
    weight = float(reader.await_other("weight", "0"))
    expect(reader.told.locator(".drag")).to_have_text(number(weight))
    expect(reader.handle(WIRE)).to_have_attribute("aria-valuenow", str(weight))
    reader.handle(text).press("ArrowUp")
    begin = reader.value(text)
    pixels_a_step = 8 / round(weight / (begin - weight))
    reader.drag(text, 0, 4 - pixels_a_step * (1 - begin) / (begin - weight))
    expect(reader.told).to_contain_text("Go on until the weight (now 1) is 2")
    reader.await_address(stop="2", weight="1")
    reader.handle(text).focus()
    while reader.value(text) < 2:
        reader.page.keyboard.press("ArrowUp")
    expect(reader.told).to_contain_text("forward propagation")
    reader.await_address(stop="3", weight="2")
    expect(reader.page.get_by_text("You changed")).to_have_count(0)


def test_a_finger_grabs_a_handle_and_scrolls_beside_it(open_page: Open) -> None:
    """Each handle has room for a thumb; a finger beside it moves the page and changes nothing.

    The frame of the focus is there as soon as a key is pressed, not after a touch.
    """
    reader = open_page(view="phone")
    grips = reader.page.locator(".stage .handle .hit").filter(visible=True)
    boxes = [reader.box(grip) for grip in grips.all()]
    assert min(side for box in boxes for side in (box["width"], box["height"])) >= THUMB
    reader.resize(390, 600)
    finger = reader.page.context.new_cdp_session(reader.page)

    def swipe(x: float, y: float, up: int) -> int:
        touch = "Input.dispatchTouchEvent"
        main = reader.page.get_by_test_id("stMain")
        before: int = main.evaluate("main => main.scrollTop")
        finger.send(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for way in range(10, up + 1, 10):
            finger.send(touch, {"type": "touchMove", "touchPoints": [{"x": x, "y": y - way}]})
        finger.send(touch, {"type": "touchEnd", "touchPoints": []})
        reader.page.wait_for_timeout(300)
        after: int = main.evaluate("main => main.scrollTop")
        return after - before

    x, y = reader.centre(reader.handle(WIRE))
    assert swipe(x, y, 80) == 0
    reader.await_other("weight", "0")
    frame = reader.handle(WIRE).locator(".hit")
    expect(frame).not_to_have_css("stroke-width", "3px")
    reader.page.keyboard.press("ArrowUp")
    expect(frame).to_have_css("stroke-width", "3px")
    reader.await_other("weight", reader.address()["weight"])
    set_to = reader.address()
    box = reader.box(reader.page.locator(".stage [data-picture=bowl]"))
    assert swipe(box["x"] + 0.8 * box["width"], box["y"] + 0.5 * box["height"], 120) > 40
    x, y = reader.centre(reader.ruler)
    assert swipe(x + 60, y, 120) != 0
    reader.page.wait_for_timeout(900)
    reader.await_rest()
    assert reader.address() == set_to
