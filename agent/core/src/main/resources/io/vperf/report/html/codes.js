"use strict";
/* Reads what io.vperf.report.html.Codes wrote: 16 bits a value, its logarithm; 0 is unknown, 1 is zero. */
const STEPS_PER_E = 1400;

function decoded(text) {
  const bytes = atob(text);
  const values = new Array(bytes.length / 2);
  for (let i = 0; i < values.length; i++) {
    const code = bytes.charCodeAt(2 * i) | (bytes.charCodeAt(2 * i + 1) << 8);
    values[i] = code === 0 ? null : code === 1 ? 0 : Math.exp((code - 2) / STEPS_PER_E);
  }
  return values;
}

/* As long as the time axis: a series ends with its last known value. */
function onAxis(text, length) {
  const values = decoded(text);
  while (values.length < length) {
    values.push(null);
  }
  return values;
}
