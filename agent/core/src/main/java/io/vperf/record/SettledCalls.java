package io.vperf.record;

import io.vperf.clock.ThreadClock;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import io.vperf.steal.Limits;
import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import io.vperf.steal.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Enters long calls into the figures of their methods, once it is known what was stolen from them, or that nobody will ever tell.
 * The settling thread's own, but for what is set between intervals.
 */
final class SettledCalls {

    private final MethodTable methods;
    private final Health health;
    private final Limits limits;

    /** Set by the dumper's thread, see {@link #setCpuIncludesSteal}. */
    private volatile boolean cpuIncludesSteal;

    /** The same: whether it is known what is stolen. */
    private volatile boolean correcting = true;

    /** Null where nobody asked for it. Set before the first call. */
    private @Nullable Explaining explaining;

    SettledCalls(MethodTable methods, Health health) {
        this.methods = methods;
        this.health = health;
        this.limits = new Limits(health);
    }

    /** Has calls explained, too. Called before the first one comes. */
    void explain(Explaining by) {
        explaining = by;
    }

    @Nullable
    Explaining explaining() {
        return explaining;
    }

    /** Whether the CPU times of the calls that are entered from now on hold what was stolen from them. */
    void setCpuIncludesSteal(boolean includes) {
        cpuIncludesSteal = includes;
    }

    /** Whether calls are to be corrected that are entered from now on. If not, they only come here to be explained. */
    void setCorrecting(boolean on) {
        correcting = on;
    }

    /** Whether calls are corrected. Where nobody has them explained, they come here for nothing else. */
    boolean isCorrecting() {
        return correcting || explaining == null;
    }

    /**
     * Enters calls that were judged together.
     *
     * @param at the row of each
     */
    void enter(StealJudge judge, CallRows rows, List<LongCall> calls, List<Integer> at) {
        boolean corrects = isCorrecting();
        List<Verdict> verdicts = judge.judge(calls);
        Explaining by = explaining;
        if (by != null) {
            by.batchBegins();
            for (int n = 0; n < calls.size(); n++) {
                by.claim(calls.get(n), usable(verdicts.get(n), corrects), rows.offCpu(at.get(n)));
            }
        }
        for (int n = 0; n < calls.size(); n++) {
            Verdict verdict = verdicts.get(n);
            explain(judge, calls.get(n), usable(verdict, corrects), rows, at.get(n));
            if (!corrects) {
                addPlainly(rows, at.get(n));
            } else {
                add(verdict, rows, at.get(n));
            }
        }
    }

    /** Null if it says nothing of what was stolen. */
    private static @Nullable Verdict usable(Verdict verdict, boolean corrects) {
        return corrects && verdict.kind() == Verdict.Kind.CORRECTED ? verdict : null;
    }

    /** Enters a call that will not be judged. */
    void enterUnjudged(Trouble why, StealJudge judge, LongCall call, CallRows rows, int row) {
        judge.skip(call);
        Explaining by = explaining;
        if (by != null) {
            by.batchBegins();
            by.claim(call, null, rows.offCpu(row));
            explain(judge, call, null, rows, row);
        }
        if (isCorrecting()) {
            addUncorrected(why, rows, row);
        } else {
            addPlainly(rows, row);
        }
    }

    private void explain(StealJudge judge, LongCall call, @Nullable Verdict verdict, CallRows rows, int row) {
        Explaining by = explaining;
        if (by != null) {
            by.explain(judge, call, rows.word(row), verdict, rows.takeContext(row), rows.offCpu(row));
        }
    }

    private void add(Verdict verdict, CallRows rows, int row) {
        switch (verdict.kind()) {
            case CORRECTED -> addCorrected(verdict, rows, row);
            case TAINTED -> addUncorrected(Trouble.UNCORRECTED_TAINTED, rows, row);
            case UNKNOWN_SHARE -> addUncorrected(Trouble.UNCORRECTED_UNKNOWN_SHARE, rows, row);
        }
    }

    private void addCorrected(Verdict verdict, CallRows rows, int row) {
        MethodStats stats = methods.get(rows.methodId(row));
        stats.lock.lock();
        try {
            stats.addCorrected(
                    rows.word(row),
                    rows.entryNs(row),
                    rows.wallNs(row),
                    rows.cpuNs(row),
                    correctedCpuNs(rows.cpuNs(row), verdict),
                    rows.selfNs(row),
                    verdict);
            addRest(stats, rows, row);
            addToSlice(stats, rows, row);
        } finally {
            stats.lock.held = false;
            stats.lock.wake();
        }
    }

    private long correctedCpuNs(long cpuNs, Verdict verdict) {
        return cpuIncludesSteal && cpuNs != ThreadClock.UNKNOWN
                ? limits.cpu(cpuNs, verdict.onCpuNs())
                : ThreadClock.UNKNOWN;
    }

    private void addUncorrected(Trouble why, CallRows rows, int row) {
        health.count(why);
        MethodStats stats = methods.get(rows.methodId(row));
        stats.lock.lock();
        try {
            stats.addUncorrected(
                    rows.word(row), rows.entryNs(row), rows.wallNs(row), rows.cpuNs(row), rows.selfNs(row));
            addRest(stats, rows, row);
            addToSlice(stats, rows, row);
        } finally {
            stats.lock.held = false;
            stats.lock.wake();
        }
    }

    /** Where steal is unknown. */
    private void addPlainly(CallRows rows, int row) {
        MethodStats stats = methods.get(rows.methodId(row));
        stats.lock.lock();
        try {
            stats.addLong(rows.word(row), rows.wallNs(row), rows.cpuNs(row), rows.selfNs(row));
            addRest(stats, rows, row);
        } finally {
            stats.lock.held = false;
            stats.lock.wake();
        }
    }

    private void addToSlice(MethodStats stats, CallRows rows, int row) {
        Explaining by = explaining;
        if (by != null) {
            stats.addToSlice(rows.word(row), rows.wallNs(row), by.slices().of(rows.entryNs(row)));
        }
    }

    private void addRest(MethodStats stats, CallRows rows, int row) {
        long word = rows.word(row);
        stats.addCallees(word, rows.callees(row));
        stats.addSampled(
                word,
                rows.wallNs(row),
                rows.cpuNs(row),
                rows.selfNs(row),
                rows.controlNs(row),
                rows.countedCallees(row));
        Explaining by = explaining;
        if (by != null) {
            by.addTo(stats, word);
        }
    }

    /** Counts a call that found no room and is entered by its thread; whether it ought to have been corrected. */
    boolean countOverflow() {
        boolean loss = isCorrecting();
        if (loss) {
            health.count(Trouble.UNCORRECTED_OVERFLOW);
        }
        return loss;
    }

    /** A thread has ended and none of its calls is still to come. */
    void threadEnded(StealJudge judge, long thread) {
        judge.threadEnded(thread);
        Explaining by = explaining;
        if (by != null) {
            by.threadEnded(thread);
        }
    }
}
