"""Answers by hand: what is right is never called wrong, and every usual slip is recognised."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Context, Decimal

import pytest

from neuron import train
from neuron.core.exercises import IN_A_SET, exercises
from neuron.core.slips import Asked, Judged, Situation, Slip, judge, slip_answers
from neuron.state.reading import place_of, typed


def drawn(drawing: random.Random) -> Situation:
    """A step of a reader's run, or of an exercise: short numbers and long ones."""

    def any_number() -> float:
        short = [float(drawing.randint(-9, 9)), drawing.randint(-999, 999) / 100]
        return drawing.choice([*short, drawing.uniform(-3, 3), 10 ** drawing.uniform(-4, 4)])

    alpha = drawing.choice([0.1, 0.05, 1.0, drawing.uniform(0, 1), 10 ** drawing.uniform(-4, 1)])
    old = drawing.choice([None, any_number()])
    return Situation(any_number(), any_number(), any_number(), alpha, old)


def written(value: float, digits: int) -> tuple[float, float]:
    """A number as it is typed with so many significant digits, and its last place."""
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).plus(Decimal(repr(value)))
    text = f"{rounded:f}"
    return typed(text), place_of(text)


def test_ten_thousand_situations() -> None:
    """In each, what is right is right, and each slip's own answer is that slip, or ambiguous."""
    drawing = random.Random(17)
    recognised = ambiguous = 0
    for _ in range(10_000):
        situation, asked = drawn(drawing), drawing.choice([*Asked])
        answer, place = written(situation.answer(asked), drawing.randint(2, 9))
        judged = judge(asked, answer, place, [situation])
        # Of 1000 in place of 1013 it cannot be told how many of its digits were meant.
        assert judged.right or (judged.coarse and answer % 10 == 0)
        for slip in Slip:
            owns = slip_answers(situation, asked, slip)
            if not owns:
                continue
            answer, place = written(drawing.choice(owns), drawing.randint(3, 9))
            judged = judge(asked, answer, place, [situation])
            assert slip in judged.slips or answer % 10 == 0
            if slip is not Slip.ROUNDED_EARLY:  # which often comes to what is right
                alone = judged.slips == (slip,) and not judged.right and not judged.coarse
                recognised += alone
                ambiguous += not alone
    assert recognised > 5 * ambiguous


def test_what_is_right_is_what_training_gives() -> None:
    """All five answers are the run's own, to the last bit."""
    drawing = random.Random(5)
    for _ in range(500):
        it = drawn(drawing)
        run = train(input=it.input, goal=it.goal, weight=it.weight, alpha=it.alpha, iterations=1)
        right = [getattr(run.steps[0], asked.value) for asked in Asked]
        right[-1] = run.weights[1]
        assert [it.answer(asked) for asked in Asked] == right


STEP = Situation(input=2.0, goal=2.0, weight=0.784, alpha=0.1, old_prediction=1.28)
"""Step 3 of the page's opening run: 1.568, −0.432, 0.186624, −0.864, 0.8704."""


RIGHT, COARSE, NEITHER = (True, False), (False, True), (False, False)


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        *((Asked.PREDICTION, text, RIGHT) for text in ("1,57", "1.568 ", "196/125")),
        *((Asked.ERROR, text, RIGHT) for text in ("1.866e-1", "1.866 × 10⁻¹")),
        *((Asked.WEIGHT, text, RIGHT) for text in ("0.87", "0.8704000000000001")),
        (Asked.DELTA, "−0.43", RIGHT),
        *((Asked.DELTA, text, COARSE) for text in ("−0.4", "0")),
        (Asked.PREDICTION, "2", COARSE),
        *((Asked.PREDICTION, text, NEITHER) for text in ("1.56", "15/10")),
        (Asked.WEIGHT, "10", NEITHER),
    ],
)
def test_right_is_what_is_right_within_its_rounding(
    asked: Asked, text: str, expected: tuple[bool, bool]
) -> None:
    """As many digits as were typed have to be right, and there have to be two, or all there are."""
    judged = judge(asked, typed(text), place_of(text), [STEP])
    assert (judged.right, judged.coarse) == expected


def test_a_delta_of_0_is_0_although_floats_leave_something() -> None:
    """0.1 × 3 − 0.3 is 5.6e-17 in floats, and 0 by hand."""
    it = Situation(input=0.1, goal=0.3, weight=3.0, alpha=0.1)
    assert it.delta != 0
    for asked in (Asked.DELTA, Asked.ERROR, Asked.WEIGHT_DELTA):
        assert judge(asked, 0.0, 1.0, [it]).right
    assert judge(Asked.WEIGHT, 3.0, 1.0, [it]).right


def test_a_small_update_is_not_taken_for_a_float_error() -> None:
    """The weight goes from 0.5 to 0.500000002, so it is not 0.5."""
    step = Situation(input=2.0, goal=2.0, weight=0.5, alpha=1e-9)
    judged = judge(Asked.WEIGHT, 0.5, 0.0, [step])
    assert not judged.right
    assert Slip.UNCHANGED in judged.slips


def test_whoever_reckons_with_printed_numbers_is_right_too() -> None:
    """A weight printed as 0.9537, where it is 0.953742...: both predictions are right."""
    exact, read = Situation(3, 2, 0.95374215, 0.1), Situation(3, 2, 0.9537, 0.1)
    for answer, place in [(2.8611, 1e-4), (2.8612, 1e-4), (2.86122645, 1e-8)]:
        assert judge(Asked.PREDICTION, answer, place, [exact, read]).right
    assert not judge(Asked.PREDICTION, 2.8613, 1e-4, [exact, read]).right


