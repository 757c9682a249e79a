"""The alpha ruler in a real browser: arrow keys, dragging, and the words beside the thumb."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from browser.reader import Open, Reader
from neuron.player import files


def test_every_arrow_press_moves_the_ruler(open_page: Open) -> None:
    """Presses faster than the server all count, and each that is waited for is one change."""
    reader = open_page()
    reader.ruler.focus()
    for _ in range(5):
        reader.ruler.press("ArrowRight")
    reader.await_address(alpha="0.125")
    reader.await_rest()
    expect(reader.number("Alpha")).to_have_value("0.125")
    before = reader.history()
    reader.ruler.press("ArrowLeft")
    reader.await_address(alpha="0.12")
    assert reader.history() == before + 1


def drag(reader: Reader, stops: list[float], top: float) -> None:
    """Press at the first alpha and move over all others, without letting go."""
    box = reader.ruler.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    ends = [box["x"] + 11 + (box["width"] - 22) * alpha / top for alpha in stops]
    reader.page.mouse.move(ends[0], y)
    reader.page.mouse.down()
    for x in ends[1:]:
        reader.page.mouse.move(x, y, steps=12)


def test_a_drag_is_live_and_one_history_entry(open_page: Open) -> None:
    """The page follows the hand, lands on the critical alpha, and Back undoes all of it."""
    reader = open_page()
    opened = reader.history()
    for alpha, headline in {"0.25": "Lands in one step", "0.5": "Bounces forever"}.items():
        drag(reader, [0.1, 0.7, float(alpha) + 0.002], top=0.8)
        expect(reader.verdict).to_contain_text(headline)
        assert reader.address()["alpha"] == "0.1"
        reader.page.mouse.up()
        reader.await_address(alpha=alpha)
        reader.await_rest()
        assert reader.history() == opened + 1
        expect(reader.number("Alpha")).to_have_value(alpha)
        reader.page.go_back()
        expect(reader.number("Alpha")).to_have_value("0.1")
        reader.await_rest()


UNDER_THUMB = """() => {
    const range = document.querySelector(".ruler input");
    const line = document.querySelector(".ruler .scale").getBoundingClientRect();
    const thumb = line.left + (line.width * Number(range.value)) / Number(range.max);
    return [...document.querySelectorAll(".ruler .band")].filter((band) => {
        const words = document.createRange();
        words.selectNodeContents(band);
        const { left, right } = words.getBoundingClientRect();
        const hidden = getComputedStyle(band).fontSize === "0px";
        return !hidden && left < thumb + 12 && right > thumb - 12;
    }).map((band) => band.textContent);
}"""


def test_the_thumb_covers_no_word_of_the_ruler(open_page: Open) -> None:
    """Even on a phone: a word that has no room beside the thumb is left out, and comes back."""
    reader = open_page("alpha=0", view="phone")
    words = reader.page.locator(".ruler .band")
    shown = []
    for alpha in (0.02, 0.12, 0.23, 0.3, 0.4, 0.45, 0.55, 0.65, 0.79):
        reader.ruler.fill(str(round(alpha / 0.005)))
        reader.await_address(alpha=str(alpha))
        assert reader.page.evaluate(UNDER_THUMB) == []
        shown += words.evaluate_all("bands => bands.map((band) => band.dataset.word)")
    assert {*shown} == {"left", "middle", "right", "none"}
    expect(words).to_have_text(["creeps", "zigzags in", "blows up"])
    expect(words.nth(1)).to_have_attribute("data-word", "middle")


def test_the_ruler_goes_no_further_than_alpha(open_page: Open) -> None:
    """The limit of input 0.001 is 2 million: its end is alpha's highest, and the page goes on."""
    reader = open_page("input=0.001&goal=1")
    expect(reader.button("Best alpha")).to_be_enabled()
    expect(reader.button("At the limit")).to_have_count(0)
    reader.ruler.press("End")
    reader.await_address(alpha="1000000")
    expect(reader.number("Alpha")).to_have_value("1000000")
    reader.type("Starting weight", "5")
    reader.await_address(weight="5", alpha="1000000")
    expect(reader.verdict).to_contain_text("Lands in one step")


CROWDED = ["train=1:1,2:5,-3:1&input=3&goal=3", "train=1:2&input=4&goal=4", "input=0.0008"]


