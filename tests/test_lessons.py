"""The story: every claim that a chapter makes is true of the core."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from runs import lesson_run

from neuron import Example, regime
from neuron.charts.stage import stage
from neuron.core.training import mean_errors
from neuron.state.address import from_query, to_query
from neuron.state.parameters import Settings
from neuron.story.lessons import (
    BOOK,
    CHALLENGES,
    CHAPTERS,
    EDGES,
    GROUPS,
    LESSON_SETTINGS,
    LESSONS,
    beside,
    departures,
    label,
)
from neuron.words.numbers import number

NAMES = {
    CHAPTERS: ["predict", "measure", "learn", "test", "swap", "alpha"],
    EDGES: [
        *("one-step", "overshoot", "bounce", "past-limit"),
        *("zero-input", "already-right", "negative-input", "too-small"),
    ],
    BOOK: ["book-half", "book-diverges", "book-alpha", "book-learning"],
    CHALLENGES: ["challenge-1", "challenge-2"],
}
IN_ORDER = [name for names in NAMES.values() for name in names]


def test_all_chapters_are_there_in_the_order_of_the_story() -> None:
    """Six chapters, eight edges, four runs of the book and two challenges, by their names."""
    assert list(LESSONS) == IN_ORDER
    assert GROUPS == NAMES


@pytest.mark.parametrize("name", IN_ORDER)
def test_a_chapter_shows_the_regime_and_the_weight_it_claims(name: str) -> None:
    """The regime is theory's, the learned weight the run's, exactly; no run leaves the floats."""
    lesson, run = LESSONS[name], lesson_run(name)
    assert regime(run.examples, run.weights[0], run.alpha) is lesson.regime
    assert run.overflowed_at is None
    if lesson.weight is not None:
        assert run.weights[-1] == lesson.weight


@pytest.mark.parametrize("name", IN_ORDER)
def test_a_chapters_address_opens_it(name: str) -> None:
    """The name alone is enough, and the address the page writes gives the same back."""
    opened = LESSON_SETTINGS[name]
    assert opened.lesson == name
    assert from_query({"lesson": [name]}, LESSON_SETTINGS) == (opened, [])
    assert from_query(to_query(opened, opened), LESSON_SETTINGS) == (opened, [])
    assert departures(opened) == []


@pytest.mark.parametrize("name", IN_ORDER)
def test_a_text_is_short(name: str) -> None:
    """At most four sentences, with a title, and its Markdown is closed again."""
    lesson = LESSONS[name]
    sentences = re.split(r"(?<=[.?!])\s+(?=[A-Z*])", lesson.text)
    assert 1 <= len(sentences) <= 4
    assert lesson.text[-1] in ".?"
    assert 1 <= len(lesson.title) <= 40
    assert lesson.text.count("*") % 2 == lesson.text.count("`") % 2 == 0


@pytest.mark.parametrize("name", IN_ORDER)
def test_it_asks_before_it_shows_where_it_should(name: str) -> None:
    """In chapters 3, 5 and 6 and all edges, whose texts ask; elsewhere nothing is hidden."""
    lesson = LESSONS[name]
    asks = name in {"learn", "swap", "alpha", *NAMES[EDGES]}
    assert lesson.settings.predict is asks
    assert bool(re.search(r"will happen.*\?$", lesson.text)) is asks
    if asks:  # the answer is not in the question
        assert not re.search(r"creep|land|settle|bounce|blow", lesson.title + lesson.text, re.I)


@pytest.mark.parametrize(("weight", "prediction"), [(0, 0), (1, 2), (2, 4)])
def test_predict(weight: float, prediction: float) -> None:
    """Weight 0 gives 0, 1 gives the input back, 2 doubles it; nothing is trained yet."""
    run = lesson_run("predict", weight=weight)
    assert run.examples[0].input == 2
    assert run.predictions == (prediction,)
    assert LESSON_SETTINGS["predict"].iterations == 0
    assert "weight 0 gives 0, 1 gives the input back, 2 doubles it" in LESSONS["predict"].text


def test_measure() -> None:
    """Delta −2 and error 4 at weight 0, delta 2 and error 4 at weight 2."""
    low, high = lesson_run("measure"), lesson_run("measure", weight=2)
    assert (low.weights, low.deltas, low.errors) == ((0,), (-2,), (4,))
    assert (high.deltas, high.errors) == ((2,), (4,))
    text = LESSONS["measure"].text
    assert "With weight 0 delta is −2 and the error 4" in text
    assert "to 2 and delta is 2, the error 4 again" in text


def test_learn() -> None:
    """Input 1, goal 1, weight 0, alpha 1: exactly 1 after one iteration."""
    run = lesson_run("learn")
    assert run.examples == (Example(1, 1),)
    assert (run.alpha, run.iterations, run.weights) == (1, 1, (0, 1))
    assert LESSONS["learn"].weight == 1


def test_test() -> None:
    """Trained on 1 → 1 only, asked 2, 3 and 10, the errors there become 0, each of them."""
    opened, run = LESSON_SETTINGS["test"], lesson_run("test")
    assert [(e.input, e.goal) for e in opened.test] == [(2, 2), (3, 3), (10, 10)]
    assert run.examples == (Example(1, 1),)
    for asked in opened.test:
        assert (asked.input * run.weights[-1] - asked.goal) ** 2 == 0
    assert mean_errors(opened.test, run)[0] > 0 == mean_errors(opened.test, run)[-1]
    assert run.weights == lesson_run("learn").weights


def test_swap() -> None:
    """Trained on what was test data: every miss is larger than the last, 3 times exactly."""
    opened, run = LESSON_SETTINGS["swap"], lesson_run("swap")
    assert opened.training == (Example(2, 2),)
    assert opened.training[0] in LESSON_SETTINGS["test"].test
    assert opened.test == LESSON_SETTINGS["test"].training
    assert opened.alpha == LESSON_SETTINGS["test"].alpha == 1
    misses = [abs(weight - 1) for weight in run.weights]
    assert len(misses) == 19
    assert misses == [3**k for k in range(19)]


def test_alpha() -> None:
    """The same data with alpha 0.1: below 1e-7 after exactly 18 iterations, not after 17."""
    before, opened, run = LESSON_SETTINGS["swap"], LESSON_SETTINGS["alpha"], lesson_run("alpha")
    assert replace(before, alpha=0.1, lesson="alpha") == opened
    assert (run.alpha, run.iterations) == (0.1, 18)
    assert run.errors[18] < 1e-7 < run.errors[17]


@pytest.mark.parametrize(
    ("name", "low", "high", "said"),
    [
        ("one-step", 1, 1, "Alpha is 1/input² = 0.25."),
        ("overshoot", 1, 2, "Alpha 0.4 lies between 1/input² and 2/input²."),
        ("bounce", 2, 2, "Alpha is 2/input² = 0.5."),
        ("past-limit", 2, 2.1, "Alpha 0.51 is only a little more than 2/input²."),
        ("too-small", 0, 0.01, "Alpha is 0.0005. What will happen in 18 iterations?"),
    ],
)
def test_an_edges_alpha_is_what_its_text_says(
    name: str, low: float, high: float, said: str
) -> None:
    """Alpha × input² is exactly the bound named, or between the two; the text has this alpha."""
    opened = LESSON_SETTINGS[name]
    pull = opened.alpha * opened.input**2
    assert pull == low if low == high else low < pull < high
    assert said in LESSONS[name].text
    assert number(opened.alpha) in said
    assert opened.input == 2


def test_the_other_edges() -> None:
    """Input 0, a weight that is right (2 × 1 = 2), input −2, and one that hardly moves."""
    assert LESSON_SETTINGS["zero-input"].input == 0
    assert set(lesson_run("zero-input").weights) == {0}
    right = lesson_run("already-right")
    assert set(right.weights) == {1}
    assert right.predictions == (2,) * 19
    negative = lesson_run("negative-input")
    assert all(w * p <= 0 for w, p in zip(negative.weights, negative.predictions, strict=True))
    assert negative.examples == (Example(-2, 2),)
    assert negative.weights[-1] == pytest.approx(-1, abs=1e-3)
    small = lesson_run("too-small")
    assert small.iterations == 18
    assert 0.9 < 1 - small.weights[-1] < 1  # nine tenths of the miss are left
    past = lesson_run("past-limit")
    assert past.errors[-1] > 100 * past.errors[0]  # long enough for its growth to be seen


def test_labels_say_where_in_the_story_one_is() -> None:
    """Chapters are counted, the rest goes by its kind, and no two are called the same."""
    assert label("predict") == "1 of 6: Predict"
    assert label("alpha") == "6 of 6: Alpha"
    assert label("zero-input") == "Edges: Input 0"
    assert len({label(name) for name in LESSONS}) == len(LESSONS)


def test_next_and_previous_lead_through_the_whole_story() -> None:
    """From free play to the last and back; both ends stay where they are."""
    names = ["", *IN_ORDER]
    assert [beside(name, 1) for name in names] == [*IN_ORDER, IN_ORDER[-1]]
    assert [beside(name, -1) for name in names] == ["", *names[:-1]]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, []),
        ({"alpha": 0.3}, ["alpha from 0.1 to 0.3"]),
        (
            {"weight": -1.5, "iterations": 20},
            ["starting weight from 0 to -1.5", "iterations from 18 to 20"],
        ),
        ({"more": (Example(1, 1),)}, ["the training data"]),
        ({"test": ()}, ["the test data"]),
        ({"look": "steps"}, []),
        (
            {"input": 3.0, "goal": 4.0, "test": (Example(9, 9),)},
            ["input from 2 to 3", "goal from 2 to 4", "the test data"],
        ),
    ],
)
def test_what_was_changed_of_a_chapter_is_said(changed: dict[str, Any], words: list[str]) -> None:
    """Each control with its old and new value, in the order of the page; then the lists."""
    assert departures(replace(LESSON_SETTINGS["alpha"], **changed)) == words


def test_free_play_departs_from_nothing() -> None:
    """Without a chapter there is none to go back to."""
    assert departures(Settings(alpha=0.7, test=(Example(1, 1),))) == []


def test_what_is_said_afterwards() -> None:
    """The powers of ten that are explained are those that the runs end with."""
    assert "6.004e17 is 6.004 × 10¹⁷, a number of 18 digits" in LESSONS["swap"].afterwards
    end = lesson_run("swap").errors[-1]
    assert (number(end), len(str(int(end)))) == ("6.004e17", 18)
    assert "1e−7, which is 0.0000001, after exactly 18 iter" in LESSONS["alpha"].afterwards
    errors = lesson_run("alpha").errors
    assert errors[18] < float("0.0000001") == 1e-7 < errors[17]
    assert "the weight is exactly 1" in LESSONS["learn"].afterwards
    assert lesson_run("learn").weights[-1] == 1


@pytest.mark.parametrize("name", ["predict", "measure"])
def test_another_weight_is_seen_as_another(name: str) -> None:
    """The weights that the text asks for are told apart by the bowl: its view stays the same."""
    views = [stage(lesson_run(name, weight=w)).pictures["bowl"].views for w in (0, 0.5, 1, 2)]
    assert len(views[0]) == 1
    assert views == [views[0]] * 4
