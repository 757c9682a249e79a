"""The sweep over alpha: every column is what a real run with that alpha does."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs import both, read
from strategies import any_alpha, any_run, any_tolerance

from neuron import (
    Example,
    Run,
    best_alpha,
    dynamics,
    predicted_iterations,
    shrink_factor,
    stable_ranges,
    train,
)
from neuron.charts.ruler import ruler
from neuron.charts.sweep import FRAMES, sweep
from neuron.charts.sweep import LONGEST as LONGEST_PATH
from neuron.core.dynamics import TOLERANCE, dynamics_of
from neuron.core.sweep import Trial, trial
from neuron.core.sweep import sweep as trials_of
from neuron.words.numbers import DIGITS, GIVEN_DIGITS, arrival, number, percent
from neuron.words.sweep import sweep_in_words
from neuron.words.verdict import headline, verdict

ONE = [Example(2, 2)]
TWO = [Example(1, 1), Example(3, 3)]


def run_of(data: list[Example], weight: float = 0, alpha: float = 0.1, iterations: int = 18) -> Run:
    return train(data, weight=weight, alpha=alpha, iterations=iterations)


@given(any_run(100), any_tolerance)
def test_alphas_ascend_over_the_ruler_with_each_mark_exactly(run: Run, tolerance: float) -> None:
    """From 0 to its right end, none twice, at least `FRAMES` of them, all columns as long.

    The reader's alpha is among them, or stands for the last one where it is beyond the ruler.
    """
    swept, scale = sweep(*both(run), tolerance), ruler(dynamics_of(run))
    assert swept.alphas[0] == 0
    assert swept.alphas[-1] == pytest.approx(scale.top, rel=1e-11)
    assert swept.alphas[swept.here] == min(run.alpha, swept.alphas[-1])
    assert {mark.alpha for mark in scale.marks} <= set(swept.alphas)
    assert FRAMES < len(swept.alphas) <= FRAMES + 2 + len(scale.marks)
    steps = [high - low for low, high in pairwise(swept.alphas)]
    assert 0 < min(steps) <= max(steps) <= 1.001 * scale.top / FRAMES
    lengths = {len(swept.needed), len(swept.paths), len(swept.sentences)}
    assert lengths == {len(swept.alphas)}


@given(any_run(100), any_tolerance)
def test_each_path_is_a_run_with_that_alpha(run: Run, tolerance: float) -> None:
    """Bit for bit, as long as the reader's run, or `LONGEST_PATH` where that is more."""
    swept = sweep(*both(run), tolerance)
    whole = LONGEST_PATH // len(run.examples) * len(run.examples)
    for alpha, weights in zip(swept.alphas, swept.paths, strict=True):
        again = train(run.examples, weight=run.weights[0], alpha=alpha, iterations=run.iterations)
        assert weights == again.weights[: whole + 1]


@given(any_run(100), any_tolerance)
def test_each_sentence_says_what_its_alpha_does(run: Run, tolerance: float) -> None:
    """The alpha, the shrink factor, the regime's headline and the count, all of that alpha."""
    swept = sweep(*both(run), tolerance)
    data, start = run.examples, run.weights[0]
    columns = (swept.alphas, swept.names, swept.needed, swept.sentences)
    for alpha, name, needed, said in zip(*columns, strict=True):
        assert name == number(alpha, GIVEN_DIGITS if alpha == run.alpha else DIGITS)
        assert said.startswith(f"At alpha {name} the shrink factor is ")
        told = said.partition(" factor is ")[2].partition(". ")[0]
        factor = shrink_factor(data, alpha)
        if abs(factor) < 1e308 and not told.startswith("1 − "):  # nearer to 1 than floats can say
            assert float(read(told)) == pytest.approx(factor, rel=1e-3, abs=TOLERANCE)
        longest = min(run.iterations, LONGEST_PATH // len(data))
        shown = train(data, weight=start, alpha=alpha, iterations=longest)
        assert f" {headline(*both(shown))}. " in said
        assert needed == predicted_iterations(data, start, alpha, tolerance)
        assert said.endswith(f"{percent(tolerance)} of the gap or less is left {arrival(needed)}.")
        assert (" By formula " in said) <= (" Stays where it is. " in said)
        assert not re.search(r"nan|inf|\d{19}", said)


def test_the_sweep_in_words() -> None:
    """Where one iteration is enough, where it takes more, from where it fails, where it works."""
    assert sweep_in_words(dynamics_of(run_of(ONE))) == (
        "At the best alpha, 0.25, one iteration is enough. Towards 0, and towards the limit 0.5, "
        "it takes more and more; at the limit and beyond, the gap never closes."
    )
    assert sweep_in_words(dynamics_of(run_of(TWO))) == (
        "At the best alpha, 0.1111, one iteration is enough. Towards 0, and towards the limit "
        "0.2616, it takes more and more; at the limit and beyond, the gap never closes, but does "
        "again between 0.8495 and 1.111."
    )
    assert sweep_in_words(dynamics_of(run_of(ONE, 1, 0.6))) == (
        "Every alpha is there from the start: no update changes anything."
    )
    for data in ([Example(0, 2)], [Example(0, 2), Example(0, 3)], [Example(1e-200, 2)]):
        assert (
            sweep_in_words(dynamics_of(run_of(data)))
            == "With this training data no alpha closes the gap."
        )


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), any_tolerance)
def test_the_words_are_true_of_the_sweep(inputs: list[int], tolerance: float) -> None:
    """Best takes 1; towards 0 and the limit the counts grow; between the ranges never."""
    data = [Example(x, x) for x in inputs]
    swept = sweep(*both(run_of(data)), tolerance)
    best, stable = best_alpha(data) or 0, stable_ranges(data)
    limit = stable[0][1]
    for alpha, needed in zip(swept.alphas, swept.needed, strict=True):
        if any(low * (1 + 1e-8) < alpha < high * (1 - 1e-8) for low, high in stable):
            assert needed is not None
        elif not any(low * (1 - 1e-8) < alpha < high * (1 + 1e-8) for low, high in stable):
            assert needed is None
    by_alpha = dict(zip(swept.alphas, swept.needed, strict=True))
    assert by_alpha[float(f"{best:.14g}")] == 1
    creeping = [by_alpha[alpha] or 0 for alpha in swept.alphas if 0 < alpha <= best * (1 - 1e-9)]
    assert creeping == sorted(creeping, reverse=True)
    ends = [predicted_iterations(data, 0, limit * (1 - d), tolerance) for d in (1e-2, 1e-4, 1e-6)]
    assert None not in ends
    assert ends == sorted(ends, key=lambda count: count or 0)
    assert ends[0] != ends[2]


