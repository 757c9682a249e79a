"""What training refuses: each refusal names the argument, the rule and the value."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, nan
from typing import Any, cast

import pytest
from test_training import DATA

from neuron import Example, train

BAD_NUMBERS: dict[type[Exception], list[Any]] = {
    ValueError: [nan, inf, -inf, 10**400],
    TypeError: ["2", True, None, 2j],
}
GOOD: dict[Any, dict[str, Any]] = {
    Example: {"input": 1, "goal": 1},
    train: {"weight": 0, "alpha": 1, "iterations": 1},
}


def refusal_of(call: Any, *values: Any, **changed: Any) -> str:
    with pytest.raises((TypeError, ValueError)) as caught:
        call(*values, **GOOD[call] | changed)
    return f"{caught.type.__name__}: {caught.value}"


def refused_number(name: str, value: Any) -> str:
    call = (Example,) if name in ("input", "goal") else (train, DATA)
    return refusal_of(*call, **{name: value})


@pytest.mark.parametrize("error", BAD_NUMBERS)
@pytest.mark.parametrize("name", ["input", "goal", "weight", "alpha"])
def test_refuses_what_is_no_finite_number(name: str, error: type[Exception]) -> None:
    """The refusal names the argument, the rule and the value."""
    for value in BAD_NUMBERS[error]:
        said = f"{error.__name__}: {name} must be a finite number, got {value!r}"
        assert refused_number(name, value) == said


@pytest.mark.parametrize("name", ["input", "goal", "weight", "alpha"])
def test_refuses_a_number_too_long_to_print(name: str) -> None:
    """Python prints no whole number of 5,000 digits: up to 10,000 bits are printed."""
    said = f"ValueError: {name} must be a finite number, got "
    for value in (10**5000, 2**10_000):
        assert refused_number(name, value) == said + "a number of thousands of digits"
    assert refused_number(name, 2**9999) == f"{said}{2**9999}"


def test_refuses_what_is_too_long_to_print_as_anything_else() -> None:
    """As iterations, or as examples: by its name, and not with Python's own error."""
    got = ", got a number of thousands of digits"
    said = refusal_of(train, input=1, goal=1, iterations=-(10**5000))
    assert said == f"ValueError: iterations must be a whole number from 0 up{got}"
    said = refusal_of(train, 10**5000)
    assert said == f"TypeError: examples must be a list of Example records{got}"


@pytest.mark.parametrize("value", [-1, 2.5, 2.0, True, "3", None, nan])
def test_refuses_iterations_that_cannot_be_counted(value: Any) -> None:
    """`iterations must be a whole number from 0 up, got -1`; no float, no bool."""
    said = refusal_of(train, input=1, goal=1, iterations=value)
    error = "ValueError" if value == -1 else "TypeError"
    assert said == f"{error}: iterations must be a whole number from 0 up, got {value!r}"


@pytest.mark.parametrize(
    ("examples", "error", "got"),
    [
        ([], "ValueError", "[]"),
        ([(2.0, 2.0)], "TypeError", "(2.0, 2.0)"),
        ([Example(1, 1), 3], "TypeError", "3"),
        (Example(1, 1), "TypeError", "Example(input=1.0, goal=1.0)"),
        (5, "TypeError", "5"),
    ],
)
def test_refuses_data_that_are_no_examples(examples: Any, error: str, got: str) -> None:
    """Training data are a list of one Example or more; the refusal names what is none."""
    said = refusal_of(train, examples)
    assert said.startswith(f"{error}: examples must ")
    assert said.endswith(f", got {got}")


@pytest.mark.parametrize(
    "form",
    [
        *([None, 2, None], [None, None, 3], [None] * 3),
        *([DATA, 2, 3], [DATA, 2, None], [DATA, None, 3]),
    ],
)
def test_refuses_two_forms_at_once_and_half_a_form(form: list[Any]) -> None:
    """Data come as a list or as one whole input and goal: not both, not half, not neither."""
    examples, input, goal = form
    said = refusal_of(train, examples, input=input, goal=goal)
    assert said.startswith("TypeError: train() ")
    assert "a list of examples" in said
    assert said.endswith(f"got input={input}, goal={goal}")


def test_an_error_of_the_callers_own_list_is_the_callers() -> None:
    """What goes wrong while examples are made is not told as a refusal."""

    def examples() -> Iterator[Example]:
        yield Example(1, 1)
        raise TypeError("the caller's")

    with pytest.raises(TypeError, match=r"^the caller's$"):
        train(cast("list[Example]", examples()), weight=0, alpha=1, iterations=1)
