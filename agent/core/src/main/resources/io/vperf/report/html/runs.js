/* What is known of each run besides its methods: warnings, steal, pauses, environment. */
function titleOf(run, i) {
  const name = run.header ? "pid " + run.header.pid + " on " + printable(run.header.host) : "a run without its head";
  return DATA.runs.length > 1 ? "Run " + (i + 1) + ", " + name : name;
}

function prefix(i) {
  return DATA.runs.length > 1 ? "run " + (i + 1) + " " : "";
}

function drawWarnings() {
  const warnings = DATA.troubles.map(text => ["file", text]);
  DATA.runs.forEach((run, i) => {
    const where = DATA.runs.length > 1 ? titleOf(run, i) + ": " : "";
    if (!run.header) {
      warnings.push(["incomplete", where + "JVM, machine, kernel and clocks are unknown: the dump has lost its head"]);
    }
    run.incomplete.forEach(text => warnings.push(["incomplete", where + text]));
    Object.entries(run.tainted).forEach(([reason, n]) => warnings.push(["tainted",
      where + "without corrected times: " + count(n) + " of " + count(run.intervals) + " intervals, as " + reason]));
    if (run.header && run.vcpus === null) {
      warnings.push(["steal", where + "steal is unknown, so nothing is corrected: " + run.header.steal]);
    }
    run.health.forEach(([key, n, meaning]) => warnings.push(["health", where + key + ": " + count(n) + (meaning ? " (" + meaning + ")" : "")]));
  });
  section("warnings").append(warnings.length === 0
    ? element("p", {class: "good"}, "None: every file is whole, nothing was dropped, clamped, tainted or suppressed.")
    : element("ul", {class: "warnings"}, ...warnings.map(([kind, text]) => element("li", {}, element("b", {}, kind), " " + text))));
}

/* Of many vCPUs those from which most was stolen, and the highest of the others as one line. */
function stolenSeries(timeline) {
  const most = 8;
  const all = DATA.runs.flatMap((run, i) => run.stolen.map(([vcpu, text]) => {
    const counted = (run.vcpus || []).find(([number]) => number === vcpu);
    return {label: prefix(i) + "vCPU " + vcpu, text, stolenNs: counted ? counted[1] : 0};
  }));
  const single = [...all].sort((a, b) => b.stolenNs - a.stolenNs).slice(0, all.length > most ? most - 1 : most);
  const series = all.filter(one => single.includes(one)).map((one, i) => ({label: one.label, stroke: c => c.series[i], values: timeline.values(one.text)}));
  const others = all.filter(one => !single.includes(one));
  if (others.length) {
    const highest = timeline.values("");
    others.forEach(one => timeline.values(one.text).forEach((value, i) => {
      highest[i] = value === null ? highest[i] : Math.max(value, highest[i] || 0);
    }));
    series.push({label: "highest of " + count(others.length) + " others", stroke: c => c.series[most - 1], values: highest});
  }
  return series;
}

function heldSeries(timeline) {
  return DATA.runs.flatMap((run, i) => [
    {label: prefix(i) + "throttled", stroke: c => c.series[(2 * i) % 8], values: timeline.values(run.throttled)},
    {label: prefix(i) + "paused", stroke: c => c.series[(2 * i + 1) % 8], values: timeline.values(run.paused)}
  ]);
}

function drawPauses() {
  const box = section("pauses");
  DATA.runs.forEach((run, i) => {
    if (DATA.runs.length > 1) {
      box.append(element("h3", {}, titleOf(run, i)));
    }
    if (run.pauses === null) {
      box.append(note("Unknown: nobody could tell for how long the JVM was paused, or nobody asked."));
      return;
    }
    const p = run.pauses;
    box.append(element("p", {}, "By " + p.source + ": for garbage collection " + count(p.gcCount) + ", " + duration(p.gcNs)
      + "; all safepoints " + count(p.count) + ", " + duration(p.totalNs) + "."));
    if (p.longest.length) {
      box.append(plainTable("Longest pauses", ["Began (UTC)", "Length", "Operation"],
        p.longest.map(([startMs, ns, operation]) => [time(startMs), duration(ns), operation])));
    }
  });
}

function drawEnvironment() {
  const box = section("environment");
  DATA.runs.forEach((run, i) => {
    box.append(element("h3", {}, titleOf(run, i)));
    const h = run.header;
    const rows = h ? [
      ["JVM", h.jvm], ["vperf", h.vperf], ["began", time(h.startedMs) + " UTC"],
      ["machine", h.hypervisor + ", kernel " + h.kernel + ", " + h.vcpus + " vCPUs"], ["steal", h.steal],
      ["kernel kind", h.kernelKind], ["cpu-corrected", h.cpuCorrection],
      ["clocks", h.clocks.map(([reading, clock, ns]) => reading + ": " + clock + (ns === null ? "" : " (" + ns + " ns)")).join(", ")],
      ["a measured call costs", duration(run.probeNs)], ["short calls", "below " + duration(h.shortNs)], ["interval", duration(h.intervalNs)],
      ["options", h.options.length ? h.options.map(([, value]) => value).join(", ") : "all at their defaults"]
    ] : [["JVM, machine, clocks", "unknown: the dump has lost its head"]];
    rows.push(["covers", count(run.intervals) + " intervals, " + duration(run.coveredMs * NS_PER_MS)], ["files", run.files.join(", ")]);
    box.append(element("dl", {}, ...rows.flatMap(([term, text]) => [element("dt", {}, term), element("dd", {}, text)])));
    if (run.vcpus) {
      box.append(plainTable("Steal per vCPU, in steps of 10 ms", ["vCPU", "stolen", "of wall", "attributed", "rest"],
        run.vcpus.map(([vcpu, ns, watchedNs, givenNs]) => [String(vcpu), duration(ns), percent(ns, watchedNs), duration(givenNs), duration(ns - givenNs)])));
    }
    if (h && h.capabilities.length) {
      box.append(element("details", {}, element("summary", {}, "What could be measured here"),
        plainTable("Capabilities", ["", "", "", "remedy"], h.capabilities.map(([name, there, detail, remedy]) => [name, there ? "available" : "missing", detail, remedy]))));
    }
    if (run.machine.length) {
      box.append(element("details", {}, element("summary", {}, "Steal, throttling, network and host, as the text report has them"),
        element("pre", {class: "lines", tabindex: "0", "aria-label": "Text report"}, run.machine.join("\n"))));
    }
  });
}
