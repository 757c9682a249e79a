// Run as soon as the page has any HTML: plotly.js is fetched while the rest is being made.

window.plotly ??= (async () => {
  const packed = "{address}";
  const asInstalled = "component/neuron.player.plotlyjs/plotly.min.js"; // app.py may not be served
  for (const address of [packed, asInstalled]) {
    const script = document.createElement("script");
    script.src = new URL(address, document.baseURI).href;
    script.fetchPriority = "high";
    await new Promise((done) => {
      script.onload = done;
      script.onerror = done;
      document.head.append(script);
    });
    if (window.Plotly) return window.Plotly;
  }
  throw new Error("plotly.js could not be loaded");
})();
window.plotly.catch(() => {}); // who wants to draw says that it could not be loaded
