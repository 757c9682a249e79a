"""A learner's answer to a step done by hand: whether it is right and, if not, which slip led to it.

A slip is recognised by its result: what you get with this one mistake and everything else right.
Several slips may give the same number, or the right one; then all of them are reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import floor, isfinite, log10

NOISE = 1e-12
"""Rounding error, relative to the numbers added up: what is 0 by hand may be just off 0."""

FEWEST_DIGITS = 2
"""An answer with fewer significant digits matches too many numbers, unless it is exact."""


class Asked(Enum):
    """The five lines of a step, in order."""

    PREDICTION = "prediction"
    DELTA = "delta"
    ERROR = "error"
    WEIGHT_DELTA = "weight_delta"
    WEIGHT = "weight"


class Slip(Enum):
    """The common mistakes."""

    NO_INPUT = "forgot to multiply by the input"
    NO_ALPHA = "forgot alpha"
    WRONG_SIGN = "wrong sign"
    ERROR_FOR_DELTA = "used error in place of delta"
    TWICE_DELTA = "used 2 × delta"
    ADDED = "added instead of subtracted"
    OLD_PREDICTION = "used the old prediction"
    SQUARED_WRONGLY = "squared wrongly"
    CHANGE_ALONE = "gave only the change of the weight"
    UNCHANGED = "gave the weight from before the update"
    ROUNDED_EARLY = "rounded too early"


@dataclass(frozen=True, slots=True)
class Situation:
    """A step to be worked out.

    input, goal: from its example. weight: before its update. alpha: the learning rate.
    old_prediction: from the previous step, which the learner can see; None for a first step.
    """

    input: float
    goal: float
    weight: float
    alpha: float
    old_prediction: float | None = None

    @property
    def prediction(self) -> float:
        """``input * weight``."""
        return self.input * self.weight

    @property
    def delta(self) -> float:
        """``prediction - goal``."""
        return self.prediction - self.goal

    @property
    def error(self) -> float:
        """``delta * delta``."""
        return self.delta * self.delta

    @property
    def weight_delta(self) -> float:
        """``delta * input``."""
        return self.delta * self.input

    @property
    def next_weight(self) -> float:
        """``weight - alpha * weight_delta``."""
        return self.weight - self.alpha * self.weight_delta

    def answer(self, asked: Asked) -> float:
        """The right answer for a line."""
        return float(getattr(self, "next_weight" if asked is Asked.WEIGHT else asked.value))

    def size(self, asked: Asked) -> float:
        """The size of the numbers that an answer is made of: see `NOISE`."""
        sides = abs(self.prediction) + abs(self.goal)
        match asked:
            case Asked.PREDICTION:
                return abs(self.prediction)
            case Asked.DELTA:
                return sides
            case Asked.ERROR:
                return sides * abs(self.delta)
            case Asked.WEIGHT_DELTA:
                return sides * abs(self.input)
            case Asked.WEIGHT:
                return abs(self.weight) + sides * abs(self.input * self.alpha)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on an answer.

    right: whether it is right, to the digits given. coarse: whether it matches the right answer,
    but has too few digits to tell. slips: the slips that lead to it; with too few digits, only
    those that give exactly this number.
    """

    right: bool
    coarse: bool
    slips: tuple[Slip, ...]


def judge(
    asked: Asked,
    answer: float,
    unit: float,
    situations: Sequence[Situation],
    also: Iterable[float] = (),
) -> Judged:
    """Whether an answer is right, and which slips lead to it.

    answer: finite or not. unit: the place value of its last digit, 0.01 for ``1.57``; 0 if it is
    exact, like a fraction. situations: the step with its exact numbers, and with the printed ones:
    an answer that is right for either is right. also: other numbers that are right. Truncating
    instead of rounding is `Slip.ROUNDED_EARLY`.
    """
    if not isfinite(answer):
        return Judged(False, False, ())
    few = abs(answer) < 10 ** (FEWEST_DIGITS - 1) * unit * (1 - NOISE)
    right = near = cut = plain = False
    slips: list[Slip] = []
    noises = [NOISE * situation.size(asked) for situation in situations]
    rights = [(s.answer(asked), noise) for s, noise in zip(situations, noises, strict=True)]
    rights += [(value, max(noises, default=0.0)) for value in also]
    for value, noise in rights:
        right |= abs(answer - value) <= noise
        near |= _within(answer, value, unit, noise)
        cut |= abs(answer) <= abs(value) and _within(answer, value, 2 * unit, noise)
    for situation, noise in zip(situations, noises, strict=True):
        for slip in Slip:
            values = slip_answers(situation, asked, slip)
            if any(_within(answer, value, unit, noise) for value in values):
                slips.append(slip)
            plain |= any(abs(answer - value) <= noise for value in values)
    if cut and not near and not few:
        slips.append(Slip.ROUNDED_EARLY)
    right |= near and not few
    if few and not plain:  # it may have come about in many ways
        slips = []
    return Judged(right, few and near and not right, tuple(dict.fromkeys(slips)))


def slip_answers(situation: Situation, asked: Asked, slip: Slip) -> tuple[float, ...]:
    """The answers that a slip can lead to; none if it does not apply."""
    if slip is Slip.ROUNDED_EARLY:
        return tuple(_rounded_early(situation, asked))
    return tuple(value for of, value in _slipped(situation, asked) if of is slip)


