package io.vperf.steal;

import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import java.util.List;
import java.util.Objects;

/**
 * How a scenario's method 0 came out.
 *
 * @param truth wall time less what was truly stolen
 * @param raw with nothing corrected
 * @param naive by the counter's growth between a call's ends
 * @param share by proportional share alone
 * @param vperf as dumped
 * @param stealShare what was stolen of all the time in which vCPUs wanted to run
 * @param longCalls how many could be corrected
 * @param uncorrected how many of them were not
 * @param outOfBound how many of the corrected ones differ from the truth by more than their bound
 */
record Accuracy(
        Scenario scenario,
        Estimate truth,
        Estimate raw,
        Estimate naive,
        Estimate share,
        Estimate vperf,
        double stealShare,
        long longCalls,
        long uncorrected,
        long outOfBound) {

    static Accuracy of(Scenario scenario, SimulatedRun run, IntervalSnapshot snapshot) {
        MethodInterval method = snapshot.methods().stream()
                .filter(m -> m.name().equals("m0"))
                .findFirst()
                .orElseThrow();
        Estimate share = run.recorder.shortCalls.get(0);
        CallLog log = run.recorder.log;
        long uncorrected = 0;
        long outOfBound = 0;
        long longCalls = 0;
        for (int i = 0; i < log.size(); i++) {
            if (log.method(i) != 0) {
                continue;
            }
            longCalls++;
            share.add(log.wallNs(i), run.shareOnly.stolenNs(log, i), log.outermost(i));
            if (log.judgedNs(i) == CallLog.NOT_JUDGED) {
                uncorrected++;
            } else if (Math.abs(log.judgedNs(i) - log.trulyStolenNs(i)) > log.boundNs(i)) {
                outOfBound++;
            }
        }
        double stolenNs = 0;
        double ranNs = 0;
        for (int vcpu = 0; vcpu < scenario.vcpus(); vcpu++) {
            stolenNs += run.guest.stolenNs(vcpu);
            ranNs += run.guest.ranNs(vcpu);
        }
        return new Accuracy(
                scenario,
                run.recorder.truth.get(0),
                new Estimate(method.wall(), 0),
                run.recorder.naive.get(0),
                share,
                new Estimate(Objects.requireNonNull(method.corrected()), Objects.requireNonNull(method.stolenNs())),
                stolenNs / (stolenNs + ranNs),
                longCalls,
                uncorrected,
                outOfBound);
    }

    List<Estimate> ablation() {
        return List.of(raw, naive, share, vperf);
    }

    private boolean excludes() {
        return scenario.kernel().excludesSteal();
    }

    /** Whether an estimate meets the bars: those of issue 4, and of the lab's README. */
    boolean isMet(Estimate estimate) {
        return isSumMet(estimate)
                && switch (scenario.bar()) {
                    case LONG -> isWithin(estimate, 50, 0.02, 0.10) && isWithin(estimate, 99, 0.02, 0.10);
                    case SHORT -> isWithin(estimate, 99.9, 0.10, 0.50);
                    case OUTLIERS -> isWithin(estimate, 99, 0.10, 0.25) && estimate.percentileError(99, truth) >= -0.10;
                    case LAB_LONG -> isWithin(estimate, 50, 0.02, 0.03) && isWithin(estimate, 99, 0.05, 0.10);
                    case LAB_SHORT -> isWithin(estimate, 50, 0.02, 0.03) && isWithin(estimate, 99, 0.10, 0.25);
                    case SUM -> true;
                    case NOTHING -> estimate.stolenNs() == 0;
                };
    }

    boolean isSumMet(Estimate estimate) {
        boolean lab = scenario.bar() == Bar.LAB_LONG || scenario.bar() == Bar.LAB_SHORT;
        double part = excludes() ? (lab ? 0.03 : 0.02) : 0.05;
        long ticks = excludes() && !lab ? 1 : 2;
        long offNs = Math.abs(estimate.stolenNs() - truth.stolenNs());
        return offNs <= Math.max(part * truth.stolenNs(), (double) ticks * VcpuTimeline.TICK_NS);
    }

    private boolean isWithin(Estimate estimate, double percentile, double onExcludes, double onIncludes) {
        return Math.abs(estimate.percentileError(percentile, truth)) <= (excludes() ? onExcludes : onIncludes);
    }
}
