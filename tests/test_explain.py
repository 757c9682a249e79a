"""Numbers as sentences: what is written agrees with the run, and reads back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from neuron import Regime, Run, alpha_limit, best_alpha, shrink_factor, train
from neuron.explain import (
    BAND_WORDS,
    HEADLINES,
    bowl_in_words,
    digits_to_resolve,
    error_in_words,
    every_step,
    neuron_in_words,
    number,
    step_sentence,
    verdict,
    weight_in_words,
)
from neuron.settings import CONTROLS

# A test must not fail because a machine is slow.
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
any_float = st.floats(allow_nan=False, allow_infinity=False)
any_run = st.builds(
    lambda **given: train(**given),
    **{c.name: st.floats(c.low, c.high) for c in CONTROLS if not c.whole},
    iterations=st.integers(0, 60),
)
# A miss of any size beside the goal, at all stages of settling and blowing up.
whole = st.integers(-20, 20)
few_digits = st.integers(-9999, 9999).map(lambda n: n / 100)
plain_run = st.builds(
    lambda x, goal, weight, pull, iterations: train(
        input=x, goal=goal, weight=weight, alpha=pull / x**2, iterations=iterations
    ),
    whole.filter(bool),
    few_digits,
    few_digits,
    st.floats(0.01, 2.5),
    st.integers(0, 40),
)
PLAIN = r"(?:0|[1-9]\d*)(?:\.\d*[1-9])?"
POWER = r"[1-9](?:\.\d*[1-9])?e−?[1-9]\d*"


def default_run(**changed: Any) -> Run:
    return train(**{"input": 2, "goal": 2, "weight": 0, "alpha": 0.1, "iterations": 18} | changed)


def read(text: str) -> Decimal:
    return Decimal(text.replace("−", "-"))


def digits_of(value: float) -> int:
    """Four, or as many as a number below 10 million has before its point."""
    return max(4, len(str(int(abs(value))))) if abs(value) < 1e7 else 4


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.784, "0.784"),
        (-3, "−3"),
        (-0.0, "0"),
        (1.0625, "1.063"),  # ties are exact in floats; banks would round this one to even
        (-1.0625, "−1.063"),
        (12344.5, "12345"),
        (0.15625, "0.1563"),
        (1.99999, "2"),
        (0.0001, "0.0001"),
        (0.00009, "9e−5"),
        (9_999_999, "9999999"),
        (9_999_999.5, "1e7"),
        (10_000_000, "1e7"),
        (123_456_789, "1.235e8"),
        (6.004e17, "6.004e17"),
        (-5e-324, "−4.941e−324"),
    ],
)
def test_numbers_as_the_page_shows_them(value: float, text: str) -> None:
    """Four digits, half up, a real minus sign, no trailing zeros, powers of ten at both ends."""
    assert number(value) == text


@untimed
@given(any_float | st.floats(-1e8, 1e8) | st.floats(-1, 1))
def test_a_number_agrees_with_pythons_own_rounding(value: float) -> None:
    """The value is that of `%.4g` (more digits for larger whole parts) wherever there is no tie."""
    digits = digits_of(value)
    up, down = (Decimal(format(value, f".{digits}e")), Decimal(format(value, f".{digits - 1}e")))
    assume(up != Decimal(value) or up.as_tuple().digits[-1] != 5)
    assert read(number(value)) == down


@untimed
@given(any_float | st.floats(-1e8, 1e8), st.integers(1, 17))
def test_a_number_reads_back_within_half_a_unit_of_its_last_digit(
    value: float, digits: int
) -> None:
    """Whatever the number of digits, and it is written in one of the two forms only."""
    text = number(value, digits)
    shown = read(text)
    exact = Decimal(value)
    unit = Decimal(1).scaleb(exact.adjusted() - digits + 1) if value else Decimal(0)
    assert abs(shown - exact) <= unit / 2
    plain = value == 0 or Decimal("0.0001") <= abs(shown) < 10_000_000
    assert re.fullmatch(f"−?{PLAIN if plain else POWER}", text)
    assert text.startswith("−") is (value < 0)


@given(st.integers(-9_999_999, 9_999_999), st.integers(1, 12))
def test_whole_numbers_below_ten_million_are_exact(value: int, digits: int) -> None:
    """They keep every digit, however few digits are asked for."""
    assert number(value, digits) == str(value).replace("-", "−")


@untimed
@given(plain_run, st.data())
def test_prediction_minus_goal_is_delta_as_shown(run: Run, data: st.DataObject) -> None:
    """A reader who subtracts the numbers shown gets delta to its four digits."""
    step = run.steps[data.draw(st.integers(0, len(run.weights) - 1))]
    digits = digits_to_resolve(step.prediction, step.delta)
    shown = read(number(step.prediction, digits)) - read(number(step.example.goal, 12))
    delta = Decimal(step.delta)
    rounding = 3e-16 * max(abs(step.prediction), abs(step.example.goal))  # of the floats themselves
    assert abs(shown - delta) <= Decimal("0.00051") * abs(delta) + Decimal(rounding)


@pytest.mark.parametrize(
    ("value", "difference", "digits"),
    [(1.9999, -0.0001, 8), (2, 2, 4), (2, 1e-300, 17), (0, 1, 4), (1, 0, 4), (0.001, 50, 4)],
)
def test_as_many_digits_as_show_the_difference(
    value: float, difference: float, digits: int
) -> None:
    """Four digits of the difference, never fewer than four of the value nor more than 17."""
    assert digits_to_resolve(value, difference) == digits


def test_the_arithmetic_of_step_3_of_the_opening_run() -> None:
    """Worked by hand: weights 0, 0.4, 0.64, 0.784, 0.8704."""
    assert step_sentence(default_run(), 3) == (
        "Step 3 of 18: prediction = 2 × 0.784 = 1.568; error = (1.568 − 2)² = 0.1866; "
        "delta = 1.568 − 2 = −0.432; weight_delta = −0.432 × 2 = −0.864; "
        "next weight = 0.784 − 0.1 × (−0.864) = 0.8704"
    )


def test_negative_numbers_stand_in_brackets_behind_a_sign() -> None:
    """`2 − (−3)`, never `2 − −3`."""
    assert step_sentence(default_run(input=-2, goal=-3, weight=-1), 0) == (
        "Step 0 of 18: prediction = −2 × (−1) = 2; error = (2 − (−3))² = 25; "
        "delta = 2 − (−3) = 5; weight_delta = 5 × (−2) = −10; next weight = −1 − 0.1 × (−10) = 0"
    )


def test_the_last_step_has_no_update() -> None:
    """It ends with the learned weight, also when there was nothing but a first look."""
    assert step_sentence(default_run(iterations=0), 0).endswith(
        "weight_delta = −2 × 2 = −4; no more updates, the learned weight is 0"
    )


CLAUSES = (
    r"Step (?P<step>N) of (?P<last>N): prediction = (?P<input>N) × B(?P<weight>N)B = "
    r"(?P<prediction>N); error = \((?P<prediction2>N) − B(?P<goal>N)B\)² = (?P<error>N); "
    r"delta = (?P<prediction3>N) − B(?P<goal2>N)B = (?P<delta>N); "
    r"weight_delta = (?P<delta2>N) × B(?P<input2>N)B = (?P<weight_delta>N); "
    r"(?:next weight = (?P<weight2>N) − (?P<alpha>N) × B(?P<weight_delta2>N)B = (?P<next>N)"
    r"|no more updates, the learned weight is (?P<learned>N))"
)
SENTENCE = re.compile(CLAUSES.replace("N", f"−?(?:{POWER}|{PLAIN})").replace("B", "[()]?"))


@untimed
@given(any_run | plain_run, st.data())
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


VERDICTS = [
    (Regime.MONOTONE, {}),
    (Regime.ONE_STEP, {"alpha": 0.25}),
    (Regime.DAMPED_OSCILLATION, {"alpha": 0.4}),
    (Regime.SUSTAINED_OSCILLATION, {"alpha": 0.5}),
    (Regime.DIVERGENCE, {"alpha": 1}),
]


@pytest.mark.parametrize(("kind", "changed"), VERDICTS)
def test_a_verdict_holds_factor_best_alpha_and_limit(kind: Regime, changed: dict[str, Any]) -> None:
    """Its three numbers are the core's, as the page writes numbers."""
    run = default_run(**changed)
    said = verdict(run)
    best, limit = best_alpha(run.examples), alpha_limit(run.examples)
    assert best is not None
    assert limit is not None
    assert (said.regime, said.headline) == (kind, HEADLINES[kind])
    product = f"{number(run.alpha)} × 2² = {number(shrink_factor(run.examples, run.alpha))}"
    assert product in said.why.replace("\u00a0", " ")
    assert f"best alpha is 1/2² = {number(best)} " in said.advice
    assert f"limit is 2/2² = {number(limit)}." in said.advice
    assert said.sentence == f"{said.headline}. {said.why} {said.advice}"


