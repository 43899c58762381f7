/* Makes elements. Text goes in as text, never as markup. */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

/* A name that may be broken where a reader would break it. */
function breakable(name) {
  const whole = document.createDocumentFragment();
  for (const piece of printable(name).split(/(?<=[.,($])/)) {
    whole.append(piece, document.createElement("wbr"));
  }
  return whole;
}

function section(id) {
  return document.getElementById(id);
}

/* A table in a box that scrolls by itself, with keys too. */
function boxed(table, label) {
  return element("div", {class: "box", role: "region", tabindex: "0", "aria-label": label}, table);
}

/* Texts of so many characters need room to be broken well. */
const WIDE = 30;

/* Rows are arrays of texts; the first one of each heads its row. */
function plainTable(caption, heads, rows) {
  return boxed(element("table", {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads.map(head => element("th", {scope: "col"}, head)))),
    element("tbody", {}, ...rows.map(row => element("tr", {},
      ...row.map((text, i) => i === 0 ? element("th", {scope: "row"}, text) : element("td", {class: text.length > WIDE ? "wide" : null}, text)))))), caption);
}

function note(text) {
  return element("p", {class: "note"}, text);
}

/* A stacked bar: for eyes only, the same shares stand beside it as text. */
function splitBar(split, wholeNs) {
  const bar = element("div", {class: "split", "aria-hidden": "true"});
  const sumNs = split.ns.reduce((sum, ns) => sum + ns, 0);
  split.ns.forEach((ns, i) => {
    if (ns > 0 && ns >= sumNs / 1000) {
      const piece = element("span", {class: "part part-" + i, title: DATA.parts[i][1] + " " + percent(ns, sumNs)});
      piece.style.width = 100 * ns / (wholeNs || sumNs) + "%";
      bar.append(piece);
    }
  });
  return bar;
}

function splitText(split, amounts) {
  const sumNs = split.ns.reduce((sum, ns) => sum + ns, 0);
  const texts = [];
  split.ns.forEach((ns, i) => {
    if (ns > 0 && ns >= sumNs / (amounts ? 1e3 : 1e4)) {
      texts.push(DATA.parts[i][1] + " " + (amounts ? duration(ns) : percent(ns, sumNs)));
    }
  });
  const meanwhile = [];
  if (split.pausedNs > 0) {
    meanwhile.push("JVM paused " + duration(split.pausedNs));
  }
  if (split.blockedWhileStolenNs > 0) {
    meanwhile.push("blocked while a vCPU was stolen at most " + duration(split.blockedWhileStolenNs));
  }
  return texts.join(", ") + (meanwhile.length ? "; meanwhile " + meanwhile.join(", ") : "");
}

function splitLegend(splits) {
  const list = element("ul", {class: "legend"});
  DATA.parts.forEach(([, title, meaning], i) => {
    if (splits.some(split => split.ns[i] > 0)) {
      list.append(element("li", {title: meaning}, element("span", {class: "key part-" + i, "aria-hidden": "true"}), title));
    }
  });
  return list;
}
