"""By hand, in a real browser: the printed step, the nudge test, the reader's turn, the sheet."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from random import Random
from typing import Any

from playwright.sync_api import expect
from runs import run_of
from sentences import step_of
from test_arithmetic import false_signs

from browser.reader import NO_NUMBER, Open
from browser.test_rule import case
from neuron import train
from neuron.core.exercises import exercises
from neuron.core.slips import Asked
from neuron.player import files
from neuron.player.by_hand import sheet_payload
from neuron.state.turn import numbers_of
from neuron.words.arithmetic import CONVENTIONS, printed, texts_of
from neuron.words.numbers import as_text

TEXTS = """async (cases) => {
    const { textsOf } = await import("/ARITHMETIC");
    return cases.map(({ step, digits, most, convention }) =>
        textsOf(step, digits, most, convention));
}""".replace("ARITHMETIC", files.address("arithmetic.js"))


def test_the_browser_prints_what_python_prints(open_page: Open) -> None:
    """Texts and signs of 1,000 steps of any run, in all conventions and with all digits."""
    draw = Random(3)
    cases: list[dict[str, Any]] = []
    expected = []
    while len(cases) < 1000:
        examples, weight, alpha, iterations, _ = case(draw)
        run = train(examples, weight=weight, alpha=alpha, iterations=iterations)
        if not run.weights:
            continue
        step = step_of(run, draw.randrange(len(run.weights)))
        digits, most = draw.choice([4, 4, 6, None]), draw.choice([8, 17])
        convention = draw.choice([*CONVENTIONS.values()])
        texts, signs = texts_of(step, digits, most, convention)
        expected.append({"texts": texts, "signs": signs})
        sent = {name: value for name, value in asdict(step).items() if value is not None}
        cases.append(
            {"step": sent, "digits": digits or 0, "most": most, "convention": asdict(convention)}
        )
    assert open_page().page.evaluate(TEXTS, cases) == expected


def test_the_step_on_the_stage_is_worked_out(open_page: Open) -> None:
    """Line by line, in the convention of the address, exact on demand, and beat by beat."""
    reader = open_page("look=arithmetic&convention=derivative")
    lines = reader.page.locator(".byhand .lines li")
    numbers = reader.page.locator(".byhand .lines .numbers")
    for index, digits in [(3, 4), (7, 4), (7, None)]:
        reader.seek(index)
        reader.page.locator(".byhand .digits").select_option(str(digits or 0))
        wanted = printed(step_of(run_of(), index), digits, CONVENTIONS["derivative"])
        said = [f"{line.numbers} {line.sign} {line.result}".replace(" ", "") for line in wanted]
        assert [text.replace(" ", "") for text in numbers.all_text_contents() if text] == said
    reader.seek(18)
    expect(lines.filter(visible=True)).to_have_count(4)
    reader.seek(2)
    reader.speed.select_option("beat")
    now = reader.page.locator(".byhand .lines li[data-now]")
    later = reader.page.locator(".byhand .lines li[data-later]")
    # Predict, compare, send back, update, and the next step's beginning.
    for here, left in [(1, 4), (2, 2), (1, 1), (1, 0), (1, 4)]:
        reader.button("Step forward").click()
        expect(now).to_have_count(here)
        expect(later).to_have_count(left)
    expect(now).to_contain_text("prediction")
    expect(reader.shown).to_have_text("3 of 18")


def test_the_update_waits_for_the_prediction(open_page: Open) -> None:
    """Where the reader is to say where it goes, neither program nor arithmetic tells."""
    reader = open_page("look=arithmetic&predict=1&alpha=0.25")
    update = reader.page.locator(".program li", has_text="weight = weight").locator(
        ":scope > :last-child"
    )
    lines = reader.page.locator(".byhand .lines li").filter(visible=True)
    expect(lines).to_have_count(4)
    expect(update).to_have_text("")
    expect(reader.page.locator(".byhand [data-press=play]")).to_be_disabled()
    expect(reader.button("Do the next step yourself")).to_be_disabled()
    reader.page.locator(".ask button").first.click()
    expect(lines).to_have_count(5)
    reader.seek(0)
    expect(update).to_have_text("1")
    for query in ("lesson=learn&stop=4", "lesson=swap&stop=1", "lesson=alpha&stop=1"):
        reader.go(query)
        expect(update).to_have_text("")


def test_a_nudge_shows_the_slope(open_page: Open) -> None:
    """The smaller the nudge, the nearer is change ÷ nudge to −2.88, the slope at step 2."""
    reader = open_page("look=arithmetic")
    reader.seek(2)
    found = reader.page.locator(".byhand .found")
    expect(found).to_contain_text("2 × delta × input: −2.88")
    away = []
    for _ in range(6):
        said = found.inner_text()
        assert not false_signs(said)
        (quotient,) = re.findall(r"÷ \S+ [=≈] −([\d.]+)\.\s", said)
        away.append(abs(2.88 - float(quotient)))
        reader.page.locator(".byhand .halve").click()
    assert away == sorted(away, reverse=True)
    assert away[-1] < 0.05
    reader.page.locator(".byhand .again").click()
    before = found.inner_text()
    reader.page.get_by_role("slider", name="Nudge of the weight").press("ArrowLeft")
    expect(found).not_to_have_text(before)
    for alpha in ("0.1", "0.2"):
        reader.type("Alpha", alpha)
        expect(reader.page.locator(".byhand .told")).to_contain_text(f"{alpha} × 4 = ")


RUNS = [
    "input=0",
    "alpha=0",
    "input=1000&alpha=1000000",  # to the end of floats
    "input=5e-324&goal=1e6",
    "goal=12.3456&weight=6.1728",
    "iterations=0",
    "input=1&goal=1&train=1:3,-2:5&alpha=0.4",
]


def test_any_run_can_be_worked_out(open_page: Open) -> None:
    """At its ends and in all its folds no line is false, all is a number."""
    reader = open_page()
    look = reader.page.locator(".byhand")
    for query in RUNS:
        reader.go(f"look=arithmetic&{query}")
        reader.unfold()
        last = int(reader.step.get_attribute("max") or 0)
        for index in {0, last // 2, last} if last else ():
            reader.seek(index)
            for said in look.locator(".lines li, .told li, .found span, td").all_inner_texts():
                assert not false_signs(said.replace("\n", " ")), query
                assert not NO_NUMBER.search(said), query
        assert reader.scrolls_sideways() == [], query


def test_the_readers_turn(open_page: Open) -> None:
    """The step after the shown one; a slip is named; what is right is right; on to the next."""
    reader = open_page("look=arithmetic")
    reader.seek(2)
    reader.button("Do the next step yourself").click()
    reader.await_address(turn="2")
    own = reader.page.locator(".st-key-your-turn")
    for text, answer in [("1.648", "alpha was left out"), ("0,8704", "Right.")]:
        reader.type("new weight", text)
        expect(own.locator(".said")).to_contain_text(answer)
    # An answer that is still being typed is judged before the next step comes.
    reader.number("new weight").fill("0.9123")
    reader.button("Next step").click()
    expect(own.locator(".said")).to_contain_text("Not yet")
    reader.page.wait_for_timeout(1000)
    assert reader.address()["turn"] == "2"
    reader.button("Next step").click()
    reader.await_address(turn="3")
    expect(reader.number("new weight")).to_have_value("")
    # A set of exercises is the same for a whole class.
    exercise = exercises(42)[1]
    reader.go("look=arithmetic&exercise=42&turn=1")
    expect(own).to_contain_text("Exercise 2 of 5: 2 lines to fill in")
    expect(own).to_contain_text(f"weight {as_text(exercise.then.weight).replace('-', '−')}")
    answers = {"weight_delta": Asked.WEIGHT_DELTA, "new weight": Asked.WEIGHT}
    for count, (label, asked) in enumerate(answers.items(), start=1):
        reader.type(label, repr(exercise.then.answer(asked)))
        expect(own.locator(".said.right")).to_have_count(count)


def test_the_sheet_is_a_page_of_questions_and_a_page_of_answers(open_page: Open) -> None:
    """On paper: no answer on the first page, all lines of all exercises on the second."""
    reader = open_page("look=arithmetic&exercise=42")
    expect(reader.button("Print the worksheet")).to_be_visible()
    sheet = json.loads(sheet_payload(42))
    page = reader.page.context.new_page()
    page.goto(reader.page.url.partition("?")[0] + files.address("sheet.js"))
    page.set_content(f"<!doctype html><html lang='en'><body>{files.web_file('sheet.html')}</body>")
    page.evaluate(
        f"""async (sheet) => (await import('/{files.address("sheet.js")}'))
            .fill(document, document.querySelector("template"), sheet)""",
        sheet,
    )
    for size in ("A4", "Letter"):
        assert len(re.findall(rb"/Type /Page\b", page.pdf(format=size))) == 2
    answers = page.locator("article.answers").inner_text()
    lines = [line for one in exercises(42) for line in printed(numbers_of(one.then))]
    assert [line for line in lines if line.text not in answers] == []
    for section, one in zip(
        page.locator("article").first.locator("section").all(), exercises(42), strict=True
    ):
        asked = section.inner_text()
        shown = [line.text in asked for line in printed(numbers_of(one.then))]
        assert shown == [True] * (5 - len(one.gaps)) + [False] * len(one.gaps)
