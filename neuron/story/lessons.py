"""The story: chapters that set the page up and say what to look at, each with what it claims.

A claim (the regime, how many iterations, the learned weight) stands beside the text that makes it,
and a test holds every one against the core.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from neuron.core.closed_form import predicted_iterations
from neuron.core.dynamics import Regime, best_alpha
from neuron.core.training import Example, Run
from neuron.state.parameters import CONTROLS, Settings
from neuron.words.numbers import arrival, as_text

CHAPTERS, EDGES, BOOK, CHALLENGES = "Chapters", "Edges", "From the book", "Challenges"

BOOK_SOURCE = "Trask, *Grokking Deep Learning*, chapter 4"
COURSE_SOURCE = (
    "Google, *Machine Learning Crash Course*, learning rate exercise; the mapping onto one neuron "
    "is ours"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a challenge asks for: so little of the starting miss left, in few iterations.

    tolerance: the part of the starting miss that may be left. best: the fewest iterations that any
    alpha needs.
    """

    tolerance: float
    best: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """One chapter.

    group: one of the four kinds. title: a few words. text: two or three sentences, Markdown.
    settings: what it sets, its own name included. regime: the regime it claims. weight: the
    learned weight it claims, exactly, or None. goal: what a challenge asks for, or None. source:
    where a sourced run was printed. afterwards: what is added once the run may be seen.
    """

    group: str
    title: str
    text: str
    settings: Settings
    regime: Regime
    weight: float | None = None
    goal: Goal | None = None
    source: str = ""
    afterwards: str = ""


def _settings(
    name: str,
    input: float,
    goal: float,
    weight: float,
    alpha: float,
    iterations: int,
    test: tuple[Example, ...] = (),
    predict: bool = False,
) -> Settings:
    return Settings(
        input=float(input),
        goal=float(goal),
        weight=float(weight),
        alpha=float(alpha),
        iterations=iterations,
        test=test,
        lesson=name,
        predict=predict,
    )


def _edge(
    name: str,
    title: str,
    text: str,
    regime: Regime,
    *,
    input: float = 2,
    goal: float = 2,
    weight: float = 0,
    alpha: float = 0.1,
    iterations: int = 18,
) -> Lesson:
    settings = _settings(name, input, goal, weight, alpha, iterations, predict=True)
    return Lesson(EDGES, title, text, settings, regime)


def _book(
    name: str, title: str, text: str, regime: Regime, *numbers: float, iterations: int
) -> Lesson:
    given, weight, alpha = numbers
    settings = _settings(name, given, 0.8, weight, alpha, iterations)
    return Lesson(BOOK, title, text, settings, regime, source=BOOK_SOURCE)


_ONE = (Example(1.0, 1.0),)
_SEEN_AND_UNSEEN = (Example(2.0, 2.0), Example(3.0, 3.0), Example(10.0, 10.0))

