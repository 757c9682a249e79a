"""A run in words: what is written agrees with the run, and reads back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from runs import both, read, run_of
from sentences import step_sentence
from strategies import any_run, few_digits, plain_run, whole

from neuron import Example, Run, mean_error, train
from neuron.words.captions import (
    ARITHMETIC,
    bowl_in_words,
    every_step,
    neuron_in_words,
    results,
)

PLAIN = r"(?:\d{1,4}|\d{1,3}(?:\u202f\d{3})+)(?:\.\d*[1-9])?"
POWER = r"[1-9](?:\.\d*[1-9])?\u00a0×\u00a010⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+"


def test_the_arithmetic_of_step_3_of_the_opening_run() -> None:
    """Worked by hand: weights 0, 0.4, 0.64, 0.784, 0.8704."""
    assert step_sentence(run_of(), 3) == (
        "Step 3 of 18: prediction = 2 × 0.784 = 1.568; error = (1.568 − 2)² = 0.1866; "
        "delta = 1.568 − 2 = −0.432; weight_delta = −0.432 × 2 = −0.864; "
        "next weight = 0.784 − 0.1 × (−0.864) = 0.8704"
    )


def test_negative_numbers_stand_in_brackets_behind_a_sign() -> None:
    """`2 − (−3)`, never `2 − −3`."""
    assert step_sentence(run_of(input=-2, goal=-3, weight=-1), 0) == (
        "Step 0 of 18: prediction = −2 × (−1) = 2; error = (2 − (−3))² = 25; "
        "delta = 2 − (−3) = 5; weight_delta = 5 × (−2) = −10; next weight = −1 − 0.1 × (−10) = 0"
    )


@pytest.mark.parametrize(
    ("changed", "end", "name"),
    [
        ({}, "no more updates, the learned weight is 0.4", "Learned weight"),
        ({"iterations": 0}, "no update yet", "Weight"),
        ({"alpha": 0.5}, "no more updates, the weight at the end is 2", "Weight at the end"),
        ({"alpha": 1}, "no more updates, the weight at the end is 4", "Weight at the end"),
        ({"input": 0}, "no more updates, the weight at the end is 0", "Weight at the end"),
    ],
)
def test_the_last_step_has_no_update(changed: dict[str, Any], end: str, name: str) -> None:
    """It ends with a learned weight only where something was learned: no bounce, no blow-up."""
    run = run_of(**({"iterations": 1} | changed))
    assert step_sentence(run, len(run.weights) - 1).endswith(f"; {end}")
    assert results(*both(run))[0][0] == name


CLAUSES = (
    r"Step (?P<step>N) of (?P<last>N): prediction = (?P<input>N) × B(?P<weight>N)B = "
    r"(?P<prediction>N); error = \((?P<prediction2>N) − B(?P<goal>N)B\)² = (?P<error>N); "
    r"delta = (?P<prediction3>N) − B(?P<goal2>N)B = (?P<delta>N); "
    r"weight_delta = (?P<delta2>N) × B(?P<input2>N)B = (?P<weight_delta>N); "
    r"(?:next weight = (?P<weight2>N) − (?P<alpha>N) × B(?P<weight_delta2>N)B = (?P<next>N)"
    r"|no more updates, the (?:learned weight|weight at the end) is (?P<learned>N)|no update yet)"
)
SENTENCE = re.compile(CLAUSES.replace("N", f"−?(?:{POWER}|{PLAIN})").replace("B", "[()]?"))


@given(any_run(60, examples=1) | plain_run(40), st.data())
def test_every_number_of_a_step_agrees_with_the_run(run: Run, data: st.DataObject) -> None:
    """Each number in the sentence is the run's to four digits; nothing is left unfilled."""
    index = data.draw(st.integers(0, len(run.weights) - 1))
    found = SENTENCE.fullmatch(step_sentence(run, index))
    assert found
    step, last = run.steps[index], len(run.weights) - 1
    expected = {"step": index, "last": last, "alpha": run.alpha, "learned": step.weight}
    expected |= {"input": step.example.input, "goal": step.example.goal}
    expected |= {name: getattr(step, name) for name in ("weight", "prediction", "delta")}
    expected |= {"error": step.error, "weight_delta": step.weight_delta}
    expected["next"] = run.weights[min(index + 1, last)]
    for name, text in found.groupdict().items():
        if text is not None:
            exact = Decimal(expected[name.rstrip("23")])
            assert abs(read(text) - exact) <= abs(exact) / 2000
    assert (found["next"] is None) is (index == last)


@given(any_run(60, examples=1))
def test_the_table_holds_every_step_exactly(run: Run) -> None:
    """One row a step, and each text reads back as exactly the run's float."""
    table = every_step(run)
    assert table.pop("step") == list(range(len(run.weights)))
    read_back = {name: tuple(map(float, texts)) for name, texts in table.items()}
    assert read_back == {
        "weight": run.weights,
        "prediction": run.predictions,
        "error": run.errors,
        "delta": run.deltas,
        "weight_delta": run.weight_deltas,
    }


