"""The cobweb on the page, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from runs import both, run_at
from sentences import formula_sentence

from browser.reader import Open
from browser.test_looks import await_drawn, await_trace
from neuron.charts.cobweb import passes
from neuron.words.formula import count_in_words


@pytest.mark.parametrize(
    "query",
    [
        "alpha=0.6&iterations=60",  # zooms out
        "input=1&goal=2&train=2:5,-3:1&alpha=50&iterations=30",  # leaves the floats within a pass
    ],
)
def test_the_cobweb_is_the_runs_at_every_step(open_page: Open, query: str) -> None:
    """At each step of the stage the formula is that of the pass, and so are stairs and head."""
    reader = open_page(f"{query}&look=why")
    await_drawn(reader, "why")
    run = run_at(query)
    weights, count = passes(run), len(run.examples)
    texts = reader.at_every_step("document.querySelector('.why .formula').textContent")
    assert texts == [formula_sentence(run, k // count) for k in range(len(run.weights))]
    for k in (0, 1, len(weights) // 2, len(weights) - 1):
        reader.seek(k * count)
        await_trace(reader, ".why .picture", 0, weights[: k + 1], weights[: k + 1])
        await_trace(reader, ".why .picture", 1, [weights[k]], [weights[k]])
        low, high = reader.page.evaluate(
            "document.querySelector('.why .picture').layout.xaxis.range"
        )
        assert low <= weights[k] <= high
    counted = count_in_words(*both(run), 0.01, 10_000)
    expect(reader.page.get_by_text(counted, exact=True)).to_be_visible()


def test_the_cobweb_moves_with_the_stage(open_page: Open) -> None:
    """Its buttons press the stage's; head, stairs and formula are at the step that is shown."""
    reader = open_page("alpha=0.45&look=why")
    scene = await_drawn(reader, "why")
    run = run_at("alpha=0.45")
    buttons = scene.get_by_role("group", name="Stage playback")
    formula = scene.locator(".formula")

    def stands_at(step: int) -> None:
        expect(reader.shown).to_have_text(f"{step} of 18")
        expect(formula).to_have_text(formula_sentence(run, step), use_inner_text=True)
        past = run.weights[: step + 1]
        await_trace(reader, ".why .picture", 0, past, past)
        await_trace(reader, ".why .picture", 1, past[-1:], past[-1:])

    stands_at(0)
    buttons.get_by_role("button", name="One step forward").click()
    buttons.get_by_role("button", name="One step forward").click()
    stands_at(2)
    buttons.get_by_role("button", name="One step back").click()
    stands_at(1)
    reader.seek(18)
    stands_at(18)
    buttons.get_by_role("button", name="Restart").click()
    stands_at(0)
    # What is on screen in every frame of a whole film.
    frames = reader.page.evaluate(
        """async () => {
            const read = (selector) => document.querySelector(selector).textContent;
            const play = document.querySelector(".why [data-press=play]");
            const frames = [];
            play.click();
            do {
                await new Promise(requestAnimationFrame);
                const step = parseInt(read(".stage output"), 10);
                frames.push([step, read(".why .formula"), play.textContent]);
            } while (frames.at(-1)[0] < 18);
            return frames;
        }"""
    )
    assert [text for _, text, _ in frames] == [formula_sentence(run, k) for k, _, _ in frames]
    assert {label for k, _, label in frames if 0 < k < 18} == {"Pause"}
    expect(buttons.get_by_role("button", name="Play")).to_be_visible()
    stands_at(18)
    reader.type("Alpha", "0.6")
    changed = run_at("alpha=0.6")
    expect(formula).to_have_text(formula_sentence(changed, 0), use_inner_text=True)
    reader.type("Iterations", "0")
    for name in ("Restart", "One step back", "Play", "One step forward"):
        expect(buttons.get_by_role("button", name=name)).to_be_disabled()
