"""The stage while it plays, in a real browser: its pace, a blow-up, and who is left in peace."""

from __future__ import annotations

from itertools import pairwise
from math import log10
from statistics import median

import pytest
from playwright.sync_api import expect
from runs import run_at

from browser.reader import Open, messages, rgb
from neuron.charts.palette import PALETTE
from neuron.words.numbers import number

MOTION = """[
    document.querySelector(".stage .moment").textContent,
    document.querySelector(".program [data-now] code")?.textContent.trim() ?? "",
    Number(document.querySelector(".step input").value),
    ["signal", "bar", "route", "prediction", "wire"].map((name) =>
        document.querySelector(`.neuron-svg .${name}`).outerHTML).join(),
    performance.now(),
]"""
BEATS = {"Predict": "pred", "Compare": "delta", "Send back": "weight_delta", "Update": "weight"}


def test_it_starts_slowly_and_says_that_it_quickens(open_page: Open) -> None:
    """At normal speed the first step glides through its four beats, later ones merge, and say so.

    Sentence and lit line change together, and the server hears nothing at all.
    """
    reader = open_page("iterations=12")
    heard = messages(reader.page)
    frames = reader.film(MOTION, most=8)
    first = [frame for frame in frames if frame[2] == 0]
    told = [(said.split(".")[0], lit) for said, lit, *_ in first]
    assert [*dict.fromkeys(beat for beat, _ in told if beat in BEATS)] == [*BEATS]
    assert all(lit.startswith(f"{BEATS[beat]} =") for beat, lit in told if beat in BEATS)
    assert len({drawn for *_, drawn, _ in first}) > 60
    assert first[-1][-1] - first[0][-1] > 3000
    assert len(first) < len(frames), "it went on to the next step"
    reader.button("Pause").click()
    reader.seek(7)
    frames = reader.film(MOTION)
    starts = [next(now for *_, step, _, now in frames if step == k) for k in range(8, 13)]
    assert median(later - now for now, later in pairwise(starts)) < 700
    late = {said for said, _, step, *_ in frames if 8 <= step < 12}
    assert late
    assert all("faster now" in said for said in late)
    assert heard == []
    reader.enter("Alpha", "0.2")
    assert set(heard) == {"Sent", "Received"}, "messages would have been heard"


SIDES = """[
    Number(document.querySelector(".stage .step input").value),
    document.querySelector(".stage .moment").textContent,
    document.querySelector(".neuron-svg .weight.strong").textContent,
    document.querySelector(".neuron-svg .wire").classList.contains("negative"),
    document.querySelector(".neuron-svg").textContent.includes("negative"),
    document.querySelector(".stage [data-picture=bowl] .plot").data[2].x[0],
]"""


def test_what_is_said_in_a_glide_is_what_is_seen(open_page: Open) -> None:
    """Number, word, dash and sentence are about one step; the ball is near it most of the time."""
    query = "alpha=0.55&iterations=20"
    reader = open_page(query)
    weights = run_at(query).weights
    reader.seek(6)
    frames = [frame for frame in reader.film(SIDES) if "faster now" in frame[1]]
    near = []
    for step, said, name, dashed, word, ball in frames:
        weight = weights[step]
        assert name.removeprefix("weight ") == number(weight)
        assert f"weight {number(weight)}," in said
        assert dashed is word is (weight < 0)
        others = [w for w in weights[step - 1 : step + 2] if w != weight]
        near.append(abs(ball - weight) < 0.2 * min(abs(weight - other) for other in others))
    assert len(near) > 100
    assert sum(near) > 0.6 * len(near)


def test_the_transport(open_page: Open) -> None:
    """Each control goes where its name says and no further, and each speed is quicker."""
    reader = open_page()
    for name, step in {"Step forward": 1, "Step back": 0, "Restart": 0}.items():
        reader.button(name).click()
        expect(reader.shown).to_have_text(f"{step} of 18")
    reader.button("Step back").click()
    expect(reader.shown).to_have_text("0 of 18")
    reader.seek(18)
    reader.button("Step forward").click()
    expect(reader.shown).to_have_text("18 of 18")
    reader.play("Slow")  # played again from the start
    expect(reader.moment).to_contain_text("Predict. The input times the weight: 2 × 0 = 0")
    reader.button("Pause").click()
    held = reader.page.locator(".hero").inner_text()
    reader.page.wait_for_timeout(500)
    assert reader.page.locator(".hero").inner_text() == held
    rates = {}
    for speed in ("Slow", "Normal", "Fast"):
        reader.button("Restart").click()
        reader.play(speed)
        reader.page.wait_for_timeout(1000)
        rates[speed] = reader.trace("weight", 3)["x"][0]
    assert rates["Slow"] < 1 <= 4 < rates["Fast"]
    assert rates["Normal"] < 3


