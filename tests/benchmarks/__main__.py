"""``python -m tests.benchmarks``: measure the page and the core, and print the README's tables.

Takes about eight minutes; the figures mean something only while the machine does nothing else.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest does for the tests
from browser.chromium import launch
from serving import serve

from . import core, page
from .spread import Spread, percentile

SHORT, LONG = 18, 10_000  # iterations
ROUNDS = 9
MOBILE_ROUNDS = 5
CHANGES = 8  # of alpha and of the input, in a visit
SECONDS = 3.0  # of playing, in a visit
RERUNS = 10  # of the script, in a round

Visits = dict[str, list[page.Visit]]


def all_visits() -> tuple[str, Visits, list[Spread]]:
    """The browser's version; of each page one visit a round, the pages taking turns; and mobile."""
    with ExitStack() as stack:
        logs = Path(stack.enter_context(TemporaryDirectory()))
        own = stack.enter_context(serve(logs / "ours"))
        smallest = stack.enter_context(serve(logs / "floor", page.FLOOR))
        browser = stack.enter_context(launch(stack.enter_context(sync_playwright())))
        subjects = {
            "floor": page.floor(smallest),
            "short": page.ours(own, SHORT),
            "long": page.ours(own, LONG),
        }
        for subject in subjects.values():  # a server's first answer is no reader's usual one
            page.visit(browser, subject, changes=1, seconds=0.1)
        visits: Visits = {name: [] for name in subjects}
        for _ in range(ROUNDS):
            for name, subject in subjects.items():
                visits[name].append(page.visit(browser, subject, CHANGES, SECONDS))
        mobile: list[list[float]] = [[] for _ in subjects]
        for _ in range(MOBILE_ROUNDS):
            for times, subject in zip(mobile, subjects.values(), strict=True):
                times.append(page.mobile_visit(browser, subject))
        return browser.version, visits, [Spread(tuple(times)) for times in mobile]


def page_table(visits: Visits, mobile: list[Spread], scripts: list[Spread]) -> list[str]:
    """The page beside the floor; mobile: cold loads; scripts: what ours take on the server."""

    def row(what: str, figure: Callable[[page.Visit], float], target: str) -> str:
        return beside(what, [Spread(tuple(map(figure, each))) for each in visits.values()], target)

    def beside(what: str, spreads: list[Spread], target: str) -> str:
        floor, *own = spreads
        ratios = (f"{each.show()}: {each.per(floor).show(2, '×')}" for each in own)
        return line(what, floor.show(), *ratios, target)

    waits = [[wait for visit in each for wait in visit.repaints] for each in visits.values()]
    slow = [percentile(each, 0.95) for each in waits]
    messages = [sum(visit.messages for visit in each) for each in visits.values()]
    return [
        line("", "floor", f"{SHORT} iterations", f"{LONG:,} iterations", "target"),
        line(*["---"] * 5),
        row("cold load to the first chart, ms", lambda visit: visit.first_chart, "≤ 1.0×"),
        row("the same and all fields, ms", lambda visit: visit.complete, ""),
        beside("cold load at 9 Mbit/s and 60 ms, ms", mobile, ""),
        row(
            "change of alpha to the repainted chart, ms",
            lambda visit: median(visit.repaints),
            "≤ 0.6×, ≤ 1.0×",
        ),
        line(
            f"the same, p95 of {len(waits[0])}, ms",
            f"{slow[0]:.0f}",
            *(f"{each:.0f}: {each / slow[0]:.2f}×" for each in slow[1:]),
            "",
        ),
        row(
            "change of the input, beside one of alpha, ms",
            lambda visit: median(visit.others),
            "",
        ),
        row("changing frames a second while playing", lambda visit: visit.frames, "≥ 50"),
        line("messages while playing", *map(str, messages), "0"),
        row("bytes of a cold load, kB", lambda visit: visit.bytes / 1000, ""),
        line("script time of a change, ms", "", *(each.show(1) for each in scripts), "≤ 25, ≤ 60"),
    ]


def core_table(short: core.Times, long: core.Times) -> list[str]:
    """The core beside other ways."""

    def cell(times: core.Times, way: str) -> str:
        beside = times[way].per(times["bare loop"])
        return f"{1e6 * times[way].median:,.1f}: {beside.show(2, '×')}"

    return [
        line("one run, µs", f"{SHORT} iterations", f"{LONG:,} iterations"),
        line(*["---"] * 3),
        *(line(way, cell(short, way), cell(long, way)) for way in core.WAYS),
    ]


def line(*cells: str) -> str:
    """One line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure and print."""
    browser, visits, mobile = all_visits()
    scripts = [
        Spread(tuple(median(page.script_times(iterations, RERUNS)) for _ in range(ROUNDS)))
        for iterations in (SHORT, LONG)
    ]
    times = [core.run_times(iterations, ROUNDS) for iterations in (SHORT, LONG)]
    versions = [f"{name} {version(name.lower())}" for name in ("Streamlit", "Plotly")]
    print(
        f"{date.today()}: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {', '.join(versions)}, headless Chromium {browser} "
        f"on loopback; median (lowest to highest) of {ROUNDS} rounds, ratios round by round.\n"
    )
    print(*page_table(visits, mobile, scripts), "", *core_table(*times), sep="\n")


if __name__ == "__main__":
    main()