def test_every_regime_has_a_headline_of_its_own() -> None:
    """No two kinds of run are called the same, and none is without a name."""
    assert set(HEADLINES) == set(Regime)
    assert len(set(HEADLINES.values())) == len(Regime)
    assert set(BAND_WORDS) < set(Regime)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"alpha": 1}, "each miss is 3 times the last"),
        ({"alpha": 1}, "after 18 steps the error is 6.004e17."),  # 4 * 9**18 is 6.00378e17
        ({"alpha": 1, "iterations": 1}, "after 1 step the error is 36."),
        ({"alpha": 1, "iterations": 2000}, "too large for a computer's floats"),
        ({"alpha": 1, "iterations": 0}, "with 0 iterations nothing has been trained yet"),
        ({"alpha": 0.5}, "between 0 and 2,"),
        ({"alpha": 0.5, "weight": -0.3}, "between −0.3 and 2.3,"),
        ({"alpha": 0.49999}, "1 − 0.49999 × 2² = −0.99996:"),
        ({"input": 0}, "the prediction is 0 × weight = 0 whatever the weight is"),
        ({"input": 0}, "any other input can be learned from."),
        ({"alpha": 0}, "alpha is 0:"),
        ({"weight": 1}, "the starting weight 1 predicts 2, exactly the goal"),
        ({"input": -2}, "1/(−2)² = 0.25"),
        ({"input": 0.1, "alpha": 200}, "1 − 200 × 0.1² = −1 turns"),
    ],
)
def test_what_a_verdict_says(changed: dict[str, Any], said: str) -> None:
    """The special part of each kind of run, with numbers worked by hand."""
    assert said in verdict(default_run(**changed)).sentence.replace("\u00a0", " ").lower()


