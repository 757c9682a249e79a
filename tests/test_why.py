"""Why it converges: formula and cobweb, in words and as a picture, are those of the run."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from fractions import Fraction
from itertools import pairwise
from math import ceil, isfinite
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from runs import assert_readable, both, from_json, points_of, read, run_of
from sentences import formula_sentence
from strategies import any_run, any_tolerance, few_digits, plain_run

from neuron import Example, Run, alpha_limit, predicted_iterations, train, weight_after
from neuron.charts.cobweb import cobweb, passes
from neuron.charts.downsampling import MOST_DRAWN
from neuron.core.closed_form import counted_iterations
from neuron.core.dynamics import dynamics, dynamics_of
from neuron.player.payloads import why_payload
from neuron.words.formula import cobweb_in_words, count_in_words
from neuron.words.numbers import arrival, percent
from neuron.words.sweep import sweep_in_words

MOST = 10_000  # steps are trained


def value(text: str) -> Fraction:
    """The number that a reader takes a text of the page for."""
    return Fraction(read(text.strip("()")))


def near(text: str, exact: Fraction | float, digits: int = 4) -> bool:
    """Whether a text shows a number to so many significant digits."""
    exact = Fraction(exact)
    return abs(value(text) - exact) <= abs(exact) * Fraction(6, 10**digits)


TWO = [Example(2, 2)]
ONE = "with the shrink factor A: ideal + (start − ideal) × "
SEVERAL = "with the shrink factor A: fixed point + (start − fixed point) × "
DRIFTS = "because the shrink factor is 1: start + iterations × change per iteration = "


@pytest.mark.parametrize(
    ("data", "weight", "alpha", "iteration", "formula"),
    [
        (TWO, 0, 0.1, 18, f"By formula, {ONE}A¹⁸ = 1 + (0 − 1) × 0.6¹⁸ = 0.9998984"),
        ([Example(2, -2)], 3, 0.6, 2, f"By formula, {ONE}A² = −1 + (3 − (−1)) × (−1.4)² = 6.84"),
        ([Example(2, 2), Example(2, 6)], -3, 0.5, 10, f"By formula, {DRIFTS}−3 + 10 × 4 = 37"),
        ([Example(2, 6), Example(2, 2)], -3, 0.5, 10, f"By formula, {DRIFTS}−3 + 10 × (−4) = −43"),
        (  # no weight is both; (1 − 0.5)² is 0.25
            *([Example(1, 1), Example(1, 3)], 0, 0.5, 1),
            f"By formula, {SEVERAL}A¹ = 2.333 + (0 − 2.333) × 0.25¹ = 1.75",
        ),
        ([Example(1e6, 1e6)] * 20, 0, 1e6, 0, "By formula: too large for a computer to store"),
    ],
)
def test_the_formula_worked_by_hand(
    data: list[Example], weight: float, alpha: float, iteration: int, formula: str
) -> None:
    """Signs in brackets, and powers as such."""
    run = train(data, weight=weight, alpha=alpha, iterations=18)
    assert formula_sentence(run, iteration).split("\n")[1] == formula


@given(plain_run(40), st.data())
def test_both_weights_and_their_difference_are_true(run: Run, data: st.DataObject) -> None:
    """The line of training is the run's weight, and "agree" means equal to the last bit."""
    passes = (len(run.weights) - 1) // len(run.examples)
    k = data.draw(st.integers(0, passes))
    head, formula, training, agreed = formula_sentence(run, k).split("\n")
    weight = run.weights[k * len(run.examples)]
    after = weight_after(run.examples, run.weights[0], run.alpha, k)
    assert head == f"After iteration {k} of {passes}"
    assert after is not None
    assert near(training.removeprefix("By training: "), weight)
    assert near(formula.rpartition(" = ")[2], after)
    if after == weight:
        assert agreed == "They agree to the last digit."
    else:
        apart = abs(Fraction(after) - Fraction(weight))
        assert agreed.endswith(": a computer rounds at every step.")
        assert near(agreed.split(":")[0].removeprefix("They differ by "), apart)


@given(plain_run(40))
def test_the_formula_can_be_worked_out_as_it_is_written(run: Run) -> None:
    """With the numbers shown, ideal + (start − ideal) × A comes out at the weight shown."""
    assume(run.iterations > 0)
    formula = formula_sentence(run, 1).split("\n")[1]
    found = re.search(r" = ([^ ]+) \+ \(([^ ]+) − ([^ ]+|\(.*?\))\) × ([^ ]+)¹ = ([^ ]+)$", formula)
    assert found
    ideal, start, again, factor, shown = map(value, found.groups())
    assert ideal == again
    size = abs(ideal) + (abs(start) + abs(ideal)) * max(abs(factor), Fraction(1))
    assert abs(ideal + (start - ideal) * factor - shown) <= size * Fraction(2, 1000)


