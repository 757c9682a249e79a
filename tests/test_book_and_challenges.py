"""The sourced runs of the story: what was printed elsewhere comes out here, and is quoted right."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from neuron import Run, best_alpha, predicted_iterations
from neuron.story.challenges import is_met, score, to_be_found
from neuron.story.chapters import CHAPTERS, SETTINGS
from neuron.words.numbers import number

PUBLISHED = {
    book["name"]: book
    for book in json.loads((Path(__file__).parent / "published_runs.json").read_text("utf-8"))
}
BOOK_RUNS = {
    "book-half": "book-0.5",
    "book-diverges": "book-2-diverges",
    "book-alpha": "book-2-alpha0.1",
    "book-learning": "book-1.1",
}
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def run_of(name: str, **changed: Any) -> Run:
    """The run of a chapter as it opens, or with changed settings."""
    return replace(SETTINGS[name], **changed).run()


@pytest.mark.parametrize("name", BOOK_RUNS)
def test_a_run_from_the_book_is_the_books_bit_for_bit(name: str) -> None:
    """All rows that the book prints, as many as it prints; its source is named, its title true."""
    book, steps, chapter = PUBLISHED[BOOK_RUNS[name]], run_of(name).steps, CHAPTERS[name]
    assert len(steps) == len(book["rows"])
    assert [{t: getattr(s, t) for t in r} for s, r in zip(steps, book["rows"], strict=True)] == (
        book["rows"]
    )
    assert "Grokking Deep Learning*, chapter 4" in chapter.source
    opened = chapter.settings
    assert chapter.title == f"Input {number(opened.input)}, alpha {number(opened.alpha)}"


@pytest.mark.parametrize("name", ["book-half", "book-diverges", "book-alpha"])
def test_errors_quoted_from_the_book(name: str) -> None:
    """“From error … to …” is the first row and the last, rounded to the digits that are written."""
    found = re.search(r"from error ([\d.]+) to ([\d.]+)(?: × 10(\S+?))?\.$", CHAPTERS[name].text)
    assert found
    first, last, exponent = found.groups(default="0")
    errors = run_of(name).errors
    for said, error in (
        (Decimal(first), errors[0]),
        (Decimal(last).scaleb(int(exponent.translate(PLAIN))), errors[-1]),
    ):
        digits = len(said.normalize().as_tuple().digits)
        assert Decimal(f"{error:.{digits - 1}e}") == said


def test_counts_and_shapes_quoted_from_the_book() -> None:
    """20 lines, four lines; the last overshoots each time, and each time by less."""
    assert "20 lines" in CHAPTERS["book-half"].text
    assert len(run_of("book-half").steps) == 20
    assert CHAPTERS["book-learning"].text.startswith("Four lines ")
    learning = run_of("book-learning")
    assert len(learning.steps) == 4
    for before, after in pairwise(learning.deltas):
        assert before * after < 0
        assert abs(after) < abs(before)


CHALLENGE = {
    "challenge-1": (sqrt(1 / 1.6), 0.0055, "0.55%", {0.1: 81, 1.0: 6, 1.6: 1, 4.0: None}),
    "challenge-2": (2, 0.00603, "0.603%", {0.03: 40, 0.1: 11, 0.25: 1, 1.0: None}),
}


@pytest.mark.parametrize("name", CHALLENGE)
def test_a_challenge_has_the_published_counts(name: str) -> None:
    """Google's exercise: so many steps at each alpha, by theory and by counting in a run."""
    input, tolerance, left, counts = CHALLENGE[name]
    chapter = CHAPTERS[name]
    assert chapter.challenge is not None
    assert (chapter.settings.input, chapter.challenge.tolerance) == (input, tolerance)
    assert f"until at most {left} of the weight’s starting distance from its ideal" in chapter.text
    assert "Crash Course" in chapter.source
    for alpha, count in counts.items():
        run = run_of(name, alpha=alpha, iterations=100)
        ideal = run.examples[0].goal / input
        gaps = [abs(weight - ideal) for weight in run.weights]
        arrived = (k for k, gap in enumerate(gaps) if gap <= tolerance * gaps[0])
        assert next(arrived, None) == count
        assert predicted_iterations(run.examples, 0, alpha, tolerance) == count
        assert is_met(chapter.challenge, run) is (count == 1)
        assert to_be_found(chapter.challenge, run) is (count != 1)
        said = score(chapter.challenge, run)
        if count is None:
            assert said == f"With alpha {alpha:g} it never gets close enough."
        elif count > 1:
            assert said.endswith(f"it is there after {count} iterations: fewer are possible.")
        else:
            assert said.endswith("it is there after 1 iteration: no alpha does better.")


@pytest.mark.parametrize("name", CHALLENGE)
def test_no_alpha_does_better_than_a_challenges_best(name: str) -> None:
    """The best alpha needs as many as claimed, which is one: nobody arrives without a step.

    And the chapter's own run is long enough to arrive at the alpha it opens with.
    """
    chapter = CHAPTERS[name]
    assert chapter.challenge is not None
    tolerance = chapter.challenge.tolerance
    best = best_alpha(chapter.settings.training)
    assert best is not None
    run = run_of(name, alpha=best)
    needed = predicted_iterations(run.examples, 0, best, tolerance)
    assert needed == chapter.challenge.best == 1
    opened = chapter.settings
    needed = predicted_iterations(opened.training, 0, opened.alpha, tolerance)
    assert needed is not None
    assert 1 < needed <= opened.iterations


def test_tries_are_told_when_it_is_found() -> None:
    """How many it took is said once it is found, and only if it is known."""
    challenge = CHAPTERS["challenge-2"].challenge
    assert challenge is not None
    found = run_of("challenge-2", alpha=0.25)
    assert [score(challenge, found, tries).partition("better.")[2] for tries in (0, 1, 3)] == [
        "",
        " Found at the first try!",
        " Found with 3 tries!",
    ]
    assert "tries" not in score(challenge, run_of("challenge-2"), 3)
