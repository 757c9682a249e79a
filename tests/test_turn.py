"""The reader's turn: what is asked, and what is said of what was typed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from strategies import any_settings

from neuron import Example
from neuron.core.slips import Asked
from neuron.state.parameters import Settings
from neuron.state.turn import WAITS, heard, turn_of


def said(texts: dict[Asked, str], gaps: int = 5, **changed: Any) -> list[tuple[bool, str]]:
    """What is said of these answers to the step after step 2 of the opening run."""
    settings = Settings(**({"turn": 2, "gaps": gaps} | changed))
    found = heard(turn_of(settings, settings.run()), texts)
    return [(one.right, one.sentence) for one in found.values()]


@pytest.mark.parametrize("exponent", ["400", "-400", "9" * 5000])
@pytest.mark.parametrize("digits", ["0", "-1.5"])
def test_any_exponent_is_judged(digits: str, exponent: str) -> None:
    """However long it is."""
    assert [right for right, _ in said({Asked.PREDICTION: f"{digits}e{exponent}"})] == [False]


def test_a_whole_step_done_right() -> None:
    """As people type: a comma before three digits is asked back, the rest is taken."""
    whole = {
        Asked.PREDICTION: "1.568",
        Asked.DELTA: "−0.432",
        Asked.ERROR: "0.187",
        Asked.WEIGHT_DELTA: "-108/125",
        Asked.WEIGHT: " .8704 ",
    }
    right = (True, "Right.")
    rounded = (True, "Right, to the digits you gave.")
    assert said(whole) == [right, right, rounded, right, right]
    comma, *_ = said(whole | {Asked.PREDICTION: "1,568"})
    assert comma == (False, "“1,568” could mean 1568 or 1.568 (write one of these).")


ADDED = "something was added that should be subtracted"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1.648", "Not yet: it looks as if alpha was left out."),
        ("0,6976", f"Not yet: it looks as if {ADDED}, or a minus sign was lost."),
        ("1", "Too few digits to tell. Give one more."),
        ("17", "Not yet. Try the hints."),
        ("abc", "“abc” is not a number (write it like 0.5, 3/4 or 1e-6)."),
        ("1e999", "Not yet. Try the hints."),
    ],
)
def test_what_is_said_of_a_weight(text: str, sentence: str) -> None:
    """A slip by its name, and what cannot be read in the words of the page's one parser."""
    assert said({Asked.WEIGHT: text}, gaps=1) == [(False, sentence)]


def test_one_may_go_on_from_own_numbers_with_four_digits() -> None:
    """Of -0.2596, which is right, 0.06739 is the square, though not that of all its digits."""
    run: Any = {"input": 1.1, "goal": 0.8, "weight": 0.3, "alpha": 0.37, "turn": 0}
    texts = dict(zip(Asked, ["0.5404", "-0.2596", "0.06739", "-0.28556", "0.597"], strict=True))
    assert [right for right, _ in said(texts, **run)] == [True] * 5
    early = {Asked.PREDICTION: "1.57", Asked.DELTA: "-0.43", Asked.ERROR: "0.1849"}
    assert said(early)[-1] == (
        False,
        "Not yet: it looks as if a number was rounded too early, or truncated.",
    )


def test_an_answer_waits_for_those_it_follows_from() -> None:
    """Nothing is said of a right one below a wrong one, but that it waits."""
    answers = {Asked.ERROR: "-0.864", Asked.WEIGHT_DELTA: "-0.864"}
    wrong = "Not yet: it looks as if the squaring went wrong: it is delta × delta."
    assert said(answers, gaps=3) == [(False, wrong), (False, WAITS)]
    assert said({Asked.WEIGHT: "0.8704"}, gaps=2) == [(False, WAITS)]


@given(any_settings)
def test_whatever_is_set_there_is_a_turn_and_its_own_answers_are_right(settings: Settings) -> None:
    """Of any run and any set: what the page itself prints as the answer is right."""
    settings = replace(settings, iterations=min(settings.iterations, 40))
    turn = turn_of(settings, settings.run())
    answers = {asked: turn.line(asked).result for asked in turn.gaps}
    if any("∞" in line.text for line in turn.lines):
        return
    assert [one.right for one in heard(turn, answers).values()] == [True] * len(turn.gaps)
    assert 0 <= turn.place <= turn.last
    assert len(turn.gaps) == (turn.place + 1 if settings.exercise else settings.gaps)
    assert not re.search("nan|inf", " ".join(line.text for line in turn.lines), re.IGNORECASE)


def test_with_several_examples_it_is_said_whose_turn_it_is() -> None:
    """The step after the first is the second example's, with its own input and goal."""
    settings = Settings(more=(Example(1, 3),))
    turn = turn_of(settings, settings.run())
    assert turn.title == "Step 1, example 2 of 2"
    assert turn.given == {"input": "1", "goal": "3", "weight": "0.4", "alpha": "0.1"}
