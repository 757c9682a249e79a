"""The closer looks that say why, in a real browser, by pointer, by keyboard and by ear."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import expect
from runs import both, run_at
from sentences import formula_sentence

from browser.reader import NO_NUMBER, SCENES, Open, Reader, messages
from browser.test_stage import shows
from neuron import train
from neuron.charts.cobweb import passes
from neuron.charts.ruler import ruler
from neuron.charts.sweep import sweep
from neuron.core.dynamics import dynamics_of
from neuron.state.parameters import LOOKS
from neuron.state.reading import typed
from neuron.words.formula import count_in_words
from neuron.words.numbers import as_text, number
from neuron.words.sweep import sweep_in_words


def test_a_look_comes_into_view(open_page: Open) -> None:
    """On a phone, where it would come below the screen."""
    reader = open_page(view="phone")
    for look, told in {"arithmetic": ".byhand .lines", "why": ".why .picture"}.items():
        reader.page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
        reader.page.get_by_role("radio", name=LOOKS[look]).tap()
        reader.await_address(look=look)
        expect(reader.page.locator(told).first).to_be_in_viewport()


def test_the_buttons_go_to_the_critical_alphas(open_page: Open) -> None:
    """By click and by Tab and Enter: alpha is exactly there, the verdict says what happens there,
    the button is pressed, and it is one change that Back undoes.
    """
    query = "input=-7&goal=5&alpha=0.001"
    reader = open_page(query)
    start = reader.history()
    headlines = {"Best alpha": "Lands in one step", "At the limit": "Bounces forever"}
    headlines["Past the limit"] = "Blows up"
    places = {one.name: as_text(one.alpha) for one in ruler(dynamics_of(run_at(query))).places}
    assert places.keys() == headlines.keys()

    def stands_at(name: str) -> None:
        reader.await_address(alpha=places[name])
        expect(reader.verdict).to_contain_text(headlines[name])
        expect(reader.number("Alpha")).to_have_value(places[name])
        for other in places:
            pressed = "true" if other == name else "false"
            expect(reader.button(other)).to_have_attribute("aria-pressed", pressed)

    reader.button("Past the limit").click()
    stands_at("Past the limit")
    reader.ruler.focus()
    for name in ("Best alpha", "At the limit"):
        assert reader.tab() == name
        reader.page.keyboard.press("Enter")
        stands_at(name)
        expect(reader.button(name)).to_be_focused()
    assert reader.history() == start + 3
    reader.page.go_back()
    stands_at("Best alpha")


RUNS = [
    "alpha=0.6&iterations=12",  # zooms out
    "input=100&goal=2&train=200:5,-300:1&alpha=1000000&iterations=13",  # leaves the floats
    "input=-2&goal=-3.5&weight=-0.75&alpha=0.31&iterations=5",
    "input=1&goal=1&train=2:3&alpha=1.25&iterations=9",  # no weight is ideal
    "input=1&goal=2&train=2:5,-3:1&alpha=0.05&iterations=7",
    "input=1e-6&goal=1e6&weight=-1e6&alpha=1000000&iterations=5",
    "input=0&iterations=3",
    "iterations=0",
]


def test_the_cobweb_is_the_runs_at_every_step(open_page: Open) -> None:
    """At each step of the stage the formula is that of the pass, and so are stairs and head."""
    reader = open_page()
    for query in RUNS:
        reader.go(f"{query}&look=why")
        reader.drawn("why")
        run = run_at(query)
        weights, count = passes(run), len(run.examples)
        texts = reader.at_every_step("document.querySelector('.why .formula').textContent")
        assert texts == [formula_sentence(run, k // count) for k in range(len(run.weights))]
        for k in {0, len(weights) // 2, len(weights) - 1}:
            if run.iterations:
                reader.seek(k * count)
            reader.await_trace(".why .picture", 0, weights[: k + 1], weights[: k + 1])
            reader.await_trace(".why .picture", 1, [weights[k]], [weights[k]])
            low, high = reader.page.evaluate(
                "document.querySelector('.why .picture').layout.xaxis.range"
            )
            assert low <= weights[k] <= high
        counted = count_in_words(*both(run), 0.01, 10_000)
        expect(reader.page.get_by_text(counted, exact=True)).to_be_visible()


def test_a_looks_buttons_press_the_stages(open_page: Open) -> None:
    """What moves with the stage can be moved beside it, as far as there is a run."""
    reader = open_page("alpha=0.45&look=why")
    scene = reader.drawn("why")
    reader.speed.select_option(label="Fastest")
    buttons = {"One step forward": 1, "Play": 18, "One step back": 17, "Restart": 0}
    for name, step in buttons.items():
        scene.get_by_role("button", name=name, exact=True).click()
        expect(reader.shown).to_have_text(f"{step} of 18")
        expect(scene.locator(".formula")).to_contain_text(f"After iteration {step} of 18")
    reader.enter("Iterations", "0")
    for name in buttons:
        expect(scene.get_by_role("button", name=name, exact=True)).to_be_disabled()


def test_the_film_over_alpha(open_page: Open) -> None:
    """It plays from the reader's alpha to the end and the server hears nothing; where it stops,
    the path is the run with that alpha, and the alpha can be used.
    """
    reader = open_page("alpha=0.4&look=sweep")
    page, scene = reader.page, reader.drawn("sweep")
    swept = sweep(*both(run_at("alpha=0.4")), 0.01)
    head = scene.get_by_role("slider", name="Alpha")
    shown, sentence = scene.locator("output"), scene.locator(".sentence")
    use = scene.get_by_role("button", name="Use this alpha")
    needed = page.get_by_text(sweep_in_words(dynamics_of(run_at("alpha=0.4"))), exact=True)
    expect(needed).to_be_visible()
    expect(shown).to_have_text("0.4")
    expect(use).to_be_disabled()

    heard = messages(page)
    scene.get_by_role("combobox", name="Speed").select_option(label="Fastest")
    look = """[Number(document.querySelector(".sweep input[type=range]").value),
        document.querySelector(".sweep .sentence").textContent]"""
    frames = reader.film(look, scene=".sweep")
    assert heard == []
    assert all(now <= later for (now, _), (later, _) in pairwise(frames))
    assert frames[0][0] <= swept.here + 3
    assert [said for _, said in frames] == [swept.sentences[k] for k, _ in frames]
    expect(shown).to_have_text("0.8")

    def stands_at(alpha: float) -> None:
        run = train(input=2, goal=2, weight=0, alpha=alpha, iterations=18)
        reader.await_trace(".sweep [data-picture=path]", 0, range(19), run.weights)
        expect(shown).to_have_text(number(alpha))
        expect(sentence).to_have_text(swept.sentences[swept.alphas.index(alpha)])

    head.fill(str(swept.alphas.index(0.75)))  # further out than SVG coordinates reach
    reader.await_trace(
        ".sweep [data-picture=path]", 0, range(19), [0, 3, -3, 9, *[-12.5, 14.5] * 7, -12.5]
    )
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
    assert set(heard) == {"Sent", "Received"}, "messages would have been seen"
    assert reader.history() == before + 1
    scene.get_by_role("button", name="Alpha back").click()
    expect(use).to_be_enabled()


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


EXTREMES = [
    "input=0&iterations=0",
    "alpha=1000000&iterations=10000&test=1000000:1",  # an error beyond floats
    "iterations=600&train=" + ",".join(f"{k}:{-k * k}" for k in range(1, 20)),
]


def test_no_look_ever_shows_what_is_no_number(open_page: Open) -> None:
    """Whatever the settings, at both ends: no NaN, no infinity, in no word and in nothing drawn."""
    reader = open_page()
    for query in EXTREMES:
        reader.go(f"{query}&keep=0:0:0:0:0,1000000:1:3:1000000:50")
        for look in SCENES:
            reader.turn_to(look)
            scene = reader.drawn(look)
            for end in ("min", "max"):
                for part in (reader.step, scene.locator("input[type=range]")):
                    if part.count() and part.is_enabled():
                        part.fill(part.get_attribute(end) or "")
                shown = reader.page.get_by_role("main").inner_text() + scene.inner_html()
                shown += reader.stage.inner_html()
                assert NO_NUMBER.findall(shown) == [], (query, look)


def test_the_keyboard_reaches_all_of_each_look(open_page: Open) -> None:
    """Tab goes through the look's controls in the order in which they stand."""
    reader = open_page()
    stage = ["Restart", "One step back", "Play", "One step forward"]
    film = ["Restart", "Alpha back", "Play", "Alpha forward", "Alpha", "Speed", "Use this alpha"]
    there = "Count a run as converged when this much of the gap is left"
    orders = {
        "why": [*stage, there],
        "compare": [*stage, there, "Load alpha 0.1", "Remove alpha 0.1"],
        "sweep": [*film, there],
    }
    for look, order in orders.items():
        reader.go(f"alpha=0.45&keep=2:2:0:0.1:18&look={look}")
        scene = reader.drawn(look)
        if look == "sweep":
            scene.get_by_role("button", name="Alpha back").click()
        reader.page.get_by_role("switch", name="Predict first").focus()
        reached = [reader.tab() for _ in range(len(order) + 4)]
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
    reader.turn_to("compare")
    names, *rows = table(reader, "The compared runs as a table")
    of_kept, of_shown = ["weight, alpha 0.1", "error, alpha 0.1"], ["weight, alpha 0.3"]
    assert names == ["step", *of_kept, *of_shown, "error, alpha 0.3"]
    assert len(rows) == 4
    for step, row in enumerate(rows):
        values = [one[step] for each in (kept, run) for one in (each.weights, each.errors)]
        assert all(map(shows, row[1:], values)), row
    reader.turn_to("sweep")
    names, *rows = table(reader, "Weight by step with alpha 0.3, the first 20 steps")
    assert all(shows(row[1], run.weights[int(row[0])]) for row in rows)
    names, *rows = table(reader, "Iterations needed, for a selection of alphas")
    assert names == ["alpha", "iterations"]
    told = dict(rows)
    assert told["0.3"] == "3"  # 0.2 of the gap is left by each: 1% after three
    assert told["0"] == "never"


def table(reader: Reader, caption: str) -> list[list[str]]:
    """The texts of a table that is there for who hears the page, row by row."""
    rows = "(table) => [...table.rows].map((row) => [...row.cells].map((e) => e.textContent))"
    texts: list[list[str]] = reader.page.get_by_role("table", name=caption).first.evaluate(rows)
    return texts
