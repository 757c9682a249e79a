"""The printed arithmetic: every line is computed again from the numbers that stand in it."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs import read, run_of
from sentences import stage_sentences, step_of
from strategies import any_number, any_run, few_digits, plain_run, whole

from neuron import Run, best_alpha
from neuron.core.dynamics import alpha_limit
from neuron.core.training import Example
from neuron.words.arithmetic import CONVENTIONS, Convention, printed, scaled, texts_of, why_squared

N = r"−?(?:[0-9]{1,3}(?:\u202f[0-9]{3})+|[0-9]{1,4})(?:\.[0-9]+)?"
N += r"(?:\u00a0×\u00a010⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
EXPRESSION = rf"\(?{N}\)?²?(?: [×÷−] \(?{N}\)?)*"
EQUATION = re.compile(rf"({EXPRESSION}) ([=≈]) ({N})")


def computed(expression: str) -> Fraction:
    """What a printed expression is, without rounding."""
    python = re.sub(N, lambda m: f"Fraction('{read(m[0]):f}')", expression)
    for sign, operation in {"×": "*", "÷": "/", "−": "-", "²": "**2"}.items():
        python = python.replace(sign, operation)
    return Fraction(eval(python, {"Fraction": Fraction}))


def false_signs(text: str) -> list[str]:
    """The equations in a text whose sign is not that of their printed numbers."""
    return [
        m[0]
        for m in EQUATION.finditer(text)
        if (computed(m[1]) == Fraction(read(m[3]))) != (m[2] == "=")
    ]


def test_step_3_of_the_opening_run() -> None:
    """Worked by hand: weights 0, 0.4, 0.64, 0.784, 0.8704."""
    step = step_of(run_of(), 3)
    assert [line.text for line in printed(step)] == [
        "prediction = input × weight: 2 × 0.784 = 1.568",
        "delta = prediction − goal: 1.568 − 2 = −0.432",
        "error = delta × delta: −0.432 × (−0.432) = 0.186624",
        "weight_delta = delta × input: −0.432 × 2 = −0.864",
        "weight = weight − alpha × weight_delta: 0.784 − 0.1 × (−0.864) = 0.8704",
    ]
    changed = {
        name: [line.text for line in printed(step, convention=one) if line not in printed(step)]
        for name, one in CONVENTIONS.items()
    }
    assert changed == {
        "book": [],
        "derivative": [
            "derivative = 2 × delta × input: 2 × (−0.432) × 2 = −1.728",
            "weight = weight − rate × derivative: 0.784 − 0.05 × (−1.728) = 0.8704",
        ],
        "half": [
            "error = delta × delta ÷ 2: −0.432 × (−0.432) ÷ 2 = 0.093312",
            "derivative = delta × input: −0.432 × 2 = −0.864",
            "weight = weight − alpha × derivative: 0.784 − 0.1 × (−0.864) = 0.8704",
        ],
    }


@given(
    any_run(60) | plain_run(40),
    st.data(),
    st.sampled_from([4, 6, None]),
    st.sampled_from([*CONVENTIONS.values()]),
)
def test_every_printed_line_has_the_sign_of_its_printed_numbers(
    run: Run, data: st.DataObject, digits: int | None, convention: Convention
) -> None:
    """Every line of a step, in all conventions, at all digits, and it shows the run's numbers."""
    step = step_of(run, data.draw(st.integers(0, len(run.weights) - 1)))
    lines = printed(step, digits, convention)
    assert len(lines) == 5 - (step.next_weight is None)
    for line in lines:
        equation = f"{line.numbers} {line.sign} {line.result}"
        assert EQUATION.fullmatch(equation), line
        assert not false_signs(equation)
        value = getattr(step, line.name)
        value *= 0.5 if line.name == "error" and convention.halves else 1
        value *= 2 if line.name == "weight_delta" and convention.twice else 1
        assert abs(float(read(line.result)) - value) <= abs(value) / 2000


