package io.vperf.steal;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.ToLongFunction;

/**
 * How long the calls of one method usually take: the median of the last ones, less what was stolen.
 *
 * <p>Where most calls are hit, and none is long enough for a share, that median is the time of a call that was hit, and too little
 * stands out. The counters give it away: they show more steal than can be told from what calls took longer than the median of
 * their raw times. The usual time is then as much less as makes up for it. Raw times, as a time that was found too long once makes
 * corrected ones of just that length. Of a call that took even longer than all steal of its time could explain, what it took
 * longer says nothing; the counters' share stands in for it, as it does if that explains far less and the call is longer than a
 * window, of which the counters then know.
 *
 * <p>How much has to be missing: an eighth where these calls had the vCPU to themselves, as all that was stolen was theirs. Where others
 * ran as well, their part of that is known on average only, and as much more may be missing as others ran, a half at most.
 * So what hits a little more than half of the calls, each for some of its time only, may not be missed.
 *
 * <p>Limits: this takes calls that span {@value #WINDOWS} windows of the counters and a vCPU that idled little, as steal may
 * otherwise have hit no call but kept the vCPU from waking up. And what hit most calls alike for reasons of its own, while as much
 * was stolen, is taken for steal.
 */
final class MethodTimes {

    private static final int LAST = 255;

    /** Fewer say nothing. */
    private static final int LEAST = 16;

    /**
     * An excess beyond so many times the median deviation stands out; of normally distributed times 0.7 % do. Without this
     * margin every second call claims a little of any steal, and uses up what others need.
     */
    private static final int DEVIATIONS = 4;

    /** Over fewer windows than these steal may belong to calls before the first or after the last: up to the window's at either end. */
    private static final int WINDOWS = 16;

    /** Of what the counters show; less that cannot be told is nothing to conclude from, as calls differ. */
    private static final double LEAST_MISSING = 1.0 / 8;

    /** The same, however many others ran. */
    private static final double MOST_MISSING = 1.0 / 2;

    /** Usual times below the median are tried in steps of a hundredth of it, and the last step is divided. */
    private static final int STEPS = 100;

    /**
     * A call that has been judged.
     *
     * @param exitNs when it ended
     * @param ns for how long it ran, stolen from or not
     * @param stolenNs what it was given of that
     * @param possibleNs the most that can have been stolen from it
     * @param passed what its vCPU did meanwhile
     * @param windowNs how long the counters' window was that it ended in
     */
    record Call(long exitNs, long ns, long stolenNs, long possibleNs, Passed passed, long windowNs) {

        long correctedNs() {
            return ns - stolenNs;
        }

        /** What would have been stolen from it if so long were usual. */
        double stolenIfUsualNs(long usualNs) {
            long excessNs = Math.max(0, ns - usualNs);
            long sharedNs = passed.shareNs(ns);
            boolean explained =
                    excessNs <= possibleNs && (ns < windowNs || excessNs <= sharedNs + ExcessEstimate.STEPS_NS);
            return explained ? excessNs : sharedNs;
        }
    }

    private final Deque<Call> last = new ArrayDeque<>();
    private int sinceLearned;
    private long usualNs;
    private long marginNs;

    void add(Call call) {
        if (last.size() == LAST) {
            last.removeFirst();
        }
        last.addLast(call);
        sinceLearned++;
    }

    /** By how much a call took longer than usual, if that stands out; else 0. */
    long excessNs(long ns) {
        if (last.size() < LEAST) {
            return 0;
        }
        if (sinceLearned * 8 > last.size()) {
            sinceLearned = 0;
            learn();
        }
        long excessNs = ns - usualNs;
        return excessNs > marginNs ? excessNs : 0;
    }

    private void learn() {
        long medianNs = median(Call::correctedNs);
        long rawNs = median(Call::ns);
        long balancedNs = balancedNs(rawNs);
        usualNs = Math.min(medianNs, balancedNs);
        // What was found by making all add up has no margin: each call's part is needed.
        marginNs = balancedNs < rawNs ? 0 : DEVIATIONS * median(call -> Math.abs(call.correctedNs() - medianNs));
    }

    private long median(ToLongFunction<Call> of) {
        long[] values = last.stream().mapToLong(of).toArray();
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** The largest usual time below the median of the raw times that accounts for what the counters show, or that median. */
    private long balancedNs(long medianNs) {
        if (!spansManyWindows() || wasIdle()) {
            return medianNs;
        }
        double sumNs =
                last.stream().mapToDouble(c -> c.passed().shareNs(c.ns())).sum();
        double missingNs = missingNs(sumNs, medianNs);
        if (missingNs <= ExcessEstimate.STEPS_NS || missingNs <= sumNs * mayBeMissing()) {
            return medianNs;
        }
        double stepNs = (double) medianNs / STEPS;
        for (int step = 1; step < STEPS; step++) {
            double missingBeforeNs = missingNs;
            missingNs = missingNs(sumNs, (long) (medianNs - stepNs * step));
            if (missingNs <= 0) {
                return (long) (medianNs - stepNs * (step - 1 + missingBeforeNs / (missingBeforeNs - missingNs)));
            }
        }
        return medianNs;
    }

    private double missingNs(double ofNs, long ifUsualNs) {
        return ofNs
                - last.stream().mapToDouble(c -> c.stolenIfUsualNs(ifUsualNs)).sum();
    }

    /** The part of what was stolen, by how much others ran. */
    private double mayBeMissing() {
        double ranNs = last.stream()
                .mapToDouble(c -> Math.min((double) c.ns(), c.passed().inAllNs()))
                .sum();
        double inAllNs = last.stream().mapToDouble(c -> c.passed().inAllNs()).sum();
        return Math.max(LEAST_MISSING, Math.min(MOST_MISSING, 1 - ranNs / inAllNs));
    }

    private boolean spansManyWindows() {
        long windowNs = Math.max(last.getFirst().windowNs(), last.getLast().windowNs());
        return (last.getLast().exitNs() - last.getFirst().exitNs()) / WINDOWS >= windowNs;
    }

    /** For a quarter of the time or more. */
    private boolean wasIdle() {
        double wallNs = last.stream().mapToDouble(c -> c.passed().wallNs()).sum();
        return last.stream().mapToDouble(c -> c.passed().idleNs()).sum() > wallNs / 4;
    }
}
