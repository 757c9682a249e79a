"""The story in a real browser: it builds up, asks before it shows, and can be linked."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Locator, expect
from runs import run_on

from browser.reader import Open, Reader
from neuron.core.dynamics import dynamics_of
from neuron.state.address import from_query
from neuron.state.parameters import CONTROLS, Settings
from neuron.story.chapter import EDGES, STORY, Found, Picked, Played, Reached
from neuron.story.chapters import CHAPTERS, GROUPS, SETTINGS
from neuron.story.markup import plain
from neuron.story.predictions import CHOICES, answer
from neuron.words.numbers import number
from neuron.words.verdict import verdict


def told(reader: Reader) -> Locator:
    return reader.page.locator(".story .text")


def shown_settings(reader: Reader) -> Settings:
    """The numbers of the address, which sentences repeat."""
    reader.await_rest()
    return from_query(parse_qs(reader.page.url.partition("?")[2]), SETTINGS)[0]


def at_stop(reader: Reader, name: str, stop: int) -> None:
    chapter = CHAPTERS[name]
    dots = reader.page.locator(".dots")
    expect(dots).to_have_attribute("aria-label", f"Part {stop + 1} of {len(chapter.stops)}")
    expect(reader.page.locator(".chapter-name")).to_contain_text(chapter.title)


GIVEN_AWAY = """() => {
    const dotted = ["weight", "error"].flatMap((name) => {
        const chart = document.querySelector(`.stage [data-picture=${name}] .plot`);
        const shown = chart.checkVisibility({ visibilityProperty: true });
        const data = (shown && chart.data) || [];
        return data.filter(({ line, visible }) => line?.dash === "dot" && visible !== false)
            .flatMap(({ x }) => [...x]).filter((x) => x !== null);
    });
    const words = [...document.querySelectorAll(".stage .band, .stage .places button, "
        + ".stage .verdict strong, .stage .verdict .plain, .stage .verdict details p")]
        .filter((e) => e.checkVisibility({ visibilityProperty: true }))
        .map((e) => e.textContent).join("");
    return [dotted.length, words];
}"""


def right_answer(name: str) -> str:
    ask = CHAPTERS[name].ask
    assert ask
    if ask.right:
        return next(choice.label for choice in ask.choices if choice.name == ask.right)
    return next(
        choice.label
        for choice in ask.choices
        if CHAPTERS[name].regime in CHOICES[choice.name].regimes
    )


def test_the_whole_story_by_doing_what_it_asks(open_page: Open) -> None:
    """Seven chapters, by Next and by drags, picks and plays: each brings the next stop.

    Each chapter has its parts and fields and no others; nothing gives away a run's end before it
    was played; the last stop leads on, and at the end to free play.
    """
    reader = open_page()
    page = reader.page
    page.get_by_role("button", name="Start the story").click()
    for name in GROUPS[STORY]:
        chapter = CHAPTERS[name]
        reader.await_address(lesson=name)
        reader.await_rest()
        for index, stop in enumerate(chapter.stops):
            at_stop(reader, name, index)
            expect(told(reader)).to_have_text(plain(stop.text, shown_settings(reader)))
            labels = [c.label for c in CONTROLS if c.name in chapter.fields]
            expect(page.locator(".st-key-fields label")).to_have_text(labels)
            seen = index > next(
                (k for k, one in enumerate(chapter.stops) if isinstance(one.until, Played)), -1
            )
            if chapter.settings.iterations and not seen:
                assert page.evaluate(GIVEN_AWAY) == [0, ""], (name, index)
            covered = page.locator(".ask, .figure").filter(visible=True).count()
            parts = chapter.parts_at(index)
            for part, what in {
                "program": ".program ol",
                "ruler": ".ruler",
                "bowl": ".charts figure",
                "verdict": ".verdict",
            }.items():
                visible = page.locator(f".stage {what}").first.is_visible()
                assert visible == (part in parts) or covered, (name, index, part)
            until = stop.until
            if isinstance(until, Reached):
                handle = reader.handle("Number in the text")
                handle.focus()
                while float(handle.get_attribute("aria-valuenow") or 0) < float(until.value):
                    page.keyboard.press("ArrowUp")
            elif isinstance(until, Found):
                reader.handle("Number in the text").focus()
                best = {"one_step": 0.25}.get(until.regime.name.lower(), 0.5)
                for _ in range(round((best - float(reader.address()["alpha"])) / 0.01)):
                    page.keyboard.press("ArrowUp")
            elif isinstance(until, Picked):
                expect(page.locator("[data-go=next]")).to_be_disabled()
                page.get_by_role("button", name=right_answer(name), exact=True).click()
            elif isinstance(until, Played):
                reader.speed.select_option(label="Fastest")
                if reader.button("Play").is_visible():
                    reader.button("Play").click()
                at_stop(reader, name, index + 1)
                slow = 'document.querySelector(".speed select").value = "slow"'
                page.evaluate(slow)  # a question may hide it; the next film is not to be missed
            else:
                page.locator("[data-go=next]").click()
    expect(page.get_by_role("button", name="Start the story")).to_be_visible()
    expect(page.locator(".figure")).to_be_hidden()
    assert "lesson" not in reader.address()


@pytest.mark.parametrize("half", [0, 1])
def test_an_edge_asks_plays_and_explains(open_page: Open, half: int) -> None:
    """A wrong pick is answered after the run was seen, with what would have had to be true."""
    reader = open_page(f"lesson={GROUPS[EDGES][half]}")
    for name in GROUPS[EDGES][half::2]:
        reader.goto(f"lesson={name}")
        chapter = CHAPTERS[name]
        run = run_on(chapter.settings)
        theory = dynamics_of(run)
        assert reader.page.evaluate(GIVEN_AWAY) == [0, ""]
        assert chapter.ask
        right = right_answer(name)
        wrong = next(choice for choice in chapter.ask.choices if choice.label != right)
        reader.page.locator(".ask").get_by_role("button", name=wrong.label, exact=True).click()
        at_stop(reader, name, 1)
        assert reader.page.evaluate(GIVEN_AWAY) == [0, ""]
        reader.speed.select_option(label="Fastest")
        at_stop(reader, name, 2)
        expect(told(reader)).to_have_text(plain(chapter.stops[2].text, chapter.settings))
        expect(reader.verdict.locator("strong")).to_have_text(f"{verdict(theory, run).headline}.")
        said = answer(wrong.name, theory, run, chapter.ask)
        assert said
        expect(reader.verdict.locator(".plain")).to_have_text(plain(said.told, chapter.settings))
        places = reader.page.locator(".ruler .places button")
        assert bool(places.count()) == bool(chapter.settings.input)
        assert reader.trace("weight", 3)["y"] == [run.weights[-1]]


def test_a_stop_can_be_linked_and_back_works(open_page: Open) -> None:
    """Next and Back stand in the address, the browser's Back undoes them, a link opens the stop."""
    reader = open_page("lesson=measure")
    for stop in (1, 2):
        reader.page.locator("[data-go=next]").click()
        reader.await_address(stop=str(stop))
        reader.await_rest()
    reader.page.locator("[data-go=back]").click()
    at_stop(reader, "measure", 1)
    reader.await_address(stop="1")
    reader.await_rest()
    reader.page.go_back()
    at_stop(reader, "measure", 2)
    reader.await_rest()
    other = open_page(reader.page.url.partition("?")[2])
    at_stop(other, "measure", 2)
    expect(told(other)).to_have_text(told(reader).inner_text())
    other.goto("lesson=measure&stop=99")
    at_stop(other, "measure", len(CHAPTERS["measure"].stops) - 1)
    for _ in range(5):
        other.page.locator("[data-go=back]").click()
    at_stop(other, "measure", 0)
    other.page.locator("[data-go=back]").click()
    other.await_address(lesson="predict")
    # Pressed twice in a moment, the end of a chapter opens the next one at its beginning.
    other.goto(f"lesson=measure&stop={len(CHAPTERS['measure'].stops) - 1}")
    other.page.locator("[data-go=next]").dblclick()
    at_stop(other, "learn", 0)
    other.await_rest()
    assert "stop=" not in other.page.url
    other.page.locator("[data-go=free]").click()
    expect(other.page.get_by_role("button", name="Start the story")).to_be_visible()


