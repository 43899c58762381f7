/* Puts the page together from its data. */
const DATA = JSON.parse(document.getElementById("data").textContent);
const STOLEN = DATA.parts.findIndex(([key]) => key === "stolen");

function drawSummary() {
  const intervals = DATA.runs.reduce((sum, run) => sum + run.intervals, 0);
  section("summary").textContent = (DATA.runs.length > 1 ? count(DATA.runs.length) + " runs, " : "") + count(intervals)
    + (intervals === 1 ? " interval, " : " intervals, ") + count(DATA.methods.length) + (DATA.methods.length === 1 ? " method; " : " methods; ")
    + DATA.runs.map(run => duration(run.coveredMs * NS_PER_MS)).join(" and ") + "; written by vperf " + DATA.version;
  section("cells").textContent = DATA.mostIntervals <= 1
    ? "Plots over time have a point for each interval."
    : "Plots over time have fewer points than there are intervals: those that start within the same " + duration(DATA.cellMs * NS_PER_MS)
      + " share one, " + count(DATA.mostIntervals) + " at most. It is the highest value of these, for p50 and p99, steal, throttling and pauses alike. No peak is lost; troughs are.";
}

function drawTheme() {
  const choice = section("theme");
  const apply = () => {
    if (choice.value) {
      document.documentElement.dataset.theme = choice.value;
    } else {
      delete document.documentElement.dataset.theme;
    }
    PLOTS.forEach(plot => plot.renew());
  };
  choice.addEventListener("change", apply);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
}

function drawMethods() {
  if (DATA.methods.length === 0) {
    ["methods", "method", "timeline", "spent"].forEach(id => section(id).append(note(
      DATA.runs.some(run => run.intervals > 0) ? "No measured method was called." : "No complete interval was found.")));
    return;
  }
  const timeline = new Timeline();
  const controls = timeline.controls();
  section("timeline").append(note("Drag over a plot to zoom in, or use these. " + section("cells").textContent), controls);
  const view = new MethodView(timeline);
  const stolenPlot = timeline.add("Steal per vCPU, share of its time", 220, () => stolenSeries(timeline), share);
  const heldPlot = timeline.add("Throttled by CPU quotas (all processes of the cgroups, over all vCPUs) and JVM paused, share of time", 220, () => heldSeries(timeline), share);
  section("timeline").append(view.series.figure, stolenPlot.figure, heldPlot.figure);
  section("spent").append(element("div", {id: "spent-box"}));
  view.show(DATA.methods[0]);
  methodsTable(m => {
    view.show(m);
    section("method").scrollIntoView();
    view.choice.focus({preventScroll: true});
  }, drawSpent);
}

drawSummary();
drawTheme();
drawWarnings();
drawMethods();
drawSlowest();
drawPauses();
drawEnvironment();
