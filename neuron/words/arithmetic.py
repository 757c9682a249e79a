"""One step's arithmetic as it is printed: every line is true for the numbers it shows.

A line has ``=`` only if its printed numbers give exactly its printed result, else ``≈``. The number
of digits is chosen so that as many lines as possible have ``=``. The browser's arithmetic.js, which
prints while a run plays, follows the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from itertools import product
from math import isfinite

from neuron.core.slips import Judged, Slip
from neuron.words.numbers import (
    DIGITS,
    GIVEN_DIGITS,
    MOST_DIGITS,
    THIN_SPACE,
    bracketed,
    digits_to_resolve,
    exactly,
    filled,
    number,
    prediction_digits,
)

MORE_DIGITS = 2
"""How many extra digits a number may have to make a line exact."""

_EXACT = Context(prec=5000, Emax=MAX_EMAX, Emin=MIN_EMIN)
_POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@dataclass(frozen=True, slots=True)
class Convention:
    """How error, slope and learning rate are defined; a run's weights are the same in each.

    label: its name in the selection box. halves: whether the error is half of delta squared. twice:
    whether what is sent back has the factor 2 of the true derivative. rate: the factor from the
    book's alpha to this convention's learning rate, also for the best alpha and the limit.
    """

    label: str
    halves: bool
    twice: bool
    rate: float


CONVENTIONS: Mapping[str, Convention] = {
    "book": Convention("The book: delta × input", halves=False, twice=False, rate=1.0),
    "derivative": Convention(
        "True derivative: 2 × delta × input", halves=False, twice=True, rate=0.5
    ),
    "half": Convention("Half-squared error: delta²/2", halves=True, twice=False, rate=1.0),
}
"""The conventions by their name in the address."""

BOOK = CONVENTIONS["book"]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one step, named as in the rule.

    next_weight: after the update; None without one. given: whether the weight is the one that the
    reader set, which is printed as given.
    """

    input: float
    goal: float
    alpha: float
    weight: float
    prediction: float
    delta: float
    error: float
    weight_delta: float
    next_weight: float | None = None
    given: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: ``symbols`` (``delta = prediction − goal``), ``numbers`` (``1.568 − 2``),
    ``sign`` (``=`` or ``≈``) and ``result`` (``−0.432``). name: what it computes.
    """

    name: str
    symbols: str
    numbers: str
    sign: str
    result: str

    @property
    def text(self) -> str:
        """``delta = prediction − goal: 1.568 − 2 = −0.432``."""
        return f"{self.symbols}: {self.numbers} {self.sign} {self.result}"


def lines_of(convention: Convention = BOOK) -> Mapping[str, tuple[str, str]]:
    """The symbols and the template of numbers for each of the five lines, by what it computes.

    ``{(x)}`` puts x in brackets if it contains a sign.
    """
    slope = "derivative" if convention.twice or convention.halves else "weight_delta"
    rate = "alpha" if convention.rate == 1 else "rate"
    half, halved = (" ÷ 2", " ÷ 2") if convention.halves else ("", "")
    two = "2 × " if convention.twice else ""
    delta = "{(delta)}" if convention.twice else "{delta}"
    return {
        "prediction": ("prediction = input × weight", "{input} × {(weight)}"),
        "delta": ("delta = prediction − goal", "{prediction} − {(goal)}"),
        "error": (f"error = delta × delta{half}", f"{{delta}} × {{(delta)}}{halved}"),
        "weight_delta": (f"{slope} = {two}delta × input", f"{two}{delta} × {{(input)}}"),
        "next_weight": (
            f"weight = weight − {rate} × {slope}",
            "{weight} − {alpha} × {(weight_delta)}",
        ),
    }


def texts_of(
    step: Numbers,
    digits: int | None = DIGITS,
    most: int = MOST_DIGITS,
    convention: Convention = BOOK,
) -> tuple[dict[str, str], dict[str, str]]:
    """The numbers of a step as text, and the sign of each line, both by name.

    digits: how many significant digits; a number may have up to `MORE_DIGITS` more to make a line
    exact, and as many as it takes, up to ``most``, to tell the prediction from the goal and the new
    weight from the old. None for all digits of the floats.
    """
    options = _options(step, digits, most, convention)
    names = list(options)
    holds = {
        line: {
            chosen: formula(*map(valued, chosen[:-1])) == valued(chosen[-1])
            for chosen in product(*(options[name] for name in (*operands, line)))
        }
        for line, (operands, formula) in _formulas(convention).items()
        if line in options
    }
    best, texts, signs = (-1, 0), {}, {}
    for chosen in product(*options.values()):
        by_name = dict(zip(names, chosen, strict=True))
        lines = {
            line: known[tuple(by_name[name] for name in (*_OPERANDS[line], line))]
            for line, known in holds.items()
        }
        score = (sum(lines.values()), -sum(map(len, chosen)))
        if score > best:
            best, texts = score, by_name
            signs = {line: "=" if held else "≈" for line, held in lines.items()}
    return texts, signs


def printed(
    step: Numbers,
    digits: int | None = DIGITS,
    convention: Convention = BOOK,
) -> tuple[Line, ...]:
    """The lines of a step: five, or four if no update follows; see `texts_of`."""
    texts, signs = texts_of(step, digits, convention=convention)
    return tuple(
        Line(name, symbols, filled(template, texts), signs[name], texts[name])
        for name, (symbols, template) in lines_of(convention).items()
        if name in signs
    )


def valued(text: str) -> Decimal:
    """The exact number that a text on the page stands for; NaN for infinity."""
    if "∞" in text:
        return Decimal("NaN")
    plain = text.replace("−", "-").replace(THIN_SPACE, "").replace("\u00a0×\u00a010", "e")
    return Decimal(plain.translate(_POWERS))


_OPERANDS = {
    "prediction": ("input", "weight"),
    "delta": ("prediction", "goal"),
    "error": ("delta",),
    "weight_delta": ("delta", "input"),
    "next_weight": ("weight", "alpha", "weight_delta"),
}


def _formulas(
    convention: Convention,
) -> Mapping[str, tuple[tuple[str, ...], Callable[..., Decimal]]]:
    """The operands of each line, and its formula without rounding."""
    times, minus = _EXACT.multiply, _EXACT.subtract
    part = Decimal("0.5") if convention.halves else Decimal(1)
    factor = Decimal(2) if convention.twice else Decimal(1)
    formulas: dict[str, Callable[..., Decimal]] = {
        "prediction": times,
        "delta": minus,
        "error": lambda delta: times(part, times(delta, delta)),
        "weight_delta": lambda delta, by: times(factor, times(delta, by)),
        "next_weight": lambda weight, rate, slope: minus(weight, times(rate, slope)),
    }
    return {name: (_OPERANDS[name], formula) for name, formula in formulas.items()}


def _options(
    step: Numbers, digits: int | None, most: int, convention: Convention
) -> dict[str, list[str]]:
    """The texts each number may have, by name, the shortest first."""
    values = {
        "weight": step.weight,
        "prediction": step.prediction,
        "delta": step.delta,
        "error": step.error / 2 if convention.halves else step.error,
        "weight_delta": step.weight_delta * (2 if convention.twice else 1),
    }
    if step.next_weight is not None:
        values["next_weight"] = step.next_weight
    rate = step.alpha * convention.rate
    fixed = {"input": step.input, "goal": step.goal, "alpha": rate}
    if digits is None:
        return {name: [exactly(value)] for name, value in (fixed | values).items()}
    told = max(digits, min(most, prediction_digits(step.prediction, step.goal)))
    least = dict.fromkeys(values, digits) | {"weight": told, "prediction": told}
    if step.next_weight is not None:
        left = step.next_weight
        change = left - step.weight

        def resolved(value: float, difference: float) -> int:
            return min(most, digits_to_resolve(value, difference))

        # Both weights must show the change, and both terms of the subtraction must be precise
        # enough to show the new weight.
        least["weight"] = max(told, resolved(step.weight, change), resolved(step.weight, left))
        least["next_weight"] = max(told, resolved(left, change))
        least["weight_delta"] = max(digits, resolved(change, left))
    options = {name: [number(value, GIVEN_DIGITS)] for name, value in fixed.items()}
    for name, value in values.items():
        several = range(least[name], least[name] + MORE_DIGITS + 1)
        options[name] = list(dict.fromkeys(number(value, count) for count in several))
    if step.given:
        options["weight"] = [number(step.weight, GIVEN_DIGITS)]
    return options


CHAIN = (
    (
        "Why times the input?",
        "The {weight:weight} reaches the prediction only through the input: raise the weight by "
        "a little, and the prediction rises by input times as much. So the input says how "
        "strongly the weight affects the prediction. At input 0 the weight has no effect, and is "
        "left as it is.",
    ),
    (
        "Why is the sign right?",
        "{error:Delta} is positive where the prediction is too high. With a positive input a "
        "larger weight would only raise it further, so the update subtracts. With a negative "
        "input a larger weight lowers the prediction: delta × input has the opposite sign to "
        "delta, and the weight goes the other way. Either way delta × input points uphill, and "
        "subtracting it goes downhill.",
    ),
    (
        "Why is the error squared?",
        "So that a prediction above the goal and one below it both count, and never cancel out. "
        "A delta twice as large counts four times as much. And the bowl is smooth: its slope "
        "shrinks with delta, so the steps become smaller by themselves on the way to the bottom.",
    ),
    (
        "Where did the 2 go?",
        "Along the chain: when delta changes by a tiny amount, delta × delta changes 2 × delta "
        "times as much; delta changes as much as the prediction; the prediction changes input "
        "times as much as the weight. So the true slope of the error is 2 × delta × input. The "
        "book keeps half of it, and lets alpha absorb the 2: an alpha of 0.1 in the book is a "
        "learning rate of 0.05 in a library that follows the true slope. Others begin with half "
        "of the squared error, whose slope is delta × input.",
    ),
)
"""Questions that readers ask about the chain rule, with answers, in the story's markup."""

