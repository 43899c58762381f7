package io.vperf.steal;

/**
 * What attribution says of one long call.
 *
 * @param kind whether the figures mean anything
 * @param stolenNs time stolen from the call, callees included; 0 ≤ stolen ≤ wall − time proven running
 * @param onCpuNs the part of it in which the thread was on the vCPU: where CPU time includes steal, it holds this
 * @param leastNs the true value is not smaller
 * @param mostNs the true value is not larger
 */
public record Verdict(Kind kind, long stolenNs, long onCpuNs, long leastNs, long mostNs) {

    /** What became of the call. */
    public enum Kind {
        CORRECTED,
        /** A counter misbehaved while the call ran, and nothing else is known. */
        TAINTED,
        /** The calling thread's CPU time or vCPU is unknown, so its share of a vCPU's steal is, too. */
        UNKNOWN_SHARE
    }

    static final Verdict TAINTED = new Verdict(Kind.TAINTED, 0, 0, 0, 0);
    static final Verdict UNKNOWN_SHARE = new Verdict(Kind.UNKNOWN_SHARE, 0, 0, 0, 0);

    /** Of a call of which it is known, within bounds; its part and bounds may come in beyond what it was limited to. */
    static Verdict corrected(long stolenNs, long onCpuNs, long leastNs, long mostNs) {
        return new Verdict(
                Kind.CORRECTED,
                stolenNs,
                Math.min(stolenNs, onCpuNs),
                Math.max(0, Math.min(stolenNs, leastNs)),
                Math.max(stolenNs, mostNs));
    }

    /** The true value lies within {@code stolenNs ± boundNs}. */
    public long boundNs() {
        return Math.max(stolenNs - leastNs, mostNs - stolenNs);
    }
}