NINE = "after 10 iterations (log 0.01 ÷ log 0.6 ≈\u00a09.015, rounded up)"
LEFT = "of training, more than that is left."
SAME = "counted in training: the same."


@pytest.mark.parametrize(
    ("data", "weight", "alpha", "iterations", "said"),
    [
        (TWO, 0, 0.1, 18, f"{NINE}; {SAME}"),
        (TWO, 0, 0.4, 18, f"{NINE}; {SAME}"),
        (TWO, 0, 0.25, 18, f"after 1 iteration; {SAME}"),
        (TWO, 1, 0.6, 18, f"from the start; {SAME}"),
        (TWO, 0, 0.5, 18, f"; after 18 iterations {LEFT}"),
        (TWO, 0, 0.6, 1, f"; after 1 iteration {LEFT}"),
        ([Example(0, 2)], 0, 0.6, 5, f"; after 5 iterations {LEFT}"),
        (
            *([Example(1, 1)], 0, 1e-300, 5),
            f"after 4.605\u00a0×\u00a010³⁰⁰ iterations; after 10\u202f000 iterations {LEFT}",
        ),
        (
            # 1 - 1.5e-16 is no float: a logarithm of the nearest one would lead to 4.148e16.
            *([Example(1e-8, 1)], 0, 1.5, 5),
            f"after 3.07\u00a0×\u00a010¹⁶ iterations; after 10\u202f000 iterations {LEFT}",
        ),
        (
            *([Example(1, 1), Example(1, 1)], 0, 1e-4, 5),
            "after 23\u202f025 iterations (log 0.01 ÷ log 0.99980001 ≈\u00a023\u202f025, rounded "
            f"up); after 5000 iterations {LEFT}",
        ),
    ],
)
def test_counts_worked_by_hand(
    data: list[Example], weight: float, alpha: float, iterations: int, said: str
) -> None:
    """In every regime, with the division where there is one, trained no further than allowed."""
    theory, run = both(train(data, weight=weight, alpha=alpha, iterations=iterations))
    sentence = count_in_words(theory, run, 0.01, MOST)
    never = said.startswith(";")
    by_formula = "the gap never falls to 1%" if never else "1% of the gap or less is left "
    assert sentence == f"By formula, {by_formula}{said}"


@example(run_of(input=3, goal=0.1, weight=0.1 / 3 + 2**-50, alpha=0.5 / 9), 1e-6)  # to the last bit
@given(plain_run(40), any_tolerance)
def test_what_is_counted_is_counted(run: Run, tolerance: float) -> None:
    """In a run as long as needed; where roundings move the count, both are told."""
    data, start, alpha = run.examples, run.weights[0], run.alpha
    needed = predicted_iterations(data, start, alpha, tolerance)
    assume(needed is None or needed <= MOST)
    text = count_in_words(*both(run), tolerance, MOST)
    share = percent(tolerance)
    when = f"{share} of the gap or less is left {arrival(needed)}"
    never = f"the gap never falls to {share}"
    assert text.startswith(f"By formula, {never if needed is None else when}")
    longer = train(data, weight=start, alpha=alpha, iterations=max(run.iterations, needed or 0))
    counted = counted_iterations(*both(longer), tolerance)
    if counted is None:
        assert text.endswith(LEFT)
    elif counted == needed:
        assert text.endswith(f"; {SAME}")
    else:
        assert f"; counted in training {arrival(counted)}: " in text


@example(run_of(), 1e-6)  # a ten-thousandth of a percent
@example(run_of(alpha=0.0005), 0.01)  # 2300.3 iterations: not 2300
@given(any_run(200), any_tolerance)
def test_the_quotient_rounds_up_to_the_count(run: Run, tolerance: float) -> None:
    """Both numbers of the division are shown, and with them it gives the predicted count."""
    text = count_in_words(*both(run), tolerance, 0)
    left = r"(\S+)% of the gap or less is left after ([^ ]+) iterations "
    found = re.search(left + r"\(log (\S+) ÷ log (\S+) [=≈]\u00a0(\S+), ", text)
    if not found:
        return
    share, count, enough, factor, quotient = map(value, found.groups())
    assert share / 100 == enough == Fraction(str(tolerance))
    assert near(found[4], abs(dynamics_of(run).shrink_factor))
    assert ceil(quotient) == count or count > 1e9
    assert factor ** min(int(count) + 2, 300) <= enough or count > 298


