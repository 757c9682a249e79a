"""The story in a real browser: chapters, predict first, training and test data."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from browser.reader import Open, Reader
from neuron import train
from neuron.story.chapter import STORY as CHAPTERS
from neuron.story.chapter import Chapter as Lesson
from neuron.story.chapters import CHAPTERS as LESSONS
from neuron.story.chapters import GROUPS, label
from neuron.story.predictions import CHOICES
from neuron.words.numbers import digits_to_resolve, number
from neuron.words.verdict import HEADLINES


def story(reader: Reader) -> str:
    return reader.page.locator(".st-key-story").inner_text()


def departed(reader: Reader) -> Locator:
    return reader.page.locator(".st-key-departed")


def headline(lesson: Lesson) -> str:
    """How the verdict of a chapter begins."""
    return (
        HEADLINES[lesson.regime] if lesson.settings.iterations else "Nothing has been trained yet"
    )


def pick_what_happens(reader: Reader, name: str) -> None:
    """Pick the right answer for a chapter."""
    (right,) = (c for c in CHOICES.values() if LESSONS[name].regime in c.regimes)
    reader.button(right.label).click()


def test_the_story_goes_from_chapter_1_to_6_by_keyboard(open_page: Open) -> None:
    """Next leads through all six; where a chapter asks, the answer plays and explains itself."""
    reader = open_page()
    for name in GROUPS[CHAPTERS]:
        reader.button("Next").focus()
        reader.page.keyboard.press("Enter")
        reader.await_address(lesson=name)
        expect(reader.page.locator(".st-key-story")).to_contain_text(label(name))
        if LESSONS[name].settings.predict:
            expect(reader.verdict).to_have_count(0)
            expect(reader.button("Play")).to_be_disabled()
            (right,) = (c for c in CHOICES.values() if LESSONS[name].regime in c.regimes)
            reader.button(right.label).focus()
            reader.page.keyboard.press("Enter")
            expect(reader.verdict).to_contain_text("That is what happens.")
        expect(reader.verdict).to_contain_text(headline(LESSONS[name]))
    reader.button("Previous").click()
    reader.await_address(lesson="swap")


def test_a_chapter_begins_at_its_beginning(open_page: Open) -> None:
    """Opened while another run plays, it stands at step 0, and nothing is said of that run."""
    reader = open_page("iterations=500")
    reader.button("Step forward").click()
    expect(reader.page.locator(".stage [role=status]")).to_contain_text("Step 1 of 500")
    reader.button("Play").click()
    reader.page.get_by_role("combobox", name="Chapter").click()
    reader.page.get_by_role("option", name="4 of 6: Test").click()
    reader.await_address(lesson="test")
    reader.await_rest()
    expect(reader.shown).to_have_text("0 of 1")
    expect(reader.button("Play")).to_be_visible()
    expect(reader.page.locator(".stage [role=status]")).to_have_text("")


def test_a_chapter_with_the_same_run_begins_at_the_top_too(open_page: Open) -> None:
    """Chapters 1 and 2 differ in nothing but their text."""
    reader = open_page("lesson=predict")
    main = reader.page.get_by_test_id("stMain")
    main.evaluate("main => main.scrollTo(0, 200)")
    expect(reader.button("Next")).to_be_attached()
    reader.button("Next").evaluate("button => button.click()")
    reader.await_address(lesson="measure")
    reader.page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop === 0")


@pytest.mark.parametrize("name", [names[-1] for names in GROUPS.values()])
def test_a_chapter_opened_by_its_address_shows_what_it_claims(open_page: Open, name: str) -> None:
    """In a fresh browser ``lesson=`` alone is the whole chapter, from question to last step."""
    lesson = LESSONS[name]
    reader = open_page(f"lesson={name}")
    if lesson.settings.predict:
        pick_what_happens(reader, name)
        expect(reader.button("Pause")).to_be_visible()
    expect(reader.verdict).to_contain_text(headline(lesson))
    settings = lesson.settings
    run = train(
        settings.training,
        weight=settings.weight,
        alpha=settings.alpha,
        iterations=settings.iterations,
    )
    results = reader.verdict.locator("dd")
    digits = min(8, digits_to_resolve(run.predictions[-1], run.deltas[-1]))
    expect(results.nth(0)).to_have_text(number(run.weights[-1], digits))
    expect(results.nth(2)).to_have_text(number(run.errors[-1]))
    assert reader.address()["lesson"] == name


def test_while_a_question_is_open_the_future_is_hidden(open_page: Open) -> None:
    """No verdict, no bands, no dotted line, no table of steps: nothing beyond step 0."""
    reader = open_page("lesson=swap&look=steps")
    expect(reader.shown).to_have_text("0 of 0")
    expect(reader.verdict).to_have_count(0)
    expect(reader.page.locator(".ruler .band")).to_have_count(0)
    assert reader.trace("weight", 0)["y"] == [0]
    reader.button("Creeps in").click()
    expect(reader.verdict).to_contain_text("Blows up. You picked “Creeps in”: not this time.")
    expect(reader.verdict).to_contain_text("Here alpha × input² is 4.")
    expect(reader.shown).to_have_text(re.compile("of 18$"))
    expect(reader.page.locator(".ruler .band")).to_have_count(3)


def test_the_run_plays_before_the_answer_is_revealed(open_page: Open) -> None:
    """After a pick nothing tells how the run ends, to anybody, until the play has stopped."""
    reader = open_page("lesson=learn&look=steps")
    ends = re.compile("ends at weight 1 ")
    reader.speed.select_option(label="Slow")
    reader.button("Blows up").click()
    expect(reader.button("Pause")).to_be_visible()
    assert not reader.verdict.is_visible()
    assert not reader.page.locator(".ruler .band").first.is_visible()
    dotted = reader.page.get_by_text("dotted: the whole run").first
    expect(dotted).to_be_hidden()
    expect(reader.page.get_by_test_id("stDataFrame")).to_be_hidden()
    expect(reader.picture("Error bowl")).not_to_have_attribute("aria-label", ends)
    expect(reader.button("Play")).to_be_visible()  # the last step is reached
    expect(reader.picture("Error bowl")).to_have_attribute("aria-label", ends)
    expect(reader.page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(reader.verdict).to_be_visible()
    expect(reader.verdict).to_contain_text(
        "Lands in one step. You picked “Blows up”: not this time."
    )
    expect(reader.verdict).to_contain_text("One iteration, and the weight is exactly 1.")
    expect(reader.page.locator(".ruler .band").first).to_be_visible()
    expect(dotted).to_be_visible()


def test_on_a_phone_what_was_asked_is_in_sight(open_page: Open) -> None:
    """After a pick the weight as it plays, then the answer, below the controls that stay on top."""
    reader = open_page("lesson=swap", view="phone")
    reader.speed.select_option(label="Fast")
    reader.button("Blows up").click()
    expect(reader.button("Pause")).to_be_visible()
    expect(reader.picture("Weight by step")).to_be_in_viewport(ratio=1)
    expect(reader.button("Play")).to_be_visible()
    expect(reader.verdict).to_be_in_viewport(ratio=1)
    tops = "elements => elements.map((element) => element.getBoundingClientRect())"
    strip, verdict = reader.page.locator(".st-key-strip, .verdict").evaluate_all(tops)
    assert verdict["top"] >= strip["bottom"]


def test_only_a_pick_plays_by_itself(open_page: Open) -> None:
    """Other test data make another reel of the same run: it stands, and the answer stays."""
    reader = open_page("predict=1&look=data&test=3:3&iterations=2")
    reader.button("Creeps in").click()
    expect(reader.verdict).to_be_visible()
    expect(reader.shown).to_have_text("2 of 2")
    grid = reader.page.get_by_test_id("stDataFrame").last
    reader.type_goal(grid, "7")
    reader.await_address(test="3:7")
    reader.await_rest()
    expect(reader.page.get_by_role("list", name="Test data")).to_contain_text("goal 7")
    assert not reader.page.evaluate("document.querySelector('.stage').matches('[data-answer]')")
    expect(reader.shown).to_have_text("0 of 2")
    expect(reader.verdict).to_be_visible()


def test_leaving_a_chapter_shows_and_leads_back(open_page: Open) -> None:
    """A change is named beside the chapter; one button undoes it, and so does Back."""
    reader = open_page("lesson=test")
    reader.type("Alpha", "0.3")
    expect(departed(reader)).to_contain_text("You changed alpha from 1 to 0.3.")
    reader.button("Back to the chapter").click()
    reader.await_address(alpha="1")
    expect(departed(reader)).to_be_hidden()
    reader.await_rest()
    reader.page.go_back()
    reader.await_address(alpha="0.3")
    expect(departed(reader)).to_contain_text("You changed alpha from 1 to 0.3.")


def test_test_data_is_asked_at_every_step_and_swapped_both_ways(open_page: Open) -> None:
    """The answers move with the play head; Swap exchanges the lists, and again undoes it."""
    reader = open_page("lesson=test")
    asked = reader.page.get_by_role("list", name="Test data").get_by_role("listitem")
    expect(asked).to_have_text(
        [
            "2 × 0 = 0, goal 2, error 4",
            "3 × 0 = 0, goal 3, error 9",
            "10 × 0 = 0, goal 10, error 100",
        ]
    )
    reader.seek(1)
    expect(asked.nth(2)).to_have_text("10 × 1 = 10, goal 10, error 0")
    assert reader.trace("error", 2)["y"][-1] == 0
    reader.button("Swap training and test data").click()
    reader.await_address(input="2", goal="2", train="3:3,10:10", test="1:1")
    reader.await_rest()
    reader.button("Swap training and test data").click()
    reader.await_address(input="1", goal="1", test="2:2,3:3,10:10")


def test_a_product_can_be_checked_by_eye(open_page: Open) -> None:
    """Near the goal the weight has as many digits as the prediction beside it."""
    reader = open_page("test=1:1")
    reader.seek(18)
    asked = reader.page.get_by_role("list", name="Test data")
    expect(asked).to_have_text("1 × 0.9998984 = 0.9998984, goal 1, error 1.031e−8")
    drawn = reader.page.locator(".diagram [data-text]")
    shown = [
        "2",
        "0.99989844",
        "positive",
        "1.9997969",
        "−0.4",
        "4.4",
        "goal 2",
        "delta −0.0002031",
    ]
    expect(drawn).to_have_text(shown)


def test_examples_that_contradict_each_other_settle_on_a_compromise(open_page: Open) -> None:
    """The page names the weight, and says that none meets all the goals."""
    reader = open_page("input=1&goal=1&train=1:3&alpha=0.1&iterations=100")
    expect(reader.verdict).to_contain_text("No weight meets all the goals")
    expect(reader.verdict).to_contain_text("each iteration repeats the last and ends at 2.053")
    expect(reader.verdict).to_contain_text("Final prediction, example 1")
    expect(reader.verdict).to_contain_text("Final mean error")
    assert {reader.axis(name, "yaxis")["title"] for name in ("bowl", "error")} == {"mean error"}
    reader.seek(3)
    expect(reader.arithmetic).to_contain_text("Step 3 of 200 (iteration 2, example 2 of 2)")


def test_a_table_takes_examples_and_names_a_bad_cell(open_page: Open) -> None:
    """What is typed becomes training data; a bad cell is named and the last list stays.

    Nor is the bad cell lost by a swap of the lists.
    """
    reader = open_page("look=data&train=1:1&test=2:2")
    swap = reader.button("Swap training and test data")
    grid = reader.page.get_by_test_id("stDataFrame").first
    reader.type_goal(grid, "x")
    told = reader.page.get_by_role("alert").filter(has_text="in example 1")
    expect(told).to_contain_text("goal “x” is not a number")
    assert reader.address()["train"] == "1:1"
    expect(swap).to_be_disabled()
    reader.type_goal(grid, "3")
    reader.await_address(train="1:3")
    expect(told).to_have_count(0)
    expect(swap).to_be_enabled()


def test_more_runs_open_at_the_top_of_the_page(open_page: Open) -> None:
    """A run picked below the stage is not opened out of sight."""
    reader = open_page("look=runs", view="phone")
    reader.button("Alpha 2/input²").click()
    reader.await_address(lesson="bounce")
    expect(reader.page.get_by_text("What will happen? Pick first")).to_be_in_viewport()
