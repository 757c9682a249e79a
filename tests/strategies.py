"""Runs that Hypothesis draws: whatever the page lets in."""

from __future__ import annotations

from hypothesis import strategies as st

from neuron import Example, Run, train

any_number = (
    st.integers(-9, 9).map(float)
    | st.floats(-1e6, 1e6)
    | st.sampled_from([1e6, -1e6, 1e-6, 1e-160, 5e-324])
)
any_alpha = st.sampled_from([0.0, 0.25, 1.0, 1e6, 5e-324]) | st.floats(0, 1e6) | st.floats(0, 1e-6)


def any_run(most: int) -> st.SearchStrategy[Run]:
    """Runs on up to 20 examples, of at most so many steps."""
    return st.builds(
        lambda examples, weight, alpha, iterations: train(
            examples, weight=weight, alpha=alpha, iterations=min(iterations, most // len(examples))
        ),
        st.lists(st.builds(Example, any_number, any_number), min_size=1, max_size=20),
        any_number,
        any_alpha,
        st.integers(0, most),
    )
