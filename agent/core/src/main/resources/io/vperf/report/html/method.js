/* One method in full: its figures, the curve of its percentiles, where its time went, its slowest calls. */
const ROWS = [
  ["wall", "wall"], ["corrected", "corrected"], ["correctedLeast", "at least"], ["correctedMost", "at most"],
  ["quiet", "quiet"], ["cpu", "cpu"], ["cpuCorrected", "cpu-corrected"]
];

class MethodView {
  constructor(timeline) {
    this.timeline = timeline;
    this.logarithmic = false;
    this.choice = element("select", {id: "chosen", onchange: () => this.show(DATA.methods[this.choice.selectedIndex])},
      ...DATA.methods.map(m => element("option", {}, printable(m.name))));
    this.body = element("div", {});
    this.curve = new Plot("Percentiles", 320, colour => this.curveOf(colour), () => this.curveText());
    const scale = element("input", {type: "checkbox", onchange: () => {
      this.logarithmic = scale.checked;
      this.curve.renew();
    }});
    this.scale = element("label", {class: "check scale"}, scale, " logarithmic times");
    this.below = element("div", {});
    section("method").append(element("p", {class: "controls"}, element("label", {for: "chosen"}, "Method "), this.choice),
      this.body, this.curve.figure, this.scale, this.below);
    this.series = timeline.add("p50 and p99", 260, () => this.overTime(), duration, "log");
  }

  show(m) {
    this.m = m;
    this.choice.selectedIndex = DATA.methods.indexOf(m);
    const name = printable(m.name);
    const exceptions = m.exceptions === null ? "exceptions unknown" : (m.estimated ? "about " : "") + count(m.exceptions) + (m.exceptions === 1 ? " exception" : " exceptions");
    const stolenShare = m.stolenNs === null ? "" : " (" + percent(m.stolenNs, m.stolenOfNs) + ")";
    this.body.replaceChildren(
      element("h3", {class: "name"}, breakable(m.name)),
      element("p", {}, count(m.calls) + (m.calls === 1 ? " call, " : " calls, ") + exceptions + ", self " + m.self + ", total " + m.total
        + ", stolen " + stolen(m) + stolenShare),
      this.figures(m),
      m.quietCalls !== null && m.quietAmong > m.quietCalls
        ? note("quiet: " + count(m.quietCalls) + " of " + count(m.quietAmong) + " calls (" + percent(m.quietCalls, m.quietAmong)
          + ") began while nothing was stolen or throttled") : "",
      m.notes.length ? element("pre", {class: "lines", tabindex: "0", "aria-label": "Notes"}, m.notes.join("\n")) : "");
    this.below.replaceChildren(...this.spent(m));
    this.curve.renew("Percentiles of " + name);
    this.series.renew("p50 and p99 of " + name);
  }

  figures(m) {
    const rows = ROWS.filter(([key]) => m.times[key] || key === "wall" || key === "corrected" || key === "cpu")
      .filter(([key]) => key !== "quiet" || m.quietAmong > m.quietCalls)
      .map(([key, title]) => {
        const times = m.times[key];
        return [title, ...[0, 1, 2, 3].map(i => times ? duration(times.ns[i]) + (key === "corrected" && m.uncertain[i] ? "?" : "") : i === 0 ? "unknown" : UNKNOWN)];
      });
    return plainTable("Times of its calls", ["", "p50", "p99", "p99.9", "max"], rows);
  }

  spent(m) {
    const made = [];
    if (m.split && m.split.ns.some(ns => ns > 0)) {
      made.push(element("h4", {}, "Where its time went"), splitBar(m.split), splitLegend([m.split]), element("p", {}, splitText(m.split, false)));
    } else {
      made.push(note("Where its time went is unknown."));
    }
    if (m.slow && m.slow.length) {
      made.push(element("h4", {}, "Its slowest calls"), slowTable("Slowest calls of " + printable(m.name), m.slow.map(call => [m, call]), false));
    }
    return made;
  }

  curves() {
    const colour = {wall: "raw", corrected: "corrected", cpu: "cpu", quiet: "quiet"};
    return ROWS.filter(([key]) => this.m.times[key] && key !== "cpuCorrected" && (key !== "quiet" || this.m.quietAmong > this.m.quietCalls))
      .map(([key, title]) => ({key, title: key === "wall" ? "wall, raw" : title, values: decoded(this.m.times[key].curve), colour: colour[key]}));
  }

