package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcessEstimateTest {

    private static final long MS = 1_000_000;

    private final BusyVcpu vcpu = new BusyVcpu();
    private final ExcessEstimate estimate = new ExcessEstimate();

    private StealAccount account(long entryMs, long exitMs) {
        return new StealAccount(vcpu.timeline, vcpu.timeline, entryMs * MS, exitMs * MS);
    }

    private static OwnTime call(long entryMs, long exitMs) {
        long ns = (exitMs - entryMs) * MS;
        return new OwnTime(LongCalls.call(1, 0, entryMs * MS, exitMs * MS, ns, 0, 0), ns, ns, 0, 0);
    }

    private long claimNs(long entryMs, long exitMs) {
        return estimate.claimNs(call(entryMs, exitMs), account(entryMs, exitMs));
    }

    private long stolenNs(long entryMs, long exitMs) {
        return estimate.judge(call(entryMs, exitMs), account(entryMs, exitMs), claimNs(entryMs, exitMs))
                .stolenNs();
    }

    /** 20 of 5 ms in the first window, without steal. */
    private void teach() {
        for (int i = 0; i < 20; i++) {
            assertThat(stolenNs(i * 5L, i * 5L + 5)).isZero();
        }
    }

    @Test
    void shouldGiveACallWhatItTookLongerThanUsual() {
        vcpu.windows(0, 2, 0);
        teach();
        assertThat(stolenNs(120, 140)).isEqualTo(15 * MS);
    }

    /** By its share it would get 10.8 ms. */
    @Test
    void shouldGiveACallOverAWindowWhatItTookLongerThoughItsShareIsMore() {
        vcpu.windows(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0);
        for (int i = 0; i < 16; i++) {
            assertThat(stolenNs(i * 100L, i * 100L + 100)).isZero();
        }
        assertThat(stolenNs(1_690, 1_798)).isEqualTo(8 * MS);
    }

    @Test
    void shouldGiveNothingToAShortCallThatTookNoLongerThanUsual() {
        vcpu.windows(0, 2, 0);
        teach();
        assertThat(stolenNs(120, 125)).isZero();
    }

    /** Two ticks and one at either end, but it took 85 ms longer. */
    @Test
    void shouldHearNothingOfAnExcessThatStealCannotExplain() {
        vcpu.windows(0, 2, 0);
        teach();
        assertThat(claimNs(105, 195)).isZero();
        assertThat(claimNs(105, 150)).isEqualTo(40 * MS);
    }

    /** Three of its windows were stolen for a fifth, one for nothing. */
    @Test
    void shouldGiveItsShareToACallOverManyWindows() {
        vcpu.windows(2, 2, 0, 2, 0);
        assertThat(stolenNs(0, 400)).isEqualTo(60 * MS);
    }
}