@pytest.mark.parametrize("view", ["phone", "desktop"])
def test_no_name_of_a_mark_lies_on_another(open_page: Open, view: str) -> None:
    """Where marks crowd, one has its name, whatever the width; none stands beyond the ruler."""
    reader = open_page(view=view)
    for query in CROWDED:
        reader.goto(query)
        marks = reader.page.locator(".ruler .mark")
        named = [mark for mark in marks.all() if mark.text_content()]
        boxes = [box for mark in named if (box := mark.bounding_box())]
        ends = sorted((box["x"], box["x"] + box["width"]) for box in boxes)
        assert all(right < left for (_, right), (left, _) in pairwise(ends)), ends
        assert marks.count() > len(ends) or marks.count() < 4


def test_scrolling_with_a_finger_on_the_ruler_leaves_alpha(open_page: Open) -> None:
    """The finger that moves the page up begins on the ruler: alpha is as before, and so the run."""
    reader = open_page(view="phone")
    box = reader.ruler.bounding_box()
    assert box is not None
    finger = reader.page.context.new_cdp_session(reader.page)
    x, y = box["x"] + 0.8 * box["width"], box["y"] + 20
    touch = "Input.dispatchTouchEvent"
    finger.send(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for up in range(10, 200, 10):
        finger.send(touch, {"type": "touchMove", "touchPoints": [{"x": x, "y": y - up}]})
    finger.send(touch, {"type": "touchEnd", "touchPoints": []})
    main = reader.page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollTop") > 50
    reader.type("Iterations", "17")
    reader.await_address(iterations="17", alpha="0.1")
    expect(reader.number("Alpha")).to_have_value("0.1")
    expect(reader.ruler).to_have_value("20")
    reader.ruler.press("ArrowRight")
    reader.await_address(alpha="0.105")


def test_the_ruler_snaps_to_alphas_between_its_steps(open_page: Open) -> None:
    """For input 3 the best alpha is 1/9, which no step of the ruler meets: it lands there still."""
    reader = open_page("input=3&alpha=0.05")
    drag(reader, [0.05, 0.2, 1 / 9], top=0.356)
    reader.page.mouse.up()
    reader.await_address(alpha="0.111111111111")
    expect(reader.verdict).to_contain_text("Lands in one step")


@pytest.mark.parametrize("gone", [False, True])
def test_a_ruler_that_is_mounted_again_is_the_same_one(open_page: Open, gone: bool) -> None:
    """Streamlit may clean up and mount again in the same place: one press is one message.

    Once it is gone from the page, what is mounted is another, and the old one hears nothing more.
    """
    sent, before = open_page().page.evaluate(
        """async (gone) => {
            const { default: mount } = await import(new URL("{ruler}", document.baseURI));
            const parentElement = document.createElement("div");
            parentElement.append(document.querySelector(".ruler").cloneNode(true));
            document.body.append(parentElement);
            const range = parentElement.querySelector("input");
            const scale = JSON.stringify({ alpha: 0.1, top: 1, step: 0.01, bands: [], marks: [],
                places: [], sentence: "" });
            const sent = [];
            const show = (name) => mount({ parentElement, data: { scale },
                setTriggerValue: (_, { alpha }) => sent.push([name, alpha]) });
            const leave = show("first");
            if (gone) parentElement.remove();
            leave();
            await new Promise((done) => setTimeout(done));
            const before = range.value;
            if (gone) parentElement.querySelector("input").replaceWith(range.cloneNode());
            document.body.append(parentElement);
            show("second");
            const shown = parentElement.querySelector("input");
            shown.value = 20;
            for (const kind of ["input", "change"]) shown.dispatchEvent(new Event(kind));
            return [sent, before];
        }""".replace("{ruler}", files.address("ruler.js")),
        gone,
    )
    assert (sent, before) == ([["second", 0.2]], "10")


def test_a_field_left_for_the_ruler_counts_as_well(open_page: Open) -> None:
    """Leaving a field takes its number up, at the very moment that the ruler is moved."""
    reader = open_page()
    reader.number("Goal").fill("4")
    reader.button("At the limit").click()
    reader.await_address(goal="4", alpha="0.5")
    reader.await_rest()
    expect(reader.verdict).to_contain_text("between 0 and 4")
    expect(reader.number("Goal")).to_have_value("4")
    expect(reader.number("Alpha")).to_have_value("0.5")
    expect(reader.arithmetic).to_contain_text("(0 − 4)")
