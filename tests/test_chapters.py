"""The story: every number it says is true of the core, and it keeps its own rules of telling."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from neuron import (
    Example,
    Regime,
    Run,
    alpha_limit,
    best_alpha,
    predicted_iterations,
    regime,
    shrink_factor,
)
from neuron.core.dynamics import dynamics_of
from neuron.core.training import mean_errors
from neuron.state.parameters import LOOKS, Settings
from neuron.story.challenges import is_met, score, to_be_found
from neuron.story.chapter import BOOK, CHALLENGES, EDGES, PARTS, STORY, Challenge, Chapter, Picked
from neuron.story.chapters import CHAPTERS, GROUPS, SETTINGS, beside, cards, departures, label
from neuron.story.figures import (
    DOORS,
    NUDGE,
    SAME_DELTA,
    SAME_DELTA_AND_0,
    TERMS,
    Note,
    Nudge,
    Nudges,
)
from neuron.story.markup import COLOURS, pieces, plain
from neuron.story.predictions import AIM
from neuron.words.numbers import number

ASKING = {"measure", "learn", "test", "swap", "alpha", *GROUPS[EDGES]}


def run_of(name: str, **changed: Any) -> Run:
    """The run of a chapter as it opens, or with changed settings."""
    return replace(SETTINGS[name], **changed).run()


def predicted(weight: float) -> float:
    return run_of("predict", weight=weight).predictions[0]


def measured(weight: float) -> tuple[float, float, float]:
    """Prediction, delta and error in the chapter "Measure" with another weight."""
    step = run_of("measure", weight=weight).steps[0]
    return step.prediction, step.delta, step.error


def kind(name: str, **changed: Any) -> Regime:
    run = run_of(name, **changed)
    return regime(run.examples, run.weights[0], run.alpha)


def gaps(run: Run) -> list[float]:
    """How much larger each gap of a run is than the one before."""
    return [after / before for before, after in pairwise(run.deltas)]


def takes_away(run: Run, share: float) -> bool:
    """Whether alpha × input × input is this share, and each update takes so much of the gap."""
    (data,) = run.examples
    exact = run.alpha * data.input * data.input == pytest.approx(share, rel=1e-15)
    return exact and shrink_factor(run.examples, run.alpha) == pytest.approx(1 - share)


def lines(name: str) -> tuple[int, str, str]:
    """How many lines a run has, and its first and last error to four digits."""
    errors = run_of(name).errors
    return len(errors), f"{errors[0]:.4g}", f"{errors[-1]:.4g}"


def moves(table: Nudges) -> list[tuple[float, float]]:
    """Of each neuron in a table its input, and how far a nudge of the weight moves it."""
    return [(row.input, row.moved) for row in table.rows]


(predict, measure, learn, test, swap, slow, small, over, bounce, past, negative, zero, right) = (
    *map(run_of, ("predict", "measure", "learn", "test", "swap", "alpha", "too-small")),
    *map(run_of, ("overshoot", "bounce", "past-limit", "negative-input", "zero-input")),
    run_of("already-right"),
)
ONE_TO_ONE, TWO_TO_TWO = (Example(1, 1),), (Example(2, 2),)
# Each claim, and below it what has to hold.
# fmt: off
CLAIMS: dict[str, dict[str, bool]] = {
    "predict": {
        "At weight 0 it predicts 0, because 2 × 0 is 0": predict.predictions == (2 * 0,),
        "(now 0)": predict.weights == (0,),
        "is 1: then what goes in comes out": predicted(1) == predict.examples[0].input,
        "At weight 1 it predicts 2, because 2 × 1 is 2": predicted(1) == 2 * 1,
        "is 2: that doubles the input": predicted(2) == 2 * predict.examples[0].input,
    },
    "measure": {
        "Back at weight 0": measure.weights == (0,),
        "the goal, here 2": measure.examples[0].goal == 2,
        "here 0 − 2 = −2": measured(0) == (0, -2, 4),
        "−2 × (−2) is 4": measured(0)[1:] == (-2, 4),
        "With weight 0 the error is 4": measured(0)[2] == 4,
        "is the error also 4?": [w for w in (1, 2, 4) if measured(w)[2] == 4] == [2],
        "weight 1 the prediction is 2: that is the goal": measured(1)[:2] == (2, 0),
        ", and the error is 0": measured(1)[2] == 0,
        "weight 2 the prediction is 4: 2 too high, and the error is 4": measured(2) == (4, 2, 4),
        "weight 4 the prediction is 8: 6 too high, and the error is 36": measured(4) == (8, 6, 36),
        "0 or 4, 2 too low or 2 too high": (measured(0)[:2], measured(2)[:2]) == ((0, -2), (4, 2)),
        "both squares are 4": measured(0)[2] == measured(2)[2] == 4,
        "(now 0) to 2. Then the prediction is 2 too high, so delta is 2": measured(2)[1] == 2,
        "the error is 4 again": measured(2)[2] == 4,
        "at its bottom, where the error is 0": min(measured(w / 10)[2] for w in range(40)) == 0,
        **{f"Weight {w}": True for w in (1, 2, 4)},
    },
    "learn": {
        "with inputs 1, 2 and 4 the same nudge of the weight, 0.5": NUDGE == 0.5,
        "by 0.5, 1 and 2": moves(SAME_DELTA) == [(1, 0.5), (2, 1), (4, 2)],
        "At input 0 it has no effect": moves(SAME_DELTA_AND_0)[-1] == (0, 0),
        "delta × 0 leaves it as it is": str(SAME_DELTA_AND_0.rows[-1].weight_delta) == "0.0",
        "on the simplest example: input 1, goal 1": learn.examples == ONE_TO_ONE,
        "The weight is 0 and should be 1, a gap of 1":
            learn.weights[0] == 0 and run_of("learn", weight=1).deltas[0] == 0,
        "stop short of 1, land on it": run_of("learn", weight=1).deltas[0] == 0,
        "Delta was −1, so the weight went from 0 to 1, and the error is 0":
            (learn.deltas[0], learn.weights, learn.errors[-1]) == (-1, (0, 1), 0),
    },
    "test": {
        "its only example: input 1, goal 1": test.examples == ONE_TO_ONE,
        "for 2, 3 and 10?": [e.input for e in SETTINGS["test"].test] == [2, 3, 10],
        "multiplies by its weight, and that is 1 now": test.weights[-1] == 1,
        "To answer 1 to everything": learn.predictions[-1] == 1,
        "predict 0 for everything with weight 0, but after training the weight is 1":
            test.weights == (0, 1),
        "Its weight is 1, so it predicts 2, 3 and 10, with an error of 0 each":
            all(e.goal == e.input * test.weights[-1] for e in SETTINGS["test"].test)
            and mean_errors(SETTINGS["test"].test, test)[-1] == 0,
        **dict.fromkeys(("1, 1 and 1", "2, 3 and 10", "0, 0 and 0"), True),
    },
    "swap": {
        "Input 2, goal 2 was test data. Now it becomes the training data, and input 1, goal 1 "
        "becomes the test data":
            swap.examples == SETTINGS["test"].test[:1] == TWO_TO_TWO
            and SETTINGS["swap"].test == SETTINGS["test"].training == ONE_TO_ONE,
        "starts at 0 and each correction is applied in full, but now there are 18 of them: before, "
        "one was enough":
            (swap.weights[0], swap.alpha, swap.iterations) == (0, 1, 18)
            and (learn.weights[0], learn.alpha, learn.iterations) == (0, 1, 1),
        "What will the weight do in 18 iterations?": swap.iterations == 18,
        "took the weight from 0 to 4, far past 1":
            swap.weights[:2] == (0, 4) and run_of("swap", weight=1).deltas[0] == 0,
        "The prediction was 8 then, 6 too high": (swap.predictions[1], swap.deltas[1]) == (8, 6),
        "Each update leaves the weight 3 times as far from 1": gaps(swap) == [-3] * 18,
        "after 18 iterations the error is an 18-digit number": 1e17 <= swap.errors[18] < 1e18,
        "The input 2 counts twice: it doubles the correction, and then it doubles what the "
        "correction does to the prediction, so the prediction moves 4 times as far as it should":
            swap.weight_deltas[0] == 2 * swap.deltas[0]
            and swap.predictions[1] - swap.predictions[0] == -4 * swap.deltas[0],
    },
    "alpha": {
        "The same example as before, with alpha 0.1":
            replace(SETTINGS["swap"], alpha=0.1, lesson="alpha") == SETTINGS["alpha"],
        "Each update leaves 0.6 of the gap": gaps(slow) == pytest.approx([0.6] * 18),
        "below 0.0000001 after 18 iterations, but not yet after 17":
            slow.errors[18] < 0.0000001 < slow.errors[17],
        "(now 0.1)": slow.alpha == 0.1,
        "0.25 is the best alpha for this input":
            best_alpha(slow.examples) == 0.25
            and run_of("alpha", alpha=0.25).weights[1:3] == (1, 1),
        "At 0.5 each update moves the weight by twice the gap; above that, the run diverges":
            run_of("alpha", alpha=0.5).deltas == (-2, 2) * 9 + (-2,)
            and alpha_limit(slow.examples) == 0.5,
        "Between 0.25 and 0.5 it overshoots and still settles, and below 0.25 it creeps":
            {kind("alpha", alpha=a) for a in (0.251, 0.499)} == {Regime.DAMPED_OSCILLATION}
            and {kind("alpha", alpha=a) for a in (0.001, 0.249)} == {Regime.MONOTONE},
        "for input 4 the limit is 0.125": alpha_limit([Example(4, 2)]) == 0.125,
        "alpha 1 was right for input 1 and blew up for input 2":
            kind("learn") is Regime.ONE_STEP and kind("swap") is Regime.DIVERGENCE,
    },
    "built": {},
    "too-small": {
        "Input 2, goal 2": small.examples == TWO_TO_TWO,
        "far smaller than before: 0.0005": small.alpha == 0.0005,
        "in 18 iterations": small.iterations == 18,
        "0.0005 × 2 × 2 = 0.002": takes_away(small, 0.002),
        "After 18 updates 0.965 of the gap is left":
            round(small.deltas[18] / small.deltas[0], 3) == 0.965,
    },
    "one-step": {
        "Input 2 and goal 2 again, now with alpha 0.25":
            replace(SETTINGS["too-small"], alpha=0.25, lesson="one-step") == SETTINGS["one-step"],
        "0.25 × 2 × 2 is 1: the update closes the whole gap": takes_away(run_of("one-step"), 1),
        "the best alpha is 1 divided by input × input": all(
            best_alpha([Example(x, 1)]) == 1 / (x * x) for x in (1, 2, 3, 5, -7)
        ),
    },
    "overshoot": {
        "alpha is 0.4": over.alpha == 0.4,
        "more than the best alpha, 0.25": best_alpha(over.examples) == 0.25,
        "0.4 × 2 × 2 is 1.6": takes_away(over, 1.6),
        "by 0.6 of the gap it began with": gaps(over) == pytest.approx([-0.6] * 18),
    },
    "bounce": {
        "alpha is 0.5, twice the best": (bounce.alpha, best_alpha(bounce.examples)) == (0.5, 0.25),
        "0.5 × 2 × 2 is 2": takes_away(bounce, 2),
        "back and forth between 0 and 2. The error is 4 every time":
            bounce.weights == (0, 2) * 9 + (0,) and set(bounce.errors) == {4},
    },
    "past-limit": {
        "Alpha is 0.51, a hair more than 0.5, and there are 60 iterations":
            (past.alpha, alpha_limit(past.examples), past.iterations) == (0.51, 0.5, 60),
        "0.51 × 2 × 2 is 2.04": takes_away(past, 2.04),
        "each gap is 1.04 times the last": gaps(past) == pytest.approx([-1.04] * 60),
        "After 60 iterations the error is 442.7 instead of 4":
            (round(past.errors[60], 1), past.errors[0]) == (442.7, 4),
    },
    "negative-input": {
        "alpha 0.1, but the input is −2: a positive weight gives a negative prediction":
            run_of("negative-input", weight=1).predictions[0] < 0,
        "goes to −1, because −2 × (−1) is 2":
            round(negative.weights[-1], 3) == -1
            and run_of("negative-input", weight=-1).deltas[0] == 0,
        "0.1 × (−2) × (−2) = 0.4 of the gap, as with input 2":
            takes_away(negative, 0.4) and negative.errors == slow.errors,
    },
    "zero-input": {
        "The input is 0, and the goal is still 2": zero.examples == (Example(0, 2),),
        "0 × weight is 0 whatever": run_of("zero-input", weight=7).predictions[0] == 0,
        "delta × 0, is 0: with input 0": set(zero.weight_deltas) == {0},
    },
    "already-right": {
        "What will 18 iterations do to it?": right.iterations == 18,
        "Input 2, goal 2, alpha 0.1, and the weight starts at 1":
            (right.examples, right.alpha, right.weights[0]) == (TWO_TO_TWO, 0.1, 1),
        "2 × 1 is the goal, so delta is 0": set(right.deltas) == {0},
    },
    "book-half": {
        "20 lines, from error 0.3025 to 0.000005408":
            lines("book-half") == (20, "0.3025", "5.408e-06"),
    },
    "book-diverges": {
        "The same with input 2": SETTINGS["book-diverges"]
        == replace(SETTINGS["book-half"], input=2, lesson="book-diverges"),
        "from error 0.04 to 5.403 × 10¹⁶": lines("book-diverges") == (20, "0.04", "5.403e+16"),
    },
    "book-alpha": {
        "alpha 0.1": run_of("book-alpha").alpha == 0.1,
        "from error 0.04 to 1.485 × 10⁻¹⁰": lines("book-alpha") == (20, "0.04", "1.485e-10"),
    },
    "book-learning": {
        "Four lines in the book: it overshoots a little each time, and settles":
            len(run_of("book-learning").steps) == 4
            and all(-1 < gap < 0 for gap in gaps(run_of("book-learning"))),
    },
    "challenge-1": {"to 0.55%": CHAPTERS["challenge-1"].challenge == Challenge(0.0055, best=1)},
    "challenge-2": {"to 0.603%": CHAPTERS["challenge-2"].challenge == Challenge(0.00603, best=1)},
}
NOTE_CLAIMS: dict[str, dict[str, bool]] = {
    "What about the brain?": {"about 86 billion nerve cells": True},  # 86.1
    "Is this a network?": {},
    "Why a square?": {
        "A delta of −2 and one of 2 are equally bad, and both squares are 4":
            (measured(0), measured(2)) == ((0, -2, 4), (4, 2, 4)),
        "A delta of 4 is twice a delta of 2, but its error is 16, four times":
            measured(3) == (6, 4, 4 * 4),
        "a delta of 0.1 gives an error of only 0.01":
            measured(1.05) == pytest.approx((2.1, 0.1, 0.01)),
    },
    "Why times the input?": {
        "four neurons of weight 1 that all have delta −1, with the inputs 1, 2, 4 and 0":
            SAME_DELTA_AND_0.rows
            == tuple(Nudge(x, x + 1, 1, x, -1, -x, NUDGE * x) for x in (1, 2, 4, 0)),
        "Add 0.5 to the weight, and the predictions move by 0.5, by 1, by 2 and not":
            moves(SAME_DELTA_AND_0) == [(1, 0.5), (2, 1), (4, 2), (0, 0)],
        "not at all at 0, and more the larger the input is": moves(SAME_DELTA_AND_0)[-1] == (0, 0),
    },
    "The formal definition": {
        "input1 * weight1 + input2 * weight2": True,
        "everything below 0 into 0": True,
    },
}
# fmt: on


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


def all_said(chapter: Chapter) -> str:
    """Everything that is said in a chapter, but for its notes."""
    said = [plain(stop.text, chapter.settings) for stop in chapter.stops]
    if chapter.ask:
        said.append(chapter.ask.question)
    if chapter.ask and chapter.ask.right:
        said.append(chapter.ask.explained)
        said += [text for choice in chapter.ask.choices for text in (choice.need, choice.label)]
    return "\n".join(said)


def assert_claims(said: str, claims: dict[str, bool]) -> None:
    """Each claim is said and holds, and no number is said that is in none of them."""
    for claim, holds in claims.items():
        assert claim in said
        assert holds, claim
    for claim in sorted(claims, key=len, reverse=True):
        said = said.replace(claim, "")
    assert not re.search(r".*\d.*", said), re.findall(r".*\d.*", said)


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_number_that_is_said_is_the_cores(name: str) -> None:
    """No number stands in a text that is not part of a claim, and every claim holds."""
    assert_claims(all_said(CHAPTERS[name]), CLAIMS[name])


SHOWN = [stop.note for chapter in CHAPTERS.values() for stop in chapter.stops if stop.note]


@pytest.mark.parametrize("note", dict.fromkeys(SHOWN), ids=lambda note: note.title)
def test_every_number_in_a_note_is_true(note: Note) -> None:
    """The same of the margin notes; facts that are not ours have their source."""
    assert_claims("\n".join(plain(text, Settings()) for text in note.text), NOTE_CLAIMS[note.title])
    assert ("billion nerve" in " ".join(note.text)) is bool(note.source)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_shows_the_regime_and_the_weight_it_claims(name: str) -> None:
    """The regime is theory's, the learned weight the run's, exactly; no run leaves the floats."""
    chapter, run = CHAPTERS[name], run_of(name)
    assert kind(name) is chapter.regime
    assert run.overflowed_at is None
    assert chapter.weight is None or run.weights[-1] == chapter.weight


STOPS = [(name, k) for name, chapter in CHAPTERS.items() for k in range(len(chapter.stops))]


@pytest.mark.parametrize(("name", "k"), STOPS)
def test_a_stop_is_short_and_its_marks_are_known(name: str, k: int) -> None:
    """At most two sentences with the question, none long; each mark can be drawn."""
    chapter = CHAPTERS[name]
    stop = chapter.stops[k]
    said = plain(stop.text, chapter.settings)
    asked = [chapter.ask.question] if chapter.ask and stop.until == Picked() else []
    assert 1 <= len(sentences(said) + asked) <= 2
    assert len(said) <= 230
    assert said[-1] in ".?!"
    assert not re.search(r"[{}`*]", said)
    drawn = pieces(stop.text)
    assert {piece.kind for piece in drawn} <= {"text", "drag", "code", "term", *COLOURS}
    for piece in drawn:
        if piece.kind == "drag":
            assert piece.text in chapter.handles_at(k)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_question_has_exactly_one_right_choice(name: str) -> None:
    """It is asked before the run is seen, and neither title nor question gives the answer away."""
    chapter, run = CHAPTERS[name], run_of(name)
    assert (chapter.ask is not None) is (chapter.asks_at is not None) is (name in ASKING)
    assert chapter.settings.predict is (chapter.ask is not None and not chapter.ask.right)
    if not chapter.ask:
        return
    names = [choice.name for choice in chapter.ask.choices]
    fits = [c.name for c in chapter.ask.choices if chapter.regime in c.regimes]
    assert len(names) == len(set(names)) >= 3
    right = chapter.ask.right_for(dynamics_of(run), run)
    assert [right] == ([chapter.ask.right] if chapter.ask.right else fits)
    assert right in names
    assert chapter.asks_at is not None
    asked = chapter.title + chapter.ask.question
    if chapter.group == EDGES:
        before = chapter.stops[: chapter.asks_at + 1]
        asked += " ".join(plain(stop.text, chapter.settings) for stop in before)
        assert "ruler" not in chapter.parts_at(chapter.asks_at)
        assert "verdict" not in chapter.parts_at(chapter.asks_at)
    assert not re.search(r"creep|land|settle|bounce|blow|overshoot", asked, re.I)


def test_parts_arrive_where_they_will_stay() -> None:
    """What the story has shown stays in the next chapters, but for the test data, and all comes."""
    seen: set[str] = set()
    for name in GROUPS[STORY]:
        chapter = CHAPTERS[name]
        assert seen - set(chapter.parts) <= {"test"}  # the swapped lists come with a stop
        seen |= set(chapter.parts_at(len(chapter.stops) - 1))
    assert seen == set(PARTS)
    assert CHAPTERS["predict"].parts_at(0) == ()
    growth = [CHAPTERS[name].program for name in GROUPS[STORY]]
    assert growth == sorted(growth)


def test_the_terms_table_names_what_the_program_has() -> None:
    """Each name of the program has a row, with what it is called elsewhere."""
    names = "input weight pred goal_pred delta error weight_delta alpha"
    assert {*re.findall(r"`(\w+)`", " ".join(row.here for row in TERMS.rows))} == {*names.split()}
    assert all(row.meaning and row.elsewhere for row in TERMS.rows)
    elsewhere = {row.here: row.elsewhere for row in TERMS.rows}
    assert "learning rate" in elsewhere["`alpha`"]
    assert elsewhere["iteration"] == "epoch"
    assert "gradient descent" in elsewhere["update"]


def test_every_door_leads_somewhere() -> None:
    """Free play, the page to explore, or a closer look by its name."""
    assert {door.to for door in DOORS.rows} <= {"", *LOOKS}


def test_labels_and_ways_on() -> None:
    """The seven are counted, all labels differ; from free play through the story and back."""
    assert [label(name) for name in ("", "predict", "built")] == (
        ["Free play", "1 of 7 Predict", "7 of 7 What you built"]
    )
    assert label("zero-input") == "Edge cases: Input 0"
    assert len({label(name) for name in CHAPTERS}) == len(CHAPTERS)
    assert (beside("", 1), beside("", -1)) == ("predict", "")
    for names in GROUPS.values():
        assert [beside(name, 1) for name in names] == [*names[1:], ""]
        assert [beside(name, -1) for name in names] == ["", *names[:-1]]


def test_what_a_chapter_asks_for_is_no_departure() -> None:
    """Its other settings are named with their old and new value; free play departs from nothing."""
    assert departures(replace(SETTINGS["alpha"], alpha=0.25)) == []
    assert departures(replace(SETTINGS["predict"], weight=2.0)) == []
    assert departures(replace(SETTINGS["challenge-2"], alpha=0.25)) == []
    assert departures(replace(SETTINGS["test"], alpha=0.3)) == ["alpha from 1 to 0.3"]
    assert departures(replace(SETTINGS["swap"], weight=-1.5, iterations=20, test=())) == [
        "starting weight from 0 to −1.5",
        "iterations from 18 to 20",
        "the test data",
    ]
    assert departures(replace(SETTINGS["swap"], more=(Example(1, 1),))) == ["the training data"]
    assert departures(replace(SETTINGS["swap"], look="steps")) == []
    assert departures(Settings(alpha=0.7, test=(Example(1, 1),))) == []


def test_cards_show_what_may_be_seen() -> None:
    """One for each edge, run and challenge; the picture of what is asked waits until it is done."""
    shown = cards()
    assert [card.name for card in shown] == [*GROUPS[EDGES], *GROUPS[BOOK], *GROUPS[CHALLENGES]]
    for card in shown:
        assert card.hidden is (card.group != BOOK)
        assert all(0 <= height <= 1 for height in card.path)
        moves = zip(pairwise(run_of(card.name).weights), pairwise(card.path), strict=False)
        assert all((before < after) is (low < high) for (before, after), (low, high) in moves)
    book = [card for card in shown if card.group == BOOK]
    nearer = [abs(card.path[-1] - AIM) < abs(card.path[0] - AIM) for card in book]
    assert nearer == [CHAPTERS[card.name].regime is not Regime.DIVERGENCE for card in book]


def test_the_runs_from_the_book_are_the_books() -> None:
    """All that it prints, as many rows as it prints; their source is named, their titles true."""
    books = json.loads((Path(__file__).parent / "published_runs.json").read_text("utf-8"))
    printed = {(b["input"], b["goal"], b["weight"], b["alpha"], len(b["rows"]) - 1) for b in books}
    assert {tuple(SETTINGS[name].numbers.values()) for name in GROUPS[BOOK]} == printed
    for chapter in map(CHAPTERS.__getitem__, GROUPS[BOOK]):
        opened = chapter.settings
        assert "Grokking Deep Learning*, chapter 4" in chapter.source
        assert chapter.title == f"Input {number(opened.input)}, alpha {number(opened.alpha)}"


@pytest.mark.parametrize(
    ("name", "input", "counts"),
    [
        ("challenge-1", sqrt(1 / 1.6), {0.1: 81, 1.0: 6, 1.6: 1, 4.0: None}),
        ("challenge-2", 2, {0.03: 40, 0.1: 11, 0.25: 1, 1.0: None}),
    ],
)
def test_a_challenge_has_the_published_counts(
    name: str, input: float, counts: dict[float, int | None]
) -> None:
    """Google's exercise: so many steps at each alpha.

    The chapter's own run is long enough to arrive at the alpha it opens with.
    """
    chapter = CHAPTERS[name]
    challenge, opened = chapter.challenge, chapter.settings
    assert challenge is not None
    assert opened.input == input
    assert challenge.best < (counts[opened.alpha] or 0) <= opened.iterations
    assert "Crash Course" in chapter.source
    for alpha, count in counts.items():
        run = run_of(name, alpha=alpha, iterations=100)
        assert predicted_iterations(run.examples, 0, alpha, challenge.tolerance) == count
        assert is_met(challenge, run) is (count == 1)
        assert to_be_found(challenge, run) is (count != 1)
        told = f"it gets there after {count} iterations; fewer are possible."
        if count is None:
            told = f"With alpha {alpha:g} it never gets close enough."
        elif count == 1:
            told = "it gets there after 1 iteration; no alpha does better."
        assert score(challenge, run).endswith(told)


def test_tries_are_told_when_it_is_found() -> None:
    """How many it took is said once it is found, and only if it is known."""
    challenge = CHAPTERS["challenge-2"].challenge
    assert challenge is not None
    found = run_of("challenge-2", alpha=0.25)
    told = {0: "", 1: " Found on the first try!", 3: " Found in 3 tries!"}
    for tries, said in told.items():
        assert score(challenge, found, tries).partition("better.")[2] == said
    assert "tries" not in score(challenge, run_of("challenge-2"), 3)
