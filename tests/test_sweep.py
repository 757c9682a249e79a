"""The sweep over alpha and its film: every column and frame is a real run with that alpha."""

from __future__ import annotations

import re
from itertools import pairwise
from math import log10

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from runs import both, from_json, points_of, read, run_of
from strategies import any_alpha, any_run, any_tolerance

from neuron import Example, Run, dynamics, predicted_iterations, shrink_factor, train
from neuron.charts.picture import CEILING, OFF
from neuron.charts.ruler import ruler
from neuron.charts.sweep import FRAMES, LONGEST, Sweep, SweepCharts, sweep, sweep_charts
from neuron.core.dynamics import TOLERANCE, dynamics_of, lowest_weight
from neuron.core.sweep import Trial, trial
from neuron.core.sweep import sweep as trials_of
from neuron.player.payloads import sweep_payload
from neuron.words.numbers import DIGITS, GIVEN_DIGITS, arrival, number, percent
from neuron.words.sweep import sweep_in_words
from neuron.words.verdict import headline, verdict


@given(any_run(100), any_tolerance)
def test_alphas_ascend_over_the_ruler_with_each_mark_exactly(run: Run, tolerance: float) -> None:
    """From 0 to its end, none twice; the reader's alpha is among them, or is beyond the end."""
    swept, scale = sweep(*both(run), tolerance), ruler(dynamics_of(run))
    assert swept.alphas[0] == 0
    assert swept.alphas[-1] == pytest.approx(scale.top, rel=1e-11)
    assert swept.alphas[swept.here] == min(run.alpha, swept.alphas[-1])
    assert {mark.alpha for mark in scale.marks} <= set(swept.alphas)
    assert FRAMES < len(swept.alphas) <= FRAMES + 2 + len(scale.marks)
    steps = [high - low for low, high in pairwise(swept.alphas)]
    assert 0 < min(steps) <= max(steps) <= 1.001 * scale.top / FRAMES


@given(any_run(100), any_tolerance)
def test_each_sentence_says_what_its_alpha_does(run: Run, tolerance: float) -> None:
    """The alpha, the shrink factor, the regime's headline and the count, all of that alpha."""
    swept = sweep(*both(run), tolerance)
    data, start = run.examples, run.weights[0]
    columns = (swept.alphas, swept.names, swept.needed, swept.paths, swept.sentences)
    for alpha, name, needed, path, said in zip(*columns, strict=True):
        assert name == number(alpha, GIVEN_DIGITS if alpha == run.alpha else DIGITS)
        assert said.startswith(f"At alpha {name} the shrink factor is ")
        told = said.partition(" factor is ")[2].partition(". ")[0]
        factor = shrink_factor(data, alpha)
        if abs(factor) < 1e308 and not told.startswith("1 − "):  # nearer to 1 than floats can say
            assert float(read(told)) == pytest.approx(factor, rel=1e-3, abs=TOLERANCE)
        longest = min(run.iterations, LONGEST // len(data))
        shown = train(data, weight=start, alpha=alpha, iterations=longest)
        assert path == shown.weights
        assert f" {headline(*both(shown))}. " in said
        assert needed == predicted_iterations(data, start, alpha, tolerance)
        share = percent(tolerance)
        never = f"he gap never falls to {share}."
        when = f"{share} of the gap or less is left {arrival(needed)}."
        assert said.endswith(never if needed is None else when)
        assert (" By formula, " in said) <= (" Stays where it is. " in said)
        assert not re.search(r"nan|inf|\d{19}", said)


TOWARDS_THE_LIMIT = (
    "one iteration is enough. Towards 0, and towards the limit of {}, it takes more and more "
    "iterations; at the limit and beyond, the gap never closes"
)
THERE = "With every alpha the weight is right from the start: no update changes anything."
NEVER = "With this training data no alpha closes the gap."


@pytest.mark.parametrize(
    ("data", "weight", "said"),
    [
        ([Example(2, 2)], 0, f"At the best alpha, 0.25, {TOWARDS_THE_LIMIT.format('0.5')}."),
        (
            *([Example(1, 1), Example(3, 3)], 0),
            f"At the best alpha, 0.1111, {TOWARDS_THE_LIMIT.format('0.2616')}, except "
            "between 0.8495 and 1.111.",
        ),
        ([Example(2, 2)], 1, THERE),
        *((data, 0, NEVER) for data in ([Example(0, 2)], [Example(0, 2), Example(0, 3)])),
        ([Example(1e-200, 2)], 0, NEVER),
    ],
)
def test_the_sweep_in_words(data: list[Example], weight: float, said: str) -> None:
    """Where one iteration is enough, where it takes more, from where it fails, where it works."""
    assert sweep_in_words(dynamics(data, weight, 0.1)) == said


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        # They settle again within a millionth of 1: not "between 1 and 1".
        ([1, 1000], "again between 0.999999 and 1.000001"),
        # They settle again once in a range that can be met, and seven times not.
        (
            [2**k for k in range(10)],
            "again between 0.00005892 and 0.00006289, and in 7 very narrow ranges beyond",
        ),
    ],
)
def test_further_ranges_are_told_apart_or_counted(inputs: list[float], said: str) -> None:
    """Wherever they are spoken of: beside the sweep, below the ruler, in the verdict."""
    run = train([Example(x, x) for x in inputs], weight=0, alpha=1e-7, iterations=18)
    theory = dynamics_of(run)
    assert f", except {said.removeprefix('again ')}." in sweep_in_words(theory)
    assert f", and {said};" in ruler(theory).sentence
    assert f", and {said}." in verdict(theory, run).advice


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


