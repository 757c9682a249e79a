"""The stage in a real browser: its pace, its pictures, and what it does when things go wrong."""

from __future__ import annotations

import re
from itertools import pairwise
from math import isfinite

import pytest
from playwright.sync_api import expect

from browser.reader import Open
from neuron import train

FILM = """async () => {
    // What is drawn of the marks and lines, frame by frame, until the film ends.
    const drawn = () => [...document.querySelectorAll("[data-picture] .scatterlayer path")]
        .map((path) => path.getAttribute("transform") + (path.getAttribute("d") ?? "").slice(-30))
        .join();
    const start = performance.now();
    let [last, changes, frames, seconds] = ["", 0, 0, 0];
    document.querySelector("[data-do=play]").click();
    do {
        await new Promise(requestAnimationFrame);
        const now = drawn();
        frames++;
        if (now !== last) changes++;
        last = now;
        seconds = (performance.now() - start) / 1000;
    } while (seconds < 3 && document.querySelector("[data-do=play]").innerText.trim() === "Pause");
    return changes / frames;
}"""


def test_the_fastest_speed_is_a_film(open_page: Open) -> None:
    """Nearly every frame changes, however long the run; few points are drawn, the last is right."""
    reader = open_page("iterations=60")
    for alpha, last in ((0.1, 60), (0.51, 10_000)):
        reader.goto(f"alpha={alpha}&iterations={last}")
        run = train(input=2, goal=2, weight=0, alpha=alpha, iterations=last)
        last = len(run.weights) - 1  # the second one runs out of floats
        reader.speed.select_option(label="Fastest")
        assert reader.page.evaluate(FILM) > 0.8
        if last > 60:
            reader.seek(last - 99)
            reader.button("Play").click()
        expect(reader.shown).to_have_text(f"{last} of {last}")
        expect(reader.button("Play")).to_be_visible()
        assert reader.trace("bowl", 1) == {"x": [run.weights[-1]], "y": [run.errors[-1]]}
        for name in ("weight", "error"):
            line, head = reader.trace(name, 0), reader.trace(name, 1)
            assert (line["x"][-1], line["y"][-1]) == (head["x"][0], head["y"][0])
            assert head["x"] == [last]
            assert len(line["x"]) <= min(last + 1, 300)
        if last == 60:
            assert reader.trace("weight", 0)["y"] == list(run.weights)
            assert reader.trace("error", 0)["y"] == list(run.errors)


