/* A plot by uPlot, drawn once it comes into view and again when size or colours change. */
const PLOTS = [];
const seen = new IntersectionObserver(entries => {
  for (const entry of entries) {
    entry.target.plot.inView = entry.isIntersecting;
    entry.target.plot.drawIfDue();
  }
}, {rootMargin: "300px"});

class Plot {
  /*
   * make(colours, width): {options, data}: uPlot's options without size, and its data
   * alternative(): {text, heads, rows}: what the plot shows, in a sentence and as a table
   */
  constructor(title, height, make, alternative) {
    this.title = title;
    this.height = height;
    this.make = make;
    this.alternative = alternative;
    this.due = true;
    this.canvasBox = element("div", {class: "canvas"});
    this.canvasBox.style.minHeight = height + "px";
    this.canvasBox.plot = this;
    this.caption = element("figcaption", {}, title);
    this.details = element("details", {class: "alternative", ontoggle: () => this.fillTable()},
      element("summary", {}, "As a table: " + title));
    this.figure = element("figure", {}, this.caption, this.canvasBox, this.details);
    PLOTS.push(this);
    seen.observe(this.canvasBox);
  }

  renew(title) {
    if (title) {
      this.title = title;
      this.caption.textContent = title;
      this.details.firstChild.textContent = "As a table: " + title;
    }
    this.due = true;
    this.fillTable();
    this.drawIfDue();
  }

  drawIfDue() {
    if (this.due && (this.inView || PLOTS.printing)) {
      this.draw();
    }
  }

  draw() {
    this.due = false;
    if (this.uplot) {
      this.uplot.destroy();
      this.uplot = null;
    }
    this.canvasBox.replaceChildren();
    this.canvasBox.style.minHeight = "";
    const {options, data} = this.make(colours(), this.canvasBox.clientWidth);
    const alternative = this.alternative();
    this.details.hidden = !data;
    if (!data) {
      this.canvasBox.append(note(alternative.text));
      return;
    }
    this.width = this.canvasBox.clientWidth;
    this.uplot = new uPlot({...options, width: this.width, height: this.height}, data, this.canvasBox);
    const canvas = this.canvasBox.querySelector("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", this.title + ". " + alternative.text);
  }

  fillTable() {
    while (this.details.childElementCount > 1) {
      this.details.lastChild.remove();
    }
    if (this.details.open) {
      const {text, heads, rows} = this.alternative();
      this.details.append(note(text), plainTable(this.title, heads, rows));
    }
  }
}

/* Those of the style sheet, so that both colour schemes stand in one place. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = name => style.getPropertyValue("--" + name).trim();
  return {
    text: of("text"), grid: of("grid"), raw: of("raw"), corrected: of("corrected"), band: of("band"),
    cpu: of("cpu"), quiet: of("quiet"), series: [1, 2, 3, 4, 5, 6, 7, 8].map(i => of("series-" + i))
  };
}

function axis(colour, more) {
  return {
    stroke: colour.text,
    font: "12px system-ui, sans-serif",
    labelFont: "12px system-ui, sans-serif",
    grid: {stroke: colour.grid, width: 1},
    ticks: {stroke: colour.grid, width: 1},
    ...more
  };
}

function line(label, stroke, more) {
  return {label, stroke, width: 1.5, spanGaps: false, points: {filter: alone}, ...more};
}

/* Where there is no room for all points those are drawn that no line leads to. */
function alone(u, series, show) {
  if (show) {
    return null;
  }
  const values = u.data[series];
  const found = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null) {
      found.push(i);
    }
  }
  return found;
}

let resizing = 0;
addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => PLOTS.forEach(plot => {
    if (plot.uplot && plot.canvasBox.clientWidth !== plot.width) {
      plot.renew();
    }
  }), 150);
});
/* Paper is light, and shows all plots. */
let themeOnScreen;
addEventListener("beforeprint", () => {
  themeOnScreen = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  PLOTS.printing = true;
  PLOTS.forEach(plot => plot.renew());
});
addEventListener("afterprint", () => {
  PLOTS.printing = false;
  if (themeOnScreen) {
    document.documentElement.dataset.theme = themeOnScreen;
  } else {
    delete document.documentElement.dataset.theme;
  }
  PLOTS.forEach(plot => plot.renew());
});
