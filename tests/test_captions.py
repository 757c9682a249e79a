"""A run in words: what is written agrees with the run, and its table reads back exactly."""

from __future__ import annotations

import re
from pathlib import Path

from runs import both, run_of

from neuron import Example, train
from neuron.player import stage
from neuron.words.captions import (
    BEATS,
    REST,
    bowl_in_words,
    neuron_in_words,
)


def test_the_sentence_of_each_beat_can_be_filled_in() -> None:
    """Each number that it asks for is one that the stage has a text for."""
    asked = " ".join([*BEATS.values(), *(clause for _, clause in REST)])
    names = set(re.findall(r"\{\(?(\w+)\)?\}", asked))
    script = (Path(stage.__file__).parent / "web" / "stage.js").read_text("utf-8")
    assert len(names) >= 12
    for name in names:
        assert re.search(rf"\b{name}(: |,| = )", script), name


def test_the_pictures_in_words() -> None:
    """Each begins with its accessible name, and tells nothing that changes from step to step."""
    run = run_of(iterations=1)
    assert neuron_in_words(run).startswith("Neuron: the input 2 ")
    assert bowl_in_words(*both(run)).startswith("Error bowl: ")
    assert bowl_in_words(*both(run_of(input=0))).startswith("Error bowl: flat. ")
    assert bowl_in_words(*both(run)) == bowl_in_words(*both(run_of(iterations=9)))


def test_the_pictures_of_several_in_words() -> None:
    """The errors are means over all examples; the lowest of the bowl need not be 0."""
    run = train([Example(1, 1), Example(1, 3)], weight=0, alpha=0.5, iterations=1)
    assert "goes through 2 examples in turn" in neuron_in_words(run)
    assert bowl_in_words(*both(run)) == (
        "Error bowl: the mean error at every weight. It is lowest, 1, at weight 2, and rises on "
        "both sides."
    )
