"""Runs of every kind, without a browser: the verdict and all figures are the core's."""

from __future__ import annotations

import pytest
from test_app import opened, payload, settings_of, shows

from neuron import train
from neuron.words.verdict import HEADLINES

REGIMES = {
    "": "Creeps towards the goal",
    "alpha=0.25": "Lands in one step",
    "alpha=0.4": "Overshoots, then zigzags in",
    "alpha=0.5": "Bounces forever",
    "alpha=0.6": "Blows up",
    "alpha=0.6&iterations=10000": "Blows up",
    "input=1000&alpha=1e6": "Blows up",
    "input=1e6&goal=-1e6&weight=1e6&alpha=1e6&iterations=10000": "Blows up",
    "input=0": "Nothing can be learned",
    "input=0&goal=0": "Already there",
    "alpha=0": "Nothing can be learned",
    "weight=1": "Already there",
    "input=1e-100&goal=1e-100": "Has hardly moved yet",
    "input=-2&goal=3&weight=-5": "Creeps towards the goal",
    "iterations=0": "Nothing has been trained yet",
}


@pytest.mark.parametrize("query", REGIMES)
def test_the_verdict_and_all_figures_are_the_cores(query: str) -> None:
    """Whatever the run, the page says what the theory says and shows what was computed."""
    at = opened(query)
    shows(at, train(**settings_of(at)))
    assert payload(at)["verdict"]["headline"] == REGIMES[query]


def test_a_goal_is_called_met_only_when_it_is() -> None:
    """Where the weight cannot move because floats end, the page does not say it is right."""
    at = opened("input=1e-300&goal=1e-300")
    run = train(**settings_of(at))
    assert run.deltas[0] != 0
    assert "exactly the goal" not in str(payload(at)["verdict"])


def test_every_headline_is_seen() -> None:
    """The runs above show each kind of run that there is."""
    assert set(REGIMES.values()) == {
        *HEADLINES.values(),
        "Nothing has been trained yet",
        "Has hardly moved yet",
    }
