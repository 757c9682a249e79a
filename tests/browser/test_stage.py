"""What the stage shows at every step is the core's, in a real browser."""

from __future__ import annotations

import re
from fractions import Fraction
from math import prod
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect
from runs import read, run_at
from sentences import stage_sentences, step_of

from browser.reader import NO_NUMBER, Open
from neuron import Example, Run, mean_error
from neuron.core.dynamics import dynamics_of
from neuron.core.training import mean_errors
from neuron.state.address import from_query
from neuron.state.parameters import Settings
from neuron.story.markup import plain
from neuron.words.arithmetic import texts_of
from neuron.words.numbers import number
from neuron.words.verdict import verdict

RUNS = [
    "alpha=0.4&iterations=8",
    "input=-2&goal=-3.5&weight=-0.75&alpha=0.31",
    "alpha=0.5&iterations=6",
    "input=1&goal=1&train=1:3,-2:5&test=3:3,0:1&alpha=0.1&iterations=6",
    "input=1000&alpha=1000000",  # runs out of floats
    "input=1&goal=2&train=2:5,-3:1&alpha=10000&iterations=30",  # within an iteration
    "input=1e-3&goal=1e-6&weight=3e-9&alpha=1000&iterations=5",
    "input=3&goal=9.9e-7&weight=3.333333333333333e-7&iterations=2",  # delta is just below 1e-7
    "goal=12.3456&alpha=0.25&iterations=3",  # delta is 0, of a goal with six digits
    "alpha=1e-20&weight=1.23456789&iterations=3",  # every update is rounded away
    "input=0&iterations=3",
    "iterations=0",
]

LOOK = """{
    said: document.querySelector(".stage .moment").textContent,
    labels: [...document.querySelectorAll(".neuron-svg > :not(.ticks, defs)")]
        .filter((e) => !e.matches("[opacity='0']"))
        .flatMap((e) => e.matches("text") ? [e] : [...e.querySelectorAll("text")])
        .map((e) => e.textContent),
    program: [...document.querySelectorAll(".program li")]
        .map((li) => [...li.children].map((e) => e.textContent)),
    now: [...document.querySelectorAll(".program [data-now] code")]
        .map((e) => e.textContent.trim()),
    charts: Object.fromEntries(["bowl", "weight", "error"].map((name) => [
        name,
        document.querySelector(`.stage [data-picture=${name}] .plot`).data.map(
            ({ x, y }) => [x ?? [], y ?? []].map((column) => [...column])),
    ])),
    tests: document.querySelectorAll(".neuron-svg .test-answer").length,
}"""


def shows(text: str, value: float) -> bool:
    """Whether a text is a number, with four digits at least."""
    return any(number(value, digits) == text for digits in range(4, 18))


def said_at(run: Run, step: int, said: str) -> None:
    """The sentence has the step's numbers, and an equals sign only where it holds as printed."""
    ended = step and step == len(run.weights) - 1
    assert said == stage_sentences(run, step)["end" if ended else "rest"]


def labels_at(run: Run, step: int, labels: list[str]) -> None:
    """The neuron's numbers are the step's, and an equals sign stands only where it holds."""
    now = run.steps[step]
    texts, signs = texts_of(step_of(run, step), most=8)
    assert number(now.example.input) in labels
    assert f"delta {texts['delta']}" in labels
    error = rf"error (= delta² {signs['error']} )?{re.escape(texts['error'])}( [(]not.*)?"
    assert any(re.fullmatch(error, label) for label in labels), labels
    for name, value in {"weight": now.weight, "goal": now.example.goal}.items():
        assert any(shows(label.removeprefix(f"{name} "), value) for label in labels), labels
    assert any(shows(label.removeprefix("≈ "), now.prediction) for label in labels), labels
    assert any(label.startswith("≈ ") for label in labels) <= (now.delta != 0), labels
    if step < len(run.weights) - 1:
        sent = [re.fullmatch(r"− (alpha × )?delta × input ([=≈]) [+]?(.*)", t) for t in labels]
        (found,) = filter(None, sent)
        assert shows(found[3], -run.alpha * now.weight_delta), labels
        factors = [texts["delta"], number(now.example.input, 12), number(-run.alpha, 12)]
        product = prod(Fraction(read(text)) for text in factors)
        assert (found[2] == "=") == (product == Fraction(read(found[3]))), labels