def filmed(run: Run, tolerance: float = 0.01) -> tuple[SweepCharts, Sweep]:
    swept = sweep(*both(run), tolerance)
    return sweep_charts(*both(run), swept), swept


@example(run_of(input=1, goal=0, weight=1e153))  # leaves floats within a few steps
@example(run_of(input=1, goal=0, weight=2.225e-311, alpha=0, iterations=4))  # few bits left
@given(any_run(100))
def test_start_and_answer_are_within_the_axis(run: Run) -> None:
    """Whatever alpha does, where it starts and where it should go are seen; so is every step."""
    drawn, swept = filmed(run)
    layout = drawn.path["layout"]
    last = max(map(len, swept.paths)) - 1
    assert layout["xaxis"]["range"][0] < 0 <= last < layout["xaxis"]["range"][1]
    low, high = layout["yaxis"]["range"]
    assert drawn.bounds == (low - OFF * (high - low), high + OFF * (high - low))
    assert low < run.weights[0] < high
    bottom = lowest_weight(run.examples)
    if bottom is None or abs(bottom) > CEILING:
        assert layout["shapes"] == []
        return
    assert low < bottom < high
    (shape,) = layout["shapes"]
    assert points_of(shape["path"]) == [(0, bottom), (max(last, 1), bottom)]


@given(any_run(100), any_tolerance)
def test_iterations_stand_where_their_logarithm_is_and_never_above_all(
    run: Run, tolerance: float
) -> None:
    """log10(1 + n), for 0 has its place too; so do the powers of ten beside the axis."""
    drawn, swept = filmed(run, tolerance)
    axis = drawn.needed["layout"]["yaxis"]
    low, high = axis["range"]
    line = drawn.needed["data"][0]
    assert tuple(line["x"]) == swept.alphas
    *powers, (top, word) = zip(axis["tickvals"], axis["ticktext"], strict=True)
    assert word == "never"
    if set(swept.needed) == {0}:
        assert powers == [(0, "0")]
    else:
        assert powers == [(log10(1 + 10**k), number(10**k)) for k in range(len(powers))]
    pairs = [*zip(line["y"], swept.needed, strict=True)]
    assert {height for height, needed in pairs if needed is None} <= {top}
    closed = [(height, needed) for height, needed in pairs if needed is not None]
    assert [10**h - 1 for h, _ in closed] == pytest.approx([n for _, n in closed], rel=1e-9)
    assert low < min(line["y"])
    assert max([0.0, *(h for h, _ in closed), *(h for h, _ in powers)]) < top < high


@given(any_run(100))
def test_the_marks_of_the_ruler_stand_in_the_chart(run: Run) -> None:
    """Each mark is a line at its alpha within the axis; the first two are named."""
    drawn, swept = filmed(run)
    layout = drawn.needed["layout"]
    marks = ruler(dynamics_of(run)).marks
    low, high = layout["xaxis"]["range"]
    lines = [points_of(shape["path"]) for shape in layout["shapes"]]
    assert [line[0][0] for line in lines] == [mark.alpha for mark in marks]
    assert all(low < mark.alpha < high for mark in marks)
    assert low <= swept.alphas[0] < swept.alphas[-1] <= high
    said = [(note["x"], note["text"]) for note in layout["annotations"]]
    assert said == [(mark.alpha, mark.label) for mark in marks[:2]]


@given(any_run(100), any_tolerance)
def test_the_browser_gets_the_same_numbers(run: Run, tolerance: float) -> None:
    """JSON without NaN; the lines bit for bit, and the run to repeat."""
    drawn, swept = filmed(run, tolerance)
    reel = from_json(sweep_payload(run, swept))
    assert reel["sentences"] == list(swept.sentences)
    assert reel["figures"] == {"path": drawn.path, "needed": drawn.needed}
    assert reel["run"]["iterations"] == swept.trials[0].run.iterations