@untimed
@given(whole.filter(bool), few_digits, few_digits)
def test_a_bounce_names_the_two_weights_of_the_run(input: int, goal: float, weight: float) -> None:
    """They are the starting weight and the weight after one update, and no others."""
    run = train(input=input, goal=goal, weight=weight, alpha=2 / input**2, iterations=4)
    said = verdict(run)
    assume(said.regime is Regime.SUSTAINED_OSCILLATION)
    found = re.search(r"between (\S+) and (\S+),", said.why)
    assert found
    for text, bounced in zip(found.groups(), run.weights, strict=False):
        assert float(read(text)) == pytest.approx(bounced, rel=5.1e-4, abs=1e-12)


@untimed
@example(default_run(input=1e-200))
@example(default_run(input=1e-170, goal=1e6, alpha=1e6))
@given(any_run | plain_run)
def test_no_words_hold_nan_infinity_or_a_falsehood_about_zero(run: Run) -> None:
    """Whatever the settings: whole sentences, and "is 0" only of what is 0."""
    about = [f(run) for f in (neuron_in_words, bowl_in_words, weight_in_words, error_in_words)]
    said = verdict(run)
    for text in (said.sentence, *about):
        assert not re.search(r"\b(nan|inf|infinity|none)\b|[{}]", text, re.IGNORECASE)
    (learned,) = run.examples
    assert "Alpha is 0:" not in said.why or run.alpha == 0
    assert "input 0 " not in said.why or learned.input == 0


@given(st.floats(0.01, 0.499999).map(lambda alpha: float(f"{alpha:.6g}")))
def test_what_the_reader_typed_is_repeated_as_typed(alpha: float) -> None:
    """An alpha of six digits stands in the verdict with all of them."""
    why = verdict(default_run(alpha=alpha)).why.replace("\u00a0", " ")
    assert f"1 − {alpha!r} × 2² = " in why


@untimed
@given(any_run)
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
    """Each begins with its accessible name and tells where the run starts and ends."""
    run = default_run(iterations=1)
    assert neuron_in_words(run).startswith("Neuron: input 2 ")
    assert bowl_in_words(run).startswith("Error bowl: ")
    assert "starts at weight 0 with error 4 and ends at weight 0.4 with error 1.44" in (
        bowl_in_words(run)
    )
    assert bowl_in_words(default_run(input=0)).startswith("Error bowl: flat. ")
    assert weight_in_words(run) == "Weight by step: from 0 to 0.4 in 1 step."
    assert error_in_words(default_run()).startswith("Error by step: from 4 to 4.126e−8 in 18 steps")
