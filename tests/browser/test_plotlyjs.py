"""plotly.js as it is served draws as the installed one does."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser

from neuron.player import plotlyjs

INSTALLED = (plotlyjs.FOLDER / plotlyjs.NAME).read_bytes()

# All that the page's charts are made of, and a little more: each kind of line, point, text, axis,
# shape and annotation, and what is done with them. Gives the drawing after each act, and both
# pictures of the end.
ACTS = """async () => {
    let at = 0; // the random names of parts are the same each time
    Math.random = () => (at = (at + 0.618034) % 1);
    const gd = document.querySelector("div");
    const drawn = [];
    const keep = () => drawn.push(new XMLSerializer().serializeToString(gd));
    const figure = (k) => ({
        data: [
            { type: "scatter", mode: "lines+markers+text", x: [1, 2, 3, 4], y: [1, 4 * k, -9, 16],
              text: ["a", "b<br>c", "<i>d</i>", "e<sub>2</sub>"], textposition: "top center",
              line: { shape: "spline", dash: "dot", width: k },
              marker: { symbol: ["circle", "x", "diamond-open", "star"], size: [9, 10, 11, 12],
                        color: [1, 2, 3, 4], colorscale: "Viridis", line: { width: 1 } },
              fill: "tozeroy", hovertemplate: "%{x:.2f} and %{y}<extra>one</extra>" },
            { type: "scatter", x: [1, null, 3, 4], y: [2, 3, 4, 1e5], yaxis: "y2",
              line: { shape: "hv" }, connectgaps: true, name: "two",
              error_y: { type: "constant", value: k }, cliponaxis: false },
            { x: ["2026-01-01", "2026-02-01"], y: ["p", "q"], xaxis: "x3", yaxis: "y3" },
        ],
        layout: {
            width: 640, height: 480, dragmode: false, hovermode: "closest", title: { text: "Run" },
            xaxis: { domain: [0, 0.6], range: [0, 5 + k], tickvals: [1, 2], ticktext: ["i", "ii"] },
            yaxis: { zeroline: true, tickformat: "~g", title: { text: "weight" } },
            yaxis2: { type: "log", overlaying: "y", side: "right", exponentformat: "power" },
            xaxis3: { domain: [0.7, 1], anchor: "y3", showspikes: true },
            yaxis3: { anchor: "x3", automargin: true },
            shapes: [
                { type: "line", x0: 0, x1: 4, y0: k, y1: k, line: { dash: "dash" } },
                { type: "rect", xref: "paper", yref: "paper", x0: 0, x1: 0.5, y0: 0, y1: 0.5,
                  opacity: 0.2, fillcolor: "teal", layer: "below", label: { text: "box" } },
                { type: "circle", x0: 1, x1: 2, y0: 1, y1: 2 },
                { type: "path", path: "M 1 1 L 2 4 Q 3 5 4 1 Z" },
            ],
            annotations: [
                { x: 2, y: 4, text: "limit", ax: 20, ay: -30, arrowhead: 2, font: { size: 14 } },
                { xref: "paper", yref: "paper", x: 1, y: 1, text: "<b>note</b>", showarrow: false,
                  bgcolor: "white", bordercolor: "red" },
            ],
        },
    });
    const config = { displayModeBar: false, doubleClick: false, responsive: false };
    const one = figure(1), two = figure(2);
    await Plotly.newPlot(gd, one.data, one.layout, config);
    keep();
    await Plotly.react(gd, two.data, two.layout, config);
    keep();
    for (const redraw of [false, true]) {
        const at = redraw ? 30 : 20;
        await Plotly.animate(
            gd,
            { data: [{ x: [0, 1], y: [at, 1], text: ["s", "t"] }], traces: [0] },
            { mode: "immediate", frame: { duration: 0, redraw }, transition: { duration: 0 } },
        );
        keep();
    }
    await Plotly.animate(gd, { data: [{ y: [3, 2] }], traces: [0] },
        { frame: { duration: 50, redraw: false }, transition: { duration: 40, easing: "cubic" } });
    keep();
    await Plotly.restyle(gd, { "line.color": "purple", mode: "lines" }, [0]);
    keep();
    await Plotly.relayout(gd, { "xaxis.range": [-1, 3], width: 600, "shapes[0].y1": 7 });
    keep();
    await Plotly.update(gd, { opacity: 0.5 }, { paper_bgcolor: "#eee", showlegend: true });
    keep();
    Plotly.Fx.hover(gd, [{ curveNumber: 0, pointNumber: 1 }]);
    keep();
    await Plotly.addTraces(gd, { x: [1, 2], y: [5, 6], mode: "markers" });
    await Plotly.deleteTraces(gd, 1);
    keep();
    const pictures = [];
    for (const format of ["svg", "png"]) {
        pictures.push(await Plotly.toImage(gd, { format, width: 300, height: 200 }));
    }
    Plotly.purge(gd);
    keep();
    return [drawn, pictures];
}"""


def acted(browser: Browser, file: bytes) -> tuple[list[str], list[str]]:
    """What a page with this plotly.js draws; any error fails."""
    context = browser.new_context()
    page = context.new_page()
    raised: list[Any] = []
    page.on("pageerror", lambda error: raised.append(error))
    page.on("console", lambda said: raised.append(said.text) if said.type == "error" else None)
    page.set_content("<!doctype html><div></div>")
    page.add_script_tag(content=file.decode())
    drawn, pictures = page.evaluate(ACTS)
    context.close()
    assert raised == []
    return drawn, pictures


def test_it_draws_what_the_whole_file_draws(browser: Browser) -> None:
    """Every chart that the page can ask for, moved, restyled, hovered and saved: the same SVG."""
    drawn, pictures = acted(browser, plotlyjs.needed(INSTALLED))
    assert len(set(drawn)) == len(drawn)  # every act is seen
    assert (drawn, pictures) == acted(browser, INSTALLED)
