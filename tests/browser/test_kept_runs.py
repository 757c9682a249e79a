"""Kept runs over each other, in a real browser."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import log10
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect
from runs import run_at

from browser.reader import Open, Reader
from neuron import Run
from neuron.charts.overlay import overlay
from neuron.core.training import mean_errors
from neuron.state import comparison
from neuron.state.address import from_query
from neuron.words.comparison import comparison_in_words

WEIGHTS_COMPARED = ".compare [data-picture=weight]"


def heads_are_at(reader: Reader, runs: Sequence[Run], step: int) -> None:
    at = [min(step, len(run.weights) - 1) for run in runs]
    weights = [run.weights[k] for run, k in zip(runs, at, strict=True)]
    reader.await_trace(WEIGHTS_COMPARED, len(runs), at, weights)
    heads = reader.page.evaluate(
        f"document.querySelector('.compare [data-picture=error]').data[{len(runs)}]"
    )
    errors = [mean_errors(run.examples, run)[k] for run, k in zip(runs, at, strict=True)]
    assert (heads["x"], heads["y"]) == (at, pytest.approx([*map(log10, errors)]))


def shows_the_comparison(reader: Reader, *queries: str) -> None:
    """The words, and a name beside each line."""
    given = [from_query(parse_qs(query))[0] for query in queries]
    runs = comparison.compare(given, [run_at(query) for query in queries], 0.01)
    words = comparison_in_words(runs, 0.01)
    expect(reader.page.get_by_text(words, exact=True)).to_be_visible()
    for picture, figure in overlay(runs).figures.items():
        labels = reader.page.locator(f".compare [data-picture={picture}] .annotation")
        notes = figure["layout"]["annotations"]
        expect(labels).to_have_text([note["text"].replace("<br>", "") for note in notes])
        boxes = [reader.box(label) for label in labels.all()]
        ends = sorted((box["y"], box["y"] + box["height"]) for box in boxes)
        assert all(bottom <= top + 1 for (_, bottom), (top, _) in pairwise(ends)), ends


def test_kept_runs_lie_over_each_other(open_page: Open) -> None:
    """Keep, change, keep again up to four: heads at the shown step, names, words, load, remove;
    the link shows all of it to anybody, and Back undoes each change.
    """
    alphas = ["0.1", "0.25", "0.5", "0.6"]
    kept = [f"2:2:0:{alpha}:12" for alpha in alphas]
    reader = open_page(f"iterations=12&keep={kept[0]},{kept[1]}&alpha=0.5")
    keep = reader.button("Keep this run")
    keep.click()
    reader.await_address(look="compare", keep=",".join(kept[:3]))
    expect(keep).to_be_disabled()
    reader.type("Alpha", "0.6")
    expect(keep).to_be_enabled()
    keep.click()
    reader.await_address(keep=",".join(kept))
    reader.type("Alpha", "0.45")
    reader.type("Iterations", "6")
    reader.await_address(iterations="6", alpha="0.45")
    expect(keep).to_be_disabled()
    reader.drawn("compare")
    queries = [*(f"alpha={alpha}&iterations=12" for alpha in alphas), "alpha=0.45&iterations=6"]
    shows_the_comparison(reader, *queries)
    other = open_page(reader.query())
    other.drawn("compare")
    shows_the_comparison(other, *queries)

    reader.button("Remove alpha 0.6, iterations 12").click()
    reader.await_address(keep=",".join(kept[:3]))
    expect(keep).to_be_enabled()
    shows_the_comparison(reader, *queries[:3], queries[4])
    reader.button("Load alpha 0.25, iterations 12").click()
    reader.await_address(alpha="0.25", iterations="12", keep=",".join(kept[:3]))
    expect(reader.button("Load alpha 0.25")).to_be_disabled()
    shows_the_comparison(reader, *queries[:3])
    expect(reader.verdict).to_contain_text("Lands in one step")
    reader.page.go_back()
    expect(reader.number("Alpha")).to_have_value("0.45")
    reader.await_rest()
    reader.page.go_back()
    reader.await_address(keep=",".join(kept))
    expect(reader.button("Remove alpha 0.6, iterations 12")).to_be_visible()


def test_what_is_kept_is_what_is_seen(open_page: Open) -> None:
    """Also by a press that lets go of the ruler, whose alpha is then still on its way."""
    reader = open_page("alpha=0.3")
    kept = []
    for alpha in ("0.305", "0.31", "0.315"):
        reader.ruler.press("ArrowRight")
        reader.button("Keep this run").click()
        kept.append(f"2:2:0:{alpha}:18")
        reader.await_address(keep=",".join(kept), alpha=alpha)


def test_heads_are_at_the_step_of_the_stage(open_page: Open) -> None:
    """Each follows its own run's steps, of several examples too; one that is over waits there."""
    reader = open_page("alpha=0.1&keep=1:2:0:0.05:4:2:5:-3:1,2:2:1.5:0.1:3&look=compare")
    scene = reader.drawn("compare")
    queries = [
        "input=1&goal=2&train=2:5,-3:1&alpha=0.05&iterations=4",
        "weight=1.5&iterations=3",
        "alpha=0.1",
    ]
    runs = [run_at(query) for query in queries]
    for step in (0, 2, 7, 18):
        reader.seek(step)
        heads_are_at(reader, runs, step)
    scene.get_by_role("button", name="Restart").click()
    scene.get_by_role("button", name="One step forward").click()
    heads_are_at(reader, runs, 1)
    reader.page.get_by_role("button", name="Load").first.click()
    reader.await_address(input="1", alpha="0.05", iterations="4", train="2:5,-3:1")
    expect(reader.shown).to_have_text("0 of 12")
    # Of a long line not all points are drawn; a run that bounces is elsewhere a step later.
    reader.go("alpha=0.5&iterations=2000&keep=2:2:0:0.4999:2000&look=compare")
    reader.drawn("compare")
    runs = [run_at(f"alpha={alpha}&iterations=2000") for alpha in ("0.4999", "0.5")]
    for step in (1000, 1001, 1118):
        reader.seek(step)
        heads_are_at(reader, runs, step)
