"""Kept runs beside the one shown: names tell them apart, and the words put them in order."""

from __future__ import annotations

import re
from dataclasses import replace
from math import inf, sqrt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from runs import read, run_on
from strategies import any_tolerance, any_training

from neuron import Example, predicted_iterations
from neuron.state.comparison import compare, names
from neuron.state.parameters import CONTROLS, Number, Settings
from neuron.words.comparison import Compared, comparison_in_words
from neuron.words.numbers import percent

several = st.lists(any_training, min_size=1, max_size=5, unique=True)


def compared(*settings: Settings, tolerance: float = 0.01) -> list[Compared]:
    runs = [run_on(replace(one, iterations=min(one.iterations, 50))) for one in settings]
    return compare(settings, runs, tolerance)


def alphas(*values: float) -> list[Settings]:
    return [Settings(alpha=alpha) for alpha in values]


@example([Settings(alpha=0.1), Settings(alpha=0.1 + 2**-56)])
@example([Settings(more=(Example(1, 1),)), Settings(more=(Example(1, 2),)), Settings()])
@given(several)
def test_any_two_runs_have_two_names(settings: list[Settings]) -> None:
    """However little they differ in a control or in their lists; a button of each can be found."""
    told = names(settings)
    assert len(set(told)) == len(settings)
    assert all(told)


@given(any_training, st.sampled_from(CONTROLS), st.integers(1, 4))
def test_one_control_that_differs_is_the_name(settings: Settings, control: Number, n: int) -> None:
    """Its label and its value, and nothing of what all have in common."""
    changes: list[dict[str, Any]] = [{control.name: k} for k in range(n + 1)]
    told = names([replace(settings, **change) for change in changes])
    assert told == [f"{control.label.lower()} {k}" for k in range(n + 1)]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (alphas(0.1, 0.25), ["alpha 0.1", "alpha 0.25"]),
        (alphas(0.1, 0.1), ["alpha 0.1", "alpha 0.1"]),
        (alphas(0.1), ["alpha 0.1"]),
        (alphas(0.49999999, 0.5), ["alpha 0.49999999", "alpha 0.5"]),
        (
            [Settings(input=3, alpha=1e-6), Settings(weight=-0.5)],
            [
                "run 1 (input 3, starting weight 0, alpha 1e−06)",
                "run 2 (input 2, starting weight −0.5, alpha 0.1)",
            ],
        ),
        (
            [Settings(), Settings(more=(Example(1, 1),)), Settings(more=(Example(1, 2),))],
            ["training data 1", "training data 2", "training data 3"],
        ),
        (
            [Settings(more=(Example(1, 1),)), Settings(alpha=0.2), Settings()],
            [
                "alpha 0.1, training data 1",
                "alpha 0.2, training data 2",
                "alpha 0.1, training data 2",
            ],
        ),
    ],
)
def test_names_worked_by_hand(settings: list[Settings], told: list[str]) -> None:
    """What differs, in the order of the page; equal lists have one number."""
    assert names(settings) == told


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            alphas(0.1, 0.5, 0.25),
            "Alpha 0.25 has 1% of its gap or less left after 1 iteration, alpha 0.1 after 18 "
            "iterations, alpha 0.5 never.",
        ),
        (alphas(0.5, 0.6), "In none of these runs does the gap ever fall to 1%."),
        (
            [Settings(weight=0), Settings(weight=1)],
            "Starting weight 1 has 1% of its gap or less left from the start, starting weight 0 "
            "after 18 iterations.",
        ),
        (
            alphas(0.4, 0.1, 0.6),
            "Alpha 0.4 has 1% of its gap or less left after 18 iterations, alpha 0.1 after 18 "
            "iterations, alpha 0.6 never.",
        ),
    ],
)
def test_the_difference_in_words(settings: list[Settings], said: str) -> None:
    """The first one first, equal ones in their order, never last; 18 is the article's count."""
    rows = compared(*settings, tolerance=sqrt(1e-7 / 4))
    assert comparison_in_words(rows, 0.01) == said


@given(several, any_tolerance)
def test_the_words_name_each_run_once_in_order(settings: list[Settings], tolerance: float) -> None:
    """Counts ascend from run to run, and stand beside the run's own name."""
    rows = compared(*settings, tolerance=tolerance)
    for one, given_settings in zip(rows, settings, strict=True):
        assert one.trial.run.alpha == given_settings.alpha
        assert one.trial.needed == predicted_iterations(
            given_settings.training, given_settings.weight, given_settings.alpha, tolerance
        )
    said = comparison_in_words(rows, tolerance)
    assert not re.search(r"\bnan\b|\binf\b|\d{22}", said)
    if all(one.trial.needed is None for one in rows):
        assert said == f"In none of these runs does the gap ever fall to {percent(tolerance)}."
        return
    left = f"has {percent(tolerance)} of its gap or less left "
    lower = said[0].lower() + said[1:]
    counts = []
    for one in rows:
        needed, name = one.trial.needed, re.escape(one.name)
        when = "never|from the start|after ([^ ]+) iterations?"
        found = re.search(rf"(?:^|, ){name} (?:{left})?({when})(?=[,.])", lower)
        assert found, (one.name, said)
        assert (found[1] == "never") is (needed is None)
        if found[2] is not None and needed is not None:
            assert float(read(found[2])) == pytest.approx(needed, rel=1e-3)
        counts.append((found.start(), inf if needed is None else needed))
    assert [count for _, count in sorted(counts)] == sorted(count for _, count in counts)
    assert sum(lower.count(f"{one.name} {left}") for one in rows) >= 1
