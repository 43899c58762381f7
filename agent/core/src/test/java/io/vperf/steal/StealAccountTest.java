package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StealAccountTest {

    private static final long MS = 1_000_000;

    /** Windows of 100 ms, always busy. */
    private final VcpuTimeline timeline = new VcpuTimeline();

    private long nowNs;
    private long steal = 1000;
    private long busy = 1000;

    private void windows(int... stealTicks) {
        timeline.add(nowNs, steal, busy, steal + busy);
        for (int ticks : stealTicks) {
            nowNs += 100 * MS;
            steal += ticks;
            busy += 10 - ticks;
            timeline.add(nowNs, steal, busy, steal + busy);
        }
    }

    private StealAccount account(long entryMs, long exitMs) {
        return new StealAccount(timeline, timeline, entryMs * MS, exitMs * MS);
    }

    @Test
    void shouldHoldWhatTheCallsWindowsShowATickOfThoseBeforeAndOneOnCredit() {
        windows(3, 3, 2, 0);
        assertThat(account(210, 250).shownNs()).isEqualTo(20 * MS);
        assertThat(account(210, 250).leftNs()).isEqualTo((20 + 10 + 10) * MS);
    }

    /** It is booked with the next tick. */
    @Test
    void shouldHoldWhatIsBookedJustAfterTheCallsEnd() {
        windows(0, 2);
        assertThat(account(50, 89).shownNs()).isZero();
        assertThat(account(50, 95).shownNs()).isEqualTo(20 * MS);
    }

    @Test
    void shouldGiveNoCreditBeforeTheCounterHasMoved() {
        windows(0, 0, 0);
        assertThat(account(110, 150).leftNs()).isZero();
    }

    @Test
    void shouldPayCreditBackOutOfTheNextWindows() {
        windows(1);
        StealAccount account = account(10, 50);
        account.give(17 * MS);
        assertThat(account.leftNs()).isEqualTo(3 * MS);
        assertThat(timeline.totalAttributedNs()).isEqualTo(10 * MS);
        assertThat(timeline.onCreditNs()).isEqualTo(7 * MS);
        windows(2);
        assertThat(timeline.onCreditNs()).isZero();
        assertThat(timeline.remainingNs(2)).isEqualTo(13 * MS);
        assertThat(timeline.totalAttributedNs()).isEqualTo(17 * MS);
        assertThat(timeline.creditNs()).isEqualTo(10 * MS);
    }

    /** Later calls cannot be given what is old. */
    @Test
    void shouldTakeTheOldestFirst() {
        windows(2, 2, 2);
        account(150, 280).give(25 * MS);
        assertThat(timeline.remainingNs(1)).as("a tick at most").isEqualTo(10 * MS);
        assertThat(timeline.remainingNs(2)).isEqualTo(5 * MS);
        assertThat(timeline.remainingNs(3)).isEqualTo(20 * MS);
    }

    @Test
    void shouldShareByBusyTime() {
        windows(4, 4);
        assertThat(account(0, 200).shareNs(100 * MS)).isEqualTo(40 * MS);
        assertThat(account(0, 200).shareNs(900 * MS)).as("all there is").isEqualTo(80 * MS);
        assertThat(account(0, 200).shareNs(-1)).isZero();
    }

    @Test
    void shouldProveOnlyWhatWasStolenInWholeWindowsWithinTheCall() {
        windows(5, 5, 5, 5);
        assertThat(account(150, 250).leastNs()).isZero();
        assertThat(account(50, 400).leastNs())
                .as("the third and fourth, less a tick")
                .isEqualTo(90 * MS);
    }

    @Test
    void shouldBoundWhatCanHaveBeenStolenByTheCallsLength() {
        windows(5, 5);
        assertThat(account(110, 120).mostNs()).isEqualTo(10 * MS);
        assertThat(account(100, 200).mostNs()).isEqualTo(60 * MS);
    }
}
