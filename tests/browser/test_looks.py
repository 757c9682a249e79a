"""The looks that say why, in a real browser: the buttons, the formula, the film over alpha."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, expect
from runs import both, run_at
from sentences import formula_sentence

from browser.reader import Open, Reader
from neuron import train
from neuron.charts.cobweb import passes
from neuron.charts.ruler import ruler
from neuron.charts.sweep import sweep
from neuron.core.dynamics import dynamics_of
from neuron.player import files
from neuron.player.payloads import why_payload
from neuron.state.reading import typed
from neuron.words.numbers import as_text
from neuron.words.sweep import sweep_in_words

LOOKS = {"why": "Why it converges", "compare": "Compare runs", "sweep": "Sweep alpha"}
SCENES = {"why": ".why", "compare": ".compare", "sweep": ".sweep"}


def await_drawn(reader: Reader, look: str) -> Locator:
    """The scene of a look, once its charts are there."""
    scene = reader.page.locator(SCENES[look])
    expect(scene).to_have_attribute("data-ready", "")
    return scene


def turn_to(reader: Reader, look: str) -> Locator:
    reader.look(LOOKS[look]).click()
    reader.await_address(look=look)
    return await_drawn(reader, look)


def await_trace(
    reader: Reader, picture: str, index: int, xs: Sequence[float], ys: Sequence[float]
) -> None:
    """Wait until Plotly shows exactly these points; ``picture`` is a CSS selector."""
    reader.page.wait_for_function(
        """([picture, index, xs, ys]) => {
            const { x, y } = document.querySelector(picture).data[index];
            return JSON.stringify([[...x], [...y]]) === JSON.stringify([xs, ys]);
        }""",
        arg=[picture, index, list(xs), list(ys)],
    )


@pytest.mark.parametrize("given", ["0.1", "-7"])
def test_the_buttons_go_to_the_critical_alphas_of_any_input(open_page: Open, given: str) -> None:
    """By click and by Tab and Enter: alpha is exactly there, the verdict says what happens there,
    the button is pressed, and it is one change that Back undoes.
    """
    reader = open_page(f"input={given}&goal=5&alpha=0.001")
    start = reader.history()
    places = {
        place.name: place.alpha
        for place in ruler(dynamics_of(run_at(f"input={given}&goal=5&alpha=0.001"))).places
    }
    headlines = {
        "Best alpha": "Lands in one step",
        "At the limit": "Bounces forever",
        "Past the limit": "Blows up",
    }
    assert places.keys() == headlines.keys()

    def is_at(name: str) -> None:
        reader.await_address(alpha=as_text(places[name]))
        expect(reader.verdict).to_contain_text(headlines[name])
        expect(reader.number("Alpha")).to_have_value(as_text(places[name]))
        for other in places:
            pressed = "true" if other == name else "false"
            expect(reader.button(other)).to_have_attribute("aria-pressed", pressed)
        reader.await_rest()

    reader.button("Past the limit").click()
    is_at("Past the limit")
    reader.ruler.focus()
    for name in ("Best alpha", "At the limit"):
        reader.page.keyboard.press("Tab")
        reader.page.keyboard.press("Enter")
        is_at(name)
        expect(reader.button(name)).to_be_focused()
    assert reader.history() == start + 3
    reader.seek(18)
    weights = reader.trace("weight", 2)["y"]
    goal = 5 / float(given)
    assert weights == pytest.approx([0, 2 * goal] * 9 + [0], abs=1e-9 * abs(goal))
    reader.page.go_back()
    is_at("Best alpha")


FORMULAS = [
    "alpha=0.1",
    "alpha=0.25&iterations=3",
    "alpha=0.45&iterations=500",
    "alpha=0.5&iterations=5",
    "alpha=0.6&iterations=60",
    "input=-2&goal=-3.5&weight=-0.75&alpha=0.31",
    "alpha=1000&iterations=200",  # leaves the floats
    "train=1:3&alpha=0.2",
    "input=1&goal=1&train=2:3&alpha=1.25&iterations=9",  # no weight is ideal
    "input=1&goal=2&train=2:5,-3:1&alpha=0.05&iterations=7",
    "input=1&goal=2&train=2:5,-3:1&alpha=0.5&iterations=90",
    "input=1e-6&goal=1e6&weight=-1e6&alpha=1000000",
    "input=0&iterations=3",
    "iterations=0",
]


def test_the_formula_on_screen_is_pythons(open_page: Open) -> None:
    """For any run and iteration the browser writes, character by character, what Python says."""
    reader = open_page()
    for query in FORMULAS:
        run = run_at(query)
        texts = reader.page.evaluate(
            """async ([text, scripts]) => {
                const [{ formulaSentence }, { unpacked }] = await Promise.all(
                    scripts.map((script) => import(new URL(script, document.baseURI))));
                const sent = JSON.parse(text);
                const reel = { ...sent, columns: unpacked(sent.columns) };
                return Array.from(reel.columns.passes, (_, k) => formulaSentence(reel, k));
            }""",
            [why_payload(run), [files.address("digits.js"), files.address("scene.js")]],
        )
        assert texts == [formula_sentence(run, k) for k in range(len(passes(run)))], query


def test_the_film_over_alpha(open_page: Open) -> None:
    """It plays from the reader's alpha to the end and the server hears nothing; where it stops,
    the path is the run with that alpha, and the alpha can be used.
    """
    reader = open_page("alpha=0.4&look=sweep")
    page, scene = reader.page, await_drawn(reader, "sweep")
    swept = sweep(*both(run_at("alpha=0.4")), 0.01)
    head = scene.get_by_role("slider", name="Alpha")
    shown, sentence = scene.locator("output"), scene.locator(".sentence")
    use = scene.get_by_role("button", name="Use this alpha")
    play = scene.get_by_role("button", name=re.compile("^(Play|Pause)$"))
    needed = page.get_by_text(sweep_in_words(dynamics_of(run_at("alpha=0.4"))), exact=True)
    expect(needed).to_be_visible()
    expect(shown).to_have_text("0.4")
    expect(use).to_be_disabled()

    messages: list[str] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    for event in ("Sent", "Received"):
        wire.on(f"Network.webSocketFrame{event}", lambda _, event=event: messages.append(event))
    scene.get_by_role("combobox", name="Speed").select_option(label="Fastest")
    frames = page.evaluate(
        """async () => {
            const [range, play] = ["input[type=range]", ".play"]
                .map((part) => document.querySelector(`.sweep ${part}`));
            const sentence = document.querySelector(".sweep .sentence");
            const frames = [];
            play.click();
            do {
                await new Promise(requestAnimationFrame);
                frames.push([Number(range.value), sentence.textContent]);
            } while (frames.at(-1)[0] < Number(range.max));
            return frames;
        }"""
    )
    assert messages == []
    assert all(now <= later for (now, _), (later, _) in pairwise(frames))
    assert frames[0][0] <= swept.here + 3
    assert [said for _, said in frames] == [swept.sentences[k] for k, _ in frames]
    expect(shown).to_have_text("0.8")

    def stands_at(alpha: float) -> None:
        run = train(input=2, goal=2, weight=0, alpha=alpha, iterations=18)
        await_trace(reader, ".sweep [data-picture=path]", 0, range(19), run.weights)
        expect(shown).to_have_text(as_text(alpha))
        expect(sentence).to_have_text(swept.sentences[swept.alphas.index(alpha)])

    for alpha in (0.2, 0.45, 0.25, 0.5):
        head.fill(str(swept.alphas.index(alpha)))
        stands_at(alpha)
    expect(use).to_be_enabled()
    assert reader.address()["alpha"] == "0.4"
    before = reader.history()
    use.click()
    reader.await_address(alpha="0.5")
    expect(reader.verdict).to_contain_text("Bounces forever")
    expect(use).to_be_disabled()
    stands_at(0.5)
    assert set(messages) == {"Sent", "Received"}, "messages would have been seen"
    assert reader.history() == before + 1
    scene.get_by_role("button", name="Alpha back").click()
    expect(use).to_be_enabled()
    reader.await_rest()

    scene.get_by_role("button", name="Restart").click()
    expect(shown).to_have_text("0")
    scene.get_by_role("combobox", name="Speed").select_option(label="Slow")
    play.click()
    for change in ("theme", "size"):
        if change == "theme":
            page.emulate_media(color_scheme="dark")
        else:
            page.set_viewport_size({"width": 900, "height": 800})
        expect(shown).not_to_have_text(shown.inner_text())
        expect(shown).not_to_have_text(shown.inner_text())
        expect(play).to_have_text("Pause")
    play.click()
    alpha = swept.alphas[int(head.input_value())]
    run = train(input=2, goal=2, weight=0, alpha=alpha, iterations=18)
    await_trace(reader, ".sweep [data-picture=path]", 0, range(19), run.weights)


POINTS = """cells => cells.flatMap((cell) => {
    const text = cell.firstChild;
    const at = text.data.indexOf(".");
    if (at < 0) return [];
    const range = new Range();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return [Math.round(range.getBoundingClientRect().left)];
})"""


def test_the_table_has_every_step_rounded_and_exact(open_page: Open) -> None:
    """Each number as it is read, with all its digits where a pointer rests; as far as it goes."""
    query = "iterations=5000&alpha=0.51&train=1:3"
    reader, run = open_page(f"look=steps&{query}"), run_at(query)
    table = reader.page.locator(".table")
    columns = (run.weights, run.predictions, run.errors, run.deltas, run.weight_deltas)
    last = len(run.weights) - 1
    for k in (0, 3, last // 2, last):
        table.evaluate("(box, k) => { box.scrollTop = (k - 3) * 30; }", k)
        row = table.locator(f"[aria-rowindex='{k + 2}']")
        expect(row).to_be_visible()
        cells = row.locator("td").all()
        assert cells[0].inner_text() == str(k % 2 + 1)
        for cell, column in zip(cells[1:], columns, strict=True):
            assert typed(cell.get_attribute("title") or "") == column[k]
            assert typed(cell.inner_text()) == pytest.approx(column[k], rel=5e-6)
    assert table.locator("table").get_attribute("aria-rowcount") == str(last + 2)
    assert table.locator("tr").count() < 80
    for place in range(3, 8):
        points = table.locator(f"td:nth-child({place})").evaluate_all(POINTS)
        assert max(points) - min(points) <= 1
