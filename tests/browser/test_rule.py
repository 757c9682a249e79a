"""The browser repeats the rule, and writes numbers as Python does: compared bit for bit."""

from __future__ import annotations

import json
import math
import struct
from array import array
from base64 import b64decode
from itertools import chain
from random import Random
from sys import float_info
from typing import Any

from browser.reader import Open
from neuron import Example, train
from neuron.charts.downsampling import downsample
from neuron.core.training import mean_errors
from neuron.player import files
from neuron.words.numbers import (
    GIVEN_DIGITS,
    digits_to_resolve,
    filled,
    number,
    prediction_digits,
    superscript,
)

COLUMNS = ("weights", "predictions", "deltas", "errors", "weight_deltas")
RUNS, MOST_STEPS = 10_000, 40
NUMBERS = 20_000

# Doubles travel as text that reads back exactly, and come back as their bits: all in one text,
# because Playwright takes its time over lists.
IN_THE_BROWSER = """async (cases) => {
    const { train, meanErrors, downsample } = await import("/RULE");
    return JSON.stringify(JSON.parse(cases).map(({ test, most, ...settings }) => {
        const run = train(settings);
        const errors = [settings.examples, test].map((data) => meanErrors(data, run.weight));
        const all = [...Object.values(run), ...errors].flatMap((column) => [...column]);
        let bits = "";
        for (const byte of new Uint8Array(new Float64Array(all).buffer))
            bits += String.fromCharCode(byte);
        return [btoa(bits), downsample(run.weight, most)];
    }));
}""".replace("RULE", files.address("rule.js"))
WRITTEN = """async (texts) => {
    const { number, given, superscript, digitsToResolve, predictionDigits, fillTemplate }
        = await import("/DIGITS");
    const values = JSON.parse(texts).map(Number);
    return JSON.stringify(values.map((value, k) => {
        const other = values[(k + 1) % values.length];
        return {
            four: number(value),
            some: number(value, 1 + k % 17),
            given: given(value),
            resolve: digitsToResolve(value, other),
            goal: predictionDigits(value, k % 3 ? other : value),
            filled: fillTemplate("{a} − {(b)} × {(a)}{c}", { a: number(value), b: number(other) }),
            power: superscript(k - 1000),
        };
    }));
}""".replace("DIGITS", files.address("digits.js"))


def any_double(draw: Random) -> float:
    """All bit patterns alike, but for infinity and NaN."""
    while True:
        (value,) = struct.unpack("<d", draw.randbytes(8))
        if math.isfinite(value):
            return float(value)


def plain(draw: Random) -> float:
    return draw.choice([draw.uniform(-10, 10), float(draw.randint(-9, 9)), draw.gauss(0, 1)])


def sized(draw: Random) -> float:
    """The sizes that the page's fields let in, each power of ten as likely as another."""
    size = 10 ** draw.uniform(-320, 6)
    return draw.choice([-1, 1]) * size


def case(draw: Random) -> tuple[list[Example], float, float, int, list[Example]]:
    """A run on one or several examples: settling, bouncing, blowing up, at any size of floats."""
    value = draw.choice([plain, plain, plain, sized, any_double])
    examples = [Example(value(draw), value(draw)) for _ in range(draw.choice([1, 1, 2, 3, 20]))]
    largest = max(abs(e.input) for e in examples)
    limit = 2 / largest / largest if largest > 1e-150 else math.inf
    alpha = draw.choice([draw.uniform(0, 1.5) * limit, abs(value(draw)), draw.uniform(0, 1e6)])
    alpha = alpha if math.isfinite(alpha) else 1.0
    iterations = draw.randint(0, max(1, MOST_STEPS // len(examples)))
    if draw.random() < 0.01:
        iterations = 600  # to the end of floats, where it blows up
    test = [Example(value(draw), value(draw)) for _ in range(draw.choice([1, 2, 7]))]
    return examples, value(draw), alpha, iterations, test


def test_the_browser_repeats_the_rule_bit_for_bit(open_page: Open) -> None:
    """Every column of 10,000 random runs, their mean errors, and which steps are drawn."""
    page, draw = open_page().page, Random(20)
    overflowed = several = 0
    for _ in range(10):
        cases: list[dict[str, Any]] = []
        expected: list[tuple[bytes, list[int]]] = []
        for _ in range(RUNS // 10):
            examples, weight, alpha, iterations, test = case(draw)
            run = train(examples, weight=weight, alpha=alpha, iterations=iterations)
            overflowed += run.overflowed_at is not None
            several += len(examples) > 1
            most = draw.choice([6, 30, 60, 120, 240])
            errors = (mean_errors(examples, run), mean_errors(test, run))
            columns = chain(*(getattr(run, name) for name in COLUMNS), *errors)
            expected.append((array("d", columns).tobytes(), downsample(run.weights, most)))
            sent: dict[str, Any] = {"weight": weight, "alpha": alpha, "most": most}
            sent["iterations"] = iterations
            for name, data in {"examples": examples, "test": test}.items():
                sent[name] = [{"input": one.input, "goal": one.goal} for one in data]
            cases.append(sent)
        found = json.loads(page.evaluate(IN_THE_BROWSER, json.dumps(cases)))
        for settings, ours, (bits, drawn) in zip(cases, expected, found, strict=True):
            assert (b64decode(bits), drawn) == ours, settings
    assert overflowed > RUNS / 20
    assert several > RUNS / 3


TRICKY = [
    *(9.99996e-8, 9.9994e-8, 999999999999999.5, 9999.5, -5e-324, 0.0, -0.0, 9999.4),
    *(0.00012345, 0.5 + 2**-5, 2.5e-9, 123456.5, 0.5000000001, float_info.max, -float_info.max),
]
"""Where a rounding or the form of a number turns."""


def numbers(draw: Random) -> list[float]:
    """Of every size, with as few digits as a reader types and as many as floats have."""
    halves = [draw.randint(-99999, 99999) / 2 ** draw.randint(0, 30) for _ in range(NUMBERS // 4)]
    decimal = [float(f"{draw.uniform(-10, 10):.{draw.randint(0, 9)}f}e{draw.randint(-25, 25)}")
               for _ in range(NUMBERS // 4)]  # fmt: skip
    nines = [float(f"{draw.choice([9, 99, 999])}.{'9' * draw.randint(0, 14)}{draw.randint(0, 9)}"
                   f"e{draw.randint(-20, 20)}") for _ in range(NUMBERS // 4)]  # fmt: skip
    doubles = [any_double(draw) for _ in range(NUMBERS // 4)]
    found = [*TRICKY, *halves, *decimal, *nines, *doubles]
    draw.shuffle(found)
    return found


def test_the_browser_writes_numbers_as_python_does(open_page: Open) -> None:
    """To four digits, to any count, as they were given, as exponents and within sentences."""
    values = numbers(Random(7))
    texts = json.dumps([repr(value) for value in values])
    found = json.loads(open_page().page.evaluate(WRITTEN, texts))
    for k, (value, theirs) in enumerate(zip(values, found, strict=True)):
        other = values[(k + 1) % len(values)]
        assert theirs == {
            "four": number(value),
            "some": number(value, 1 + k % 17),
            "given": number(value, GIVEN_DIGITS),
            "resolve": digits_to_resolve(value, other),
            "goal": prediction_digits(value, other if k % 3 else value),
            "filled": filled("{a} − {(b)} × {(a)}{c}", {"a": number(value), "b": number(other)}),
            "power": superscript(k - 1000),
        }, (value, other)
