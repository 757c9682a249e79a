"""The documented deployment: two servers behind nginx, of which one ends while it is in use."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from serving import ROOT, free_port, serve

from browser.chromium import VIEWS
from browser.reader import PATIENCE, Reader
from browser.test_connection import (
    assert_it_is_again,
    assert_it_works_again,
    await_return,
    shown_at_start,
)

# What a distribution has around the documented part; the folders are the test's own.
AROUND = """
user {user};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


class Replicas:
    """Two servers, and the address that nginx serves both under."""

    def __init__(self, folder: Path) -> None:
        self.servers: dict[str, ExitStack] = {}
        for name in ("one", "other"):
            stack = ExitStack()
            self.servers[stack.enter_context(serve(folder / name))] = stack

    def sessions(self) -> dict[str, int]:
        """How many sessions each server that is up has now."""
        counts = {}
        for url in self.servers:
            with urllib.request.urlopen(url + "_stcore/metrics", timeout=60) as answer:
                found = re.search(r"^active_sessions (\d+)", answer.read().decode(), re.MULTILINE)
            assert found
            counts[url] = int(found[1])
        return counts

    def busiest(self) -> str:
        counts = self.sessions()
        return max(counts, key=counts.__getitem__)

    def end(self, url: str) -> None:
        self.servers.pop(url).close()


def nginx() -> str:
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if not found:
        reason = "nginx is not here (Debian and Ubuntu: the package nginx-light)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def balanced(folder: Path) -> Iterator[tuple[Replicas, str]]:
    """Two servers behind nginx with the documented configuration, on free ports."""
    program = nginx()
    page = (ROOT / "docs" / "deployment.md").read_text("utf-8")
    site, *_ = re.findall(r"```nginx\n(.*?)```", page, re.DOTALL)
    replicas = Replicas(folder)
    with ExitStack() as stack:
        for server in replicas.servers.values():
            stack.callback(server.close)
        port = free_port()
        changes = {"listen 80;": f"listen 127.0.0.1:{port};"}
        hosts = [url.split("/")[2] for url in replicas.servers]
        changes |= dict(zip(("127.0.0.1:8501", "127.0.0.1:8502"), hosts, strict=True))
        for old, new in changes.items():
            assert site.count(old) == 1
            site = site.replace(old, new)
        conf = folder / "nginx.conf"
        conf.write_text(AROUND.format(user=getpass.getuser(), folder=folder, site=site))
        process = subprocess.Popen([program, "-p", folder, "-e", folder / "error.log", "-c", conf])
        stack.callback(process.wait, 10)
        stack.callback(process.terminate)
        deadline = time.monotonic() + 60
        while True:
            assert process.poll() is None, (folder / "error.log").read_text()
            assert time.monotonic() < deadline
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield replicas, f"http://127.0.0.1:{port}/"
    for name in ("one", "other"):
        assert "Traceback" not in (folder / name).read_text()


def test_the_page_moves_to_the_other_server(browser: Browser, tmp_path: Path) -> None:
    """What a reader has set is there again by itself, works, and is there after a reload."""
    expect.set_options(timeout=PATIENCE)
    exceptions: list[str] = []
    with balanced(tmp_path) as (replicas, url):
        context = browser.new_context(**VIEWS["desktop"])
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: exceptions.append(str(error.error)))
        page = context.new_page()
        page.goto(f"{url}?input=3&goal=-1.5")
        reader = Reader(page)
        reader.await_rest()
        reader.type("Alpha", "0.01")
        reader.await_address(alpha="0.01")
        reader.look("Train and test").click()
        reader.await_address(look="data")
        reader.await_rest()
        before = shown_at_start(reader)
        with page.expect_websocket():  # a new one, to the other server
            replicas.end(replicas.busiest())
        await_return(reader)
        assert_it_is_again(reader, before)
        assert_it_works_again(reader)
        context.close()
    assert exceptions == []