  /* x is 1/(1 − p), on a scale of nines; the maximum stands at the right end. */
  curveOf(colour) {
    const curves = this.curves();
    if (curves.length === 0) {
      return {};
    }
    const longest = Math.max(...curves.map(curve => curve.values.length));
    const x = Array.from({length: longest}, (unused, i) => Math.pow(2, i / 4));
    const log = this.logarithmic;
    const data = [x, ...curves.map(({values}) => x.map((unused, i) => {
      const value = values[Math.min(i, values.length - 1)];
      return log ? Math.max(1, value) : value;
    }))];
    const at = key => curves.findIndex(curve => curve.key === key) + 1;
    return {
      data,
      options: {
        cursor: {drag: {x: false, y: false}},
        padding: [null, 26, null, null],
        scales: {x: {time: false, distr: 3, range: (u, min, max) => [1, Math.max(max, 10)]}, y: log ? {distr: 3} : {range: (u, min, max) => [0, max > 0 ? max * 1.05 : 1]}},
        series: [{label: "percentile", value: (u, v) => v === null ? UNKNOWN : percentile(v)},
          ...curves.map(curve => line(curve.title, curve.colour ? colour[curve.colour] : colour.corrected, {
            width: curve.key === "wall" ? 4 : curve.colour ? 2 : 1, dash: curve.colour ? undefined : [3, 3], points: {show: false},
            value: (u, v) => duration(v)
          }))],
        bands: at("correctedLeast") ? [{series: [at("correctedMost"), at("correctedLeast")], fill: colour.band}] : [],
        axes: [axis(colour, {
          values: (u, splits) => nines(u, splits)
        }), axis(colour, {size: 76, values: (u, splits) => splits.map(v => v === null ? "" : shortened(duration(v)))})]
      }
    };
  }

  curveText() {
    const curves = this.curves();
    const steps = [0, 4, 8, 13, 27, 40, 53, 66];
    const longest = Math.max(0, ...curves.map(curve => curve.values.length));
    return {
      text: ["wall", "corrected", "cpu"].map(key => key + (this.m.times[key]
        ? " p50 " + duration(this.m.times[key].ns[0]) + ", p99 " + duration(this.m.times[key].ns[1]) + ", max " + duration(this.m.times[key].ns[3])
        : " unknown")).join("; "),
      heads: ["percentile", ...curves.map(curve => curve.title)],
      rows: [...steps.filter(step => step < longest - 1).map(step => [percentile(Math.pow(2, step / 4)),
        ...curves.map(({values}) => duration(values[Math.min(step, values.length - 1)]))]),
        ["max", ...curves.map(({values}) => duration(values[values.length - 1]))]]
    };
  }

  overTime() {
    if (!this.m || !this.m.series) {
      return [];
    }
    const [median, tail, correctedMedian, correctedTail] = this.m.series;
    const values = (text, same) => this.timeline.values(text === "=" ? same : text);
    return [
      {label: "raw p50 (dashed)", stroke: c => c.raw, width: 3, dash: [4, 3], values: values(median)},
      {label: "raw p99", stroke: c => c.raw, width: 3, values: values(tail)},
      {label: "corrected p50 (dashed)", stroke: c => c.corrected, dash: [4, 3], values: values(correctedMedian, median)},
      {label: "corrected p99", stroke: c => c.corrected, values: values(correctedTail, tail)}
    ];
  }
}

/* A label at each nine, or, where they would overlap, at some. */
function nines(u, splits) {
  const apart = Math.abs(u.valToPos(10, "x") - u.valToPos(1, "x"));
  const each = Math.max(1, Math.ceil(64 / apart));
  return splits.map(v => {
    const nine = Math.round(Math.log10(v) * 1e6) / 1e6;
    return Number.isInteger(nine) && nine % each === 0 ? percentile(v) : "";
  });
}

/* Of 1/(1 − p). */
function percentile(x) {
  const digits = Math.max(0, Math.ceil(Math.log10(x) - 1e-9) - 1);
  return Number((100 * (1 - 1 / x)).toFixed(x < 10 ? 1 : digits)) + " %";
}
