"""Why it converges: the cobweb in words, and what the browser gets of it and of the formula."""

from __future__ import annotations

import re
from base64 import b64decode
from math import isnan
from typing import Any

import pytest
from hypothesis import example, given
from runs import both, from_json
from sentences import formula_sentence
from strategies import any_run

from neuron import Example, Run, train, weight_after
from neuron.charts.sweep import sweep
from neuron.core.dynamics import dynamics_of, ideal_weight
from neuron.player.payloads import film_reel, why_reel
from neuron.words.formula import cobweb_in_words
from neuron.words.numbers import number

TWO = [Example(2, 2)]

SLOPES = [
    (TWO, 0, 0.1, "1", "0.6, between 0 and 1, so each stair is shorter than the last"),
    (TWO, 0, 0.25, "1", "0: the first stair ends there"),
    (TWO, 0, 0.4, "1", "−0.6, between −1 and 0, so the stairs wind inwards"),
    (TWO, 0, 0.5, "1", "−1: the stairs follow the same square forever"),
    (TWO, 0, 0.6, "1", "−1.4, steeper than the diagonal, so each stair is longer than the last"),
    (
        *([Example(1, 1), Example(3, -3)], 0, 1.2, "23.5"),
        "1.96, steeper than the diagonal, so each stair is longer than the last",
    ),
]


@pytest.mark.parametrize(("data", "weight", "alpha", "ideal", "slope"), SLOPES)
def test_the_cobweb_in_words(
    data: list[Example], weight: float, alpha: float, ideal: str, slope: str
) -> None:
    """Where map and diagonal meet, how steep the map is, and what that does."""
    said = cobweb_in_words(dynamics_of(train(data, weight=weight, alpha=alpha, iterations=18)))
    assert said == (
        f"The line of the next weight meets the diagonal at {ideal}, the fixed point: there a "
        f"weight stays as it is. The line's slope is the shrink factor {slope}."
    )
    assert number(ideal_weight(data, alpha) or 0) == ideal


ON = "The line of the next weight lies on the diagonal: every weight stays as it is."
BESIDE = (
    "The line of the next weight runs beside the diagonal and never meets it: every iteration "
    "moves the weight on by the same amount."
)
STARTS = "The run starts on the diagonal, where the next weight is the same: it stays there."


@pytest.mark.parametrize(
    ("data", "weight", "alpha", "said"),
    [
        (TWO, 1, 0.6, STARTS),
        (TWO, 0, 0, ON),
        ([Example(0, 3)], 0, 0.1, ON),
        ([Example(2, 2), Example(2, 2)], 0, 0.5, ON),
        ([Example(2, 2), Example(2, 6)], 0, 0.5, BESIDE),
        (
            [Example(1e6, 0)] * 20,
            1,
            1e6,
            "The line of the next weight lies beyond a computer's floats.",
        ),
    ],
)
def test_the_cobweb_where_no_slope_is_told(
    data: list[Example], weight: float, alpha: float, said: str
) -> None:
    """At the answer, on the diagonal, beside it, and beyond floats."""
    assert (
        cobweb_in_words(dynamics_of(train(data, weight=weight, alpha=alpha, iterations=18))) == said
    )


def reel_of(run: Run) -> dict[str, Any]:
    reel: dict[str, Any] = from_json(why_reel(run))
    return reel


BEYOND = [Example(1e6, 1.0)] * 18 + [Example(1e-3, 1.0)] * 2  # B of its pass is no number


@example(train(BEYOND, weight=1, alpha=1e6, iterations=5))
@given(any_run(200))
def test_the_browser_gets_both_weights_bit_for_bit(run: Run) -> None:
    """A pass a place; NaN stands where the formula is beyond floats, and in no other place."""
    reel = reel_of(run)
    columns = {
        name: list(memoryview(b64decode(text)).cast("d")) for name, text in reel["columns"].items()
    }
    count = len(run.examples)
    assert reel["count"] == count
    assert tuple(columns["passes"]) == run.weights[::count]
    after = [weight_after(run.examples, run.weights[0], run.alpha, k)
             for k in range(len(columns["passes"]))]  # fmt: skip
    assert [None if isnan(weight) else weight for weight in columns["formula"]] == after
    assert reel["ideal"] == ideal_weight(run.examples, run.alpha)
    assert reel["words"]["cobweb"] == cobweb_in_words(dynamics_of(run))


@given(any_run(200))
def test_the_browser_can_say_what_python_says(run: Run) -> None:
    """Template and numbers travel along: filled in, they are `formula_sentence`."""
    reel = reel_of(run)
    passes = (len(run.weights) - 1) // len(run.examples)
    said = formula_sentence(run, passes)
    after = weight_after(run.examples, run.weights[0], run.alpha, passes)
    template = reel["templates"]["beyond" if after is None else "formula"]
    words = reel["numbers"] | dict(re.findall(r"^(By training): (.*)$", said, re.MULTILINE))
    for name, text in words.items():
        bracketed = f"({text})" if text.startswith("−") else text
        template = template.replace(f"{{{name}}}", text).replace(f"{{({name})}}", bracketed)
    parts = re.split(r"\{\(?\w+\)?\}", template)
    place = 0
    for part in parts:
        assert part in said[place:], (part, said)
        place = said.index(part, place) + len(part)


def test_equal_runs_give_equal_texts() -> None:
    """The browser goes on where it was when the same run arrives again."""
    one, other = (
        train(TWO, weight=0, alpha=0.1, iterations=18),
        train(TWO, weight=0, alpha=0.1, iterations=19),
    )
    assert why_reel(one) == why_reel(train(TWO, weight=0, alpha=0.1, iterations=18))
    assert why_reel(one) != why_reel(other)
    assert film_reel(one, sweep(*both(one), 0.01)) == film_reel(one, sweep(*both(one), 0.01))