def test_the_fastest_speed_is_a_film(open_page: Open) -> None:
    """Nearly every frame changes, however long the run, and its last picture is the run's end."""
    reader = open_page()
    reader.speed.select_option(label="Fastest")
    for query in ("iterations=60", "alpha=0.51&iterations=10000"):
        reader.go(query)
        run = run_at(query)
        last = len(run.weights) - 1
        frames = reader.film(
            """[...document.querySelectorAll(".stage .scatterlayer path")]
            .map((e) => e.getAttribute("transform") + (e.getAttribute("d") ?? "").slice(-30)).join()
            + document.querySelector(".neuron-svg").innerHTML""",
            most=3,
        )
        assert sum(one != other for one, other in pairwise(frames)) > 0.8 * len(frames)
        if last > 60:
            reader.seek(last - 99)
            reader.button("Play").click()
        expect(reader.shown).to_have_text(f"{last} of {last}")
        expect(reader.button("Play")).to_be_visible()
        assert reader.trace("bowl", 2) == {"x": [run.weights[-1]], "y": [run.errors[-1]]}
        assert reader.trace("weight", 3) == {"x": [last], "y": [run.weights[-1]]}


def test_reduced_motion_shows_still_pictures(open_page: Open) -> None:
    """Nothing glides between the four beats for who asks for less motion."""
    reader = open_page("iterations=1")
    reader.page.emulate_media(reduced_motion="reduce")
    frames = reader.film(MOTION)
    assert {*BEATS} <= {said.split(".")[0] for said, *_ in frames}
    assert 4 <= len({drawn for *_, drawn, _ in frames}) <= 12


BLOW_UP = """(() => {
    const chart = document.querySelector(".stage [data-picture=bowl] .plot");
    const [low, high] = chart.layout.xaxis.range;
    const names = [...document.querySelectorAll(".stage .old-name")]
        .filter((e) => e.getAttribute("opacity") === "1").map((e) => e.textContent);
    return { low, high, ball: chart.data[2].x[0], names };
})()"""


def test_a_blow_up_looks_like_one(open_page: Open) -> None:
    """The scale of the beginning holds until the ball has left it; then the picture grows.

    The old frame keeps its name, the error is counted in plain digits, and at the first step the
    first scale is back.
    """
    query = "alpha=1&iterations=4"
    reader, run = open_page(query), run_at(query)
    low, high = reader.range("bowl", "xaxis")
    reader.speed.select_option(label="Fast")
    frames = reader.film(BLOW_UP)
    widths = [frame["high"] - frame["low"] for frame in frames]
    assert widths == sorted(widths)
    assert widths[0] == pytest.approx(high - low)
    assert len({*widths}) > 3, "it turns, it does not jump"
    before = next(now for now, later in pairwise(frames) if now["high"] != later["high"])
    assert not low <= before["ball"] <= high
    assert before["names"] == []
    end = reader.page.evaluate(BLOW_UP)
    assert {*end["names"]} == {"×100", "zoomed out ×100", "zoomed out ×10\u202f000"}, "of errors"
    assert end["low"] < run.weights[-1] < end["high"]
    error = reader.page.locator(".neuron-svg text.error.counter")
    expect(error).to_have_text(f"error {run.errors[-1]:,.0f}".replace(",", "\u202f"))
    reader.seek(0)
    assert reader.range("bowl", "xaxis") == [low, high]


def test_no_signal_passes_input_0(open_page: Open) -> None:
    """Nothing moves along the wire while it plays, and the wire says why."""
    reader = open_page("input=0&iterations=1")
    expect(reader.page.locator(".neuron-svg").get_by_text("no signal")).to_be_visible()
    look = "document.querySelector('.neuron-svg .signal').getAttribute('opacity')"
    assert set(reader.film(look, most=2)) == {"0"}
    reader.button("Pause").click()
    reader.go("input=1&iterations=1")
    assert set(reader.film(look, most=2)) != {"0"}, "a signal would be seen"


def test_logarithmic_axes_are_the_readers_choice(open_page: Open) -> None:
    """The switch draws powers of ten, stands in the address, and is taken off again."""
    reader = open_page("alpha=0.6&iterations=40")
    plain = reader.range("error", "yaxis")
    reader.page.get_by_role("checkbox", name="log axes").check()
    reader.await_address(log="1")
    run = run_at("alpha=0.6&iterations=40")
    reader.seek(40)
    assert reader.trace("error", 1)["y"] == pytest.approx([log10(e) for e in run.errors])
    assert reader.range("error", "yaxis") != plain
    reader.page.get_by_role("checkbox", name="log axes").uncheck()
    reader.await_address(log="")
    reader.seek(0)
    assert reader.range("error", "yaxis") == pytest.approx(plain)


def test_playing_goes_on_through_a_change_of_theme_and_a_closer_look(open_page: Open) -> None:
    """New colours stop nothing; a change of the run starts it over at its first step."""
    reader = open_page("iterations=1000")
    reader.play("Fast")
    reader.page.emulate_media(color_scheme="dark")
    reader.turn_to("data")
    expect(reader.button("Pause")).to_be_visible()
    expect(reader.shown).not_to_have_text(reader.shown.inner_text())
    reader.button("Pause").click()
    step = int(reader.step.input_value())
    assert reader.trace("weight", 3)["x"] == [step] != [0]
    line = reader.page.locator(".stage [data-picture=weight] .js-line").last
    expect(line).to_have_css("stroke", rgb(PALETTE["dark"]["weight"]))
    reader.resize(900, 800)
    reader.turn_to("steps")
    expect(reader.step).to_have_value(str(step))
    reader.type("Goal", "5")
    expect(reader.moment).to_contain_text("Step 0: 2 × 0 = 0, and the goal is 5, so delta is −5")
