"""The looks that say why for everybody: asked first, any numbers, the keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from runs import run_at

from browser.reader import Open, Reader
from browser.test_looks import LOOKS, SCENES, await_drawn, turn_to
from browser.test_stage import shows


def test_what_gives_the_answer_away_waits_for_the_pick(open_page: Open) -> None:
    """Asked first, no look shows the answer; after a pick it appears."""
    reader = open_page("alpha=0.45&iterations=600&predict=1&keep=2:2:0:0.1:18&look=why")
    told = reader.page.get_by_text("This look gives away what will happen: pick first.")
    for look, title in LOOKS.items():
        if look != "why":
            reader.look(title).click()
            reader.await_address(look=look)
        expect(told).to_be_visible()
        expect(reader.page.locator(SCENES[look])).to_have_count(0)
    for name in ("Best alpha", "Keep this run", "Load alpha 0.1", "Remove alpha 0.1"):
        expect(reader.button(name)).to_have_count(0)
    reader.page.locator(".ask button").first.click()
    await_drawn(reader, "sweep")
    expect(reader.page.locator(".st-key-there")).to_be_visible()


EXTREMES = [
    "input=0&iterations=0",
    "alpha=1000000&iterations=10000&test=1000000:1",  # an error beyond floats
    "iterations=600&train=" + ",".join(f"{k}:{-k * k}" for k in range(1, 20)),
]


def test_no_look_ever_shows_what_is_no_number(open_page: Open) -> None:
    """Whatever the settings, at the first and the last step: no NaN, no infinity, no undefined,
    neither in the words nor in any attribute or path that is drawn.
    """
    reader = open_page()
    bad = []
    for query in EXTREMES:
        reader.goto(f"{query}&keep=0:0:0:0:0,1000000:1:3:1000000:50&look=why")
        for look in LOOKS:
            scene = turn_to(reader, look) if look != "why" else await_drawn(reader, look)
            for end in ("min", "max"):
                for part in (reader.step, scene.locator("input[type=range]")):
                    if part.count() and part.is_enabled():
                        part.fill(part.get_attribute(end) or "")
                shown = reader.page.get_by_role("main").inner_text() + scene.inner_html()
                shown += reader.page.locator(".stage").inner_html()
                found = re.findall(r".{40}\b(?:NaN|undefined|null|Infinity|inf|nan)\b", shown)
                bad += [f"{query}, {look}: {one}" for one in found]
    assert bad == []


def test_the_keyboard_reaches_all_of_each_look(open_page: Open) -> None:
    """Tab goes through the look's controls in the order in which they stand."""
    reader = open_page("alpha=0.45&keep=2:2:0:0.1:18&look=why")
    stage = ["Restart", "One step back", "Play", "One step forward"]
    there = "A run is there when the gap is at most this part of the starting gap"
    orders = {
        "why": [*stage, there],
        "compare": [*stage, there, "Load alpha 0.1", "Remove alpha 0.1"],
        "sweep": [
            *("Restart", "Alpha back", "Play", "Alpha forward", "Alpha", "Speed"),
            *("Use this alpha", there),
        ],
    }
    for look, order in orders.items():
        scene = turn_to(reader, look) if look != "why" else await_drawn(reader, look)
        reader.await_rest()
        if look == "sweep":
            scene.get_by_role("button", name="Alpha back").click()
        reader.page.get_by_role("switch", name="Predict first").focus()
        reached = []
        for _ in range(len(order) + 4):
            reader.page.keyboard.press("Tab")
            reached.append(
                reader.page.evaluate(
                    """() => {
                        const { activeElement: at } = document;
                        return at.getAttribute("aria-label") ?? at.labels?.[0]?.innerText
                            ?? at.innerText;
                    }"""
                )
            )
        assert [name for name in reached if name in order] == order, look


def test_behind_every_chart_there_is_a_table(open_page: Open) -> None:
    """The numbers of the cobweb, of each compared run, and of the film are the core's."""
    query = "alpha=0.3&keep=2:2:0:0.1:18"
    run, kept = run_at(query), run_at("alpha=0.1")
    reader = open_page(f"{query}&look=why")
    reader.seek(3)
    by_iteration = table(reader, "The cobweb as a table")
    assert by_iteration[0] == ["iteration", "weight", "weight by formula"]
    assert [row[0] for row in by_iteration[1:]] == ["0", "1", "2", "3"]
    for row, weight in zip(by_iteration[1:], run.weights, strict=False):
        assert [shows(text, weight) for text in row[1:]] == [True, True], row
    turn_to(reader, "compare")
    names, *rows = table(reader, "The compared runs as a table")
    of_kept, of_shown = ["weight, alpha 0.1", "error, alpha 0.1"], ["weight, alpha 0.3"]
    assert names == ["step", *of_kept, *of_shown, "error, alpha 0.3"]
    assert len(rows) == 4
    for step, row in enumerate(rows):
        values = [one[step] for each in (kept, run) for one in (each.weights, each.errors)]
        assert all(map(shows, row[1:], values)), row
    turn_to(reader, "sweep")
    names, *rows = table(reader, "Weight by step with alpha 0.3, the first 20 steps")
    assert all(shows(row[1], run.weights[int(row[0])]) for row in rows)
    names, *rows = table(reader, "Iterations needed, at some alphas")
    assert names == ["alpha", "iterations"]
    told = dict(rows)
    assert told["0.3"] == "3"  # 0.2 of the gap is left by each: 1% after three
    assert told["0"] == "never"


def table(reader: Reader, caption: str) -> list[list[str]]:
    """The texts of a table that is there for who hears the page, row by row."""
    found = reader.page.get_by_role("table", name=caption).first
    rows = "(table) => [...table.rows].map((row) => [...row.cells].map((e) => e.textContent))"
    texts: list[list[str]] = found.evaluate(rows)
    return texts
