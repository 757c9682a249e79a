"""Another alpha is answered by a part of the page; nothing may be left behind by that."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from browser.reader import Open, Reader

ALPHAS_OWN = {"text", "html", "neuron_ruler", "Alpha"}  # the run, the verdict, and the controls


class Sent:
    """What the server sends of the page, each element by its label or its kind."""

    def __init__(self, page: Page) -> None:
        self.elements: set[str] = set()
        page.on("websocket", lambda line: line.on("framereceived", self._take))

    def _take(self, payload: str | bytes) -> None:
        assert isinstance(payload, bytes)
        said = ForwardMsg.FromString(payload)
        if said.WhichOneof("type") == "delta" and said.delta.HasField("new_element"):
            element = said.delta.new_element
            kind = element.WhichOneof("type")
            named = getattr(element, kind)
            label = getattr(named, "label", "") or getattr(named, "component_name", "")
            self.elements.add(label or kind)

    def taken(self, reader: Reader) -> set[str]:
        """The elements since the last question."""
        reader.page.wait_for_timeout(300)  # that nothing more comes cannot be waited for
        reader.await_rest()
        elements, self.elements = self.elements, set()
        return elements


def test_alpha_makes_its_own_part_anew_and_all_else_the_whole_page(open_page: Open) -> None:
    reader = open_page()
    sent = Sent(reader.page)
    reader.page.reload()
    reader.await_rest()
    assert sent.taken(reader) > ALPHAS_OWN
    reader.ruler.press("ArrowRight")
    reader.await_address(alpha="0.105")
    assert sent.taken(reader) == ALPHAS_OWN
    expect(reader.number("Alpha")).to_have_value("0.105")
    expect(reader.arithmetic).to_contain_text("− 0.105 ×")
    reader.type("Alpha", "0.3")
    reader.await_address(alpha="0.3")
    assert sent.taken(reader) == ALPHAS_OWN
    expect(reader.ruler).to_have_attribute("aria-valuetext", "0.3")
    expect(reader.verdict).to_contain_text("zigzags in")
    reader.type("Goal", "3")
    reader.await_address(goal="3")
    assert sent.taken(reader) > {*ALPHAS_OWN, "Goal", "Iterations", "Chapter", "neuron_player"}
    reader.look("The arithmetic").click()
    reader.await_address(look="arithmetic")
    sent.taken(reader)
    reader.ruler.press("ArrowRight")
    reader.await_address(alpha="0.305")
    assert sent.taken(reader) > {*ALPHAS_OWN, "Goal", "Closer look"}


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


def test_a_chapter_tells_each_alpha(open_page: Open) -> None:
    """What was changed, and how a challenge goes, follow the ruler."""
    reader = open_page("lesson=challenge-2")
    story, departed = (reader.page.locator(f".st-key-{key}") for key in ("story", "departed"))
    for alpha in ("0.035", "0.04"):
        reader.ruler.press("ArrowRight")
        reader.await_address(alpha=alpha)
        expect(departed).to_contain_text(f"to {alpha}")
        expect(story).to_contain_text(f"With alpha {alpha}")
    reader.button("Back to the chapter").click()
    expect(departed).to_be_hidden()


def test_other_colours_show_the_same_run(open_page: Open) -> None:
    """The stage hears of them with what it was told last, which may be a run ago."""
    reader = open_page()
    reader.ruler.press("ArrowRight")
    reader.await_address(alpha="0.105")
    colour = "getComputedStyle(document.querySelector('.stage')).getPropertyValue('--weight')"
    before = reader.page.evaluate(colour)
    reader.page.emulate_media(color_scheme="dark")
    reader.page.wait_for_function(f"before => {colour} !== before", arg=before)
    expect(reader.arithmetic).to_contain_text("− 0.105 ×")


PRESS_WHEN_DRAWN = """new MutationObserver((_, observer) => {
    const stage = document.querySelector(".stage");
    if (!stage) return;
    observer.disconnect();
    const set = (target, name, value) => {
        const limit = document.querySelectorAll(".ruler .places button")[1];
        if (name === "ready" && limit) {
            window.pressed = true;
            limit.click();
        }
        target[name] = value;
        return true;
    };
    Object.defineProperty(stage, "dataset", { value: new Proxy(stage.dataset, { set }) });
}).observe(document, { childList: true, subtree: true });"""


def test_a_press_just_before_the_fields_come_does_not_stop_them(open_page: Open) -> None:
    """The browser sends both in one message, which asks for alpha's part alone."""
    reader = open_page()
    reader.page.add_init_script(PRESS_WHEN_DRAWN)
    for _ in range(5):  # now and then the ruler comes later than the charts
        reader.page.reload()
        reader.page.wait_for_selector("[data-ready]")
        if reader.page.evaluate("window.pressed"):
            break
    reader.await_rest()  # the fields come
    reader.button("At the limit").click()
    reader.await_address(alpha="0.5")
    expect(reader.number("Alpha")).to_have_value("0.5")
    expect(reader.verdict).to_contain_text("Bounces forever")


@pytest.mark.parametrize(
    ("query", "label", "text"),
    [
        ("train=1:1", "Iterations", "10000"),  # a sentence comes that not all of them are played
        ("train=1:1&iterations=10000", "Iterations", "5"),  # and goes
    ],
)
def test_a_press_counts_while_another_part_comes_or_goes(
    open_page: Open, query: str, label: str, text: str
) -> None:
    """Streamlit knows alpha's part by its place: a press may be on its way when others change."""
    reader = open_page(query)
    reader.number(label).fill(text)
    box = reader.button("At the limit").bounding_box()
    assert box
    reader.page.mouse.move(box["x"] + 5, box["y"] + 5)
    reader.page.mouse.down()  # the field is left, which takes its number up
    reader.page.wait_for_timeout(60)  # and the answer is under way
    reader.page.mouse.up()
    reader.await_address(**{label.lower(): text}, alpha="1.25")
