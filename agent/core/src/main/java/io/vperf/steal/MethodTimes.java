package io.vperf.steal;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.ToLongFunction;

/**
 * How long the calls of one method usually take: the median of the last ones, less what was stolen.
 *
 * <p>Where most calls are hit, and none is long enough for a share, that median is the time of a call that was hit, and nothing
 * stands out. The counters give it away: they show more than twice the steal that can be told from what calls took longer. The
 * usual time is then as much less as makes up for it. Of a call that took even longer than all steal of its time could
 * explain, what it took longer says nothing; the counters' share stands in for it.
 *
 * <p>Limits: this takes calls that span {@value #WINDOWS} windows of the counters and a vCPU that idled little, as steal may
 * otherwise have hit no call but kept the vCPU from waking up. Of less than a half missing nothing is concluded: calls differ,
 * counters are coarse. And what hit most calls alike for reasons of its own, while as much was stolen, is taken for steal.
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
            long excessNs = ns - usualNs;
            return excessNs > possibleNs ? passed.shareNs(ns) : Math.max(0, excessNs);
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
        usualNs = balancedNs(medianNs);
        // What was found by making all add up has no margin: each call's part is needed.
        marginNs = usualNs < medianNs ? 0 : DEVIATIONS * median(call -> Math.abs(call.correctedNs() - medianNs));
    }

    private long median(ToLongFunction<Call> of) {
        long[] values = last.stream().mapToLong(of).toArray();
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** The largest usual time that accounts for what the counters show, or the median. */
    private long balancedNs(long medianNs) {
        if (!spansManyWindows() || wasIdle()) {
            return medianNs;
        }
        double sumNs =
                last.stream().mapToDouble(c -> c.passed().shareNs(c.ns())).sum();
        double missingNs = missingNs(sumNs, medianNs);
        if (missingNs <= sumNs / 2) {
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
