/* Figures as the text report has them (io.vperf.report.Units): three significant digits and a unit. */
const UNKNOWN = "–";
const NS_PER_MS = 1e6;

function duration(ns) {
  if (ns === null || ns === undefined) {
    return UNKNOWN;
  }
  const names = ["ns", "us", "ms", "s"];
  let value = ns;
  let unit = 0;
  while (unit < names.length - 1 && Math.abs(value) >= 999.5) {
    value /= 1000;
    unit++;
  }
  const decimals = unit === 0 ? 0 : Math.abs(value) < 9.995 ? 2 : Math.abs(value) < 99.95 ? 1 : 0;
  return value.toFixed(decimals) + " " + names[unit];
}

function count(n) {
  return n === null || n === undefined ? UNKNOWN : n.toLocaleString("en-US");
}

function percent(part, whole) {
  return part === null || whole === null || !(whole > 0) ? UNKNOWN : (100 * part / whole).toFixed(2) + " %";
}

/* Of parts per million. */
function share(ppm) {
  return ppm === null || ppm === undefined ? UNKNOWN : (ppm / 1e4).toFixed(2) + " %";
}

function time(ms) {
  return new Date(ms).toISOString().replace("T", " ");
}

/* Names of threads and methods are the application's: what steers a terminal or hides text is shown as a sign. */
function printable(name) {
  return name.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "\ufffd");
}

function stolen(m) {
  return m.stolenNs === null
    ? UNKNOWN
    : duration(m.stolenNs) + (m.stolenNs > 0 && m.stolenNs <= m.stolenBoundNs ? "?" : "") + " ± " + duration(m.stolenBoundNs);
}
