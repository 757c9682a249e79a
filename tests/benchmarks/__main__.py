"""``python -m tests.benchmarks``: measure, and print the tables of docs/measurements.md.

Takes about ten minutes, less with fewer rounds (``python -m tests.benchmarks 3``). The figures
mean something only while the machine does nothing else.
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
from .distance import far
from .spread import Spread, percentile

SHORT, LONG = 18, 10_000  # iterations
ROUNDS = 9
MOBILE_ROUNDS = 5
CHANGES = 8  # of alpha, and movements of each hand, in a visit
SECONDS = 3.0  # of playing, in a visit
RERUNS = 10  # of the script, in a round
HELD = 0.05  # seconds for which a byte is held each way, for a server far away

Visits = dict[str, list[page.Visit]]
Mobile = dict[str, list[tuple[float, float]]]


def all_visits(rounds: int = ROUNDS) -> tuple[str, Visits, Mobile]:
    """The browser's version; of each page one visit a round, the pages taking turns; and mobile."""
    with ExitStack() as stack:
        logs = Path(stack.enter_context(TemporaryDirectory()))
        own = stack.enter_context(serve(logs / "ours"))
        away = stack.enter_context(far(own, HELD))
        smallest = stack.enter_context(serve(logs / "floor", page.FLOOR))
        browser = stack.enter_context(launch(stack.enter_context(sync_playwright())))
        near = {
            "floor": page.floor(smallest),
            "short": page.ours(own, SHORT),
            "long": page.ours(own, LONG),
        }
        subjects = near | {"far, short": page.ours(away, SHORT), "far, long": page.ours(away, LONG)}
        for subject in near.values():  # a server's first answer is no reader's usual one
            page.visit(browser, subject, changes=1, seconds=0.1)
        visits: Visits = {name: [] for name in subjects}
        for _ in range(rounds):
            for name, subject in subjects.items():
                visits[name].append(page.visit(browser, subject, CHANGES, SECONDS))
        mobile: Mobile = {name: [] for name in near}
        for _ in range(min(rounds, MOBILE_ROUNDS)):
            for name, subject in near.items():
                mobile[name].append(page.mobile_visit(browser, subject))
        return browser.version, visits, mobile


def page_table(visits: Visits, mobile: Mobile, scripts: list[Spread]) -> list[str]:
    """The page beside the floor; mobile: cold loads; scripts: what ours take on the server."""
    near = {name: visits[name] for name in ("floor", "short", "long")}

    def row(what: str, figure: Callable[[page.Visit], float], target: str) -> list[str]:
        return beside(what, [Spread(tuple(map(figure, each))) for each in near.values()], target)

    def beside(what: str, spreads: list[Spread], target: str) -> list[str]:
        floor, *own = spreads
        ratios = (f"{each.show()}: {each.per(floor).show(2, '×')}" for each in own)
        return [what, floor.show(), *ratios, target]

    firsts, completes = (
        [Spread(tuple(times[which] for times in each)) for each in mobile.values()]
        for which in (0, 1)
    )
    messages = [sum(visit.messages for visit in each) for each in near.values()]
    return table(
        ["", "floor", f"{SHORT} iterations", f"{LONG:,} iterations", "target"],
        row("first chart, ms", lambda visit: visit.first_chart, "≤ 0.70×"),
        row("all controls, ms", lambda visit: visit.complete, "≤ 0.85×"),
        beside("first chart at 9 Mbit/s and 60 ms, ms", firsts, "≤ 0.26×"),
        beside("all controls at 9 Mbit/s and 60 ms, ms", completes, "≤ 0.31×"),
        row("bytes of a first visit, kB", lambda visit: visit.bytes / 1000, "≤ 1,600 kB"),
        row("the server's answer to another alpha, ms", lambda v: median(v.answers), "≤ 1×"),
        row("frames that change, per second of playing", lambda visit: visit.frames, "≥ 50"),
        ["messages while playing", *map(str, messages), "0"],
        ["script time of a change, ms", "", *(each.show(1) for each in scripts), "≤ 25, ≤ 60"],
    )


def hands_table(visits: Visits) -> list[str]:
    """What is dragged: from the hand to the picture."""
    own = [visits[name] for name in ("short", "long", "far, short", "far, long")]
    away = f"{2000 * HELD:.0f} ms away"
    heads = [f"{n:,} iterations{where}" for where in ("", f", {away}") for n in (SHORT, LONG)]

    def cell(each: list[page.Visit], name: str) -> str:
        waits = [wait for visit in each for wait in visit.hands[name]]
        return f"{median(waits):.0f}, {percentile(waits, 0.95):.0f}"

    return table(
        ["dragged: median and 95th percentile, ms", *heads],
        *([name, *(cell(each, name) for each in own)] for name in page.HANDS),
    )


def core_table(short: core.Times, long: core.Times) -> list[str]:
    """The core beside other ways."""

    def cell(times: core.Times, way: str) -> str:
        beside = times[way].per(times["bare loop"])
        return f"{1e6 * times[way].median:,.1f}: {beside.show(2, '×')}"

    return table(
        ["one run, µs", f"{SHORT} iterations", f"{LONG:,} iterations"],
        *([way, cell(short, way), cell(long, way)] for way in core.WAYS),
    )


def table(head: list[str], *rows: list[str]) -> list[str]:
    """The lines of a Markdown table."""
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    browser, visits, mobile = all_visits(rounds)
    scripts = [
        Spread(tuple(median(page.script_times(iterations, RERUNS)) for _ in range(rounds)))
        for iterations in (SHORT, LONG)
    ]
    times = [core.run_times(iterations, rounds) for iterations in (SHORT, LONG)]
    versions = [f"{name} {version(name.lower())}" for name in ("Streamlit", "Plotly")]
    print(
        f"{date.today()}: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {', '.join(versions)}, headless Chromium {browser} "
        f"on loopback; median (lowest to highest) of {rounds} rounds, ratios round by round.\n"
    )
    tables = page_table(visits, mobile, scripts), hands_table(visits), core_table(*times)
    print(*("\n".join((*table, "")) for table in tables), sep="\n")


if __name__ == "__main__":
    main()
