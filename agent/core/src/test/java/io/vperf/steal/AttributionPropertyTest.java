package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.platform.InterruptTime;
import io.vperf.platform.KernelKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The invariants of steal attribution over random counters and random calls that have nothing to do with each other. */
class AttributionPropertyTest {

    private static final int VCPUS = 4;
    private static final long COST_NS = 20_000;
    private static final long TICK = VcpuTimeline.TICK_NS;

    private TestHealth health = new TestHealth();
    private Timelines timelines = new Timelines(health.health());
    private long outermostStolenNs;
    private long judged;
    private long cpuAboveWall;

    @Property(tries = 300)
    void shouldHoldWhateverTheCountersShow(@ForAll KernelKind kind, @ForAll Random random) {
        beginTry();
        Attribution attribution =
                new Attribution(timelines, kind, COST_NS, InterruptTime.CHARGED, new Limits(health.health()));
        long nowNs = random.nextInt(1000);
        long[] steal = new long[VCPUS];
        long[] busy = new long[VCPUS];
        for (int sample = 0; sample < 30 + random.nextInt(600); sample++) {
            nowNs += random.nextInt(random.nextInt(4) == 0 ? 1_000_000_000 : 200_000_000); // some were stretched
            for (int vcpu = 0; vcpu < VCPUS; vcpu++) {
                if (random.nextInt(40) == 0) {
                    timelines.absent(vcpu);
                    continue;
                }
                steal[vcpu] += random.nextInt(40) == 0 ? random.nextInt(2000) - 1000 : random.nextInt(8);
                busy[vcpu] += random.nextInt(40) == 0 ? -3 : random.nextInt(8);
                timelines.present(vcpu, nowNs, steal[vcpu], busy[vcpu], steal[vcpu] + busy[vcpu] + sample);
            }
        }
        for (long thread = 0; thread < 60; thread++) {
            long entryNs = (long) (random.nextDouble() * nowNs);
            judge(attribution, kind, random, thread, 0, entryNs, entryNs + (long) (random.nextDouble() * 1e9));
        }
        check(kind);
    }

