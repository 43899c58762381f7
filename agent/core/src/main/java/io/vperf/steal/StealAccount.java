package io.vperf.steal;

import java.util.ArrayList;
import java.util.List;

/**
 * What the counters of the vCPUs that a call ran on have left for it. Steal is booked after it has happened, with the vCPU's
 * next tick, and shown in whole ticks. So the window after the call's end counts too; of what the windows just before have
 * left, up to a tick may have been the call's, as may be up to a tick that no window shows yet: the next ones pay that back.
 */
final class StealAccount {

    /** Steal is booked with the vCPU's own tick (account_process_tick, kernel/sched/cputime.c); HZ is 100 at least. */
    private static final long LATE_NS = VcpuTimeline.TICK_NS;

    private static final int WINDOWS_BEFORE = 2;

    /** One vCPU's windows from the call's first to the one after its end. */
    private record Span(VcpuTimeline timeline, int from, int to) {

        long shownNs() {
            return remainingNs(from, to);
        }

        long beforeNs() {
            return Math.min(VcpuTimeline.TICK_NS, remainingNs(first(), from));
        }

        int first() {
            return Math.max(1, from - WINDOWS_BEFORE);
        }

        private long remainingNs(int begin, int end) {
            long sumNs = 0;
            for (int w = begin; w < end; w++) {
                sumNs += timeline.remainingNs(w);
            }
            return sumNs;
        }

        /** Takes from the oldest windows first, which no later call can be given; what is still wanted. */
        long take(int begin, int end, long ns) {
            long restNs = ns;
            for (int w = begin; w < end && restNs > 0; w++) {
                long takenNs = Math.min(restNs, timeline.remainingNs(w));
                timeline.attribute(w, takenNs);
                restNs -= takenNs;
            }
            return restNs;
        }
    }

    private final List<Span> spans = new ArrayList<>();
    private final long entryNs;
    private final long exitNs;

    /** For a call that began on the one vCPU and ended on the other. */
    StealAccount(VcpuTimeline first, VcpuTimeline second, long entryNs, long exitNs) {
        this.entryNs = entryNs;
        this.exitNs = exitNs;
        add(first);
        if (second != first) {
            add(second);
        }
    }

    private void add(VcpuTimeline timeline) {
        int to = Math.min(timeline.end(), timeline.windowAt(exitNs + LATE_NS) + 1);
        spans.add(new Span(timeline, timeline.windowAt(entryNs), to));
    }

