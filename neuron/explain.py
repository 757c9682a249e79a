"""Numbers as sentences: the verdict, one step's arithmetic, and each picture in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from neuron.convergence import (
    TOLERANCE,
    Regime,
    alpha_limit,
    best_alpha,
    ideal_weight,
    lowest_weight,
    regime,
    shrink_factor,
    stable_ranges,
)
from neuron.settings import as_text
from neuron.training import Example, Run, mean_error, mean_errors

DIGITS = 4
"""Significant digits that the page shows; the exact value is in the table of all steps."""

GIVEN_DIGITS = 12
"""Digits of what the reader typed: 0.49999 must not be repeated as 0.5."""

MOST_DIGITS = 17
"""As many as tell any two floats apart."""

STEP_TEMPLATE = (
    "Step {step} of {last}{place}: "
    "prediction = {input} × {(weight)} = {prediction}; "
    "error = ({prediction} − {(goal)})² = {error}; "
    "delta = {prediction} − {(goal)} = {delta}; "
    "weight_delta = {delta} × {(input)} = {weight_delta}; "
)
"""One step's arithmetic. The page fills it in the browser while it plays; {(x)} is x in brackets
when it is negative. `step_sentence` is the same in Python."""

PLACE_TEMPLATE = " (iteration {iteration}, example {example} of {examples})"
"""Where a step is, when there is more than one example to pass through."""

UPDATE_TEMPLATE = "next weight = {weight} − {alpha} × {(weight_delta)} = {next_weight}"
"""How the arithmetic goes on while there is a next weight."""

END_TEMPLATE = "no more updates, the learned weight is {weight}"
"""How it goes on at the last step."""

START_TEMPLATE = "no update yet"
"""How it goes on where there is only one step, before any training."""


def number(value: float, digits: int = DIGITS) -> str:
    """``value`` as the page shows it: ``0.784``, ``−3``, ``6e17``.

    Rounded half up to so many significant digits, without trailing zeros; whole numbers below
    10 million keep all their digits. Powers of ten as in ``6e17`` below 0.0001 and from 10 million.
    """
    if value == 0:
        return "0"
    exact = Decimal(abs(value))
    digits = max(digits, exact.adjusted() + 1 if exact < 10_000_000 else 0)
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact)
    exponent = rounded.adjusted()
    figures = "".join(map(str, rounded.as_tuple().digits)).rstrip("0")
    sign = "−" if value < 0 else ""
    if not -4 <= exponent < 7:
        fraction = f".{figures[1:]}" if figures[1:] else ""
        return f"{sign}{figures[0]}{fraction}e{'−' if exponent < 0 else ''}{abs(exponent)}"
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{figures}"
    whole = figures[: exponent + 1].ljust(exponent + 1, "0")
    rest = figures[exponent + 1 :]
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def digits_to_resolve(value: float, difference: float) -> int:
    """How many digits of ``value`` show ``difference``, itself shown to `DIGITS`.

    So that ``delta = 1.9999 − 2 = −0.0001`` can be checked by eye, where four digits would read
    ``2 − 2``. Between `DIGITS` and `MOST_DIGITS`.
    """
    if not value or not difference:
        return DIGITS
    apart = Decimal(value).adjusted() - Decimal(difference).adjusted()
    return min(MOST_DIGITS, max(DIGITS, apart + DIGITS))


def step_sentence(run: Run, index: int) -> str:
    """The arithmetic of step ``index`` in one line, down to the next weight."""
    step = run.steps[index]
    last = len(run.weights) - 1
    numbers = {
        "input": number(step.example.input, GIVEN_DIGITS),
        "goal": number(step.example.goal, GIVEN_DIGITS),
        "alpha": number(run.alpha, GIVEN_DIGITS),
        "weight": number(step.weight),
        "prediction": number(step.prediction, digits_to_resolve(step.prediction, step.delta)),
        "delta": number(step.delta),
        "error": number(step.error),
        "weight_delta": number(step.weight_delta),
        "step": str(index),
        "last": str(last),
        "iteration": str(step.iteration + 1),
        "example": str(index % len(run.examples) + 1),
        "examples": str(len(run.examples)),
    }
    template = STEP_TEMPLATE.replace("{place}", PLACE_TEMPLATE if len(run.examples) > 1 else "")
    if index < last:
        after = run.weights[index + 1]
        numbers["weight"] = number(step.weight, digits_to_resolve(step.weight, step.weight - after))
        numbers["next_weight"] = number(after, digits_to_resolve(after, step.weight - after))
        template += UPDATE_TEMPLATE
    else:
        template += END_TEMPLATE if last else START_TEMPLATE
    for name, text in numbers.items():
        bracketed = f"({text})" if text.startswith("−") else text
        template = template.replace(f"{{{name}}}", text).replace(f"{{({name})}}", bracketed)
    return template


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run does and why, in words.

    regime: the kind of run. headline: the kind in a few words. why: one or two sentences with this
    run's numbers. advice: the best alpha and the limit of this input, or what to change.
    """

    regime: Regime
    headline: str
    why: str
    advice: str

    @property
    def sentence(self) -> str:
        """All of it as plain text."""
        return f"{self.headline}. {self.why} {self.advice}"