_ALL = (
    Lesson(
        CHAPTERS,
        "Predict",
        "A neuron is one multiplication: `prediction = input × weight`. Set *Starting weight* to "
        "0, 1 and 2 and watch the prediction: weight 0 gives 0, 1 gives the input back, 2 doubles "
        "it. Nothing is trained yet (0 iterations): so far the neuron only answers.",
        _settings("predict", 2, 2, 0, 0.1, 0),
        Regime.MONOTONE,
        weight=0.0,
    ),
    Lesson(
        CHAPTERS,
        "Measure",
        "How wrong is it? *delta* is prediction − goal: its sign says which way. *error* is delta "
        "squared: never negative, it says how bad. With weight 0 delta is −2 and the error 4; "
        "set *Starting weight* to 2 and delta is 2, the error 4 again.",
        _settings("measure", 2, 2, 0, 0.1, 0),
        Regime.MONOTONE,
        weight=0.0,
    ),
    Lesson(
        CHAPTERS,
        "Learn",
        "Now the weight is corrected: `weight − alpha × delta × input`. *alpha*, the learning "
        "rate, says how much of the correction is made; an *iteration* is one pass through the "
        "examples, here one update. With input 1, goal 1 and alpha 1, what will happen?",
        _settings("learn", 1, 1, 0, 1, 1, predict=True),
        Regime.ONE_STEP,
        weight=1.0,
        afterwards="One iteration, and the weight is exactly 1.",
    ),
    Lesson(
        CHAPTERS,
        "Test",
        "The neuron was trained on 1\u00a0→\u00a01 only: its *training data*. Does it know 2, 3 "
        "and 10? Ask with *test data* it never saw and never learns from. Play: the test error "
        "falls to 0 too, so it has learned the rule; had it only learned that one answer, it would "
        "fail here.",
        _settings("test", 1, 1, 0, 1, 1, test=_SEEN_AND_UNSEEN),
        Regime.ONE_STEP,
        weight=1.0,
    ),
    Lesson(
        CHAPTERS,
        "Swap them",
        "Now train on an example that was test data, 2\u00a0→\u00a02, and test on "
        "1\u00a0→\u00a01, with the same alpha 1 that worked so well. What will happen?",
        _settings("swap", 2, 2, 0, 1, 18, test=_ONE, predict=True),
        Regime.DIVERGENCE,
        afterwards="Every update overshoots further than the last: diverging, not converging. "
        "(6.004e17 is 6.004 × 10¹⁷, a number of 18 digits.)",
    ),
    Lesson(
        CHAPTERS,
        "Alpha",
        "The same data, but every update is scaled down by alpha 0.1. What will happen now?",
        _settings("alpha", 2, 2, 0, 0.1, 18, test=_ONE, predict=True),
        Regime.MONOTONE,
        afterwards="The error is below 1e−7, which is 0.0000001, after exactly 18 iterations, not "
        "after 17.",
    ),
    _edge(
        "one-step",
        "Alpha 1/input²",
        "Alpha is 1/input² = 0.25. What will happen?",
        Regime.ONE_STEP,
        alpha=0.25,
    ),
    _edge(
        "overshoot",
        "Between 1/input² and 2/input²",
        "Alpha 0.4 lies between 1/input² and 2/input². What will happen?",
        Regime.DAMPED_OSCILLATION,
        alpha=0.4,
    ),
    _edge(
        "bounce",
        "Alpha 2/input²",
        "Alpha is 2/input² = 0.5. What will happen?",
        Regime.SUSTAINED_OSCILLATION,
        alpha=0.5,
    ),
    _edge(
        "past-limit",
        "Just past 2/input²",
        "Alpha 0.51 is only a little more than 2/input². What will happen?",
        Regime.DIVERGENCE,
        alpha=0.51,
        iterations=60,
    ),
    _edge("zero-input", "Input 0", "The input is 0. What will happen?", Regime.STUCK, input=0),
    _edge(
        "already-right",
        "Already right",
        "The weight starts at 1, and 2 × 1 is 2. What will happen?",
        Regime.ALREADY_THERE,
        weight=1,
    ),
    _edge(
        "negative-input",
        "A negative input",
        "The input is −2: prediction and weight have opposite signs. What will happen?",
        Regime.MONOTONE,
        input=-2,
    ),
    _edge(
        "too-small",
        "Far too small an alpha",
        "Alpha is 0.0005. What will happen in 18 iterations?",
        Regime.MONOTONE,
        alpha=0.0005,
    ),
    _book(
        "book-half",
        "Input 0.5, alpha 1",
        "The first run the book prints: 20 lines, from error 0.3025 to 0.000005408.",
        Regime.MONOTONE,
        0.5,
        0.5,
        1,
        iterations=19,
    ),
    _book(
        "book-diverges",
        "Input 2, alpha 1",
        "The same with input 2: the book's example of overshooting, from error 0.04 to 5.4e16.",
        Regime.DIVERGENCE,
        2,
        0.5,
        1,
        iterations=19,
    ),
    _book(
        "book-alpha",
        "Input 2, alpha 0.1",
        "The book's cure: alpha 0.1. From error 0.04 to 1.485e−10.",
        Regime.MONOTONE,
        2,
        0.5,
        0.1,
        iterations=19,
    ),
    _book(
        "book-learning",
        "Input 1.1, alpha 1",
        "Four lines in the book: it overshoots a little each time, and settles.",
        Regime.DAMPED_OSCILLATION,
        1.1,
        0,
        1,
        iterations=3,
    ),
    Lesson(
        CHALLENGES,
        "Few steps, first",
        "Choose alpha so that as few iterations as possible leave at most 0.55% of the starting "
        "miss: of how far the weight is from where it should be.",
        _settings("challenge-1", sqrt(1 / 1.6), 1, 0, 0.1, 100),
        Regime.MONOTONE,
        goal=Goal(0.0055, 1),
        source=COURSE_SOURCE,
    ),
    Lesson(
        CHALLENGES,
        "Few steps, second",
        "Choose alpha so that as few iterations as possible leave at most 0.603% of the starting "
        "miss: of how far the weight is from where it should be.",
        _settings("challenge-2", 2, 2, 0, 0.03, 60),
        Regime.MONOTONE,
        goal=Goal(0.00603, 1),
        source=COURSE_SOURCE,
    ),
)

