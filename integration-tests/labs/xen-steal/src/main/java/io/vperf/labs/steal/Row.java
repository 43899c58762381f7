package io.vperf.labs.steal;

import java.io.IOException;
import java.util.Locale;

/**
 * One method in one cell: vperf's figures beside the reference.
 *
 * @param raw vperf's wall time
 * @param corrected vperf's
 * @param reference see {@link Kernel#reference()}, as the program itself timed it
 * @param gapMs by how much the program's own wall times exceed its CPU times, over all calls
 * @param stolenMs what vperf attributed to the method
 * @param boundMs vperf's bound on the error of that
 * @param counters the kernel's, over the same calls
 * @param uncorrected long calls that vperf entered as they were
 */
record Row(
        Cell cell,
        String method,
        int calls,
        Spread raw,
        Spread corrected,
        Spread reference,
        double gapMs,
        double stolenMs,
        double boundMs,
        Counters counters,
        long uncorrected) {

    static final String CSV_HEAD = "kernel,steal_percent,burst_ms,method,calls,"
            + "raw_p50_ms,raw_p99_ms,corrected_p50_ms,corrected_p99_ms,reference_p50_ms,reference_p99_ms,"
            + "stolen_ms,bound_ms,uncorrected_calls,counter_ms,elapsed_ms,busy_ms,run_delay_ms,"
            + "wall_less_cpu_ms";

    private static final double NS_PER_MS = 1e6;

    /** The counter is read before and after; each end may be off by a step. */
    private static final double COUNTER_STEPS_MS = 2 * Counters.TICK_NS / NS_PER_MS;

    /** @param quiet the cell of the same kernel without steal */
    static Row of(Cell cell, String method, Cell quiet) throws IOException {
        Calls calls = cell.calls(method);
        Dump dump = cell.dump();
        long inDump = dump.histogram("wall", method).getTotalCount();
        if (inDump != calls.count()) {
            throw new IOException(cell.folder() + ": in what vperf corrected there are " + inDump + " calls of "
                    + method + ", and " + calls.count() + " by the program itself");
        }
        return new Row(
                cell,
                method,
                calls.count(),
                dump.spread("wall", method),
                dump.spread("corrected", method),
                reference(cell, method, quiet),
                calls.gapNs() / NS_PER_MS,
                dump.sum(method, "stolenNs") / NS_PER_MS,
                dump.sum(method, "boundNs") / NS_PER_MS,
                cell.counters(method),
                dump.sum(method, "uncorrectedCalls"));
    }

    private static Spread reference(Cell cell, String method, Cell quiet) throws IOException {
        if (!cell.kernel().excludes()) {
            return quiet.calls(method).wall();
        }
        Calls calls = cell.calls(method);
        boolean holdsSteal = cpuHoldsSteal(cell.kernel(), calls.gapNs() / NS_PER_MS, cell.counters(method));
        return (holdsSteal ? quiet.calls(method) : calls).cpu();
    }

    /**
     * Whether the CPU time of these calls is no reference, though the kernel means to leave steal out of it. It takes off a
     * run queue's clock no more than that has just advanced, and forgets the rest ({@code update_rq_clock_task} since Linux
     * 6.13 and its backports, 6.1.192 among them). Under Xen that clock is held back to a tick after the last one, so of a
     * long burst most may be forgotten.
     */
    boolean cpuHoldsSteal() {
        return cell.kernel().excludes() && cpuHoldsSteal(cell.kernel(), gapMs, counters);
    }

    private static boolean cpuHoldsSteal(Kernel kernel, double gapMs, Counters counters) {
        double counterMs = counters.stolenNs() / NS_PER_MS;
        return counterMs - gapMs > Math.max(kernel.sumLimit() * counterMs, COUNTER_STEPS_MS);
    }

    double counterMs() {
        return counters.stolenNs() / NS_PER_MS;
    }

    Verdict median() {
        double error = corrected.medianMs() / reference.medianMs() - 1;
        return new Verdict(error, judge(Math.abs(error) <= cell.kernel().medianLimit()));
    }

    Verdict p99() {
        double error = corrected.p99Ms() / reference.p99Ms() - 1;
        return new Verdict(error, judge(Math.abs(error) <= cell.kernel().p99Limit(method)));
    }

    Verdict sum() {
        double differenceMs = stolenMs - counterMs();
        double limitMs = Math.max(cell.kernel().sumLimit() * counterMs(), COUNTER_STEPS_MS);
        return new Verdict(differenceMs / counterMs(), judge(Math.abs(differenceMs) <= limitMs));
    }

    private Verdict.Bar judge(boolean met) {
        return !cell.judged() ? Verdict.Bar.NONE : met ? Verdict.Bar.MET : Verdict.Bar.MISSED;
    }

    String csv() {
        return String.format(
                Locale.ROOT,
                "%s,%d,%d,%s,%d,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%d,%.0f,%.3f,%.0f,%.3f,%.3f",
                cell.kernel().name(),
                cell.stealPercent(),
                cell.burstMs(),
                method,
                calls,
                raw.medianMs(),
                raw.p99Ms(),
                corrected.medianMs(),
                corrected.p99Ms(),
                reference.medianMs(),
                reference.p99Ms(),
                stolenMs,
                boundMs,
                uncorrected,
                counterMs(),
                counters.elapsedNs() / NS_PER_MS,
                counters.busyNs() / NS_PER_MS,
                counters.runDelayNs() / NS_PER_MS,
                gapMs);
    }
}
