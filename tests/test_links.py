"""Links that have been shared open the same runs for good."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from neuron.state.address import from_query
from neuron.story.chapters import SETTINGS as LESSON_SETTINGS

LINKS = json.loads((Path(__file__).parent / "links_today.json").read_text("utf-8"))


@pytest.mark.parametrize("link", LINKS, ids=[link["address"][:70] for link in LINKS])
def test_a_shared_link_opens_the_run_that_it_was_shared_for(link: dict[str, Any]) -> None:
    """Training and test data, start, alpha, iterations, and the run's last bits."""
    query = parse_qs(link["address"].removeprefix("?"), keep_blank_values=True)
    settings, _ = from_query(query, LESSON_SETTINGS)
    run = settings.run()
    assert {
        "training": [[e.input, e.goal] for e in settings.training],
        "test": [[e.input, e.goal] for e in settings.test],
        "weight": settings.weight,
        "alpha": settings.alpha,
        "iterations": settings.iterations,
        "steps": len(run.weights) - 1,
        "last_weight": run.weights[-1],
        "last_error": run.errors[-1],
        "kept": len(settings.kept),
    } == {name: value for name, value in link.items() if name != "address"}
