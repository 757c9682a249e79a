"""The neuron as a drawing, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from runs import run_at

from browser.reader import Open


@pytest.mark.parametrize(
    "query",
    [
        "input=1&goal=1&train=1:3&alpha=0.2",
        "input=1&goal=1&train=-2:3,0:5&alpha=0.7",
        "input=0&goal=3",
        "goal=12.3456&alpha=0.6",
    ],
)
def test_the_neurons_scale_has_every_prediction_in_its_place(open_page: Open, query: str) -> None:
    """The dot is between the two ends where the prediction is, and never held at one of them."""
    reader = open_page(query)
    run = run_at(query)
    for k in range(len(run.weights)):
        reader.seek(k)
        low, high, left, right, dot = reader.page.locator(".diagram").evaluate(
            """drawing => [
                ...["low", "high"].map((end) => drawing.querySelector(`[data-text=${end}]`)
                    .textContent.replace("−", "-").replace("e−", "e-")),
                ...["x1", "x2"].map((end) => drawing.querySelector(".scale").getAttribute(end)),
                drawing.querySelector(".guess").getAttribute("cx"),
            ].map(Number)"""
        )
        part = (run.predictions[k] - low) / (high - low)
        assert -0.005 <= part <= 1.005
        assert (dot - left) / (right - left) == pytest.approx(part, abs=0.01)


def test_a_weight_that_does_not_move_is_as_wide_as_it_is_strong(open_page: Open) -> None:
    """In the first chapter each of the weights that it asks for has a link of its own width."""
    reader = open_page("lesson=predict")
    wire = reader.page.locator(".diagram .wire")
    widths = []
    for weight in ("0", "0.5", "1", "2"):
        reader.type("Starting weight", weight)
        expect(reader.arithmetic).to_contain_text(f"2 × {weight} = ")
        widths.append(float(wire.get_attribute("stroke-width") or ""))
    assert widths == [1, *(2 + 14 * part for part in (0.25, 0.5, 1))]
