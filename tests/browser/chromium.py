"""Chromium as the tests and the benchmarks start it, and the screens they look at."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, Error, Playwright

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("chrome", "msedge", "microsoft-edge"),
)
FLAGS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # letters as wide as they are designed, as in a window
]
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
VIEWS: dict[str, dict[str, Any]] = {
    "desktop": DESKTOP,
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "dark": DESKTOP | {"color_scheme": "dark"},
}


def missing(reason: str) -> NoReturn:
    """Skip a test for which something is not installed, but not where changes land."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def program(*names: str) -> str:
    """Where a program is that has one of these names."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    for name in names:
        if found := shutil.which(name, path=path):
            return found
    missing(f"{names[0]} is not installed")


def launch(playwright: Playwright, *, light: bool = False) -> Browser:
    """The first browser of this machine that starts, else the one that Playwright fetches.

    light: if possible one without windows, where all pages of a site share a process: they open in
    half the time, but not as a reader's.
    """
    root = sys.platform == "linux" and os.geteuid() == 0
    flags = FLAGS + (["--no-sandbox"] if root else [])  # root's Chromium has no sandbox
    flags += ["--process-per-site"] if light else []
    names = ("chromium-headless-shell", *NAMES) if light else NAMES
    paths = [path for path in map(shutil.which, names) if path]
    tries: list[dict[str, Any]] = [{"executable_path": path} for path in paths]
    tries += [{"channel": "chrome"}, {"channel": "msedge"}, {}]
    for which in tries:
        with suppress(Error):
            return playwright.chromium.launch(args=flags, **which)
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    fetched = subprocess.run(fetch, capture_output=True, text=True, check=False)
    try:
        return playwright.chromium.launch(args=flags)
    except Error as error:
        reason = f"no browser here, and none could be fetched: {error}\n{fetched.stderr}"
    missing(reason)
