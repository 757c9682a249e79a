"""The alpha ruler: where the reader is, and what each alpha would do for this training data."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from neuron.convergence import Regime, alpha_limit, best_alpha
from neuron.explain import BAND_WORDS, number
from neuron.training import Run


@dataclass(frozen=True, slots=True)
class Ruler:
    """A scale of alpha for the training data: where you are, and what happens where.

    alpha: where you are. top: its right end, past the limit; it starts at 0. step: what one press
    of an arrow key changes. marks: the critical alphas, each with ``alpha`` and ``label``. bands:
    stretches ``low`` to ``high`` with one ``regime`` and a ``word`` for it. sentence: in words.
    """

    alpha: float
    top: float
    step: float
    marks: list[dict[str, Any]]
    bands: list[dict[str, Any]]
    sentence: str


def ruler(run: Run) -> Ruler:
    """The alpha ruler of a run of one example."""
    best, limit = best_alpha(run.examples), alpha_limit(run.examples)
    if best is None or limit is None:
        return Ruler(run.alpha, 1.0, 0.01, [], [], "No alpha makes a difference with input 0.")
    finest = 1.6 * limit / 160
    power = 10.0 ** floor(log10(finest))
    step = power * max(m for m in (1, 2, 5) if m * power <= finest)
    top = step * ceil(1.6 * limit / step)
    regimes = (Regime.MONOTONE, Regime.DAMPED_OSCILLATION, Regime.DIVERGENCE)
    ends = (0.0, best, limit, top)
    return Ruler(
        run.alpha,
        top,
        step,
        marks=[
            {"alpha": _short(best), "label": f"best {number(best)}"},
            {"alpha": _short(limit), "label": f"limit {number(limit)}"},
        ],
        bands=[
            {"low": low, "high": high, "regime": kind.name.lower(), "word": BAND_WORDS[kind]}
            for kind, low, high in zip(regimes, ends, ends[1:], strict=False)
        ],
        sentence=(
            f"From 0 to {number(best)} it creeps, at {number(best)} it lands in one step, up to "
            f"{number(limit)} it zigzags in, at {number(limit)} it bounces for ever, beyond it "
            "blows up."
        ),
    )


def _short(alpha: float) -> float:
    """The same alpha without the dust of floats: 100 for 99.99999999999999."""
    return float(f"{alpha:.12g}")
