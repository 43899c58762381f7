package io.vperf.labs.steal;

import java.util.Locale;

/**
 * How far a value is from what it should be, and whether that is near enough.
 *
 * @param error a fraction of what it should be; not finite where that is 0
 */
record Verdict(double error, Bar bar) {

    enum Bar {
        MET,
        MISSED,
        /** Shown only. */
        NONE
    }

    /** For Markdown: what missed its bar stands out. */
    @Override
    public String toString() {
        String text = Double.isFinite(error) ? String.format(Locale.ROOT, "%+.1f %%", error * 100) : "–";
        return bar == Bar.MISSED ? "**" + text + "**" : text;
    }
}