def program_at(run: Run, step: int, program: list[list[str]]) -> None:
    now, count = run.steps[step], len(run.examples)
    last = step == len(run.weights) - 1
    loop = next(k for k, (code, _) in enumerate(program) if code.startswith("for iteration"))
    within = [line for line in program[loop:] if "last_weight" not in line[0]]
    lines = {code.strip().split(" =")[0]: value for code, value in reversed(within)}
    values = {"pred": now.prediction, "delta": now.delta, "error": now.error}
    for name, value in (values | {"weight_delta": now.weight_delta}).items():
        assert shows(lines[name], value)
    assert not lines["weight"] if last else shows(lines["weight"], run.weights[step + 1])
    assert program[loop][1] == ("" if last else str(step // count))
    if count > 1:
        assert program[loop + 1][1] == str(step % count + 1)


def charts_at(run: Run, test: tuple[Example, ...], step: int, charts: Any) -> None:
    errors = mean_errors(run.examples, run)
    curve, trail, ball = ([map(float, column) for column in trace] for trace in charts["bowl"])
    assert all(y == mean_error(run.examples, x) for x, y in zip(*curve, strict=True))
    assert [*zip(*ball, strict=True)] == [(run.weights[step], errors[step])]
    points = [*zip(*trail, strict=True)]
    assert points[0] == (run.weights[0], errors[0])
    assert {*points} <= {*zip(run.weights, errors, strict=True)}
    lines = {"weight": (charts["weight"][1:], run.weights), "error": (charts["error"][:3], errors)}
    if test:
        lines["test"] = (charts["error"][3:6], mean_errors(test, run))
    for traces, column in lines.values():
        for xs, ys in traces:
            assert all(float(y) == column[x] for x, y in zip(xs, ys, strict=True))
        (whole, _), (past, _), (head, _) = traces
        assert (past[-1], head) == (step, [step])
        if len(column) < 80:
            assert past == [*range(step + 1)]
            assert whole == [*range(len(whole))] != []


def test_all_that_stands_on_the_stage_is_the_cores(open_page: Open) -> None:
    """Neuron, sentence, program, charts and verdict at every step of any run, overflow included."""
    reader = open_page()
    for query in RUNS:
        reader.go(query)
        run, test = run_at(query), from_query(parse_qs(query))[0].test
        seen = reader.at_every_step(LOOK)
        assert len(seen) == len(run.weights), query
        for step, now in enumerate(seen):
            said_at(run, step, now["said"])
            labels_at(run, step, now["labels"])
            program_at(run, step, now["program"]) if run.iterations else None
            charts_at(run, test, step, now["charts"])
            assert now["tests"] == len(test)
        told = verdict(dynamics_of(run), run)
        expect(reader.verdict.locator("strong")).to_have_text(f"{told.headline}.")
        words = plain(told.plain, Settings())
        expect(reader.verdict.locator(".plain")).to_have_text(words, use_inner_text=True)
        why = reader.verdict.locator("details p")
        expect(why).to_have_text(f"{told.why} {told.advice}".strip())
        assert NO_NUMBER.findall(reader.page.get_by_role("main").inner_text()) == [], query


def test_the_four_beats_of_a_step(open_page: Open) -> None:
    """Beat by beat: the sentence, the program's line and the neuron's parts are in step."""
    query = "input=2&goal=3&weight=0.1&alpha=0.15&iterations=3"
    reader = open_page(query)
    reader.speed.select_option(label="Beat by beat")
    lines = {
        "predict": ["pred"],
        "compare": ["delta", "error"],
        "send back": ["weight_delta"],
        "update": ["weight"],
    }
    for step in range(2):
        come: list[str] = []
        for beat, said in stage_sentences(run_at(query), step).items():
            if beat not in lines:
                continue
            reader.button("Step forward").click()
            expect(reader.moment).to_have_text(said)
            seen = reader.page.evaluate(f"() => ({LOOK})")
            assert [line.split(" =")[0] for line in seen["now"]] == lines[beat]
            come += lines[beat]
            loop = next(k for k, (c, _) in enumerate(seen["program"]) if c.startswith("for "))
            shown = [c.strip().split(" =")[0] for c, v in seen["program"][loop + 1 :] if v]
            assert shown == come
            drawn = reader.page.evaluate(
                """() => ["bar", "square", "route"].map((name) => {
                    const { attributes } = document.querySelector(`.neuron-svg .${name}`);
                    const hidden = attributes.opacity?.value === "0";
                    return !hidden && attributes["stroke-dashoffset"]?.value !== "1000";
                })"""
            )
            compared, sent = beat != "predict", beat in ("send back", "update")
            assert drawn == [compared, compared, sent]
    for words in ("Send back.", "Compare."):
        reader.button("Step back").click()
        expect(reader.moment).to_contain_text(words)


def test_the_square_is_as_wide_as_the_gap(open_page: Open) -> None:
    """Its sides are delta on the number line."""
    reader = open_page("alpha=0.4")
    neuron = reader.page.locator(".neuron-svg")
    for step in (0, 1, 2):
        reader.seek(step)
        square = reader.box(neuron.locator(".square"))
        _, prediction = reader.centre(neuron.locator(".prediction"))
        _, goal = reader.centre(neuron.locator(".handle.goal path"))
        gap = abs(prediction - goal)
        assert [square["width"], square["height"]] == pytest.approx([gap, gap], abs=2)


def test_the_exact_value_is_one_hover_away(open_page: Open) -> None:
    """At the play head of a long run too, most of whose points are not drawn."""
    query = "alpha=0.001&iterations=1000"
    reader, run = open_page(query), run_at(query)
    for step in (300, 777):
        reader.seek(step)
        for name, column in {"weight": run.weights, "error": run.errors}.items():
            reader.trace(name, 0)  # waits until it is drawn
            head = reader.page.locator(f".stage [data-picture={name}] .trace .point").last
            reader.page.mouse.move(*reader.centre(head))
            said = reader.page.locator(f".stage [data-picture={name}] .hovertext")
            expect(said).to_have_text(re.compile("^step [0-9]+: "))
            at, exact = re.findall(r"[\d.e−]+", (said.text_content() or "").removeprefix("step "))
            assert abs(int(at) - step) <= 3  # within a pixel
            assert exact == repr(column[int(at)]).replace("-", "−")
        assert len(reader.trace("weight", 2)["x"]) <= 250