def test_narrow_ranges_are_told_apart() -> None:
    """Inputs 1 and 1000 settle again within a millionth of 1: not "between 1 and 1"."""
    run = run_of([Example(1, 1), Example(1000, 3)], alpha=1e-7)
    assert "but does again between 0.999999 and 1.000001." in sweep_in_words(dynamics_of(run))
    assert "and again between 0.999999 and 1.000001;" in ruler(dynamics_of(run)).sentence
    assert "and again between 0.999999 and 1.000001." in verdict(*both(run)).advice
    settles = {0.9999992: True, 1.0000008: True, 0.999998: False, 1.000002: False}
    for alpha, does in settles.items():
        assert (abs(shrink_factor(run.examples, alpha)) < 1) is does


def test_ranges_too_narrow_to_be_met_are_counted() -> None:
    """Ten inputs that double settle again once in a range that can be met, and seven times not."""
    run = run_of([Example(2**k, 2**k) for k in range(10)], alpha=1e-6)
    (_, limit), *further = stable_ranges(run.examples)
    assert [high - low > 0.02 * limit for low, high in further] == [True] + [False] * 7
    said = "again between 0.00005892 and 0.00006289, and in 7 very narrow ranges beyond"
    assert f", but does {said}." in sweep_in_words(dynamics_of(run))
    assert f", and {said};" in ruler(dynamics_of(run)).sentence
    assert f", and {said}." in verdict(*both(run)).advice


def test_a_start_at_the_answer_is_there_with_every_alpha() -> None:
    """Even beyond the limit: 0 iterations, and a path that stands still."""
    swept = sweep(*both(run_of(ONE, 1, 0.6)), 0.01)
    assert set(swept.needed) == {0}
    assert {weight for weights in swept.paths for weight in weights} == {1}


def test_without_a_ruler_there_is_still_a_sweep() -> None:
    """Input 0: alphas from 0 to 1 of which none is ever there."""
    swept = sweep(*both(run_of([Example(0, 2)])), 0.01)
    assert (swept.alphas[0], swept.alphas[-1]) == (0, 1)
    assert set(swept.needed) == {None}


@given(any_run(40), st.lists(any_alpha, max_size=4), st.integers(0, 3), any_tolerance)
def test_a_sweep_changes_alpha_alone(
    run: Run, alphas: list[float], iterations: int, tolerance: float
) -> None:
    """In the order given, each trained by itself; a trial of that run alone is the same."""
    data, start = run.examples, run.weights[0]
    trials = trials_of(dynamics_of(run), alphas, iterations, tolerance)
    assert len(trials) == len(alphas)
    for alpha, found in zip(alphas, trials, strict=True):
        again = train(data, weight=start, alpha=alpha, iterations=iterations)
        needed = predicted_iterations(data, start, alpha, tolerance)
        assert found == Trial(again, dynamics(data, start, alpha), needed)
        assert found == trial(again, tolerance)
