"""Bad days: what cannot be loaded, what a translator does to the page, what is mounted twice."""

from __future__ import annotations

from playwright.sync_api import Browser, expect
from runs import run_at

from browser.chromium import VIEWS
from browser.reader import PATIENCE, Open
from browser.test_stage import said_at
from neuron.player import files


def test_without_plotly_the_numbers_still_work(open_page: Open) -> None:
    """When the charts cannot be loaded the page says so, and everything else goes on."""
    reader = open_page("iterations=6", blocked="plotly.min.js")
    expect(reader.page.locator(".trouble")).to_contain_text("charts could not be loaded")
    reader.button("Step forward").click()
    said_at(run_at("iterations=6"), 1, reader.moment.inner_text())
    reader.handle("Starting weight, the wire").press("ArrowUp")
    reader.page.wait_for_function("!location.search.includes('weight=0&')")
    reader.await_rest()
    said_at(run_at(reader.page.url.partition("?")[2]), 0, reader.moment.inner_text())
    reader.speed.select_option(label="Fastest")
    reader.button("Play").click()
    expect(reader.moment).to_contain_text("After 6 updates")
    reader.look("All steps").click()
    expect(reader.page.locator(".table [aria-rowindex='8']")).to_be_visible()


def test_without_its_script_the_stage_says_so(browser: Browser, server: tuple[str, object]) -> None:
    """Within seconds, in words, with what to do."""
    context = browser.new_context(**VIEWS["desktop"])
    page = context.new_page()
    page.route(f"**/{files.address('')}*", lambda route: route.abort())
    page.goto(server[0])
    trouble = page.locator(".stage .trouble")
    expect(trouble).to_be_visible(timeout=PATIENCE)
    expect(trouble).to_contain_text("could not be loaded")
    expect(trouble).to_contain_text("reload the page")
    context.close()


TRANSLATE = """() => {
    // As a browser's translator: every text in two elements more, with other words.
    const translate = (root) => {
        const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const found = [];
        while (texts.nextNode()) found.push(texts.currentNode);
        for (const text of found) {
            const left = "font, style, script, [translate=no]";
            if (!text.data.trim() || text.parentElement.closest(left)) continue;
            const wrapped = document.createElement("font");
            wrapped.innerHTML = "<font></font>";
            wrapped.firstChild.textContent = `‹${text.data}›`;
            text.replaceWith(wrapped);
        }
    };
    const stage = document.querySelector(".stage");
    const watch = new MutationObserver(() => {
        watch.disconnect();
        translate(stage);
        watch.observe(stage, { childList: true, characterData: true, subtree: true });
    });
    translate(stage);
    watch.observe(stage, { childList: true, characterData: true, subtree: true });
}"""


def test_the_story_goes_on_in_a_translator(open_page: Open) -> None:
    """With wrapped and other words all over the stage the hand is answered and Next goes on."""
    reader = open_page("lesson=predict&stop=1")
    reader.page.evaluate(TRANSLATE)
    wire = reader.handle("Starting weight, the wire")
    wire.focus()
    for _ in range(3):
        reader.page.keyboard.press("ArrowUp")
    reader.page.wait_for_function("!location.search.includes('weight=0&')")
    reader.await_rest()
    weight = float(reader.address()["weight"])
    assert float(wire.get_attribute("aria-valuenow") or 0) == weight > 0
    reader.page.locator("[data-go=next]").click()
    reader.await_address(stop="2")
    expect(reader.page.locator(".story .text")).to_contain_text("doubles the input")


TWO_LINES = """async () => {
    const { Chart } = await import(new URL("{charts}", document.baseURI));
    const room = document.createElement("div");
    room.style = "width: 400px; height: 200px";
    document.body.append(room);
    const chart = new Chart(window.Plotly, room);
    const [line, layout] = [{ x: [1, 2], y: [1, 2] }, { font: {} }];
    chart.draw({ data: [line, line], layout }, {});
    %s
}""".replace("{charts}", files.address("charts.js"))


def test_a_chart_that_is_gone_or_another_by_now_fails_for_nobody(open_page: Open) -> None:
    """What Plotly still does for a closed look is no error; a late movement meets fewer lines."""
    page = open_page().page
    page.evaluate(
        TWO_LINES
        % """
        chart.animate([{ x: [1, 2], y: [2, 3] }]);
        room.remove();
        chart.dispose();
        while (room.data) await new Promise(requestAnimationFrame); // until Plotly lets it go"""
    )
    lines, y = page.evaluate(
        TWO_LINES
        % """
        room._promises.push(new Promise((done) => setTimeout(done, 100))); // as if it still drew
        chart.animate([{ x: [1, 2], y: [2, 3] }, { x: [1, 2], y: [3, 4] }]);
        chart.draw({ data: [{ x: [1, 2], y: [7, 8] }], layout }, {});
        chart.animate([{ x: [1, 2], y: [8, 9] }]);
        await new Promise((done) => setTimeout(done, 300));
        return [room.querySelectorAll(".trace").length, room.data[0].y];"""
    )
    assert (lines, y) == (1, [8, 9])
