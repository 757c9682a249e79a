// Run as soon as the page has any HTML: plotly.js is fetched while the rest is being made.

window.plotly ??= (async () => {
  const file = "component/neuron.player.plotlyjs/plotly.min.js?{version}";
  // It comes without a date; a browser left to itself would fetch it anew for each visit.
  const response = await fetch(new URL(file, document.baseURI), {
    cache: "force-cache",
    priority: "high",
  });
  if (!response.ok) throw new Error("plotly.js could not be loaded");
  const text = await response.text();
  // All of plotly.js is one function. In parentheses it is compiled when it is first read, and not
  // read once more when it is called: that halves the time for which the page cannot answer.
  const code = text.replace(/^(.*?, )(\(\) => \{.*\})(\)\);\s*)$/s, "$1($2)$3");
  const script = document.createElement("script");
  script.src = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  return window.Plotly;
})();
window.plotly.catch(() => {}); // who wants to draw says that it could not be loaded