    /** Whether any window cannot be trusted. */
    boolean isTainted() {
        for (Span span : spans) {
            for (int w = span.from; w < span.to; w++) {
                if (span.timeline.isTainted(w)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How long the window is that the call ended in. */
    long windowNs() {
        VcpuTimeline t = spans.get(spans.size() - 1).timeline;
        int w = Math.min(t.windowAt(exitNs), t.end() - 1);
        return w > 0 ? t.endNs(w) - t.startNs(w) : Long.MAX_VALUE;
    }

    /** What the call's own windows have left. */
    long shownNs() {
        return spans.stream().mapToLong(Span::shownNs).sum();
    }

    /** What can be given. */
    long leftNs() {
        long sumNs = 0;
        for (Span span : spans) {
            sumNs += span.beforeNs() + span.shownNs() + span.timeline.creditNs();
        }
        return sumNs;
    }

    /** The most that can have been stolen, whoever was given it: what was counted, and the tick at either end. */
    long mostNs() {
        return Math.min(countedNs() + spans.size() * VcpuTimeline.TICK_NS, exitNs - entryNs);
    }

    /** The most of what was counted that can lie within the call, whoever was given it, and the tick at either end. */
    long possibleNs() {
        long sumNs = 2 * VcpuTimeline.TICK_NS;
        for (Span span : spans) {
            VcpuTimeline t = span.timeline;
            for (int w = span.from; w < span.to; w++) {
                long overlapNs = Math.min(exitNs, t.endNs(w)) - Math.max(entryNs, t.stolenFromNs(w));
                sumNs += Math.max(0, Math.min(overlapNs + t.latenessNs(w), t.mostNs(w)));
            }
        }
        return Math.min(sumNs, exitNs - entryNs);
    }

    /**
     * What was counted of steal while the call lasted, whoever was given it, and of busy time: of each window the part that
     * the call overlaps. Too much or too little for a call shorter than a window, but not for many of them.
     */
    Passed passed() {
        double stolenNs = 0;
        double busyNs = 0;
        for (Span span : spans) {
            VcpuTimeline t = span.timeline;
            for (int w = span.from; w < span.to; w++) {
                long overlapNs = Math.min(exitNs, t.endNs(w)) - Math.max(entryNs, t.startNs(w));
                double part = Math.max(0, overlapNs) / (double) (t.endNs(w) - t.startNs(w)) / spans.size();
                stolenNs += part * t.stolenNs(w);
                busyNs += part * t.busyNs(w);
            }
        }
        return new Passed(exitNs - entryNs, stolenNs, busyNs);
    }

    /** What was counted in the call's windows, as far as that is known. */
    long countedNs() {
        long sumNs = 0;
        for (Span span : spans) {
            for (int w = span.from; w < span.to; w++) {
                sumNs += span.timeline.mostNs(w);
            }
        }
        return sumNs;
    }

    /** The least that was stolen of the call's vCPU while the call lasted, if it was on one only; else 0. */
    long leastNs() {
        if (spans.size() > 1) {
            return 0;
        }
        Span span = spans.get(0);
        VcpuTimeline t = span.timeline;
        long sumNs = -VcpuTimeline.TICK_NS;
        for (int w = span.from; w < span.to; w++) {
            // What a window shows may have begun long before it.
            if (t.stolenFromNs(w) >= entryNs && t.endNs(w) <= exitNs) {
                sumNs += t.stolenNs(w);
            }
        }
        return Math.max(0, sumNs);
    }

    /**
     * The call's share of what its windows show: its part of their busy time, as long as it is left.
     *
     * @param exposedNs for how long the call ran or would have run
     */
    long shareNs(long exposedNs) {
        return Math.min(shownNs(), expectedNs(exposedNs));
    }

    /** The same, whoever was given it already. */
    long expectedNs(long exposedNs) {
        double stolenNs = 0;
        double exposedInAllNs = 0;
        for (Span span : spans) {
            VcpuTimeline t = span.timeline;
            for (int w = span.from; w < span.to; w++) {
                long fromNs = t.stolenNs(w) > 0 ? t.stolenFromNs(w) : t.startNs(w);
                long lengthNs = t.endNs(w) - fromNs;
                // The busy columns do not hold steal (account_process_tick). Both are counted by the tick: bursts that
                // keep step with it make them exceed, together, the time there was.
                long busyNs = Math.min(lengthNs, t.busyNs(w) + t.stolenNs(w));
                long overlapNs = Math.min(exitNs, t.endNs(w)) - Math.max(entryNs, fromNs);
                if (overlapNs > 0) {
                    double part = (double) overlapNs / lengthNs / spans.size();
                    stolenNs += part * t.stolenNs(w);
                    exposedInAllNs += part * busyNs;
                }
            }
        }
        double part = Math.max(0, exposedNs) / Math.max(exposedInAllNs, VcpuTimeline.TICK_NS);
        return (long) (stolenNs * Math.min(1, part));
    }

    /** How long it took to run for so long, at the rate at which the call's windows were stolen from. */
    long withStealNs(long ranNs) {
        Passed passed = passed();
        return (long) (ranNs * (1 + passed.stolenNs() / Math.max(passed.busyNs(), VcpuTimeline.TICK_NS)));
    }

    /** How much of the call's time went to interrupts, going by how much did on its vCPU lately. */
    long interruptsNs() {
        return (long) (spans.get(0).timeline.irqShareBefore(exitNs) * (exitNs - entryNs));
    }

    /** Gives so much, at most {@link #leftNs}. */
    void give(long ns) {
        long restNs = ns;
        for (Span span : spans) {
            long ofBeforeNs = Math.min(restNs, span.beforeNs());
            span.take(span.first(), span.from, ofBeforeNs);
            restNs -= ofBeforeNs;
        }
        for (Span span : spans) {
            restNs = span.take(span.from, span.to, restNs);
        }
        for (Span span : spans) {
            long onCreditNs = Math.min(restNs, span.timeline.creditNs());
            span.timeline.giveOnCredit(onCreditNs);
            restNs -= onCreditNs;
        }
    }
}