SOURCES = (
    "Sources: Andrew Trask, Grokking Deep Learning, chapter 4 (the rule, in this order). Gabriel "
    "Goh, Why Momentum Really Works, Distill 2017 (the limit, as 0 < alpha × lambda < 2 with "
    "lambda = input²)."
)

CLAUSES: Mapping[Slip, str] = {
    Slip.NO_INPUT: "the multiplication by the input was left out",
    Slip.NO_ALPHA: "alpha was left out",
    Slip.WRONG_SIGN: "the sign is wrong",
    Slip.ERROR_FOR_DELTA: "the error was used in place of delta",
    Slip.TWICE_DELTA: "2 × delta was used, but the book lets alpha absorb the 2",
    Slip.ADDED: "something was added that should be subtracted, or a minus sign was lost",
    Slip.OLD_PREDICTION: "the previous step's prediction was used",
    Slip.SQUARED_WRONGLY: "the squaring went wrong: it is delta × delta",
    Slip.CHANGE_ALONE: "this is only the change, without the old weight",
    Slip.UNCHANGED: "this is the weight from before the update",
    Slip.ROUNDED_EARLY: "a number was rounded too early, or truncated",
}
"""What the reader is told about each slip."""


def judged_in_words(judged: Judged, exact: bool) -> str:
    """What a learner is told about an answer. exact: whether it is exactly right."""
    if judged.right:
        return "Right." if exact else "Right, to the digits you gave."
    if judged.coarse:
        return "Too few digits to tell. Give one more."
    if not judged.slips:
        return "Not yet. Try the hints."
    clauses = [CLAUSES[slip] for slip in judged.slips[:2]]
    either = "either " if len(clauses) > 1 else ""
    return f"Not yet: it looks as if {either}{', or '.join(clauses)}."


