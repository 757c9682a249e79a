"""What is laid over the charts, and what is said of their points, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.reader import Open
from neuron import train
from neuron.player import files

ARROW = """bowl => {
    // Where the arrow is on the axes that Plotly drew: its blunt end, its tip and its height.
    const [arrow, plot] = [".arrow i", ".nsewdrag"].map(
        (what) => bowl.querySelector(what).getBoundingClientRect(),
    );
    const { xaxis, yaxis } = bowl._fullLayout;
    const ends = [arrow.left, arrow.right].map((end) => xaxis.p2l(end - plot.left));
    if (getComputedStyle(bowl.querySelector(".arrow i")).scale.startsWith("-")) ends.reverse();
    const pixel = Math.abs(xaxis.p2l(1) - xaxis.p2l(0));
    const [y, high] = [arrow.top + arrow.height / 2 - plot.top, yaxis.p2l(0) - yaxis.p2l(1)];
    return [...ends, yaxis.p2l(y), pixel, high];
}"""


@pytest.mark.parametrize("alpha", [0.1, 0.4, 1.1])
def test_the_arrow_is_the_next_update(open_page: Open, alpha: float) -> None:
    """It leads from the ball to the next weight, on any axes; one too short to be seen is not.

    The last of these runs leaves its first view of the bowl, and the next.
    """
    reader = open_page(f"alpha={alpha}")
    run = train(input=2, goal=2, weight=0, alpha=alpha, iterations=18)
    bowl, arrow = (reader.page.locator(what) for what in ("[data-picture=bowl]", ".arrow i"))
    for width, step in ((1280, 0), (1280, 1), (700, 3), (390, 2), (1280, 17)):
        reader.page.set_viewport_size({"width": width, "height": 900})
        reader.seek(step)
        reader.page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
        start, tip, height, pixel, high = bowl.evaluate(ARROW)
        if abs(run.weights[step + 1] - run.weights[step]) < 15 * pixel:
            expect(arrow).to_be_hidden()
        else:
            expect(arrow).to_be_visible()
            assert start == pytest.approx(run.weights[step], abs=pixel)
            assert tip == pytest.approx(run.weights[step + 1], abs=pixel)
            assert height == pytest.approx(run.errors[step], abs=high)
    reader.seek(18)
    expect(arrow).to_be_hidden()


def test_what_is_laid_over_a_chart_stays_on_its_drawing(open_page: Open) -> None:
    """Where the room changes and the chart is not drawn again, as in print, it keeps its place."""
    reader = open_page("alpha=0.4")
    apart = reader.page.evaluate(
        """() => [["bowl", ".arrow"], ["weight", ".whole"]].map(([name, over]) => {
            const picture = document.querySelector(`[data-picture=${name}]`);
            picture.style.height = "90px";
            const [{ top, bottom }, plot] = [over, ".nsewdrag"].map(
                (what) => picture.querySelector(what).getBoundingClientRect(),
            );
            return Math.max(Math.abs(top - plot.top), Math.abs(bottom - plot.bottom));
        })"""
    )
    assert max(apart) < 1


def test_with_forced_colours_the_arrow_keeps_its_own(open_page: Open) -> None:
    """As Plotly's lines do; the system's colour would make it as white as the paper."""
    reader = open_page()
    colour = "element => getComputedStyle(element).backgroundColor"
    before = reader.page.locator(".arrow i").evaluate(colour)
    reader.page.emulate_media(forced_colors="active")
    assert reader.page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert reader.page.locator(".arrow i").evaluate(colour) == before


@pytest.mark.parametrize("step", [12, 500, 777])
def test_the_exact_value_is_one_hover_away(open_page: Open, step: int) -> None:
    """At the play head of a long run too, most of whose points are not drawn."""
    reader = open_page("alpha=0.001&iterations=1000")
    run = train(input=2, goal=2, weight=0, alpha=0.001, iterations=1000)
    reader.seek(step)
    for name, column in {"weight": run.weights, "error": run.errors}.items():
        reader.trace(name, 1)  # waits until it is drawn
        exact = repr(column[step]).replace("-", "−")
        texts = "chart => chart.data.map((trace) => trace.text.at(-1))"
        assert reader.page.locator(f"[data-picture={name}]").evaluate(texts) == [exact, exact]
        head = reader.page.locator(f"[data-picture={name}] .trace .point").last
        box = head.bounding_box()
        assert box is not None
        reader.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        said = reader.page.locator(f"[data-picture={name}] .hovertext")
        expect(said).to_have_text(f"step {step}: {exact}")


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


def test_a_chart_that_is_gone_fails_for_nobody(open_page: Open) -> None:
    """What Plotly still does for it is no error: a look may be closed while it is being drawn."""
    open_page().page.evaluate(
        TWO_LINES
        % """
        chart.animate([{ x: [1, 2], y: [2, 3] }]);
        room.remove();
        chart.dispose();
        while (room.data) await new Promise(requestAnimationFrame); // until Plotly lets it go"""
    )


def test_a_movement_that_comes_late_may_meet_another_figure(open_page: Open) -> None:
    """One with fewer lines: on a busy machine Plotly moves what it was told before it was drawn."""
    lines, y = open_page().page.evaluate(
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