    /** One vCPU, one call, windows of the period and stretched ones, steal anywhere: the bound must hold the truth. */
    @Property(tries = 10_000)
    void shouldBoundTheTruthInStretchedWindowsToo(@ForAll KernelKind kind, @ForAll Random random) {
        beginTry();
        Attribution attribution =
                new Attribution(timelines, kind, COST_NS, InterruptTime.CHARGED, new Limits(health.health()));
        long endNs = 6_000_000_000L;
        long entryNs = (long) (random.nextDouble() * endNs / 2);
        long exitNs = entryNs + 1 + (long) (random.nextDouble() * random.nextDouble() * endNs / 2);
        List<long[]> stolen = new ArrayList<>();
        for (long at = random.nextInt(900_000_000); at < endNs; ) {
            long until = Math.min(endNs, at + random.nextInt(random.nextBoolean() ? 3_000_000 : 300_000_000));
            stolen.add(new long[] {at, until});
            at = until + random.nextInt(900_000_000);
        }
        long busyNs = 0;
        for (long nowNs = 0; nowNs < endNs + 3_000_000_000L; ) {
            timelines.present(0, nowNs, within(stolen, 0, nowNs) / TICK, busyNs / TICK, nowNs / TICK);
            long fromNs = nowNs;
            nowNs += random.nextBoolean() ? 100_000_000 : 1 + random.nextInt(1_000_000_000);
            busyNs += (long) (random.nextDouble() * (nowNs - fromNs - within(stolen, fromNs, nowNs)));
        }
        long truthNs = within(stolen, entryNs, exitNs);
        long wallNs = exitNs - entryNs;
        long ranNs = (long) (random.nextDouble() * (wallNs - truthNs));
        long cpuNs = kind == KernelKind.INCLUDES ? ranNs + truthNs : ranNs;
        LongCall call = LongCalls.blocked(entryNs, exitNs, cpuNs);
        assertThat(attribution.isCovered(call)).isTrue();
        Verdict verdict = attribution.judge(call);

        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.CORRECTED);
        assertThat(Math.abs(verdict.stolenNs() - truthNs)).isLessThanOrEqualTo(verdict.boundNs());
        check(kind);
    }

    private static long within(List<long[]> stretches, long fromNs, long toNs) {
        return stretches.stream()
                .mapToLong(s -> Math.max(0, Math.min(toNs, s[1]) - Math.max(fromNs, s[0])))
                .sum();
    }

    /** jqwik uses one instance of this class for all tries. */
    private void beginTry() {
        health = new TestHealth();
        timelines = new Timelines(health.health());
        outermostStolenNs = 0;
        judged = 0;
        cpuAboveWall = 0;
    }

    /** Callees first, as they end first. Returns the CPU time of the call. */
    private long judge(
            Attribution attribution,
            KernelKind kind,
            Random random,
            long thread,
            int depth,
            long entryNs,
            long exitNs) {
        long calleesCpuNs = 0;
        long atNs = entryNs;
        for (int callees = depth > 3 ? 0 : random.nextInt(4); callees > 0 && atNs < exitNs; callees--) {
            long from = atNs + (long) (random.nextDouble() * (exitNs - atNs));
            long to = from + (long) (random.nextDouble() * (exitNs - from));
            calleesCpuNs += judge(attribution, kind, random, thread, depth + 1, from, to);
            atNs = to;
        }
        long wallNs = exitNs - entryNs;
        long cpuNs = Math.max(calleesCpuNs, (long) (random.nextDouble() * 1.02 * wallNs));
        long told = random.nextInt(20) == 0 ? ThreadClock.UNKNOWN : cpuNs;
        LongCall call = LongCalls.call(
                thread, depth, entryNs, exitNs, told, random.nextInt(VCPUS + 1) - 1, random.nextInt(VCPUS + 1) - 1);
        if (random.nextInt(15) == 0) {
            if (random.nextBoolean()) {
                attribution.skip(call);
            }
            return cpuNs;
        }
        Verdict verdict = attribution.judge(call);
        judged++;
        assertThat(verdict.stolenNs()).isBetween(0L, call.wallNs());
        assertThat(verdict.boundNs()).isNotNegative();
        if (kind == KernelKind.EXCLUDES && told != ThreadClock.UNKNOWN) {
            assertThat(verdict.stolenNs()).isLessThanOrEqualTo(Math.max(0, wallNs - told));
            cpuAboveWall += told > wallNs + COST_NS ? 1 : 0;
        }
        if (verdict.kind() != Verdict.Kind.CORRECTED) {
            assertThat(verdict.stolenNs()).isZero();
        }
        if (depth == 0) {
            outermostStolenNs += verdict.stolenNs();
        }
        return cpuNs;
    }

    private void check(KernelKind kind) {
        long[] totals = new long[4];
        Seen.forEach(timelines, (timeline, vcpu) -> {
            List<Long> left = new ArrayList<>();
            for (int w = 1; w < timeline.end(); w++) {
                left.add(timeline.remainingNs(w));
                assertThat(timeline.stolenNs(w) - timeline.remainingNs(w))
                        .as("attributed, vCPU %d, window %d", vcpu, w)
                        .isBetween(0L, timeline.stolenNs(w) + TICK);
                if (timeline.isTainted(w) && timeline.end() < 300) { // not merged
                    assertThat(timeline.stolenNs(w)).isZero();
                }
            }
            VcpuSteal shown = new VcpuSteal(
                    vcpu, 0, timeline.totalStolenNs(), timeline.totalAttributedNs(), timeline.onCreditNs());
            assertThat(shown.unattributedNs())
                    .isEqualTo(left.stream().mapToLong(Long::longValue).sum());
            totals[0] += timeline.totalAttributedNs();
            totals[1] += timeline.totalStolenNs();
            totals[2] += timeline.end();
            assertThat(timeline.onCreditNs()).isBetween(0L, TICK);
            totals[3] += timeline.onCreditNs();
        });
        assertThat(totals[0]).isLessThanOrEqualTo(totals[1]);
        // Each window that a call is given steal from is charged in whole nanoseconds, rounded down.
        assertThat(outermostStolenNs).isLessThanOrEqualTo(totals[0] + totals[3] + judged * totals[2]);
        if (kind == KernelKind.EXCLUDES) {
            assertThat(health.total(Trouble.CLAMPED_NEGATIVE)).isGreaterThanOrEqualTo(cpuAboveWall);
        }
    }
}
