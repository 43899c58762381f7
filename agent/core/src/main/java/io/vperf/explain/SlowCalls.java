package io.vperf.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The calls of one method and interval that are kept whole, the slowest first. Guarded by whoever owns it. */
public final class SlowCalls {

    private static final Comparator<SlowCall> SLOWEST_FIRST =
            Comparator.comparingLong(SlowCall::wallNs).reversed();

    private final SlowRule rule;
    private final List<SlowCall> kept = new ArrayList<>();
    private long pushedOut;

    public SlowCalls(SlowRule rule) {
        this.rule = rule;
    }

    /** A call the gate let through. */
    public void add(SlowCall call) {
        kept.add(call);
        kept.sort(SLOWEST_FIRST);
        int last = kept.size() - 1;
        if (last >= rule.slowest()
                && (kept.get(last).wallNs() < rule.thresholdNs()
                        || last >= rule.slowest() + SlowRule.MOST_OVER_THRESHOLD)) {
            pushedOut += kept.remove(last).wallNs() >= rule.thresholdNs() ? 1 : 0;
        }
    }

    /** How many calls over the threshold had to make room for slower ones. */
    public long pushedOut() {
        return pushedOut;
    }

    /** The slowest first. */
    public List<SlowCall> list() {
        return List.copyOf(kept);
    }
}