def _slipped(it: Situation, asked: Asked) -> Iterable[tuple[Slip, float]]:
    """The answers of every slip except early rounding."""
    old = it.old_prediction
    match asked:
        case Asked.PREDICTION:
            yield Slip.NO_INPUT, it.weight
            yield Slip.WRONG_SIGN, -it.prediction
            if old is not None:
                yield Slip.OLD_PREDICTION, old
        case Asked.DELTA:
            yield Slip.NO_INPUT, it.weight - it.goal
            yield Slip.WRONG_SIGN, it.goal - it.prediction
            yield Slip.ADDED, it.prediction + it.goal
            yield Slip.ERROR_FOR_DELTA, it.error
            yield Slip.TWICE_DELTA, 2 * it.delta
            if old is not None:
                yield Slip.OLD_PREDICTION, old - it.goal
        case Asked.ERROR:
            yield Slip.SQUARED_WRONGLY, it.delta
            yield Slip.SQUARED_WRONGLY, abs(it.delta)
            yield Slip.SQUARED_WRONGLY, 2 * it.delta
            yield Slip.SQUARED_WRONGLY, 2 * abs(it.delta)
            yield Slip.SQUARED_WRONGLY, it.prediction * it.prediction - it.goal * it.goal
            yield Slip.WRONG_SIGN, -it.error
            yield Slip.TWICE_DELTA, 4 * it.error
            yield Slip.ADDED, _squared(it.prediction + it.goal)
            yield Slip.NO_INPUT, _squared(it.weight - it.goal)
            if old is not None:
                yield Slip.OLD_PREDICTION, _squared(old - it.goal)
        case Asked.WEIGHT_DELTA:
            yield Slip.NO_INPUT, it.delta
            yield Slip.WRONG_SIGN, -it.weight_delta
            yield Slip.ERROR_FOR_DELTA, it.error * it.input
            yield Slip.TWICE_DELTA, 2 * it.weight_delta
            yield Slip.ADDED, (it.prediction + it.goal) * it.input
            if old is not None:
                yield Slip.OLD_PREDICTION, (old - it.goal) * it.input
        case Asked.WEIGHT:
            yield Slip.NO_INPUT, it.weight - it.alpha * it.delta
            yield Slip.NO_ALPHA, it.weight - it.weight_delta
            yield Slip.ADDED, it.weight + it.alpha * it.weight_delta
            yield Slip.WRONG_SIGN, -it.next_weight
            yield Slip.CHANGE_ALONE, it.alpha * it.weight_delta
            yield Slip.CHANGE_ALONE, -it.alpha * it.weight_delta
            yield Slip.UNCHANGED, it.weight
            yield Slip.ERROR_FOR_DELTA, it.weight - it.alpha * it.error * it.input
            yield Slip.TWICE_DELTA, it.weight - 2 * it.alpha * it.weight_delta
            if old is not None:
                asks = (old - it.goal) * it.input
                yield Slip.OLD_PREDICTION, it.weight - it.alpha * asks


def _rounded_early(it: Situation, asked: Asked) -> Iterable[float]:
    """The answers if an intermediate number is rounded to one, two or three digits or places."""
    for rounded in _ROUNDINGS:
        match asked:
            case Asked.PREDICTION:
                yield it.input * rounded(it.weight)
            case Asked.DELTA:
                yield rounded(it.prediction) - it.goal
            case Asked.ERROR:
                yield _squared(rounded(it.delta))
                yield _squared(rounded(it.prediction) - it.goal)
            case Asked.WEIGHT_DELTA:
                yield rounded(it.delta) * it.input
                yield (rounded(it.prediction) - it.goal) * it.input
            case Asked.WEIGHT:
                yield it.weight - rounded(it.alpha * it.weight_delta)
                yield it.weight - it.alpha * rounded(it.weight_delta)
                yield it.weight - it.alpha * (rounded(it.delta) * it.input)
                yield rounded(it.weight) - it.alpha * it.weight_delta


class _Rounding:
    """Round half away from 0, as by hand, to a number of significant digits or decimal places."""

    def __init__(self, digits: int, places: bool) -> None:
        self.digits, self.places = digits, places

    def __call__(self, value: float) -> float:
        if not value or not isfinite(value):
            return value
        power = self.digits if self.places else self.digits - 1 - floor(log10(abs(value)))
        if abs(power) > 300:  # 10.0**power might overflow
            return value
        scaled = abs(value) * 10.0**power
        if not isfinite(scaled):
            return value
        up = floor(scaled + 0.5 + NOISE * scaled)
        return up / 10.0**power * (1 if value > 0 else -1)


_ROUNDINGS = [_Rounding(digits, places) for places in (False, True) for digits in (1, 2, 3)]


def _squared(value: float) -> float:
    """``value * value``, which overflows to infinity where ``value ** 2`` would raise."""
    return value * value


def _within(answer: float, value: float, unit: float, noise: float) -> bool:
    """Whether a value, rounded to the answer's last place, is this answer."""
    return abs(answer - value) <= unit / 2 * (1 + 1e-9) + noise
