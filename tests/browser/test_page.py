"""The page in a real browser: controls, address and history, playing, and what the stage shows."""

from __future__ import annotations

import math
import random
import re

from playwright.sync_api import expect
from runs import run_at
from sentences import step_sentence

from browser.reader import Open
from neuron import train
from neuron.words.numbers import number

COUNT_MESSAGES = """() => {
    window.sent = 0;
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) { window.sent++; return send.call(this, data); };
}"""


def test_an_address_shows_the_same_page_to_everybody(open_page: Open) -> None:
    """What one reader has set, another sees who opens the address."""
    one = open_page()
    one.type("Input", "-3")
    one.await_address(input="-3")
    one.type("Alpha", "0.15")
    one.await_address(alpha="0.15")
    one.look("By hand").click()
    one.await_address(look="arithmetic")
    one.await_rest()
    other = open_page(one.page.url.partition("?")[2])
    assert other.address() == one.address()
    for reader in (one, other):
        expect(reader.page.get_by_text("A factor of 2.")).to_be_visible()
    # The one has just worked a control; whether that is focused is not the page's state.
    pages = [
        r.page.get_by_role("main").aria_snapshot().replace(" [active]", "") for r in (one, other)
    ]
    assert pages[0] == pages[1]


def test_any_number_can_be_typed_exactly(open_page: Open) -> None:
    """The field, the address and the arithmetic have the very number that was typed."""
    reader = open_page()
    typed = {"Alpha": "0.0003", "Goal": "-7.25", "Starting weight": "1e-6"}
    held = {"alpha": "0.0003", "goal": "-7.25", "weight": "1e-06"}
    for (label, text), (name, value) in zip(typed.items(), held.items(), strict=True):
        reader.type(label, text)
        reader.await_address(**{name: value})
        assert float(reader.number(label).input_value()) == float(text)
    assert reader.address() == {"input": "2", "iterations": "18"} | held
    run = train(input=2, goal=-7.25, weight=1e-6, alpha=0.0003, iterations=18)
    expect(reader.arithmetic).to_have_text(step_sentence(run, 0))


def test_one_history_entry_a_change(open_page: Open) -> None:
    """Back undoes the last change and Forward does it again; opening the page adds no entry."""
    reader = open_page()
    assert reader.history() == reader.page.evaluate("window.firstHistory")
    opened = reader.history()
    reader.type("Alpha", "0.5")
    reader.await_address(alpha="0.5")
    reader.type("Iterations", "60")
    reader.await_address(alpha="0.5", iterations="60")
    reader.look("All steps").click()
    reader.await_address(look="steps")
    assert reader.history() == opened + 3
    table = reader.page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    reader.page.go_back()
    expect(table).to_have_count(0)
    reader.await_rest()
    reader.page.go_back()
    expect(reader.number("Iterations")).to_have_value("18")
    expect(reader.number("Alpha")).to_have_value("0.5")
    reader.await_rest()
    reader.page.go_back()
    expect(reader.verdict).to_contain_text("Creeps towards the goal")
    assert reader.address()["alpha"] == "0.1"
    reader.await_rest()
    reader.page.go_forward()
    expect(reader.verdict).to_contain_text("Bounces forever")
    reader.await_rest()
    reader.page.go_forward()
    expect(reader.number("Iterations")).to_have_value("60")
    assert reader.history() == opened + 3


def test_a_bad_address_is_told_and_made_good(open_page: Open) -> None:
    """The refusal is seen, the good values hold, and the address is the page's again."""
    reader = open_page("alpha=abc&input=3&goal=%3Cimg%20src%3Dx%3E")
    told = reader.page.get_by_role("alert").filter(has_text="From the address")
    expect(told).to_contain_text("alpha = “abc” is not a number, so alpha is 0.1.")
    expect(told).to_contain_text("goal = “<img src=x>” is not a number, so goal is 2.")
    expect(reader.number("Input")).to_have_value("3")
    reader.await_address(alpha="0.1", input="3", goal="2")
    reader.type("Goal", "5")
    expect(told).to_have_count(0)


def test_the_transport(open_page: Open) -> None:
    """Play becomes Pause and back; each control goes where its name says, and no further."""
    reader = open_page()
    page = reader.page
    page.evaluate(COUNT_MESSAGES)
    reader.button("Step forward").click()
    reader.button("Step forward").click()
    expect(reader.shown).to_have_text("2 of 18")
    reader.button("Step back").click()
    expect(reader.shown).to_have_text("1 of 18")
    reader.button("Restart").click()
    reader.button("Step back").click()
    expect(reader.shown).to_have_text("0 of 18")
    reader.seek(18)
    reader.button("Step forward").click()
    expect(reader.shown).to_have_text("18 of 18")
    reader.speed.select_option(label="Slow")
    reader.button("Play").click()
    expect(reader.button("Pause")).to_be_visible()
    expect(reader.shown).to_have_text("1 of 18")  # played again from the start
    reader.button("Pause").click()
    expect(reader.button("Play")).to_be_visible()
    held = reader.shown.inner_text()
    page.wait_for_timeout(1200)
    expect(reader.shown).to_have_text(held)
    reader.speed.select_option(label="Fastest")
    reader.button("Play").click()
    expect(reader.shown).to_have_text("18 of 18")
    expect(reader.button("Play")).to_be_visible()
    assert page.evaluate("window.sent") == 0, "the server is left in peace"