def test_the_reader_may_leave_a_chapter_and_come_back(open_page: Open) -> None:
    """What was changed is named beside the fields and undone by one press; a pick is asked anew."""
    reader = open_page("lesson=built")
    reader.type("Alpha", "0.3")
    told_of = reader.page.get_by_text("You changed alpha from 0.1 to 0.3.")
    expect(told_of).to_be_visible()
    reader.button("Back to the chapter").click()
    reader.await_address(alpha="0.1")
    expect(told_of).to_have_count(0)
    reader.await_rest()
    reader.page.go_back()
    expect(told_of).to_be_visible()
    reader.goto("lesson=test&stop=2")
    expect(reader.page.locator(".neuron-svg .test-answer")).to_have_count(3)


@pytest.mark.parametrize(
    "name",
    [
        *GROUPS[CHAPTERS["challenge-1"].group][:1],
        *[names[0] for group, names in GROUPS.items() if "book" in group.lower()],
    ],
)
def test_the_cards_open_challenges_and_the_books_runs(open_page: Open, name: str) -> None:
    """From Explore at the top of the page; a challenge hides its best alpha until it is found."""
    reader = open_page("look=runs", view="phone")
    chapter = CHAPTERS[name]
    reader.page.locator(".explore").get_by_role(
        "button", name=re.compile(f"^{re.escape(chapter.title)}")
    ).click()
    reader.await_address(lesson=name)
    reader.await_rest()
    expect(told(reader)).to_be_in_viewport()
    if not chapter.challenge:
        run = run_on(chapter.settings)
        reader.seek(len(run.weights) - 1)
        expect(reader.moment).to_contain_text(number(run.errors[-1]))
        return
    assert reader.page.locator(".ruler .band").all_inner_texts() == []
    reader.type("Alpha", "1.6")
    expect(told(reader)).to_contain_text("no alpha does better")
    expect(reader.button("Pause")).to_be_visible()  # the run that meets it is played
    reader.speed.select_option(label="Fastest")
    expect(reader.page.locator(".ruler .band").first).to_be_attached()
