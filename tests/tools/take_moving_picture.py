"""Take the README's moving picture: ``.venv/bin/python tests/tools/take_moving_picture.py``.

Opens the real page twice, plays a run that learns and one that blows up, and saves what a reader
sees as ``docs/page.webp``.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, FloatRect, ViewportSize, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest does for the tests
from browser.chromium import launch
from serving import ROOT, serve

PICTURE = ROOT / "docs" / "page.webp"
MOST_BYTES = 600_000
SIZE = ViewportSize(width=1180, height=860)
WIDTH = 800  # pixels of the picture
APART = 100  # milliseconds between two frames
LAST = 1500  # milliseconds for which the last frame of a run stays
RUNS = ("?alpha=0.2&iterations=5", "?alpha=0.75&iterations=6")


def frames(browser: Browser, address: str) -> list[tuple[Image.Image, int]]:
    """What the page shows while it plays, each with how many milliseconds it stays."""
    page = browser.new_page(viewport=SIZE)
    page.goto(address)
    page.wait_for_selector(".stage[data-ready]")
    page.wait_for_timeout(500)
    page.locator("[data-do=play]").first.click()
    page.mouse.move(0, 0)
    shots: list[tuple[float, Image.Image]] = []
    begun = time.monotonic()
    end = page.locator(".stage").bounding_box()
    assert end
    shown = FloatRect(x=0, y=0, width=SIZE["width"], height=end["y"] + end["height"])

    def shot() -> Image.Image:
        return Image.open(io.BytesIO(page.screenshot(clip=shown))).convert("RGB")

    playing = page.locator("[data-do=play]", has_text="Pause")
    while playing.count():
        now = time.monotonic() - begun
        shots.append((now, shot()))
        page.wait_for_timeout(max(0.0, APART - 1000 * (time.monotonic() - begun - now)))
    shots.append((time.monotonic() - begun, shot()))
    page.close()
    ends = [when for when, _ in shots[1:]]
    stays = [round(1000 * (end - when)) for (when, _), end in zip(shots, ends, strict=False)]
    size = (WIDTH, round(WIDTH * shown["height"] / shown["width"]))
    return [
        (picture.resize(size, Image.Resampling.LANCZOS), stay)
        for (_, picture), stay in zip(shots, [*stays, LAST], strict=True)
    ]


def main() -> None:
    """Take the picture, as good as its size allows."""
    with (
        TemporaryDirectory() as folder,
        serve(Path(folder) / "log") as url,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        taken = [each for query in RUNS for each in frames(browser, url + query)]
    (first, *rest), stays = [picture for picture, _ in taken], [stay for _, stay in taken]
    for quality in (70, 60, 50, 40, 30, 20):
        first.save(
            PICTURE,
            save_all=True,
            append_images=rest,
            duration=stays,
            loop=0,
            quality=quality,
            method=4,
            kmin=0,
            kmax=1000,
        )
        if PICTURE.stat().st_size <= MOST_BYTES:
            break
    print(f"{len(taken)} frames, quality {quality}, {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