RUNS = [
    "input=-2&goal=-3.5&weight=-0.75&alpha=0.31",
    "alpha=0.5&iterations=6",
    "alpha=0.6&iterations=60",
    "input=1000&alpha=1000000",  # runs out of floats
    "input=1e-3&goal=1e-6&weight=3e-9&alpha=1000",
    "input=1.23456789012&goal=0.333333333333&weight=1e5&alpha=0.7654321",
    "input=3&goal=9.9e-7&weight=3.333333333333333e-7&iterations=2",  # delta is just below 1e-7
    "goal=12.3456&alpha=0.25&iterations=3",  # delta is 0, of a goal with six digits
    "alpha=1e-20&weight=1.23456789&iterations=3",  # every update is rounded away
    "input=0&iterations=3",
    "iterations=0",
]


def test_the_arithmetic_on_screen_is_pythons(open_page: Open) -> None:
    """Every step's line is, character by character, what Python says of that step."""
    reader = open_page()
    for query in RUNS:
        reader.goto(query)
        run = run_at(query)
        lines = reader.at_every_step(".stage .arithmetic")
        assert lines == [step_sentence(run, k) for k in range(len(run.weights))], query
        shown = reader.page.get_by_role("main").inner_text()
        assert not re.search(r"\b(nan|inf|infinity|undefined)\b", shown, re.IGNORECASE), query
        last = len(run.weights) - 1
        assert reader.trace("weight", 0)["x"][-1] == last
        assert reader.trace("error", 1)["x"] == [last]


def test_numbers_look_the_same_in_both_languages(open_page: Open) -> None:
    """The browser writes any number as Python does."""
    draw = random.Random(4)
    values = [draw.uniform(-1, 1) * 10.0 ** draw.uniform(-330, 308) for _ in range(700)]
    values += [draw.uniform(-1, 1) * 10.0 ** draw.uniform(-6, 9) for _ in range(700)]
    values += [draw.randrange(10**6) + 0.5 for _ in range(200)]  # halves are ties
    values += [draw.randrange(10**6) / 10**5 for _ in range(300)]
    powers = [10.0**k for k in range(-8, 10)]
    values += powers + [math.nextafter(power, 0) for power in powers]
    values += [0.0, -0.0, 5e-324, 1.7976931348623157e308, 9999999.5, 0.00099995, 99995, 2**53]
    values += [math.inf, -math.inf, 1.797693134862315e308]
    pairs: list[tuple[float, int]] = [(value, draw.choice([4, 4, 12, 17])) for value in values]
    texts = open_page().page.evaluate(
        """async (pairs) => {
            const address = "component/neuron.player.components.files/words.js";
            const { number } = await import(new URL(address, document.baseURI));
            return pairs.map(([value, digits]) => number(value, digits));
        }""",
        pairs,
    )
    assert texts == [number(value, digits) for value, digits in pairs]


def test_the_play_head_stays_where_it_is(open_page: Open) -> None:
    """A change of theme, a resize and a closer look leave it alone; new settings start again."""
    reader = open_page()
    run = train(input=2, goal=2, weight=0, alpha=0.1, iterations=18)

    def holds() -> None:
        reader.page.wait_for_function("document.querySelectorAll('.main-svg').length >= 6")
        expect(reader.shown).to_have_text("5 of 18")
        assert reader.trace("weight", 0) == {"x": [*range(6)], "y": list(run.weights[:6])}
        assert reader.trace("bowl", 1) == {"x": [run.weights[5]], "y": [run.errors[5]]}

    reader.seek(5)
    colour = "getComputedStyle(document.querySelector('.stage')).getPropertyValue('--weight')"
    before = reader.page.evaluate(colour)
    reader.page.emulate_media(color_scheme="dark")
    reader.page.wait_for_function(f"before => {colour} !== before", arg=before)
    holds()
    wide = reader.picture("Weight by step").bounding_box()
    reader.page.set_viewport_size({"width": 900, "height": 800})
    reader.page.wait_for_function(
        """wide => {
            const place = document.querySelector("[data-picture=weight]");
            return place.clientWidth < wide
                && place.querySelector(".main-svg").clientWidth === place.clientWidth;
        }""",
        arg=wide and wide["width"],
    )
    holds()
    reader.look("All steps").click()
    reader.await_address(look="steps")
    expect(reader.page.get_by_test_id("stDataFrame")).to_be_visible()
    reader.await_rest()
    holds()
    reader.type("Goal", "5")
    expect(reader.shown).to_have_text("0 of 18")
    expect(reader.arithmetic).to_contain_text("delta = 0 − 5 = −5")


def test_playing_goes_on_through_a_change_of_theme(open_page: Open) -> None:
    """New colours do not stop the film, and a closer look does not either."""
    reader = open_page("iterations=1000")
    reader.button("Play").click()
    expect(reader.shown).to_have_text(re.compile("^[1-9] of"))
    reader.page.emulate_media(color_scheme="dark")
    reader.look("By hand").click()
    reader.await_address(look="arithmetic")
    reader.await_rest()
    expect(reader.button("Pause")).to_be_visible()
    now = reader.shown.inner_text()
    expect(reader.shown).not_to_have_text(now)
    reader.type("Goal", "5")
    expect(reader.arithmetic).to_contain_text("− 5")
    assert reader.trace("weight", 0)["y"][0] == 0


def test_an_embedded_page_makes_no_entry_either(open_page: Open) -> None:
    """Who reads the page that embeds it presses Back once to leave it."""
    reader = open_page("alpha=0.5&embed=true&embed_options=light_theme")
    assert reader.history() == reader.page.evaluate("firstHistory")
    assert reader.address()["embed"] == "true"


def test_opening_a_page_with_refusals_makes_no_entry(open_page: Open) -> None:
    """It stays until the reader's first change, and the arrival makes no entry in the history."""
    reader = open_page("alpha=x&goal=3")
    expect(reader.page.locator(".refused")).to_contain_text("alpha")
    assert reader.history() == reader.page.evaluate("firstHistory")
    reader.type("Goal", "4")
    expect(reader.page.locator(".refused")).to_have_count(0)
