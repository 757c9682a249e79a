// Run as soon as the page has any HTML: plotly.js is fetched while the rest is being made.

window.plotly ??= new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = new URL("{address}", document.baseURI).href;
  script.fetchPriority = "high";
  script.onload = () => resolve(window.Plotly);
  script.onerror = reject;
  document.head.append(script);
});
window.plotly.catch(() => {}); // who wants to draw says that it could not be loaded