HEADLINES = {
    Regime.MONOTONE: "Creeps towards the goal",
    Regime.ONE_STEP: "Lands in one step",
    Regime.DAMPED_OSCILLATION: "Overshoots, then zigzags in",
    Regime.SUSTAINED_OSCILLATION: "Bounces for ever",
    Regime.DIVERGENCE: "Blows up",
    Regime.STUCK: "Nothing can be learned",
    Regime.ALREADY_THERE: "Already there",
}

BAND_WORDS = {
    Regime.MONOTONE: "creeps",
    Regime.DAMPED_OSCILLATION: "zigzags in",
    Regime.DIVERGENCE: "blows up",
}
"""What each stretch of the alpha ruler is called."""


def verdict(run: Run) -> Verdict:
    """What this run does and why, from the shrink factor of its training data."""
    kind = regime(run.examples, run.weights[0], run.alpha)
    best, limit = best_alpha(run.examples), alpha_limit(run.examples)
    why = _why_one(run, kind) if len(run.examples) == 1 else _why_many(run, kind)
    if best is None or limit is None:
        advice = "Any other input can be learned from." if kind is Regime.STUCK else ""
    elif len(run.examples) == 1:
        x = number(run.examples[0].input, GIVEN_DIGITS)
        squared = _squared(run)
        advice = (
            f"For input {x} the best alpha is 1/{squared} = {number(best)} and "
            f"the limit is 2/{squared} = {number(limit)}."
        )
    else:
        advice = _advice_many(run, best)
    if run.iterations == 0:
        advice += " With 0 iterations nothing has been trained yet."
    return Verdict(kind, HEADLINES[kind], why, advice.strip())


def _squared(run: Run) -> str:
    """The square of the one example's input, as it is written."""
    x = run.examples[0].input
    return f"({number(x, GIVEN_DIGITS)})²" if x < 0 else f"{number(x, GIVEN_DIGITS)}²"


def _shrink_factor(run: Run) -> str:
    """The shrink factor with as many digits as tell it from 1."""
    factor = shrink_factor(run.examples, run.alpha)
    return number(factor, digits_to_resolve(1, 1 - abs(factor)))