WATCH = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    const seen = { charts: [], tops: [], scrolls: [] };
    const look = () => {
        seen.charts.push(document.querySelectorAll("[data-picture] .main-svg").length);
        seen.tops.push(document.querySelector(".stage").getBoundingClientRect().top);
        seen.scrolls.push(main.scrollTop);
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    let frame = requestAnimationFrame(function again() {
        look();
        frame = requestAnimationFrame(again);
    });
    window.seen = () => {
        observer.disconnect();
        cancelAnimationFrame(frame);
        return Object.values(seen).map((all) => [...new Set(all)]);
    };
}"""


def test_a_change_of_alpha_neither_flickers_nor_jumps(open_page: Open) -> None:
    """The old charts stay until the new ones are there; nothing moves and nothing scrolls."""
    reader = open_page()
    reader.page.set_viewport_size({"width": 1280, "height": 600})
    reader.page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 120)")
    reader.page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 99")
    reader.ruler.focus()
    before = reader.page.locator("[data-picture] .main-svg").count()
    reader.page.evaluate(WATCH)
    for alpha, headline in {"0.5": "Bounces", "0.6": "Blows up", "0.25": "Lands"}.items():
        # As from the page itself: typing would scroll to the field.
        reader.ruler.evaluate(
            """(range, value) => {
                range.value = value;
                range.dispatchEvent(new Event("input", { bubbles: true }));
                range.dispatchEvent(new Event("change", { bubbles: true }));
            }""",
            str(round(float(alpha) / 0.005)),
        )
        expect(reader.verdict).to_contain_text(headline)
        reader.await_address(alpha=alpha)
        reader.await_rest()
    charts, tops, scrolls = reader.page.evaluate("window.seen()")
    assert min(charts) >= before
    assert len(tops) == 1, tops
    assert len(scrolls) == 1, scrolls


def test_divergence_stays_readable(open_page: Open) -> None:
    """Axes are finite, growth is read on powers of ten, and the bowl zooms out with the ball."""
    reader = open_page()
    for query in ("alpha=0.6&iterations=600", "input=1000&alpha=1000000"):
        reader.goto(query)
        first = reader.axis("bowl", "xaxis")["range"]
        last = int(reader.step.get_attribute("max") or 0)
        reader.seek(last)
        bowl, weight, error = (reader.axis(name, "yaxis") for name in ("bowl", "weight", "error"))
        assert "powers of ten" in error["title"]
        assert "powers of ten" in weight["title"]
        assert weight["range"][0] == pytest.approx(-weight["range"][1])
        widest = reader.axis("bowl", "xaxis")["range"]
        for low, high in (bowl["range"], weight["range"], error["range"], first, widest):
            assert isfinite(low)
            assert isfinite(high)
            assert low < high
        assert widest[1] - widest[0] > 1000 * (first[1] - first[0])
        ((ball,), (height,)) = reader.trace("bowl", 1).values()
        assert widest[0] <= ball <= widest[1]
        assert bowl["range"][0] <= height <= bowl["range"][1]
        points = reader.trace("error", 0)["y"]
        assert all(low < high for low, high in pairwise(points)), "each error is larger"
        expect(reader.verdict).to_contain_text("times the last")
        reader.seek(0)
        assert reader.axis("bowl", "xaxis")["range"] == first


def test_with_input_0_nothing_moves(open_page: Open) -> None:
    """The page says why, draws a flat bowl, and plays without moving the weight."""
    reader = open_page("input=0")
    expect(reader.verdict).to_contain_text("With input 0 the prediction is 0 × weight = 0")
    expect(reader.picture("Error bowl: flat")).to_be_visible()
    reader.speed.select_option(label="Fastest")
    reader.button("Play").click()
    expect(reader.shown).to_have_text("18 of 18")
    assert set(reader.trace("weight", 0)["y"]) == {0}
    assert set(reader.trace("error", 0)["y"]) == {4}
    expect(reader.page.locator(".arrow i")).to_have_count(1)
    expect(reader.page.locator(".arrow i")).to_be_hidden()


def test_without_plotly_the_numbers_still_work(open_page: Open) -> None:
    """When the charts cannot be loaded the page says so, and everything else goes on."""
    reader = open_page(blocked="plotly.min.js")
    trouble = reader.page.get_by_role("alert").filter(has_text="charts could not be loaded")
    expect(trouble).to_be_visible()
    reader.button("Step forward").click()
    expect(reader.arithmetic).to_contain_text("Step 1 of 18: prediction = 2 × 0.4 = 0.8")
    reader.type("Alpha", "0.25")
    expect(reader.arithmetic).to_contain_text("Step 0 of 18")
    reader.speed.select_option(label="Fastest")
    reader.button("Play").click()
    expect(reader.arithmetic).to_contain_text("Step 18 of 18")
    reader.look("All steps").click()
    expect(reader.page.get_by_test_id("stDataFrame")).to_be_visible()


def test_reduced_motion_is_respected(open_page: Open) -> None:
    """The ball glides from step to step; who asks for less motion sees whole steps only."""
    reader = open_page("iterations=8")
    reader.speed.select_option(label="Fast")
    for motion, glides in {"no-preference": True, "reduce": False}.items():
        reader.page.emulate_media(reduced_motion="reduce" if motion == "reduce" else None)
        heads = reader.page.evaluate(
            """async () => {
                const seen = [];
                document.querySelector("[data-do=play]").click();
                do {
                    await new Promise(requestAnimationFrame);
                    seen.push(document.querySelector("[data-picture=weight]").data[1].x[0]);
                } while (seen.length < 600
                    && document.querySelector("[data-do=play]").innerText.trim() === "Pause");
                return seen;
            }"""
        )
        assert heads[-1] == 8
        assert len(set(heads)) > 5
        assert any(head % 1 for head in heads) is glides, motion


def test_while_playing_a_screen_reader_is_left_in_peace(open_page: Open) -> None:
    """Nothing that is read out changes while it plays; at the end the last step is told once."""
    reader = open_page()
    reader.speed.select_option(label="Fast")
    said = reader.page.evaluate(
        """async () => {
            const live = [...document.querySelectorAll(
                ".stage [role=status], .stage [role=alert], .stage [aria-live], .stage output")]
                .filter((e) => e.getAttribute("aria-live") !== "off");
            const said = [];
            const observer = new MutationObserver((all) => said.push(...all.map(
                ({ target }) => (target.parentElement ?? target).textContent.slice(0, 60))));
            const options = { childList: true, characterData: true, subtree: true };
            for (const element of live) observer.observe(element, options);
            document.querySelector("[data-do=play]").click();
            do await new Promise(requestAnimationFrame);
            while (document.querySelector("[data-do=play]").innerText.trim() === "Pause");
            await new Promise(requestAnimationFrame);
            return [...new Set(said)];
        }"""
    )
    expect(
        reader.page.locator(".stage").get_by_role("status").filter(has_text="Step 18 of 18: ")
    ).to_have_count(1)
    assert len(said) <= 1, said


def test_the_pictures_say_what_they_show(open_page: Open) -> None:
    """Each picture has a name that begins with what it is and goes on with its numbers."""
    reader = open_page()
    names = ["Neuron", "Error bowl", "Weight by step", "Error by step"]
    for name in names:
        expect(reader.picture(name)).to_have_count(1)
        expect(reader.picture(name)).to_be_visible()
        expect(reader.picture(name)).to_have_accessible_name(re.compile(r"\d"))
    reader.seek(3)
    neuron = reader.picture("Neuron")
    for text in ("0.784", "1.568", "goal 2", "delta −0.432"):
        expect(neuron.get_by_text(text, exact=True)).to_have_count(1)


def test_lines_that_hold_no_more_are_gone(open_page: Open) -> None:
    """From a run that settles to one whose axes are powers of ten, no old line stays behind."""
    reader = open_page()
    lines = """() => [...document.querySelectorAll("[data-picture=weight] .shapelayer path")]
        .map((path) => path.getAttribute("d"))"""
    before = reader.page.evaluate(lines)
    reader.type("Alpha", "0.6")
    expect(reader.verdict).to_contain_text("Blows up")
    reader.await_rest()
    after = reader.page.evaluate(lines)
    assert len(before) == len(after) == 1
    assert before != after
    reader.type("Input", "0")
    expect(reader.verdict).to_contain_text("Nothing can be learned")
    reader.page.wait_for_function(f"() => ({lines})().length === 0")
