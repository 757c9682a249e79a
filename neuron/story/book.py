"""The four runs of this rule that are printed in the book."""

from __future__ import annotations

from neuron.core.dynamics import Regime
from neuron.state.parameters import Settings
from neuron.story.chapter import BOOK, Chapter, Played, Stop

SOURCE = "Trask, *Grokking Deep Learning*, chapter 4"


def _printed(
    name: str,
    title: str,
    text: str,
    regime: Regime,
    *,
    input: float,
    weight: float,
    alpha: float,
    iterations: int,
) -> Chapter:
    settings = Settings(
        input=input, goal=0.8, weight=weight, alpha=alpha, iterations=iterations, lesson=name
    )
    stops = (Stop(text, until=Played()),)
    return Chapter(name, BOOK, title, text, settings, stops, regime, source=SOURCE)


BOOK_RUNS = (
    _printed(
        "book-half",
        "Input 0.5, alpha 1",
        "The first run the book prints: 20 lines, from error 0.3025 to 0.000005408.",
        Regime.MONOTONE,
        input=0.5,
        weight=0.5,
        alpha=1.0,
        iterations=19,
    ),
    _printed(
        "book-diverges",
        "Input 2, alpha 1",
        "The same with input 2: the book's example of overshooting, from error 0.04 to "
        "5.403 × 10¹⁶.",
        Regime.DIVERGENCE,
        input=2.0,
        weight=0.5,
        alpha=1.0,
        iterations=19,
    ),
    _printed(
        "book-alpha",
        "Input 2, alpha 0.1",
        "The book's cure, alpha 0.1: from error 0.04 to 1.485 × 10⁻¹⁰.",
        Regime.MONOTONE,
        input=2.0,
        weight=0.5,
        alpha=0.1,
        iterations=19,
    ),
    _printed(
        "book-learning",
        "Input 1.1, alpha 1",
        "Four lines in the book: it overshoots a little each time, and settles.",
        Regime.DAMPED_OSCILLATION,
        input=1.1,
        weight=0.0,
        alpha=1.0,
        iterations=3,
    ),
)
"""The runs in the book's order."""