def _why_one(run: Run, kind: Regime) -> str:
    (example,) = run.examples
    start = run.weights[0]
    factor = shrink_factor(run.examples, run.alpha)
    begin = number(start, GIVEN_DIGITS)
    shrink = (
        f"1 − alpha × input² = 1 − {number(run.alpha, GIVEN_DIGITS)} × {_squared(run)} = "
        + _shrink_factor(run)
    )
    shrink = shrink.replace(" × ", "\u00a0×\u00a0").replace(" − ", "\u00a0−\u00a0")
    ideal = ideal_weight(run.examples, run.alpha) or 0.0
    miss = f"the miss (how far the weight is from {number(ideal)})"
    if kind is Regime.MONOTONE:
        return f"Each update multiplies {miss} by the shrink factor {shrink}: it only gets smaller."
    if kind is Regime.ONE_STEP:
        return f"The shrink factor is {shrink}: one update leaves nothing of {miss}."
    if kind is Regime.DAMPED_OSCILLATION:
        return (
            f"Each update multiplies {miss} by the shrink factor {shrink}: it lands on the other "
            "side, but closer."
        )
    if kind is Regime.SUSTAINED_OSCILLATION:
        return (
            f"The shrink factor {shrink} turns {miss} round and keeps its size: the weight bounces "
            f"between {begin} and {number(2 * ideal - start)}, and the error never changes."
        )
    if kind is Regime.DIVERGENCE:
        times = number(abs(factor), digits_to_resolve(1, 1 - abs(factor)))
        return (
            f"Each miss is {times} times the last, on the other side: the shrink factor is "
            f"{shrink}. {_end(run)}"
        )
    if kind is Regime.ALREADY_THERE:
        return (
            f"The starting weight {begin} predicts {number(run.predictions[0])}, exactly the goal: "
            "delta is 0 and no update changes anything."
        )
    if example.input == 0:
        return (
            "With input 0 the prediction is 0 × weight = 0 whatever the weight is, and "
            "weight_delta = delta × 0 = 0: no update ever moves the weight."
        )
    return "Alpha is 0: every update is 0 × weight_delta = 0, so the weight never moves."


def _why_many(run: Run, kind: Regime) -> str:
    factor = shrink_factor(run.examples, run.alpha)
    count = len(run.examples)
    ideal = ideal_weight(run.examples, run.alpha)
    shrink = f"the shrink factor {_shrink_factor(run)}, the product of 1 − alpha × input² over all"
    if kind is Regime.ALREADY_THERE:
        return f"The starting weight {number(run.weights[0])} meets all {count} goals exactly."
    if kind is Regime.STUCK:
        return (
            "Alpha is 0, so no update ever moves the weight."
            if run.alpha == 0
            else "Every input is 0, so no update ever moves the weight."
        )
    if kind is Regime.DIVERGENCE:
        return f"Each iteration multiplies the miss by {shrink} {count} examples. {_end(run)}"
    if kind is Regime.SUSTAINED_OSCILLATION:
        return f"Each iteration turns the miss round: {shrink} {count} examples, is −1."
    side = "" if factor >= 0 else ", which changes its side"
    aim = f"the weight {number(ideal)}" if ideal is not None else "one weight"
    return (
        f"Each iteration multiplies the miss by {shrink} {count} examples{side}. {_aim(run, aim)}"
    )


def _aim(run: Run, aim: str) -> str:
    """Where a run on several examples settles, and whether that meets all goals."""
    bottom = lowest_weight(run.examples)
    if bottom is None:
        return ""
    left = mean_error(run.examples, bottom)
    scale = mean_error(run.examples, 0.0)
    if left <= TOLERANCE * scale:
        return f"It settles at {aim}, which meets every goal."
    return (
        f"No weight meets all the goals: it settles at {aim}, a compromise; the mean error is "
        f"never below {number(left)}."
    )


def _advice_many(run: Run, best: float) -> str:
    ranges = [f"{number(low)} and {number(high)}" for low, high in stable_ranges(run.examples)]
    again = f", and again between {', and '.join(ranges[1:])}" if ranges[1:] else ""
    return f"The best alpha is {number(best)}; it settles between {ranges[0]}{again}."


def _end(run: Run) -> str:
    error = number(mean_errors(run.examples, run)[-1])
    after = f"After {_steps(len(run.errors) - 1)} the error is {error}."
    if run.overflowed_at is None:
        return after
    return (
        f"{after} There the run stops: the next number is too large for a computer's floats "
        "(1.8e308)."
    )


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


