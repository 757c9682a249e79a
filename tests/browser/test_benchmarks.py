"""The benchmarks measure what they say; what they are is for docs/measurements.md."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import pytest
from benchmarks import core, page
from benchmarks.__main__ import SHORT, core_table, hands_table, page_table
from benchmarks.distance import far
from benchmarks.spread import Spread, percentile
from playwright.sync_api import Browser
from serving import serve

from neuron import train


def test_every_figure_of_a_visit_is_measured_and_in_the_tables(
    browser: Browser, server: tuple[str, Path], tmp_path: Path
) -> None:
    """Finite and above 0, one for each change; as many cells in each row as in its head."""
    with serve(tmp_path / "log", page.FLOOR) as smallest:
        floor = page.visit(browser, page.floor(smallest), changes=2, seconds=0.2)
        with far(server[0]) as away:
            short = page.visit(browser, page.ours(away, SHORT), changes=2, seconds=0.2)
    assert "Traceback" not in (tmp_path / "log").read_text()
    for visit in (floor, short):
        waits = [wait for each in visit.hands.values() for wait in each]
        assert len(visit.answers) == 2
        assert len(waits) == 2 * len(visit.hands)
        for figure in (visit.first_chart, *visit.answers, *waits, visit.frames, visit.bytes):
            assert isfinite(figure)
            assert figure > 0
        assert visit.complete >= visit.first_chart
    times = core.run_times(SHORT, rounds=1)
    assert all(isfinite(v) and v > 0 for spread in times.values() for v in spread.values)
    assert min(short.answers) > 100  # each way 50 ms
    own = ("short", "long", "far, short", "far, long")
    visits = {"floor": [floor]} | {name: [short] for name in own}
    mobile = {name: [(4000.0, 5000.0)] for name in ("floor", "short", "long")}
    tables = (
        page_table(visits, mobile, [Spread((8.0,)), Spread((20.0,))]),
        hands_table(visits),
        core_table(times, times),
    )
    for head, rule, *rows in tables:
        assert len(rows) in (9, len(page.HANDS), len(core.WAYS))
        assert {row.count("|") for row in (rule, *rows)} == {head.count("|")}
        assert not any(word in row for word in ("nan", "inf") for row in rows)


@pytest.mark.parametrize("way", core.WAYS)
def test_all_ways_compute_the_same_run(way: str) -> None:
    """Only what gives the same weights, bit for bit, may be compared."""
    run = train(
        input=core.INPUT, goal=core.GOAL, weight=core.WEIGHT, alpha=core.ALPHA, iterations=SHORT
    )
    assert tuple(core.WAYS[way](SHORT)) == run.weights


def test_a_spread_is_the_median_and_both_ends() -> None:
    """A ratio is taken round by round, for both figures of a round met the same noise."""
    ours, floor = Spread((2.0, 30.0, 4.0)), Spread((4.0, 10.0, 4.0))
    assert ours.show() == "4 (2 to 30)"
    assert ours.per(floor).show(1, "×") == "1.0× (0.5 to 3.0)"
    assert [percentile(range(1, 101), part) for part in (0.5, 0.95, 1)] == [50, 95, 100]
