package io.vperf.record;

import org.HdrHistogram.Histogram;

/**
 * By how much recorded CPU times differ from the kernel's own, which are read around each call. What lies between the two
 * readings at either end is measured by the wall clock where the thread ran on, and bounded by it where it did not.
 */
final class Difference {

    /** Readings at one end that together take longer than this many of the kernel's had something come between. */
    private static final int DISTURBED = 5;

    /** A recorded reading's own error. */
    private static final long ERROR_NS = 200;

    /** What of two kernel readings lies between the moments they tell: the end of the first, the beginning of the second. */
    private final long readingNs;

    final Histogram absoluteNs = new Histogram(10_000_000_000L, 3);
    long calls;
    long beyond;
    long disturbed;
    long renewals;
    long negative;
    long beyondWall;
    long unknown;
    long worstNs;
    String worst = "";

    // Of outermost calls.
    long outermostNs;
    long outermostDifferenceNs;

    Difference(long readingNs) {
        this.readingNs = readingNs;
    }

    /** Kernel and wall clock at one end of a call, in the order in which they are read on the way in. */
    static final class End {
        long beforeNs;
        long cpuNs;
        long wallNs;
    }

    /**
     * One more call.
     *
     * @param in before the entry
     * @param out after the exit; its beforeNs is the latest reading
     */
    void add(LastCall.Of recorded, End in, End out, boolean outermost) {
        calls++;
        if (recorded.cpuNs == Long.MIN_VALUE) {
            unknown++;
            return;
        }
        negative += recorded.cpuNs < 0 ? 1 : 0;
        // Two readings' errors, and NTP may slew the wall clock.
        beyondWall += recorded.cpuNs > recorded.wallNs + recorded.wallNs / 1_000 + DISTURBED * readingNs ? 1 : 0;
        long exitNs = recorded.entryNs + recorded.wallNs;
        long leadNs = recorded.entryNs - in.wallNs;
        long lagNs = out.wallNs - exitNs;
        long kernelNs = out.cpuNs - in.cpuNs;
        long differenceNs = recorded.cpuNs - (kernelNs - leadNs - lagNs - readingNs);
        long mostLeadNs = recorded.entryNs - in.beforeNs;
        long mostLagNs = out.beforeNs - exitNs;
        if (Math.max(mostLeadNs, mostLagNs) > DISTURBED * readingNs) {
            disturbed++;
            long leastNs = kernelNs - mostLeadNs - mostLagNs;
            differenceNs =
                    recorded.cpuNs > kernelNs ? recorded.cpuNs - kernelNs : Math.min(0, recorded.cpuNs - leastNs);
        } else if (outermost) {
            outermostNs += recorded.cpuNs - differenceNs;
            outermostDifferenceNs += differenceNs;
        }
        long sizeNs = Math.abs(differenceNs);
        // The kernel may have looked at any moment of its readings.
        long kernelReadingsNs = in.wallNs - in.beforeNs + out.beforeNs - out.wallNs;
        beyond += sizeNs > ERROR_NS + Math.max(readingNs, kernelReadingsNs - readingNs) ? 1 : 0;
        absoluteNs.recordValue(sizeNs);
        if (sizeNs > Math.abs(worstNs)) {
            worstNs = differenceNs;
            worst = "wall " + recorded.wallNs + ", CPU " + recorded.cpuNs + ", kernel " + kernelNs + ", lead " + leadNs
                    + ", lag " + lagNs;
        }
    }

    void add(Difference other) {
        absoluteNs.add(other.absoluteNs);
        calls += other.calls;
        beyond += other.beyond;
        disturbed += other.disturbed;
        renewals += other.renewals;
        negative += other.negative;
        beyondWall += other.beyondWall;
        unknown += other.unknown;
        outermostNs += other.outermostNs;
        outermostDifferenceNs += other.outermostDifferenceNs;
        if (Math.abs(other.worstNs) > Math.abs(worstNs)) {
            worstNs = other.worstNs;
            worst = other.worst;
        }
    }

    /** Of the outermost calls together, per mille of the kernel's figure. */
    double sumPerMille() {
        return outermostNs == 0 ? 0 : 1_000.0 * outermostDifferenceNs / outermostNs;
    }

    /**
     * Whether the outermost calls together are within 0.1 %, beside what nobody can tell: where within its system call the
     * kernel looked, which does not average out.
     *
     * @param callNs length of that call
     */
    boolean isSumRight(long callNs) {
        return Math.abs(outermostDifferenceNs) <= outermostNs / 1_000 + renewals * callNs / 2;
    }
}