def neuron_in_words(run: Run) -> str:
    """The neuron's picture in words, without what changes from step to step."""
    if len(run.examples) > 1:
        return (
            f"Neuron: input times weight gives the prediction. It passes through "
            f"{len(run.examples)} examples in turn, each with its own input and goal."
        )
    (example,) = run.examples
    return (
        f"Neuron: input {number(example.input)} times the weight gives the prediction, "
        f"which should be the goal {number(example.goal)}."
    )


def bowl_in_words(run: Run) -> str:
    """The error bowl in words."""
    errors = mean_errors(run.examples, run)
    bottom = lowest_weight(run.examples)
    if bottom is None:
        return (
            f"Error bowl: flat. With input 0 the error is {number(errors[0])} at every weight, so "
            "there is no way down."
        )
    return (
        f"Error bowl: the error at every weight, {number(mean_error(run.examples, bottom))} at "
        f"weight {number(bottom)}, higher the further away. The ball starts at weight "
        f"{number(run.weights[0])} with error {number(errors[0])} and ends at weight "
        f"{number(run.weights[-1])} with error {number(errors[-1])}."
    )


def weight_in_words(run: Run) -> str:
    """The chart of weight by step in words."""
    return (
        f"Weight by step: from {number(run.weights[0])} to {number(run.weights[-1])} in "
        f"{_steps(len(run.weights) - 1)}."
    )


def error_in_words(run: Run, test: Sequence[Example] = ()) -> str:
    """The chart of error by step in words."""
    errors = mean_errors(run.examples, run)
    words = (
        f"Error by step: from {number(errors[0])} to {number(errors[-1])} in "
        f"{_steps(len(errors) - 1)}."
    )
    if test:
        errors = mean_errors(test, run)
        words += f" Test error: from {number(errors[0])} to {number(errors[-1])}."
    return words


def every_step(run: Run) -> dict[str, list[Any]]:
    """The table of all steps, by column: each number exactly, as the shortest text that is it."""
    count = len(run.examples)
    columns = {
        "weight": run.weights,
        "prediction": run.predictions,
        "error": run.errors,
        "delta": run.deltas,
        "weight_delta": run.weight_deltas,
    }
    numbers = {name: [as_text(value) for value in column] for name, column in columns.items()}
    table: dict[str, list[Any]] = {"step": list(range(len(run.weights)))}
    if count > 1:
        table["example"] = [k % count + 1 for k in table["step"]]
    return table | numbers


ARITHMETIC = """
| | | |
|---|---|---|
| `prediction = input * weight` | what the neuron answers | forward propagation |
| `delta = prediction - goal` | which way it is off, and how far | signed |
| `error = delta * delta` | how bad that is | squared, so never negative |
| `weight_delta = delta * input` | what this example asks of the weight | the slope of the bowl |
| `weight = weight - alpha * weight_delta` | the update | alpha is the learning rate |

**Why it learns, bounces or blows up.** Let the *miss* be how far the weight is from the ideal
weight, goal ÷ input. Put the five lines together and one update turns the miss into
(1 − alpha × input²) × miss. That factor is the *shrink factor*. Between 0 and 1 the weight creeps
in; at 0 it lands in one step, which makes alpha = 1/input² the best; between −1 and 0 it overshoots
and zigzags in; at −1, where alpha = 2/input², it bounces for ever; beyond, every miss is larger
than the last.

**A factor of 2.** The true slope of the error is 2 × delta × input. As in the book that this rule
comes from, the 2 is left to alpha: an alpha of 0.1 here is a learning rate of 0.05 in a library
that follows the true slope.

Sources: Andrew Trask, *Grokking Deep Learning*, chapter 4 (the rule, in this order). Gabriel Goh,
*Why Momentum Really Works*, Distill 2017 (the limit, as 0 < alpha × lambda < 2 with
lambda = input²).
"""
"""The closer look at the arithmetic, in Markdown."""
