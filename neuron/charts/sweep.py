"""A sweep over alpha: what the same start becomes with every alpha of the ruler."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from neuron.charts.ruler import ruler
from neuron.core.closed_form import predicted_iterations
from neuron.core.dynamics import Regime, best_alpha, regime, shrink_factor, stable_ranges
from neuron.core.training import Run, train
from neuron.words.numbers import DIGITS, GIVEN_DIGITS, arrival, number
from neuron.words.reasons import factor_text, rounded_away
from neuron.words.verdict import further_ranges, headline

FRAMES = 240
"""Into how many alphas the ruler is divided; the critical ones come on top of them."""

MOST_STEPS = 40
"""How many steps of each run a path shows: more could not be told apart."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Runs that differ in nothing but alpha, by ascending alpha; all columns of equal length.

    alphas: from 0 to the ruler's end, with each critical alpha and the reader's. names: how these
    are shown, the reader's with all its digits. needed: iterations until the tolerance is met
    (`predicted_iterations`), None for never. paths: the weight by step of each run. sentences: what
    happens at each alpha. here: the place of the reader's alpha, or the ruler's end, if it is
    beyond.
    """

    alphas: tuple[float, ...]
    names: tuple[str, ...]
    needed: tuple[int | None, ...]
    paths: tuple[tuple[float, ...], ...]
    sentences: tuple[str, ...]
    here: int


def sweep(run: Run, tolerance: float) -> Sweep:
    """The sweep with a run's training data, starting weight and, up to `MOST_STEPS`, length.

    tolerance: as for `predicted_iterations`.
    """
    data, start = run.examples, run.weights[0]
    scale = ruler(run)
    even = [scale.top * k / FRAMES for k in range(FRAMES + 1)]
    critical = [mark["alpha"] for mark in scale.marks]
    mine = [run.alpha] if 0 <= run.alpha <= scale.top else []
    alphas = sorted({*(float(f"{alpha:.12g}") for alpha in even), *critical, *mine})
    needed = [predicted_iterations(data, start, alpha, tolerance) for alpha in alphas]
    iterations = min(run.iterations, MOST_STEPS // len(data))
    runs = [train(data, weight=start, alpha=alpha, iterations=iterations) for alpha in alphas]
    names = [number(alpha, GIVEN_DIGITS if alpha == run.alpha else DIGITS) for alpha in alphas]
    return Sweep(
        alphas=tuple(alphas),
        names=tuple(names),
        needed=tuple(needed),
        paths=tuple(swept.weights for swept in runs),
        sentences=tuple(
            _what_happens(swept, shown)
            + (" Never there." if count is None else f" {_there(swept)} {arrival(count)}.")
            for swept, shown, count in zip(runs, names, needed, strict=True)
        ),
        here=min(bisect_left(alphas, run.alpha), len(alphas) - 1),
    )


def sweep_in_words(run: Run) -> str:
    """The sweep in a sentence: where training is quickest, and from which alpha on it fails."""
    best, stable = best_alpha(run.examples), stable_ranges(run.examples)
    if regime(run.examples, run.weights[0], run.alpha) is Regime.ALREADY_THERE:
        return "Every alpha is there from the start: no update changes anything."
    if best is None or not stable:
        return "With this training data no alpha gets there."
    (_, limit), *_ = stable
    again = f", but {further}" if (further := further_ranges(stable)) else ""
    return (
        f"At the best alpha {number(best)} one iteration is enough. Towards 0, and towards the "
        f"limit {number(limit)}, it takes more and more; at the limit and beyond it is never there"
        f"{again}."
    )


def _there(run: Run) -> str:
    return "By formula there" if rounded_away(run) else "There"


def _what_happens(run: Run, alpha: str) -> str:
    factor = shrink_factor(run.examples, run.alpha)
    shown = factor_text(factor)
    return f"At alpha {alpha} the shrink factor is {shown}. {headline(run)}."
