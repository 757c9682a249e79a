"""What Hypothesis draws, for all tests: what the page lets in, and runs as a reader makes them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from neuron import Example, Run, train
from neuron.state.examples import MOST
from neuron.state.parameters import LOOKS, MOST_KEPT, SPEEDS, TOLERANCES, Settings
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS
from neuron.words.arithmetic import CONVENTIONS

any_float = st.floats(allow_nan=False, allow_infinity=False)
any_number = (
    st.integers(-9, 9).map(float)
    | st.floats(-1e6, 1e6)
    | st.sampled_from([1e6, -1e6, 1e-6, 1e-160, 5e-324])
)
any_alpha = st.sampled_from([0.0, 0.25, 1.0, 1e6, 5e-324]) | st.floats(0, 1e6) | st.floats(0, 1e-6)
any_tolerance = st.sampled_from([*TOLERANCES])
any_example = st.builds(Example, any_number, any_number)

whole = st.integers(-20, 20)
few_digits = st.integers(-9999, 9999).map(lambda hundredths: hundredths / 100)
pulls = st.sampled_from([0.0, 0.4, 1.0, 1.6, 2.0, 2.1, 4.0]) | st.floats(0.01, 5)
"""Alpha times input squared: settling, bouncing, blowing up, standing still."""


def lists_of(numbers: st.SearchStrategy[float], most: int = 4) -> st.SearchStrategy[list[Example]]:
    """One to so many examples of such inputs and goals."""
    return st.lists(st.builds(Example, numbers, numbers), min_size=1, max_size=most)


def any_run(most: int, examples: int = MOST) -> st.SearchStrategy[Run]:
    """Runs on up to so many examples, of at most so many steps."""
    return st.builds(
        lambda examples, weight, alpha, iterations: train(
            examples, weight=weight, alpha=alpha, iterations=min(iterations, most // len(examples))
        ),
        lists_of(any_number, examples),
        any_number,
        any_alpha,
        st.integers(0, most),
    )


def plain_run(most: int) -> st.SearchStrategy[Run]:
    """Runs on one example with numbers as a reader types them, of at most so many iterations."""
    return st.builds(
        lambda x, goal, weight, pull, iterations: train(
            input=x, goal=goal, weight=weight, alpha=pull / x**2, iterations=iterations
        ),
        whole.filter(bool),
        few_digits,
        few_digits,
        pulls,
        st.integers(0, most),
    )


any_training = st.builds(
    Settings,
    input=any_number,
    goal=any_number,
    weight=any_number,
    alpha=any_alpha,
    iterations=st.integers(0, 10_000),
    more=(st.lists(any_example, max_size=3) | st.lists(any_example, max_size=MOST - 1)).map(tuple),
)
"""Settings of which only the run is set, as kept runs are."""
any_settings = st.builds(
    lambda training, **others: replace(
        training, **others, stop=len(training.more) if others["lesson"] else 0
    ),
    any_training,
    test=st.lists(any_example, max_size=MOST).map(tuple),
    kept=st.lists(any_training, max_size=MOST_KEPT, unique=True).map(tuple),
    tolerance=any_tolerance,
    lesson=st.sampled_from(["", *LESSON_SETTINGS]),
    predict=st.booleans(),
    look=st.sampled_from(["", *LOOKS]),
    log=st.booleans(),
    convention=st.sampled_from([*CONVENTIONS]),
    exercise=st.integers(0, 999_999),
    turn=st.integers(0, 10_000),
    gaps=st.integers(1, 5),
    step=st.integers(0, 10_000),
    speed=st.sampled_from([*SPEEDS]),
    hide=st.sampled_from([(), ("verdict",), ("verdict", "ruler")]),
    lock=st.booleans(),
    only=st.sampled_from([(), ("predict",), ("measure", "swap")]),
)
