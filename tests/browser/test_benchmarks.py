"""The benchmarks measure what they say; what the figures are is for the README, not for a test."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from pathlib import Path

import pytest
from benchmarks import core, page
from benchmarks.__main__ import LONG, SHORT, Visits, core_table, page_table
from benchmarks.spread import Spread, percentile
from playwright.sync_api import Browser
from serving import serve

from neuron import train


@pytest.fixture(scope="module")
def visits(
    browser: Browser, server: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visits]:
    """One visit to each page, as short as can be."""
    log = tmp_path_factory.mktemp("floor") / "log"
    with serve(log, page.FLOOR) as smallest:
        subjects = {
            "floor": page.floor(smallest),
            "short": page.ours(server[0], SHORT),
            "long": page.ours(server[0], LONG),
        }
        yield {
            name: [page.visit(browser, subject, changes=2, seconds=0.2)]
            for name, subject in subjects.items()
        }
    assert "Traceback" not in log.read_text()


def test_every_figure_of_a_visit_is_measured(visits: Visits) -> None:
    """Each is a finite number above 0, and each change of alpha has its own."""
    for (visit,) in visits.values():
        assert len(visit.repaints) == len(visit.others) == 2
        repaints = visit.repaints + visit.others
        for figure in (visit.first_chart, *repaints, visit.frames, visit.bytes):
            assert isfinite(figure)
            assert figure > 0
        assert visit.complete >= visit.first_chart


def test_a_mobile_network_is_slower(
    browser: Browser, server: tuple[str, Path], visits: Visits
) -> None:
    """The network's limits hold: some 4 MB take their time at 9 Mbit/s."""
    ((visit,), least) = visits["short"], 1000 * 8 * 4 / 9
    assert page.mobile_visit(browser, page.ours(server[0], SHORT)) > max(least, visit.first_chart)


def test_playing_asks_nothing_of_the_server(visits: Visits) -> None:
    """No message goes either way while the film plays, however long it is."""
    assert [visit.messages for (visit,) in visits.values()] == [0, 0, 0]


def test_what_is_sent_is_counted(visits: Visits) -> None:
    """A run of 10,000 iterations has five columns of doubles more to send than one of 18."""
    short, long = (visits[name][0].bytes for name in ("short", "long"))
    assert 5 * 8 * (LONG - SHORT) < long - short < 2 * 5 * 8 * (LONG - SHORT)


def test_the_script_is_timed() -> None:
    """One time a rerun, of a script that raises nothing."""
    times = page.script_times(SHORT, reruns=2)
    assert len(times) == 2
    assert all(isfinite(time) and time > 0 for time in times)


@pytest.mark.parametrize("way", core.WAYS)
def test_all_ways_compute_the_same_run(way: str) -> None:
    """Only what gives the same weights, bit for bit, may be compared."""
    run = train(
        input=core.INPUT, goal=core.GOAL, weight=core.WEIGHT, alpha=core.ALPHA, iterations=SHORT
    )
    assert tuple(core.WAYS[way](SHORT)) == run.weights


def test_the_tables_have_every_figure(visits: Visits) -> None:
    """As many cells in each row as in its head, none empty but where nothing is measured."""
    times = core.run_times(SHORT, rounds=1)
    assert all(isfinite(v) and v > 0 for spread in times.values() for v in spread.values)
    tables = (
        page_table(visits, 3 * [Spread((4000.0,))], [Spread((8.0,)), Spread((20.0,))]),
        core_table(times, times),
    )
    for head, rule, *rows in tables:
        assert len(rows) in (10, len(core.WAYS))
        assert {row.count("|") for row in (rule, *rows)} == {head.count("|")}
        assert not any(word in row for word in ("nan", "inf") for row in rows)


def test_a_spread_is_the_median_and_both_ends() -> None:
    """A ratio is taken round by round, for both figures of a round met the same noise."""
    ours, floor = Spread((2.0, 30.0, 4.0)), Spread((4.0, 10.0, 4.0))
    assert ours.show() == "4 (2 to 30)"
    assert ours.per(floor).show(1, "×") == "1.0× (0.5 to 3.0)"
    assert [percentile(range(1, 101), part) for part in (0.5, 0.95, 1)] == [50, 95, 100]