@dataclass(frozen=True, slots=True)
class Station:
    """A station on the gap's way: its name, the factor leading to it, its value and its text."""

    name: str
    by: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Film:
    """A gap of 1 followed through one example, with a sentence for each thing it shows."""

    stations: tuple[Station, ...]
    sentences: tuple[str, ...]


def why_squared(input: float, alpha: float, told: bool, alone: bool = True) -> Film:
    """Why ``input`` counts twice: a gap of 1 in the weight is changed by ``alpha * input**2``.

    From this follow the best alpha and the limit, ``1 / input**2`` and ``2 / input**2``. told:
    whether it may reveal what a run will do. alone: whether it is the only example: several
    examples share one best alpha. Every line is true as printed.
    """
    x, rate = number(input, GIVEN_DIGITS), number(alpha, GIVEN_DIGITS)
    square = input * input
    back = _line(f"{x} × {bracketed(x)}", _EXACT.multiply(valued(x), valued(x)), square)
    x2 = back.rpartition(" ")[2]
    pull = _line(f"{rate} × {x2}", _EXACT.multiply(valued(rate), valued(x2)), alpha * square)
    closed = pull.rpartition(" ")[2]
    rest = _EXACT.subtract(Decimal(1), valued(closed))
    left = _line(f"1 − {bracketed(closed)}", rest, float(rest))
    stations = (
        Station("gap", "", 1.0, "1"),
        Station("delta", f"× input {x}", input, x),
        Station("weight_delta", f"× input {x}", square, x2),
        Station("change", f"× alpha {rate}", alpha * square, closed),
    )
    sentences = [
        f"Suppose the {{weight:weight}} is 1 too high. Then the prediction is off by input times "
        f"as much: {{error:delta}} is 1 × {bracketed(x)} = {x}.",
        f"Sent back, it is multiplied by the input once more: delta × input is {back}. That is "
        "input².",
        f"The update takes alpha times that from the weight: {pull}.",
    ]
    if not input:
        sentences[2:] = ["Nothing comes through at input 0: no alpha moves this weight."]
    elif told and square and isfinite(2 / square):
        whose = "" if alone else " for this example alone"
        best = _line(f"1 ÷ {x2}", None, 1 / square, 1, x2)
        limit = _line(f"2 ÷ {x2}", None, 2 / square, 2, x2)
        sentences += [
            f"What is left of the gap of 1 is {left}.",
            f"All of it is gone where alpha × input² is 1. So the best alpha{whose} is {best}.",
            f"Where alpha × input² is 2, the gap only changes sides. So the limit{whose} is "
            f"{limit}; beyond it the gap grows.",
        ]
    return Film(stations, tuple(sentences))


def _line(
    numbers: str, by_hand: Decimal | None, value: float, dividend: int = 0, divisor: str = ""
) -> str:
    """``2 × 2 = 4``: the result with four to six digits, and ``=`` if the line is exact."""
    for digits in range(DIGITS, DIGITS + MORE_DIGITS + 1):
        text = number(value, digits)
        if by_hand is None:
            held = _EXACT.multiply(valued(text), valued(divisor)) == dividend
        else:
            held = valued(text) == by_hand
        if held:
            return f"{numbers} = {text}"
    return f"{numbers} ≈ {number(value)}"


def scaled(value: float | None, convention: Convention) -> str:
    """A best alpha or a limit as this convention's learning rate: ``0.125``; ``none`` for None."""
    return "none" if value is None else number(value * convention.rate, DIGITS + MORE_DIGITS)
