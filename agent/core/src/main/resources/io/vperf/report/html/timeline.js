/* Plots on one time axis: what is zoomed in one is zoomed in all. */
class Timeline {
  constructor() {
    let at = 0;
    this.startsMs = DATA.startsMs.map(difference => (at += difference));
    this.seconds = this.startsMs.map(ms => ms / 1e3);
    this.first = this.seconds[0];
    // A point stands at the start of its interval; the last one needs room to its right.
    this.last = Math.max(DATA.endMs / 1e3, this.first + 1);
    this.range = [this.first, this.last];
    this.plots = [];
  }

  values(text) {
    return onAxis(text, this.seconds.length);
  }

  /* series(): [{label, stroke(colours), values}]; format: of a value */
  add(title, height, series, format, scale) {
    const plot = new Plot(title, height, colour => {
      const own = series();
      if (!own.some(one => one.values.some(value => value !== null))) {
        return {};
      }
      return {options: this.options(own, colour, format, scale, plot), data: [this.seconds, ...own.map(one => this.plotted(one.values, scale))]};
    }, () => this.alternative(series(), format));
    this.plots.push(plot);
    return plot;
  }

  /* A logarithm has no place for 0: it stands at a nanosecond. */
  plotted(values, scale) {
    return scale === "log" ? values.map(value => value === null ? null : Math.max(1, value)) : values;
  }

  options(own, colour, format, scale, plot) {
    return {
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1e3), "UTC"),
      cursor: {sync: {key: "time"}, drag: {x: true, y: false}},
      scales: {
        x: {time: true, range: (u, min, max) => min === null ? this.range : [min, max]},
        y: scale === "log" ? {distr: 3} : {range: (u, min, max) => [0, max > 0 ? max * 1.05 : 1e4]}
      },
      series: [
        {label: "UTC", value: (u, seconds) => seconds === null ? UNKNOWN : time(seconds * 1e3).slice(0, 19)},
        ...own.map(one => line(one.label, one.stroke(colour), {
          dash: one.dash,
          width: one.width || 1.5,
          value: (u, value, series, at) => at === null || at === undefined ? UNKNOWN : format(one.values[at])
        }))
      ],
      axes: [axis(colour, {space: 80, values: (u, splits) => clockTimes(splits)}), axis(colour, {
        size: 76,
        values: (u, splits) => splits.map(value => value === null ? "" : shortened(format(value)))
      })],
      hooks: {
        init: [u => u.setScale("x", {min: this.range[0], max: this.range[1]})],
        setScale: [(u, key) => {
          if (key === "x" && !this.following && u.status === 1) {
            this.show([u.scales.x.min, u.scales.x.max], plot);
          }
        }]
      }
    };
  }

  show([min, max], by) {
    const least = 1;
    if (max - min < least) {
      max = min + least;
    }
    this.range = [Math.max(min, this.first - 1), Math.min(max, this.last + 1)];
    this.following = true;
    for (const plot of this.plots) {
      if (plot !== by && plot.uplot) {
        plot.uplot.setScale("x", {min: this.range[0], max: this.range[1]});
      }
      plot.fillTable();
    }
    this.following = false;
    this.status.textContent = "Shown: " + time(this.range[0] * 1e3).slice(0, 19) + " to " + time(this.range[1] * 1e3).slice(0, 19) + " UTC";
  }

  /* For those who have no mouse, or would rather not use it. */
  controls() {
    const button = (text, change) => element("button", {type: "button", onclick: () => this.show(change(...this.range))}, text);
    const scaled = (by, shift) => (min, max) => {
      const half = (max - min) / 2 * by;
      const middle = Math.min(this.last - half, Math.max(this.first + half, (min + max) / 2 + shift * half));
      return [Math.max(this.first, middle - half), Math.min(this.last, middle + half)];
    };
    this.status = element("p", {class: "note", role: "status"});
    return element("div", {},
      element("div", {class: "controls", role: "group", "aria-label": "Time shown"},
        button("Zoom in", scaled(0.5, 0)), button("Zoom out", scaled(2, 0)),
        button("Earlier", scaled(1, -1)), button("Later", scaled(1, 1)),
        button("All", () => [this.first, this.last])),
      this.status);
  }

  alternative(own, format) {
    const rows = own.map(one => {
      const known = [];
      for (let i = 0; i < this.seconds.length; i++) {
        if (one.values[i] !== null && this.seconds[i] >= this.range[0] && this.seconds[i] <= this.range[1]) {
          known.push([one.values[i], this.startsMs[i]]);
        }
      }
      known.sort((a, b) => a[0] - b[0]);
      const at = share => known.length ? format(known[Math.min(known.length - 1, Math.floor(share * known.length))][0]) : UNKNOWN;
      return [one.label, count(known.length), at(0), at(0.5), at(1), known.length ? time(known[known.length - 1][1]).slice(0, 19) : UNKNOWN];
    });
    const known = rows.filter(row => row[1] !== "0");
    return {
      text: known.length === 0 ? "Nothing is known of this here." : known.slice(0, 8).map(row => row[0] + ": median " + row[3] + ", highest " + row[4] + " at " + row[5]).join("; "),
      heads: ["", "points", "lowest", "median", "highest", "highest at (UTC)"],
      rows
    };
  }
}

/* On an axis 10.0 ms is 10 ms. */
function shortened(text) {
  return text.replace(/\.0+ /, " ");
}

/* UTC, with seconds where these tell them apart, and the day where it begins. */
function clockTimes(splits) {
  const seconds = splits.some(at => at % 60 !== 0);
  let day = "";
  return splits.map(at => {
    const [date, clock] = new Date(at * 1e3).toISOString().split("T");
    const first = date !== day;
    day = date;
    return clock.slice(0, seconds ? 8 : 5) + (first ? "\n" + date : "");
  });
}
