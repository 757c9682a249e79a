"""The story in a real browser: it builds up, asks before it shows, and can be linked."""

from __future__ import annotations

import re
from itertools import pairwise

from playwright.sync_api import expect
from runs import run_on

from browser.reader import Open, Reader
from neuron.core.dynamics import dynamics_of
from neuron.story.chapter import BOOK, EDGES, Played
from neuron.story.chapters import CHAPTERS, GROUPS
from neuron.story.markup import plain
from neuron.story.predictions import answer
from neuron.words.numbers import number
from neuron.words.verdict import verdict


def at_stop(reader: Reader, name: str, stop: int) -> None:
    chapter = CHAPTERS[name]
    dots = reader.page.locator(".dots")
    expect(dots).to_have_attribute("aria-label", f"Part {stop + 1} of {len(chapter.stops)}")
    expect(reader.page.locator(".chapter-name")).to_contain_text(chapter.title)


TELLING = ".stage :is(.band, .places button, .verdict :is(strong, .plain, details p))"


def gives_away(reader: Reader) -> list[object]:
    """What tells where the run leads: steps to come that are drawn, and words."""
    ahead = [*reader.trace("weight", 1)["x"], *reader.trace("error", 0)["x"]]
    words = reader.page.locator(TELLING).filter(visible=True).all_inner_texts()
    return [found for found in (*ahead, *words) if found not in (None, "")]


def test_an_edge_asks_plays_and_explains(open_page: Open) -> None:
    """A wrong pick is answered after the run was seen, with what would have had to be true."""
    reader = open_page("alpha=0.6&predict=1")
    assert gives_away(reader) == []
    reader.go("")
    for name in GROUPS[EDGES]:
        reader.speed.select_option(label="Normal")
        reader.go(f"lesson={name}")
        chapter = CHAPTERS[name]
        run = run_on(chapter.settings)
        theory = dynamics_of(run)
        assert gives_away(reader) == []
        assert chapter.ask
        wrong, said = next(
            (choice, said)
            for choice in chapter.ask.choices
            if (said := answer(choice.name, theory, run, chapter.ask)) and not said.right
        )
        reader.page.locator(".ask").get_by_role("button", name=wrong.label, exact=True).click()
        at_stop(reader, name, 1)
        assert gives_away(reader) == []
        reader.speed.select_option(label="Fastest")
        at_stop(reader, name, 2)
        expect(reader.told).to_have_text(plain(chapter.stops[2].text, chapter.settings))
        expect(reader.verdict.locator("strong")).to_have_text(f"{verdict(theory, run).headline}.")
        expect(reader.verdict.locator(".plain")).to_have_text(plain(said.told, chapter.settings))
        expect(reader.page.locator(".dock .answer")).to_be_empty()  # the ruler is there
        places = reader.page.locator(".ruler .places button").filter(visible=True)
        assert bool(places.count()) == bool(chapter.settings.input)
        assert reader.trace("weight", 3)["y"] == [run.weights[-1]]


def test_a_stop_can_be_linked_and_back_works(open_page: Open) -> None:
    """Next and Back stand in the address, the browser's Back undoes them, a link opens the stop."""
    reader = open_page("lesson=measure")
    for stop in (1, 2):
        reader.onward.click()
        reader.await_address(stop=str(stop))
    reader.page.locator("[data-go=back]").click()
    at_stop(reader, "measure", 1)
    reader.await_address(stop="1")
    reader.page.go_back()
    at_stop(reader, "measure", 2)
    reader.await_rest()
    other = open_page(reader.query())
    at_stop(other, "measure", 2)
    expect(other.told).to_have_text(reader.told.inner_text())
    other.goto("lesson=measure&stop=99")
    at_stop(other, "measure", len(CHAPTERS["measure"].stops) - 1)
    for _ in range(5):
        other.page.locator("[data-go=back]").click()
    at_stop(other, "measure", 0)
    other.page.locator("[data-go=back]").click()
    at_stop(other, "predict", len(CHAPTERS["predict"].stops) - 1)
    other.await_address(lesson="predict", stop=str(len(CHAPTERS["predict"].stops) - 1))
    # Pressed twice in a moment, the end of a chapter opens the next one at its beginning.
    other.goto(f"lesson=measure&stop={len(CHAPTERS['measure'].stops) - 1}")
    other.onward.dblclick()
    at_stop(other, "learn", 0)
    other.await_rest()
    assert "stop=" not in other.page.url
    other.page.locator("[data-go=free]").click()
    expect(other.page.get_by_role("button", name="Start the story")).to_be_visible()


def test_a_stop_that_tells_how_the_run_ended_shows_its_end(open_page: Open) -> None:
    """Also where the reader has not played it: by a link, and back from the next chapter."""
    reader = open_page()
    for name in ("learn", "swap", *GROUPS[EDGES]):
        stops = CHAPTERS[name].stops
        [played] = [k for k, stop in enumerate(stops) if isinstance(stop.until, Played)]
        for stop in (played, len(stops) - 1):
            reader.go(f"lesson={name}&stop={stop}")
            at_stop(reader, name, stop)
            last = CHAPTERS[name].settings.iterations
            expect(reader.shown).to_have_text(f"{last if stop > played else 0} of {last}")
    reader.go("lesson=test")
    reader.page.locator("[data-go=back]").click()
    at_stop(reader, "learn", len(CHAPTERS["learn"].stops) - 1)
    expect(reader.moment).to_contain_text("the weight is 1")


# Presses Next the moment another chapter's title is there.
AT_ONCE = """() => {
    const title = document.querySelector(".chapter-name");
    const before = title.textContent;
    const watch = new MutationObserver(() => {
        if (title.textContent === before) return;
        watch.disconnect();
        document.querySelector("[data-go=next]").click();
    });
    watch.observe(title, { childList: true });
}"""