@given(any_run(200), any_tolerance)
def test_every_sentence_can_be_read(run: Run, tolerance: float) -> None:
    """Whatever is set on the page, nothing raises, and no number is NaN or without end."""
    passes = (len(run.weights) - 1) // len(run.examples)
    for k in {0, passes // 2, passes}:
        assert_readable(formula_sentence(run, k))
    assert_readable(count_in_words(*both(run), tolerance, 1000))
    assert_readable(cobweb_in_words(dynamics_of(run)))
    assert_readable(sweep_in_words(dynamics_of(run)))


ON = "The line of the next weight lies on the diagonal: every weight stays as it is."
BESIDE = (
    "The line of the next weight runs parallel to the diagonal and never meets it: every "
    "iteration moves the weight on by the same amount."
)
BEYOND_FLOATS = "The line of the next weight lies beyond the numbers that a computer can store."
STARTS = "The run starts on the diagonal, where the next weight is the same: it stays there."


def meets(ideal: str, slope: str) -> str:
    return (
        f"The line of the next weight meets the diagonal at {ideal}, the fixed point: there a "
        f"weight stays as it is. The line's slope is the shrink factor {slope}."
    )


STEEPER = "steeper than the diagonal, so each stair is longer than the last"


@pytest.mark.parametrize(
    ("data", "weight", "alpha", "said"),
    [
        (TWO, 0, 0.1, meets("1", "0.6, between 0 and 1, so each stair is shorter than the last")),
        (TWO, 0, 0.25, meets("1", "0: the first stair leads straight to it")),
        (TWO, 0, 0.4, meets("1", "−0.6, between −1 and 0, so the stairs wind inwards")),
        (TWO, 0, 0.5, meets("1", "−1: the stairs follow the same square forever")),
        (TWO, 0, 0.6, meets("1", f"−1.4, {STEEPER}")),
        ([Example(1, 1), Example(3, -3)], 0, 1.2, meets("23.5", f"1.96, {STEEPER}")),
        (TWO, 1, 0.6, STARTS),
        (TWO, 0, 0, ON),
        ([Example(0, 3)], 0, 0.1, ON),
        ([Example(2, 2), Example(2, 2)], 0, 0.5, ON),
        ([Example(2, 2), Example(2, 6)], 0, 0.5, BESIDE),
        ([Example(1e6, 0)] * 20, 1, 1e6, BEYOND_FLOATS),
    ],
)
def test_the_cobweb_in_words(data: list[Example], weight: float, alpha: float, said: str) -> None:
    """Where map and diagonal meet, how steep the map is, and what that does, if anything."""
    assert cobweb_in_words(dynamics(data, weight, alpha)) == said


B_IS_NO_NUMBER = [Example(1e6, 1.0)] * 18 + [Example(1e-3, 1.0)] * 2


@example(train(B_IS_NO_NUMBER, weight=1, alpha=1e6, iterations=5))
@given(any_run(200))
def test_the_browser_gets_both_weights_bit_for_bit(run: Run) -> None:
    """The run to repeat, and the formula a place a pass; None where it is beyond floats."""
    sent = from_json(why_payload(run))
    examples = [Example(**one) for one in sent["run"].pop("examples")]
    assert train(examples, **sent["run"]) == run
    passes = range(len(run.weights[:: len(examples)]))
    assert sent["formula"] == [weight_after(examples, run.weights[0], run.alpha, k) for k in passes]


several = st.builds(
    lambda examples, weight, part, iterations: train(
        examples, weight=weight, alpha=part * (alpha_limit(examples) or 0), iterations=iterations
    ),
    st.lists(st.builds(Example, st.integers(1, 4), few_digits), min_size=2, max_size=5),
    few_digits,
    st.sampled_from([0.1, 0.5, 1.0, 1.05]) | st.floats(0.01, 1.5),
    st.integers(0, 60),
)
runs = any_run(600) | plain_run(300) | several


def view_at(views: list[dict[str, Any]], step: int) -> dict[str, Any]:
    return [view for view in views if view["from"] <= step][-1]


def height(line: list[tuple[float, float]], x: float) -> float:
    """Where a straight line is at x, in exact fractions."""
    (x0, y0), (x1, y1) = ((Fraction(x), Fraction(y)) for x, y in line)
    return float(y0 + (Fraction(x) - x0) * (y1 - y0) / (x1 - x0))


@example(train([Example(2, 2), Example(2, 6)], weight=1.5, alpha=0.5, iterations=6))  # beside
@example(train([Example(2, 2), Example(2, 2)], weight=1.5, alpha=0.5, iterations=6))  # on it
@given(plain_run(300) | several)
def test_the_map_leads_from_each_weight_to_the_next(run: Run) -> None:
    """To a millionth of the square; every view shows where it meets the diagonal."""
    weights, views = passes(run), cobweb(*both(run)).views
    for k, (weight, following) in enumerate(pairwise(weights)):
        view = view_at(views, k)
        rule = points_of(view["paths"][1])
        if rule[0] != rule[1]:  # else it starts at its answer: known is only that it stays
            size = max(view["half"], abs(weight), abs(following))
            assert abs(height(rule, weight) - following) <= 1e-6 * size
    ideal = dynamics_of(run).ideal_weight
    if ideal is None:
        return
    for view in views:
        low, high = view["x_axis"]["range"]
        assert low < ideal < high
        rule = points_of(view["paths"][1])
        if rule[0] != rule[1]:
            assert height(rule, ideal) == pytest.approx(ideal, abs=1e-6 * view["half"])


@given(runs)
def test_the_stairs_go_from_diagonal_to_map_and_back(run: Run) -> None:
    """Corners are (w, w), then (w, next): upright to the map, level to the diagonal; all finite."""
    weights, picture = passes(run), cobweb(*both(run))
    json.dumps(asdict(picture), allow_nan=False)
    for view in picture.views:
        points = [point for path in view["paths"] for point in points_of(path)]
        assert all(isfinite(x) and isfinite(y) for x, y in points)
        corners = points_of(view["paths"][2])
        on_diagonal, on_map = corners[::2], corners[1::2]
        assert all(x == y for x, y in on_diagonal)
        assert all(a[0] == b[0] for a, b in zip(on_diagonal, on_map, strict=False))
        assert all(a[1] == b[1] for a, b in zip(on_map, on_diagonal[1:], strict=True))
        found = tuple(x for x, _ in on_diagonal)
        if len(found) > 1 or found[0] in weights:  # the first that fit, none left out between
            assert found == weights[: len(found)]


@example(train([Example(1e6, 1e6)] * 20, weight=0, alpha=1e6, iterations=5))  # one weight only
@given(runs)
def test_every_view_shows_the_weight_and_the_next(run: Run) -> None:
    """At each pass both points of the stair lie within both axes, and so does the drawn stair."""
    weights, views = passes(run), cobweb(*both(run)).views
    assert views[0]["from"] == 0
    starts = [view["from"] for view in views]
    assert starts == sorted(set(starts))
    assert starts[-1] < len(weights)
    for k, weight in enumerate(weights):
        view = view_at(views, k)
        low, high = view["x_axis"]["range"]
        assert view["x_axis"] == view["y_axis"]
        for shown in weights[k : k + 2]:
            assert low <= shown <= high
        drawn = [x for x, _ in points_of(view["paths"][2])]
        assert weight in drawn or k >= MOST_DRAWN


def test_the_opening_cobweb_worked_by_hand() -> None:
    """W becomes 0.6 w + 0.4: from 0 to 0.4 to 0.64, towards 1, in a square of 1.2 around 1."""
    (view,) = cobweb(*both(run_of(iterations=2))).views
    diagonal, rule, stairs = (points_of(path) for path in view["paths"])
    assert diagonal == [pytest.approx((-0.2, -0.2)), pytest.approx((2.2, 2.2))]
    assert rule == [pytest.approx((-0.2, 0.28)), pytest.approx((2.2, 1.72))]
    expected = [(0, 0), (0, 0.4), (0.4, 0.4), (0.4, 0.64), (0.64, 0.64)]
    assert stairs == [pytest.approx(corner) for corner in expected]


def test_a_run_that_blows_up_zooms_out() -> None:
    """Views follow each other with a growing square; a run that settles keeps the first."""
    views = cobweb(*both(run_of(alpha=0.6, iterations=60))).views
    halves = [view["half"] for view in views]
    assert len(views) > 3
    assert all(wide > 2 * narrow for narrow, wide in pairwise(halves))
    assert len(cobweb(*both(run_of(alpha=0.4, iterations=60))).views) == 1
