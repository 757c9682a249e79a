"""The sourced runs of the story: what was printed elsewhere comes out here, and is quoted right."""

from __future__ import annotations

import json
import re
from math import sqrt
from pathlib import Path

import pytest
from runs import lesson_run, read

from neuron import best_alpha, predicted_iterations
from neuron.story.lessons import LESSON_SETTINGS, LESSONS, is_met, score
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


@pytest.mark.parametrize("name", BOOK_RUNS)
def test_a_run_from_the_book_is_the_books_bit_for_bit(name: str) -> None:
    """All rows that the book prints, as many as it prints, and the source is named."""
    book, steps = PUBLISHED[BOOK_RUNS[name]], lesson_run(name).steps
    assert len(steps) == len(book["rows"])
    assert [{t: getattr(s, t) for t in r} for s, r in zip(steps, book["rows"], strict=True)] == (
        book["rows"]
    )
    assert "Grokking Deep Learning*, chapter 4" in LESSONS[name].source
    opened = LESSON_SETTINGS[name]
    assert LESSONS[name].title == f"Input {number(opened.input)}, alpha {number(opened.alpha)}"


@pytest.mark.parametrize("name", ["book-half", "book-diverges", "book-alpha"])
def test_errors_quoted_from_the_book(name: str) -> None:
    """“From error … to …” is the first row and the last, to the digits that are written."""
    found = re.search(
        r"from error (\d[\d.]*\d) to (\d[\d.]*(?:e−?\d+)?\d)", LESSONS[name].text, re.I
    )
    assert found
    errors = lesson_run(name).errors
    assert [float(read(text)) for text in found.groups()] == [
        float(f"{error:.{len(re.sub(r'e.*|[.]', '', text).lstrip('0')) - 1}e}")
        for text, error in zip(found.groups(), (errors[0], errors[-1]), strict=True)
    ]


def test_counts_and_shapes_quoted_from_the_book() -> None:
    """20 lines, four lines; the last overshoots each time, and each time by less."""
    assert "20 lines" in LESSONS["book-half"].text
    assert len(lesson_run("book-half").steps) == 20
    assert LESSONS["book-learning"].text.startswith("Four lines ")
    learning = lesson_run("book-learning")
    assert len(learning.steps) == 4
    for before, after in zip(learning.deltas, learning.deltas[1:], strict=False):
        assert before * after < 0
        assert abs(after) < abs(before)


CHALLENGE = {
    "challenge-1": (sqrt(1 / 1.6), 0.0055, "0.55%", {0.1: 81, 1.0: 6, 1.6: 1, 4.0: None}),
    "challenge-2": (2, 0.00603, "0.603%", {0.03: 40, 0.1: 11, 0.25: 1, 1.0: None}),
}


@pytest.mark.parametrize("name", CHALLENGE)
def test_a_challenge_has_the_published_counts(name: str) -> None:
    """Google's exercise: so many steps at each alpha, by theory and by counting in a run.

    The score's sentence says the same.
    """
    input, tolerance, said, counts = CHALLENGE[name]
    lesson = LESSONS[name]
    assert lesson.goal is not None
    assert (lesson.settings.input, lesson.goal.tolerance) == (input, tolerance)
    assert said in lesson.text
    assert "Crash Course" in lesson.source
    for alpha, count in counts.items():
        run = lesson_run(name, alpha=alpha, iterations=100)
        ideal = run.examples[0].goal / input
        misses = [abs(weight - ideal) for weight in run.weights]
        arrived = (k for k, miss in enumerate(misses) if miss <= tolerance * misses[0])
        assert next(arrived, None) == count
        assert predicted_iterations(run.examples, 0, alpha, tolerance) == count
        assert is_met(lesson.goal, run) is (count == 1)
        said = score(lesson.goal, run)
        if count is None:
            assert said == f"With alpha {alpha:g} it never gets there."
        elif count == 1:
            assert (
                said == f"With alpha {alpha:g} it is there after 1 iteration: no alpha does better."
            )
        else:
            assert said == (
                f"With alpha {alpha:g} it is there after {count} iterations: fewer are possible."
            )


@pytest.mark.parametrize("name", CHALLENGE)
def test_no_alpha_does_better_than_a_challenges_best(name: str) -> None:
    """The best alpha needs as many as claimed, which is one: nobody arrives without a step.

    And the chapter's own run is long enough to arrive at the alpha it opens with.
    """
    lesson = LESSONS[name]
    assert lesson.goal is not None
    best = best_alpha(lesson.settings.training)
    assert best is not None
    run = lesson_run(name, alpha=best)
    assert (
        predicted_iterations(run.examples, 0, best, lesson.goal.tolerance) == lesson.goal.best == 1
    )
    opened = lesson.settings
    needed = predicted_iterations(opened.training, 0, opened.alpha, lesson.goal.tolerance)
    assert needed is not None
    assert 1 < needed <= opened.iterations
