"""What a reader waits for, measured in a real browser: ours and the floor by the same rules."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from browser.chromium import VIEWS
from browser.reader import PATIENCE
from playwright.sync_api import Browser, Page, WebSocket
from serving import ROOT
from streamlit.testing.v1 import AppTest

FLOOR = Path(__file__).parent / "floor"

# What a chart looks like: its lines and points.
LOOK = """
window.lookOf = (chart) =>
    [...document.querySelectorAll(`${chart} .trace path`)]
        .map((path) => path.getAttribute("d") + path.getAttribute("transform")).join();
"""
# Something is on the screen when the frame after the one that drew it begins.
SEEN = """
for (const [name, what] of Object.entries(%s)) {
    const look = () => {
        if (document.querySelector(what)) {
            requestAnimationFrame(() => { window[name] = performance.now(); });
        } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}
"""
FIRST_CHART = ".js-plotly-plot .trace path.js-line[d]"
MOBILE = {  # what a phone may have: 9 Mbit/s down, 3 up, and 60 ms to the server and back
    "offline": False,
    "latency": 60,
    "downloadThroughput": 9e6 / 8,
    "uploadThroughput": 3e6 / 8,
}
AWAIT_REPAINT = """([chart, what]) => {
    const before = lookOf(chart);
    window.repaint = null;
    addEventListener(what, ({ timeStamp }) => {
        const done = () => { window.repaint = performance.now() - timeStamp; };
        const look = () => {
            const now = lookOf(chart);
            requestAnimationFrame(now !== "" && now !== before ? done : look);
        };
        requestAnimationFrame(look);
    }, { once: true, capture: true });
}"""
PLAY = """async ({ chart, play, seconds }) => {
    const STILL = 20; // so many frames without a change: the film is over
    const press = () =>
        document.querySelector(play).dispatchEvent(new MouseEvent("click", { bubbles: true }));
    const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
    let changes = 0, spent = 0, still = 0, empty = 0;
    while (spent < 1000 * seconds) {
        press();
        let shown = lookOf(chart), last = 0, film = 0;
        for (still = 0; still < STILL && spent + film < 1000 * seconds; still++) {
            const now = await nextFrame();
            const look = lookOf(chart);
            if (look === shown) continue;
            if (last) { changes++; film += now - last; } // from the first change on
            [shown, last, still] = [look, now, 0];
        }
        if (!film && ++empty > 5) throw new Error("nothing moves");
        spent += film;
    }
    if (still < STILL) press();
    return 1000 * changes / spent;
}"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A page that is measured: its address with the query, and selectors of what is on it.

    fields: of all that can be changed. alpha: of its field or slider. chart: of the measured chart.
    play: of its button. hands: of what can be dragged, by name, with a drag's pixels, right and
    down.
    """

    address: str
    fields: tuple[str, ...]
    alpha: str
    chart: str
    play: str
    hands: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)


HANDS = {
    "alpha": (".ruler input", 240, 0),
    "start": ("[data-picture=bowl] .ring", 40, 0),
    "goal": (".neuron-svg .handle.goal", 0, -40),
}


def ours(url: str, iterations: int) -> Subject:
    """The page with so many iterations."""
    fields = (
        *(".ruler .places button", ".st-key-fields input"),
        *(".st-key-top [role=combobox]", ".st-key-looks [role=radio]"),
    )
    return Subject(
        f"{url}?iterations={iterations}",
        fields,
        "input[aria-label=Alpha]",
        "[data-picture=weight]",
        "[data-do=play]",
        HANDS,
    )


def floor(url: str) -> Subject:
    """The smallest page."""
    slider = "[data-testid=stSlider]"
    return Subject(url, (slider,), f"{slider} input", ".js-plotly-plot", ".updatemenu-button")


def wire(page: Page) -> Counter[str]:
    """What goes over the wire of a page: "bytes" of all kinds, and "messages" of its WebSockets."""
    passed: Counter[str] = Counter()

    def message(payload: str | bytes) -> None:
        passed.update(messages=1, bytes=len(payload))

    def watch(socket: WebSocket) -> None:
        socket.on("framesent", message)
        socket.on("framereceived", message)

    def loaded(event: dict[str, Any]) -> None:
        passed.update(bytes=int(event["encodedDataLength"]))

    page.on("websocket", watch)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", loaded)
    return passed


@dataclass(frozen=True, slots=True)
class Visit:
    """What one reader waited for.

    Times are in milliseconds. first_chart, complete: from going to the address to the first chart,
    and to all that can be changed. answers: from each new alpha to the chart of the server's
    answer. hands: from each movement of what is dragged, by its name, to the repainted chart.
    frames: that change in a second while the chart plays as fast as it can. messages: over the
    WebSocket while it plays. bytes: of the whole wire until the page was at rest.
    """

    first_chart: float
    complete: float
    answers: list[float]
    hands: dict[str, list[float]]
    frames: float
    messages: int
    bytes: int


def visit(browser: Browser, subject: Subject, changes: int, seconds: float) -> Visit:
    """Open the page with an empty cache, change all there is so many times, play for so long."""
    with browser.new_context(**VIEWS["desktop"]) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        passed = wire(page)
        page.add_init_script(LOOK)
        first_chart, complete = _arrive(page, subject)
        page.wait_for_load_state("networkidle")
        _await_rest(page)
        transferred = passed["bytes"]
        answers = _answers(page, subject, changes)
        speed = page.get_by_role("combobox", name="Speed")
        if speed.count():
            speed.select_option(label="Fastest")
        before = passed["messages"]
        film = {"chart": subject.chart, "play": subject.play, "seconds": seconds}
        frames = float(page.evaluate(PLAY, film))
        messages = passed["messages"] - before
        hands = {
            name: _drag(page, subject.chart, *how, changes) for name, how in subject.hands.items()
        }
        return Visit(first_chart, complete, answers, hands, frames, messages, transferred)


def mobile_visit(browser: Browser, subject: Subject) -> tuple[float, float]:
    """`Visit.first_chart` and `Visit.complete` over a network as of `MOBILE`."""
    with browser.new_context(**VIEWS["desktop"]) as context:
        context.set_default_timeout(4 * PATIENCE)
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", MOBILE)
        return _arrive(page, subject)


def script_times(iterations: int, reruns: int) -> list[float]:
    """Milliseconds that the page's script takes for a change of alpha, without any browser.

    Streamlit's own test driver runs it: its few milliseconds are included.
    """
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE / 1000)
    page.query_params["iterations"] = str(iterations)
    page.run()
    taken = []
    for k in range(reruns):
        alpha = next(field for field in page.text_input if field.label == "Alpha")
        alpha.set_value(str(0.1 + 0.005 * (1 - k % 2)))
        begun = perf_counter()
        page.run()
        taken.append(1000 * (perf_counter() - begun))
        assert not page.exception
    return taken


def _arrive(page: Page, subject: Subject) -> tuple[float, float]:
    parts = "".join(f":has({what})" for what in (FIRST_CHART, *subject.fields))
    page.add_init_script(SEEN % json.dumps({"firstChart": FIRST_CHART, "complete": "body" + parts}))
    page.goto(subject.address)
    page.wait_for_function("window.complete")
    first_chart, complete = page.evaluate("[firstChart, complete]")
    return float(first_chart), float(complete)


def _answers(page: Page, subject: Subject, changes: int) -> list[float]:
    alpha = page.locator(subject.alpha)
    answers = []
    for k in range(changes):
        page.evaluate(AWAIT_REPAINT, [subject.chart, "keydown"])
        if subject.hands:  # a field, which only Python reads
            alpha.fill(str(0.11 + 0.005 * (k % 2)))
            alpha.press("Enter")
        else:
            alpha.press("ArrowDown" if k % 2 else "ArrowUp")
        answers.append(_repaint(page))
        _await_rest(page)
    return answers


def _drag(page: Page, chart: str, what: str, right: int, down: int, moves: int) -> list[float]:
    box = page.locator(what).first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if "ruler" in what:  # its thumb is where alpha is
        x = box["x"] + page.locator(what).evaluate("e => e.value / e.max") * box["width"]
    page.mouse.move(x, y)
    page.mouse.down()
    waits = []
    for k in range(1, moves + 1):
        page.evaluate(AWAIT_REPAINT, [chart, "pointermove"])
        # To and fro, because two places near the same mark would show the same picture.
        way = 0.3 + 0.4 * (k % 2) + 0.3 * k / moves
        page.mouse.move(x + right * way, y + down * way)
        waits.append(_repaint(page))
        page.wait_for_timeout(50)
    page.mouse.up()
    _await_rest(page)
    return waits


def _repaint(page: Page) -> float:
    return float(page.wait_for_function("window.repaint").json_value())


def _await_rest(page: Page) -> None:
    page.wait_for_selector("[data-test-script-state=notRunning]")
    page.wait_for_timeout(200)  # what is still to be tidied up is no part of the next figure