def test_each_slip_worked_by_hand() -> None:
    """Prediction 8, delta 5, error 25, weight_delta 10, new weight −1; each slip's own answers."""
    it = Situation(input=2, goal=3, weight=4, alpha=0.5, old_prediction=7)
    by_hand: dict[Slip, list[tuple[float, ...]]] = {
        Slip.NO_INPUT: [(4,), (1,), (1,), (5,), (1.5,)],
        Slip.NO_ALPHA: [(), (), (), (), (-6,)],
        Slip.WRONG_SIGN: [(-8,), (-5,), (-25,), (-10,), (1,)],
        Slip.ERROR_FOR_DELTA: [(), (25,), (), (50,), (-21,)],
        Slip.TWICE_DELTA: [(), (10,), (100,), (20,), (-6,)],
        Slip.ADDED: [(), (11,), (121,), (22,), (9,)],
        Slip.OLD_PREDICTION: [(7,), (4,), (16,), (8,), (0,)],
        Slip.SQUARED_WRONGLY: [(), (), (5, 5, 10, 10, 55), (), ()],
        Slip.CHANGE_ALONE: [(), (), (), (), (5, -5)],
        Slip.UNCHANGED: [(), (), (), (), (4,)],
    }
    assert {*by_hand} == {*Slip} - {Slip.ROUNDED_EARLY}
    for slip, answers in by_hand.items():
        assert [slip_answers(it, asked, slip) for asked in Asked] == answers


@pytest.mark.parametrize("sign", [1, -1])
def test_rounding_too_early_worked_by_hand(sign: int) -> None:
    """12.3456 to one, two, three digits (10, 12, 12.3), then places (12.3, 12.35, 12.346)."""
    it = Situation(input=3, goal=sign * 2, weight=sign * 12.3456, alpha=0.1)
    by_hand = {
        Asked.PREDICTION: [30, 36, 36.9, 36.9, 37.05, 37.038],
        Asked.DELTA: [38, 35, 35, 35, 35.04, 35.037],
        Asked.ERROR: [1600, 1444, *[1225] * 6, *[1227.8016] * 2, *[1227.591369] * 2],
        Asked.WEIGHT_DELTA: [120, 114, *[105] * 6, *[105.12] * 2, *[105.111] * 2],
        Asked.WEIGHT: [2.3456, 2.3456, 0.3456, -0.51104, 1.3456, 1.3456, 1.8456, 1.48896],
    }
    for asked, values in by_hand.items():
        own = slip_answers(it, asked, Slip.ROUNDED_EARLY)
        side = 1 if asked is Asked.ERROR else sign
        assert [*own[: len(values)]] == pytest.approx([side * value for value in values]), asked
    half = Situation(input=1, goal=0, weight=sign * 0.25, alpha=0.1)
    assert slip_answers(half, Asked.PREDICTION, Slip.ROUNDED_EARLY)[0] == pytest.approx(sign * 0.3)


def test_what_is_told_of_one_digit() -> None:
    """A slip's very number is named; what is only near a slip, or near what is right, is not."""
    assert judge(Asked.ERROR, float("inf"), 1, [STEP]) == Judged(False, False, ())
    it = Situation(input=2, goal=1, weight=2, alpha=0.1)  # prediction 4
    assert judge(Asked.PREDICTION, -4, 1, [it]) == Judged(False, False, (Slip.WRONG_SIGN,))
    near = Situation(input=2, goal=1, weight=2.1, alpha=0.1)  # prediction 4.2
    assert judge(Asked.PREDICTION, -4, 1, [near]) == Judged(False, False, ())
    assert judge(Asked.PREDICTION, 4, 1, [near]).coarse
    assert judge(Asked.PREDICTION, 4, 1, [it, near]).right
    assert judge(Asked.PREDICTION, 7, 1, [it], also=[7.0]).right
    assert judge(Asked.PREDICTION, 7, 1, [], also=[7.0]).right


def test_what_is_cut_off_is_rounded_too_early() -> None:
    """1.23 of 1.239, whatever else may be right; not of 1.2445, which is too far away."""
    cut, other = (Situation(input=1, goal=0, weight=w, alpha=0.1) for w in (1.239, 9.0))
    assert judge(Asked.PREDICTION, 1.23, 0.01, [cut, other]).slips == (Slip.ROUNDED_EARLY,)
    far = Situation(input=1, goal=0, weight=1.2445, alpha=0.1)
    assert judge(Asked.PREDICTION, 1.23, 0.01, [far]) == Judged(False, False, ())


def test_a_seed_always_draws_the_same_set() -> None:
    """What a teacher hands out by a link: these very numbers, written down once."""
    first = exercises(1)[0].before
    assert (first.input, first.goal, first.weight, first.alpha) == (2, 1, 0.2, 0.2)
    assert len({exercises(seed) for seed in range(200)}) == 200


def test_every_exercise_can_be_done_by_hand() -> None:
    """One gap more each; short numbers; no slip hides behind a right answer; steps follow on."""
    for seed in range(200):
        for count, exercise in enumerate(exercises(seed), start=1):
            assert exercise.gaps == tuple(Asked)[-count:]
            before, then = exercise.before, exercise.then
            assert (then.input, then.goal, then.alpha) == (before.input, before.goal, before.alpha)
            assert then.weight == pytest.approx(before.next_weight, rel=1e-9)
            assert then.old_prediction == pytest.approx(before.prediction, rel=1e-9)
            assert len(repr(then.weight)) <= 8
            for asked in Asked:
                right, place = written(then.answer(asked), 4)
                assert right == pytest.approx(then.answer(asked), rel=1e-12)
                slips = judge(asked, right, place, [then]).slips
                assert set(slips) <= {Slip.ROUNDED_EARLY}
        assert count == IN_A_SET