def test_a_press_the_moment_a_chapter_opens_goes_on(open_page: Open) -> None:
    """On a slow phone too, whose chooser of chapters is still to follow: it does not go back."""
    reader = open_page()
    wire = reader.page.context.new_cdp_session(reader.page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    for name, after in pairwise(["measure", "learn", "test", "swap"]):
        reader.go(f"lesson={name}&stop={len(CHAPTERS[name].stops) - 1}")
        reader.page.evaluate(AT_ONCE)
        reader.onward.click()
        reader.await_address(lesson=after, stop="1")
        at_stop(reader, after, 1)


# The parts of a note's text that something else lies over.
COVERED = """(text) => {
    const { left, top, width, height } = text.getBoundingClientRect();
    return [0.02, 0.5, 0.98].flatMap((x) => [0.02, 0.5, 0.98].map((y) => [x, y]))
        .map(([x, y]) => document.elementFromPoint(left + x * width, top + y * height))
        .filter((over) => !text.contains(over)).map((over) => over?.className ?? "off the screen");
}"""


def test_a_note_can_be_read_where_it_opens(open_page: Open) -> None:
    """On a phone too, where it lies over the controls, the charts or a table."""
    reader = open_page(view="phone")
    for name, chapter in CHAPTERS.items():
        for stop in [k for k, stop in enumerate(chapter.stops) if stop.note]:
            reader.go(f"lesson={name}&stop={stop}")
            if reader.page.locator(".note[open]").count() == 0:  # it stays open within a chapter
                reader.page.locator(".note summary").tap()
            assert reader.page.locator(".note p").evaluate(COVERED) == [], (name, stop)


def test_what_a_stop_is_about_comes_forward(open_page: Open) -> None:
    """On a phone, which shows one picture at a time, below a button that stays where it is."""
    reader = open_page("lesson=built", view="phone")
    expect(reader.button("Program")).to_have_attribute("aria-pressed", "true")
    for query in ("lesson=alpha&stop=2", "lesson=swap&stop=1", "lesson=too-small", "predict=1"):
        reader.go("")
        expect(reader.button("Bowl")).to_have_attribute("aria-pressed", "true")
        reader.go(query)
        expect(reader.button("Weight")).to_have_attribute("aria-pressed", "true")
    reader.page.locator(".ask button").first.tap()
    expect(reader.page.locator(".ask")).to_be_hidden()  # nothing of it covers the ruler
    expect(reader.button("Weight")).to_have_attribute("aria-pressed", "true")
    reader.go("lesson=alpha&stop=2")
    reader.page.locator("[data-go=free]").tap()
    expect(reader.button("Bowl")).to_have_attribute("aria-pressed", "true")
    before = reader.box(reader.button("Program"))
    reader.button("Program").tap()
    assert reader.box(reader.button("Program")) == before
    assert reader.box(reader.page.locator(".program ol"))["y"] > before["y"] + before["height"] - 1


def test_the_reader_may_leave_a_chapter_and_come_back(open_page: Open) -> None:
    """What was changed is named beside the fields, and undone by one press."""
    reader = open_page("lesson=built")
    reader.type("Alpha", "0.3")
    told_of = reader.page.get_by_text("You changed alpha from 0.1 to 0.3.")
    expect(told_of).to_be_visible()
    reader.button("Back to the chapter").click()
    reader.await_address(alpha="0.1")
    expect(told_of).to_have_count(0)
    reader.page.go_back()
    expect(told_of).to_be_visible()


def test_the_cards_open_challenges_and_the_books_runs(open_page: Open) -> None:
    """From Explore at the top of the page; a challenge hides its best alpha until it is found."""
    reader = open_page(view="phone")

    def open_card(name: str) -> None:
        reader.go("look=runs")
        title = re.compile(f"^{re.escape(CHAPTERS[name].title)}")
        reader.page.locator(".explore").get_by_role("button", name=title).click()
        reader.await_address(lesson=name)
        expect(reader.told).to_be_in_viewport()

    book = GROUPS[BOOK][0]
    open_card(book)
    run = run_on(CHAPTERS[book].settings)
    reader.seek(len(run.weights) - 1)
    expect(reader.moment).to_contain_text(number(run.errors[-1]))
    open_card("challenge-1")
    bands = reader.page.locator(".ruler .band")
    assert bands.all_inner_texts() == []
    reader.type("Alpha", "1.6")
    expect(reader.told).to_contain_text("no alpha does better")
    expect(reader.button("Pause")).to_be_visible()  # the run that meets it is played
    reader.speed.select_option(label="Fastest")
    expect(bands.first).to_be_attached()


def test_an_alpha_that_is_asked_for_is_played_once_the_hand_lets_go(open_page: Open) -> None:
    """However long it was held before: the story does not go on under the hand."""
    reader = open_page("lesson=alpha&stop=4")
    told = reader.told.inner_text()
    # From its middle, 0.4, to near 0.25; the thumb's middle stays 11 pixels from either end.
    to_best = 0.15 / 0.8 * (reader.box(reader.ruler)["width"] - 22)
    reader.drag("Alpha ruler", 1 - to_best, 0, drop=False)
    for text, button in ((told[:12], "Play"), ("0.25 is the best alpha", "Pause")):
        reader.page.wait_for_timeout(800)  # long enough for Python to answer
        expect(reader.told).to_contain_text(text)
        expect(reader.button(button)).to_be_visible()
        reader.page.mouse.up()
    reader.await_address(alpha="0.25", stop="5")