LESSONS = {lesson.settings.lesson: lesson for lesson in _ALL}
"""Every chapter by its name in the address, in the order of the story."""

LESSON_SETTINGS = {name: lesson.settings for name, lesson in LESSONS.items()}


GROUPS = {
    group: [name for name, lesson in LESSONS.items() if lesson.group == group]
    for group in (CHAPTERS, EDGES, BOOK, CHALLENGES)
}
"""The names of the chapters by their kind."""


def label(name: str) -> str:
    """What the chooser of chapters calls a chapter: ``1 of 6: Predict``, ``Edges: Input 0``."""
    lesson = LESSONS[name]
    if lesson.group != CHAPTERS:
        return f"{lesson.group}: {lesson.title}"
    chapters = GROUPS[CHAPTERS]
    return f"{chapters.index(name) + 1} of {len(chapters)}: {lesson.title}"


def beside(name: str, way: int) -> str:
    """The chapter before (way -1) or after (1) one; "" stands before the first, and stays last."""
    names = ["", *LESSONS]
    return names[min(max(names.index(name) + way, 0), len(names) - 1)]


def departures(settings: Settings) -> list[str]:
    """How the settings differ from their chapter's, in words: ``alpha from 0.1 to 0.3``."""
    lesson = LESSON_SETTINGS.get(settings.lesson, settings)
    changes = [
        f"{control.label.lower()} from {as_text(getattr(lesson, control.name))} "
        f"to {as_text(getattr(settings, control.name))}"
        for control in CONTROLS
        if getattr(lesson, control.name) != getattr(settings, control.name)
    ]
    changes += ["the training data"] * (lesson.more != settings.more)
    changes += ["the test data"] * (lesson.test != settings.test)
    return changes


def is_met(goal: Goal, run: Run) -> bool:
    """Whether a run does as well in a challenge as any alpha can."""
    needed = predicted_iterations(run.examples, run.weights[0], run.alpha, goal.tolerance)
    return needed is not None and needed <= goal.best


def to_be_found(goal: Goal, run: Run) -> bool:
    """Whether a challenge has a best alpha that the reader has not found."""
    return best_alpha(run.examples) is not None and not is_met(goal, run)


def score(goal: Goal, run: Run) -> str:
    """How a run does in a challenge, in words."""
    needed = predicted_iterations(run.examples, run.weights[0], run.alpha, goal.tolerance)
    alpha = as_text(run.alpha)
    if needed is None:
        return f"With alpha {alpha} it never gets there."
    better = "no alpha does better" if is_met(goal, run) else "fewer are possible"
    return f"With alpha {alpha} it is there {arrival(needed)}: {better}."