@given(any_run(60) | plain_run(40), st.data())
def test_the_stages_sentences_hold_as_printed(run: Run, data: st.DataObject) -> None:
    """Each beat, and the sentence at rest, filled as the browser fills them."""
    index = data.draw(st.integers(0, len(run.weights) - 1))
    said = stage_sentences(run, index, scaled=run.alpha != 1)
    texts, signs = texts_of(step_of(run, index), most=8)
    for name in ("predict", "compare", "send back", "rest", *["update"] * ("next_weight" in signs)):
        assert EQUATION.search(said[name]), said
        assert not false_signs(said[name])
    shown = {name: Fraction(read(text)) for name, text in texts.items()}
    exact = {"delta": shown["prediction"] - shown["goal"], "error": shown["delta"] ** 2}
    for line, value in exact.items():
        equals = "is" if value == shown[line] else "is about"
        assert f"{line} {equals} {texts[line]}" in said["rest"]


def test_an_equals_sign_stands_in_most_lines() -> None:
    """In more than six of ten lines of round settings the digits shown are all there are."""
    runs = [
        run_of(input=input, goal=goal, alpha=alpha)
        for input, goal, alpha in product((1, 2, 5, 0.5), (1, 2, -3), (0.1, 0.05))
    ]
    signs = [line.sign for run in runs for k in range(18) for line in printed(step_of(run, k))]
    assert signs.count("=") > 0.6 * len(signs)


@given(any_number, any_number, any_number, st.sampled_from([*CONVENTIONS]))
def test_each_convention_is_its_own_slope_and_the_same_run(
    input: float, goal: float, weight: float, name: str
) -> None:
    """The slope of its error, by an exact difference quotient; rate times it is the book's step."""
    convention = CONVENTIONS[name]
    x, g, w = map(Fraction, (input, goal, weight))
    part = Fraction(1, 2) if convention.halves else Fraction(1)
    above, below = (part * (x * (w + side) - g) ** 2 for side in (1, -1))
    slope = (above - below) / 2  # of a parabola, its very slope
    sent = (2 if convention.twice else 1) * (x * w - g) * x
    assert sent == (slope / 2 if name == "book" else slope)
    assert Fraction(convention.rate) * sent == (x * w - g) * x


@pytest.mark.parametrize(
    ("name", "best", "limit"),
    [("book", "0.25", "0.5"), ("derivative", "0.125", "0.25"), ("half", "0.25", "0.5")],
)
def test_best_rate_and_limit_scale_with_the_convention(name: str, best: str, limit: str) -> None:
    """For input 2: 0.25 and 0.5 in the book, half of that with the true derivative."""
    data, convention = [Example(2, 2)], CONVENTIONS[name]
    assert scaled(best_alpha(data), convention) == best
    assert scaled(alpha_limit(data), convention) == limit
    assert scaled(None, convention) == "none"


@given(whole | few_digits | any_number, st.floats(0, 3) | few_digits.map(abs))
def test_why_the_input_counts_twice(input: float, alpha: float) -> None:
    """Every line holds as printed; the stations are input, input² and alpha × input²."""
    film = why_squared(input, alpha, told=True)
    for sentence in film.sentences:
        assert not false_signs(sentence)
    square = input * input
    assert [station.value for station in film.stations] == [1, input, square, alpha * square]
    for station in film.stations:
        assert abs(float(read(station.text)) - station.value) <= abs(station.value) / 1999
    silent = why_squared(input, alpha, told=False)
    assert not re.search("best|limit|left", " ".join(silent.sentences)) or not input


def test_the_derivation_ends_at_best_alpha_and_limit() -> None:
    """For input 2 and alpha 0.1, each number by hand."""
    said = why_squared(2.0, 0.1, told=True).sentences
    assert [m[0] for one in said for m in EQUATION.finditer(one)] == [
        "1 × 2 = 2",
        "2 × 2 = 4",
        "0.1 × 4 = 0.4",
        "1 − 0.4 = 0.6",
        "1 ÷ 4 = 0.25",
        "2 ÷ 4 = 0.5",
    ]
    several = " ".join(why_squared(2.0, 0.1, told=True, alone=False).sentences)
    assert "best alpha for this example alone is 1" in several
    assert "limit for this example alone is 2" in several
    assert "at input 0" in why_squared(0.0, 0.1, told=True).sentences[-1]
