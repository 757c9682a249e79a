"""Take the README's picture of the page: ``.venv/bin/python tests/take_picture.py``.

Opens the real page, goes to step 5 of the first run, and saves what a reader then sees.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from browser.chromium import VIEWS, launch
from playwright.sync_api import sync_playwright
from serving import serve

PICTURE = Path(__file__).parent / "page.png"


def main() -> None:
    with (
        TemporaryDirectory() as folder,
        serve(Path(folder) / "log") as url,
        sync_playwright() as playwright,
    ):
        page = launch(playwright).new_page(**VIEWS["desktop"])
        page.goto(url)
        page.wait_for_selector("[data-ready] .main-svg")
        page.get_by_role("slider", name="Step", exact=True).fill("5")
        page.get_by_role("heading", level=1).click()  # away from the slider and its focus ring
        page.wait_for_timeout(500)
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
