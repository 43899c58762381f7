package io.vperf.timeref;

import io.vperf.shim.Capability;
import java.util.Locale;

/**
 * Tells from two samples how the clocks went in between. Two clocks that run differ in rate by a little; a difference beyond
 * that is time in which one of them stood still. Used by one thread at a time.
 */
final class StretchJudge {

    /**
     * The most by which the rates of two clocks differ that nobody slews: crystals are off by some 50 ppm each, what a boot
     * finds for the rate of a time counter by up to 500 (tsc.c of Linux takes that for agreement).
     */
    private static final double UNKNOWN_RATE_PPM = 1_200;

    /** Once their usual rates are known: another host's crystal after a migration, and warmth. */
    private static final double KNOWN_RATE_PPM = 200;

    /** Clocks that are slewed: NTP's most, 500 ppm either side, and the crystals. */
    private static final double SLEWED_PPM = 1_200;

    private static final double MILLION = 1e6;
    private static final double NS_PER_MS = 1e6;

    private final RateLog rates = new RateLog();

    /** What happened between two samples, or why that cannot be told. */
    Capability<Stretch> judge(Sample from, Sample to) {
        if (from.source() != to.source()) {
            rates.clear();
            return Capability.unavailable("the time server was started anew, and its clock with it", "");
        }
        long guestNs = to.guestNs() - from.guestNs();
        long outsideNs = to.outsideNs() - from.outsideNs();
        if (guestNs <= 0) {
            return Capability.unavailable("the guest's clock did not advance", "");
        }
        long aheadNs = outsideNs - guestNs;
        long errorNs = from.errorNs() + to.errorNs();
        double ratePpm = aheadNs * MILLION / guestNs;
        double ratePpmBound = errorNs * MILLION / guestNs;

        double usualPpm = rates.usualPpm();
        boolean raw = from.raw() && to.raw();
        double toleratedPpm = !raw ? SLEWED_PPM : rates.isKnown() ? KNOWN_RATE_PPM : UNKNOWN_RATE_PPM;
        long lostNs = aheadNs - Math.round(usualPpm * guestNs / MILLION);
        long boundNs = errorNs + Math.round((toleratedPpm + rates.boundPpm()) * guestNs / MILLION);
        if (lostNs < -boundNs) {
            return Capability.unavailable(
                    String.format(
                            Locale.ROOT,
                            "the outside clock fell behind by %.1f ms ± %.1f ms: it stood still or was set back itself",
                            -lostNs / NS_PER_MS,
                            boundNs / NS_PER_MS),
                    "");
        }
        if (ratePpmBound <= KNOWN_RATE_PPM) { // else it teaches nothing
            rates.add(ratePpm, ratePpmBound);
        }
        boolean stood = lostNs > boundNs;
        return Capability.available(new Stretch(
                guestNs,
                outsideNs,
                errorNs,
                to.roundTripNs(),
                stood ? null : Double.valueOf(rounded(ratePpm)),
                stood ? null : Double.valueOf(rounded(ratePpmBound)),
                stood ? lostNs : 0,
                boundNs));
    }

    private static double rounded(double ppm) {
        return Math.round(ppm * 1_000) / 1_000.0;
    }
}