def test_the_pictures_in_words() -> None:
    """Each begins with its accessible name, and tells nothing that changes from step to step."""
    run = run_of(iterations=1)
    assert neuron_in_words(run).startswith("Neuron: the input 2 ")
    assert bowl_in_words(*both(run)).startswith("Error bowl: ")
    assert bowl_in_words(*both(run_of(input=0))).startswith("Error bowl: flat. ")
    assert bowl_in_words(*both(run)) == bowl_in_words(*both(run_of(iterations=9)))


@example(run_of(input=1e-200))
@example(run_of(input=1e-170, goal=1e6, alpha=1e6))
@given(any_run(60, examples=1) | plain_run(40))
def test_no_words_hold_nan_or_infinity(run: Run) -> None:
    """Whatever the settings: each picture has whole sentences."""
    for words in (neuron_in_words(run), bowl_in_words(*both(run))):
        assert not re.search(r"\b(nan|inf|infinity|none)\b|[{}]", words, re.IGNORECASE)


@given(plain_run(40), st.data())
def test_input_times_the_shown_weight_is_the_shown_prediction(
    run: Run, data: st.DataObject
) -> None:
    """Multiplied by hand it leaves delta to half a percent, however small delta has become."""
    index = data.draw(st.integers(0, len(run.weights) - 1))
    found = SENTENCE.fullmatch(step_sentence(run, index))
    assert found
    step = run.steps[index]
    rounding = Decimal(4e-16 * (abs(step.prediction) + abs(step.example.goal)))  # of the floats
    delta = Decimal(step.delta)
    subtracted = read(found["prediction"]) - read(found["goal"])
    assert abs(subtracted - delta) <= Decimal("0.0051") * abs(delta) + rounding
    by_hand = read(found["input"]) * read(found["weight"]) - read(found["goal"])
    size = abs(delta or Decimal(step.prediction))  # 1 ÷ 3 has no digits that give delta 0
    assert abs(by_hand - delta) <= Decimal("0.0051") * size + rounding


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"goal": 12.3456}, "2 × 6.1728 = 12.3456; error = (12.3456 − 12.3456)² = 0; "),
        ({"input": 3, "goal": 1, "alpha": 1 / 9}, "3 × 0.3333 = 1; error = (1 − 1)² = 0; "),
        ({"input": -0.49999, "goal": 0.49999, "weight": -1}, "−0.49999 × (−1) = 0.49999; "),
    ],
)
def test_a_goal_that_is_met_is_met_to_all_its_digits(given: dict[str, Any], said: str) -> None:
    """Where delta is 0 the prediction is shown as the goal is, and the weight stays as it is."""
    run = run_of(**({"alpha": 0.25} | given))
    sentence = step_sentence(run, 1)
    assert f"prediction = {said}" in sentence
    found = SENTENCE.fullmatch(sentence)
    assert found
    assert found["delta"] == "0"
    assert found["weight"] == found["next"]
    assert f"input {found['input']} times" in neuron_in_words(run)
    assert neuron_in_words(run).endswith(f" the goal, {found['goal']}.")


SEVERAL = [Example(1, 1), Example(-2, 3)]


def test_a_step_of_several_says_which_example_it_is() -> None:
    """Which iteration and which example, with that example's numbers: worked by hand."""
    run = train(SEVERAL, weight=0, alpha=0.5, iterations=2)
    assert step_sentence(run, 1) == (
        "Step 1 of 4 (iteration 1, example 2 of 2): prediction = −2 × 0.5 = −1; "
        "error = (−1 − 3)² = 16; delta = −1 − 3 = −4; weight_delta = −4 × (−2) = 8; "
        "next weight = 0.5 − 0.5 × 8 = −3.5"
    )
    assert step_sentence(run, 3).startswith("Step 3 of 4 (iteration 2, example 2 of 2): ")
    assert step_sentence(run, 4).startswith("Step 4 of 4 (after iteration 2): ")


def test_the_table_of_several_says_which_example_it_is() -> None:
    """Examples are counted from 1, in the order of a pass."""
    table = every_step(train(SEVERAL, weight=0, alpha=0.5, iterations=2))
    assert list(table)[:3] == ["step", "example", "weight"]
    assert table["example"] == [1, 2, 1, 2, 1]
    assert "example" not in every_step(run_of())


def test_the_pictures_of_several_in_words() -> None:
    """The errors are means over all examples; the lowest of the bowl need not be 0."""
    run = train([Example(1, 1), Example(1, 3)], weight=0, alpha=0.5, iterations=1)
    assert "goes through 2 examples in turn" in neuron_in_words(run)
    assert bowl_in_words(*both(run)) == (
        "Error bowl: the mean error at every weight. It is lowest, 1, at weight 2, and rises on "
        "both sides."
    )


@given(whole.filter(bool), few_digits, few_digits)
def test_weight_delta_is_half_the_slope_of_its_error(
    input: int, goal: float, weight: float
) -> None:
    """As the closer look says: a parabola's chord from w - 1 to w + 1 is its slope at w."""
    assert "what this example asks for | half the slope of its error" in ARITHMETIC
    assert "true slope of the error is 2 × delta × input" in ARITHMETIC
    below, above = (mean_error([Example(input, goal)], weight + side) for side in (-1, 1))
    step = train(input=input, goal=goal, weight=weight, alpha=0, iterations=0).steps[0]
    assert step.weight_delta == pytest.approx((above - below) / 2 / 2, rel=1e-9, abs=1e-6)
