// Run as soon as the page has any HTML: plotly.js is fetched while the rest is being made.

window.plotly ??= (async () => {
  const address = "component/neuron.player.plotlyjs/plotly.min.js?{version}";
  // It comes without a date; a browser left to itself would fetch it anew for each visit.
  const response = await fetch(new URL(address, document.baseURI), {
    cache: "force-cache",
    priority: "high",
  });
  if (!response.ok) throw new Error("plotly.js could not be loaded");
  const file = await response.blob();

  // All of plotly.js is one function. In parentheses it is compiled when it is first read, and not
  // read once more when it is called: that halves the time for which the page cannot answer.
  const [head, tail] = await Promise.all([file.slice(0, 1000).text(), file.slice(-100).text()]);
  const begin = head.indexOf("() => {");
  const rest = tail.match(/\}(\)\);\s*)$/)?.[1];
  let code = file;
  if (begin > 0 && rest) {
    const end = file.size - rest.length;
    code = new Blob([file.slice(0, begin), "(", file.slice(begin, end), ")", file.slice(end)], {
      type: file.type,
    });
  }

  const script = document.createElement("script");
  script.src = URL.createObjectURL(code);
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  URL.revokeObjectURL(script.src); // or the browser would keep the file for as long as the page
  return window.Plotly;
})();
window.plotly.catch(() => {}); // who wants to draw says that it could not be loaded
