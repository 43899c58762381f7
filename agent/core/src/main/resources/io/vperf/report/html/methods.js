/* The table of all methods, and what follows from its order: the bars of where their time went. */
const PERCENTILES = ["p50", "p99", "p99.9", "max"];
const BARS = 40;

function timesColumns(group, key) {
  return PERCENTILES.map((title, i) => ({
    group, title, cls: "number", key: key + "-" + title,
    value: m => m.times[key] ? m.times[key].ns[i] : null,
    text: m => m.times[key] ? duration(m.times[key].ns[i]) + (key === "corrected" && m.uncertain[i] ? "?" : "") : UNKNOWN
  }));
}

function methodsTable(onChosen, onChange) {
  const choose = m => element("button", {type: "button", class: "link", title: "Show this method", onclick: () => onChosen(m)}, breakable(m.name));
  const self = {title: "Self", cls: "number", key: "self", value: m => m.selfNs, text: m => m.selfNs === null ? UNKNOWN : m.self};
  const columns = [
    {title: "Method", cls: "name", value: m => m.name, node: choose},
    {title: "Calls", cls: "number", key: "calls", value: m => m.calls, text: m => count(m.calls)},
    {title: "Exceptions", cls: "number", key: "exceptions", value: m => m.exceptions, text: m => (m.estimated && m.exceptions ? "about " : "") + count(m.exceptions)},
    self,
    {title: "Total", cls: "number", key: "total", value: m => m.totalNs, text: m => m.totalNs === null ? UNKNOWN : m.total},
    {title: "Stolen", cls: "number", key: "stolen", value: m => m.stolenNs, text: stolen},
    ...timesColumns("Wall, raw", "wall"), ...timesColumns("Corrected", "corrected"), ...timesColumns("CPU", "cpu"),
    ...timesColumns("CPU, corrected", "cpuCorrected"), ...timesColumns("Quiet", "quiet"),
    {group: "Quiet", title: "of calls", cls: "number", key: "quiet-share",
      value: m => m.quietCalls === null ? null : m.quietCalls / m.quietAmong, text: m => percent(m.quietCalls, m.quietAmong)}
  ];
  const table = new SortedTable("Methods, times over all runs and intervals", columns, DATA.methods, {shown: 100, by: self, onChange});
  const groups = [...new Set(columns.map(column => column.group).filter(group => group))];
  const used = {"CPU, corrected": DATA.methods.some(m => m.times.cpuCorrected), "Quiet": DATA.methods.some(m => m.times.quiet && m.quietCalls < m.quietAmong)};
  const narrow = matchMedia("(max-width: 700px)").matches;
  const boxes = groups.map(group => element("input", {type: "checkbox", value: group, onchange: () => hide()}));
  boxes.forEach(box => {
    box.checked = used[box.value] !== false && !(narrow && box.value !== "Wall, raw");
  });
  const hide = () => table.hide(boxes.filter(box => !box.checked).map(box => box.value));
  hide();
  const word = element("input", {type: "search", id: "filter", autocomplete: "off", oninput: () => table.filter(word.value)});
  section("methods").append(
    element("div", {class: "controls"}, element("label", {for: "filter"}, "Names that hold "), word,
      element("fieldset", {}, element("legend", {}, "Columns"), ...groups.map((group, i) => element("label", {class: "check"}, boxes[i], " " + group)))),
    table.box, element("div", {class: "controls"}, table.status, table.more));
  return table;
}

/* The methods as the table has them: filtered and sorted. */
function drawSpent(methods) {
  const known = methods.filter(m => m.split && m.split.ns.some(ns => ns > 0));
  const shown = known.slice(0, BARS);
  const rows = shown.map(m => element("tr", {},
    element("th", {scope: "row", class: "name"}, breakable(m.name)),
    element("td", {class: "number"}, m.total),
    element("td", {class: "bar-cell"}, splitBar(m.split), element("span", {class: "shares"}, splitText(m.split, false)))));
  const box = section("spent-box");
  box.replaceChildren(
    note("Each bar is a method's whole time. In the order of the table above" + (known.length > shown.length
      ? ": the first " + count(shown.length) + " of " + count(known.length) : "") + "."
      + (methods.length > known.length ? " Of " + count(methods.length - known.length) + " methods it is unknown." : "")),
    splitLegend(shown.map(m => m.split)),
    boxed(element("table", {class: "spent"}, element("caption", {}, "Where the methods' time went"),
      element("thead", {}, element("tr", {}, ...["Method", "Total", "Parts"].map(head => element("th", {scope: "col"}, head)))),
      element("tbody", {}, ...rows)), "Where the methods' time went"));
}

/* calls: [method, call] */
function slowTable(caption, calls, named) {
  const vcpus = ([entry, exit]) => entry === null || exit === null ? UNKNOWN : entry + (entry === exit ? "" : " to " + exit);
  const bound = call => call.leastStolenNs === null || call.mostStolenNs === null ? UNKNOWN
    : duration(call.split.ns[STOLEN]) + " (" + duration(call.leastStolenNs) + " to " + duration(call.mostStolenNs) + ")";
  const counters = call => Object.entries(call.counters).map(([name, n]) => name + " " + count(n)).join(", ");
  const withCounters = calls.some(([, call]) => Object.keys(call.counters).length);
  return plainTable(caption, [
    ...(named ? ["Method"] : []), "Wall", "Began (UTC)", "Thread", "vCPU", "Stolen", "Where it went", "Called by", ...(withCounters ? ["Counters"] : [])
  ], calls.map(([m, call]) => [
    ...(named ? [printable(m.name)] : []), duration(call.wallNs) + (call.thrown ? ", exception" : ""), time(call.startMs), printable(call.thread),
    vcpus(call.vcpus), bound(call), splitText(call.split, true),
    call.callers.map(printable).join(" < ") + (call.callersLeftOut ? " < " + call.callersLeftOut + " more" : ""), ...(withCounters ? [counters(call)] : [])
  ]));
}

function drawSlowest() {
  const calls = DATA.methods.flatMap(m => (m.slow || []).map(call => [m, call])).sort((a, b) => b[1].wallNs - a[1].wallNs);
  const shown = calls.slice(0, 50);
  section("slowest").append(calls.length === 0 ? note("No call was kept whole.") : note(
    "The slowest " + count(shown.length) + " calls, of each method its three slowest at most; those of each interval are in the dump."),
  calls.length === 0 ? "" : slowTable("Slowest calls of all methods", shown, true));
}
