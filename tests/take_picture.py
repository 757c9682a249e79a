"""Take the README's picture of the page: ``.venv/bin/python tests/take_picture.py``.

Opens the real page, plays the first run up to step 5, and saves what a reader then sees.
"""

from pathlib import Path

from conftest import launched_browser, running_server

PICTURE = Path(__file__).parent / "page.png"


def main() -> None:
    """Save the picture."""
    with running_server() as address, launched_browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.wait_for_selector("[data-ready] .main-svg")
        page.get_by_role("slider", name="Step", exact=True).fill("5")
        page.get_by_role("heading", level=1).click()
        page.wait_for_timeout(500)
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
