"""plotly.js as it is served draws as the installed one does."""

from __future__ import annotations

import re

from playwright.sync_api import Browser

from browser.reader import SCENES, Open, troubles
from neuron.player import plotlyjs

INSTALLED = (plotlyjs.FOLDER / plotlyjs.NAME).read_bytes()
KEPT = "keep=2:2:0:0.1:18,2:2:0:0.3:18,2:2:0:0.55:18,2:2:0:0.5:18"
QUERIES = {
    "why": "alpha=0.6&test=3:3,0:1&train=1:3&log=1",
    "compare": f"alpha=0.45&{KEPT}",
    "sweep": "alpha=0.3&iterations=40",
}
FIGURES = """() => [...document.querySelectorAll(".js-plotly-plot")].map(({ data, layout }) => (
    JSON.stringify({ data, layout }, (_, all) => (ArrayBuffer.isView(all) ? [...all] : all))))"""

# What is done with each: gives the drawing after each act.
ACTS = """async (figures) => {
    let at = 0; // the random names of parts are the same each time
    Math.random = () => (at = (at + 0.618034) % 1);
    const gd = document.querySelector("div");
    const drawn = [];
    const keep = () => drawn.push(new XMLSerializer().serializeToString(gd));
    const atOnce = { mode: "immediate", frame: { duration: 0, redraw: false },
        transition: { duration: 0 } };
    for (const { data, layout } of figures.map(JSON.parse)) {
        await Plotly.react(gd, data, layout, { displayModeBar: false, doubleClick: false });
        keep();
        await Plotly.animate(gd, { data: [{ x: [0, 1], y: [2, 1] }], traces: [0] }, atOnce);
        keep();
        await Plotly.relayout(gd, { "xaxis.range": [-1, 3], width: 600, height: 300 });
        keep();
        await Plotly.update(gd, { opacity: 0.5 }, { paper_bgcolor: "#eee" });
        keep();
        Plotly.Fx.hover(gd, [{ curveNumber: 0, pointNumber: 1 }]);
        keep();
        for (const format of ["svg", "png"])
            drawn.push(await Plotly.toImage(gd, { format, width: 300, height: 200 }));
    }
    Plotly.purge(gd);
    keep();
    return drawn;
}"""


def drawings(browser: Browser, file: bytes, figures: list[str]) -> list[str]:
    """What a page with this plotly.js draws; any error fails."""
    page = browser.new_page()
    wrong = troubles(page)
    page.set_content("<!doctype html><div></div>")
    page.add_script_tag(content=file.decode())
    drawn = page.evaluate(ACTS, figures)
    page.context.close()
    assert wrong == []
    # Plotly may or may not have undone a cursor yet, which leaves an empty style.
    return [re.sub('(?: style=""|%20style%3D%22%22)', "", one) for one in drawn]


def test_it_draws_what_the_whole_file_draws(open_page: Open, browser: Browser) -> None:
    """Every chart of the page, moved, resized, hovered and saved: the same SVG."""
    reader = open_page()
    figures: list[str] = []
    for look in SCENES:
        reader.go(f"{QUERIES[look]}&look={look}")
        reader.drawn(look)
        figures += reader.page.evaluate(FIGURES)
    drawn = drawings(browser, plotlyjs.needed(INSTALLED), figures)
    assert len({*drawn}) > 0.75 * len(drawn)  # what is done is seen
    assert drawn == drawings(browser, INSTALLED, figures)
