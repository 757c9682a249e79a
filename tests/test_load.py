"""Many readers at once: each gets the answer to its own change, and the server keeps nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.load import growth, many_readers, own_settings, server_process
from benchmarks.session import complete
from serving import serve

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
SESSIONS = 8


@pytest.fixture(scope="module")
def fresh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this file's own: what other tests left in memory would hide what is kept."""
    log = tmp_path_factory.mktemp("load") / "log"
    with serve(log) as url:
        yield url
    assert "Traceback" not in log.read_text()


def test_memory_does_not_grow_with_changes(fresh_server: str) -> None:
    """After 200 changes, 320 more leave the server's memory within 5%: nothing is kept.

    It is 1 to 3%, and 8% or more with every run or every answer kept.
    """
    assert complete(growth(fresh_server, warm_up=25, changes=40, sessions=SESSIONS)) < 0.05


def test_every_session_is_answered_with_its_own_run(fresh_server: str) -> None:
    """Changes that meet at random all come back exact, to the last bit."""
    load = complete(many_readers(fresh_server, SESSIONS, seconds=2, every=0.2))
    assert load.errors == []
    assert len(load.waits) > 2 * SESSIONS
    runs = {(own.input, own.goal) for own in map(own_settings, range(SESSIONS))}
    assert len(runs) == SESSIONS


def test_the_page_as_it_opens_does_without_pandas(fresh_server: str) -> None:
    """It would double the server's memory; only the tables of a closer look need it."""
    complete(growth(fresh_server, warm_up=1, changes=1))
    maps = Path(f"/proc/{server_process(fresh_server)}/maps").read_text()
    assert "pandas" not in maps
