package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.platform.InterruptTime;
import org.junit.jupiter.api.Test;

class GapEstimateTest {

    private static final long MS = 1_000_000;

    private final BusyVcpu vcpu = new BusyVcpu();
    private final GapEstimate estimate = new GapEstimate(0, InterruptTime.CHARGED);

    private Verdict judge(long entryMs, long exitMs, long cpuMs, long waitedNs) {
        return judge(estimate, entryMs, exitMs, cpuMs, waitedNs);
    }

    private Verdict judge(GapEstimate by, long entryMs, long exitMs, long cpuMs, long waitedNs) {
        LongCall call = new LongCall(1, 0, false, 0, entryMs * MS, exitMs * MS, cpuMs * MS, 0, 0, waitedNs, waitedNs);
        OwnTime own = new OwnTime(call, call.wallNs(), call.cpuNs(), waitedNs, waitedNs);
        StealAccount account = new StealAccount(vcpu.timeline, vcpu.timeline, call.entryNs(), call.exitNs());
        return by.judge(own, account, by.claimNs(own, account));
    }

    @Test
    void shouldTakeTheGapForStealThatTheCountersBearOut() {
        vcpu.windows(3, 0);
        Verdict verdict = judge(20, 60, 13, 0);
        assertThat(verdict.stolenNs()).isEqualTo(27 * MS);
        assertThat(verdict.boundNs()).isZero();
    }

    @Test
    void shouldTakeTheTimeItWasSwitchedOutOffTheGap() {
        vcpu.windows(3, 0);
        assertThat(judge(20, 60, 13, 20 * MS).stolenNs()).isEqualTo(7 * MS);
    }

    /** A tenth of the vCPU's time went to interrupts. */
    @Test
    void shouldTellInterruptsApartOrBoundWhatTheyMayBe() {
        for (long tick = 0; tick <= 40; tick += 10) {
            vcpu.timeline.add(tick * 10 * MS, tick * 10 * MS, tick >= 30 ? 3 : 0, tick - 3, tick / 10, tick);
        }
        Verdict apart = judge(new GapEstimate(0, InterruptTime.APART), 220, 260, 13, 0);
        Verdict unknown = judge(new GapEstimate(0, InterruptTime.UNKNOWN), 220, 260, 13, 0);
        assertThat(apart.stolenNs()).isEqualTo(23 * MS);
        assertThat(apart.boundNs()).isEqualTo(4 * MS);
        assertThat(unknown.leastNs()).isEqualTo(unknown.stolenNs() - 4 * MS);
    }

    /** Two ticks and one on credit. */
    @Test
    void shouldGiveNoMoreThanTheCountersHave() {
        vcpu.windows(2, 0);
        assertThat(judge(20, 90, 5, 0).stolenNs()).isEqualTo(30 * MS);
    }

    /** Two ticks in 100 ms; of the 80 that anybody ran it ran for 25. */
    @Test
    void shouldGiveAShareToACallThatBlocked() {
        vcpu.windows(2, 0, 0);
        assertThat(judge(0, 100, 25, ThreadClock.UNKNOWN).stolenNs()).isEqualTo(25 * 20 * MS / 80);
    }
}
