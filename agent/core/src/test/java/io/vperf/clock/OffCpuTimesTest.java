package io.vperf.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.shim.Capability;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // it does not see annotations of type arguments in class files
class OffCpuTimesTest {

    private static final long MS = 1_000_000;
    private static final long ASK_EVERY_NS = 100_000;

    private static final TaskTime.Source NO_TIME = new TaskTime.Source() {
        @Override
        public Capability<String> prepare() {
            return Capability.unavailable("forbidden", "");
        }

        @Override
        public Capability<TaskTime> forThisThread() {
            return Capability.unavailable("forbidden", "");
        }
    };

    /** schedstat of a thread of one's own making. */
    private static final class Kernel implements WaitCounters {

        long delayNs;
        int questions;

        @Override
        public long runDelayNs() {
            questions++;
            return delayNs;
        }

        @Override
        public long voluntarySwitches() {
            return 0;
        }

        @Override
        public void close() {}
    }

    /** What the JVM says of a thread of one's own making. */
    private static final class Jvm implements BlockTimes {

        boolean ready = true;
        long trueMonitorNs;
        long trueWaitingNs;
        int questions;
        private long monitorNs;
        private long waitingNs;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public boolean read() {
            questions++;
            if (!ready) {
                return false;
            }
            monitorNs = trueMonitorNs / MS * MS;
            waitingNs = trueWaitingNs / MS * MS;
            return true;
        }

        @Override
        public long monitorNs() {
            return monitorNs;
        }

        @Override
        public long waitingNs() {
            return waitingNs;
        }
    }

    private final Kernel kernel = new Kernel();
    private final Jvm jvm = new Jvm();
    private final OffCpuTimes times = new OffCpuTimes(counters(kernel), jvm, ASK_EVERY_NS);
    private long nowNs = 10_000 * MS;

    private static OwnCounters counters(WaitCounters kernel) {
        return new OwnCounters(new WaitSources(() -> Capability.available(kernel), NO_TIME, new TestHealth().health()));
    }

    /** Off the CPU for so long, of which so much was run delay, and a renewal that finds it. */
    private boolean off(long offNs, long delayNs) {
        nowNs += offNs;
        kernel.delayNs += delayNs;
        times.renewalBegins();
        return times.renewed(offNs, nowNs);
    }

    private OffCpuTimes.Sums begin() {
        OffCpuTimes.Sums begun = new OffCpuTimes.Sums();
        begun.set(times.now());
        return begun;
    }

    @Test
    void shouldAskNobodyAsLongAsTheThreadIsNotOff() {
        int before = kernel.questions;
        for (int i = 0; i < 1_000; i++) {
            nowNs += MS;
            assertThat(off(0, 0)).isFalse();
        }
        OffCpuTimes.Sums begun = begin();
        times.callEnds(begun, 1_000 * MS, nowNs);
        assertThat(kernel.questions).isEqualTo(before);
        assertThat(jvm.questions).isEqualTo(1);
    }

    @Test
    void shouldAskTheKernelNoMoreOftenThanWhatItCosts() {
        int before = kernel.questions;
        long from = nowNs;
        for (int i = 0; i < 10_000; i++) {
            off(1_000, 500); // 10 ms in all
        }
        assertThat((nowNs - from) / ASK_EVERY_NS).isEqualTo(100);
        assertThat(kernel.questions - before).isBetween(99, 101);
        assertThat(jvm.questions - 1).as("to the millisecond").isBetween(8, 10);
    }

    @Test
    void shouldSayWhetherAskingTookTime() {
        assertThat(off(1_000, 0)).isTrue();
        assertThat(off(1_000, 0)).as("just asked").isFalse();
        nowNs += ASK_EVERY_NS;
        assertThat(off(1_000, 0)).isTrue();
    }

    /** A question that was disturbed is repeated within the same renewal, which has found more by then. */
    @Test
    void shouldCountWhatIsFoundAgainOnce() {
        OffCpuTimes.Sums begun = begin();
        kernel.delayNs = -1;
        times.renewalBegins();
        times.renewed(30, ++nowNs);
        times.renewed(30, ++nowNs);
        times.renewed(50, ++nowNs);
        times.renewed(40, ++nowNs);
        assertThat(times.now().unaskedNs(begun)).isEqualTo(50);
        assertThat(times.before().unaskedNs(begun)).isZero();
    }

    @Test
    void shouldTellRunDelayFromTheRestOnceTheKernelWasAsked() {
        OffCpuTimes.Sums begun = begin();
        off(5 * MS, 2 * MS);
        assertThat(times.now().runDelayNs(begun)).isEqualTo(2 * MS);
        assertThat(times.now().unaskedNs(begun)).isZero();

        off(30_000, 30_000); // just asked, and not worth another question
        assertThat(times.now().runDelayNs(begun)).isEqualTo(2 * MS);
        assertThat(times.now().unaskedNs(begun)).isEqualTo(30_000);
    }

    /** What was off before the call began, and nobody was asked about until later, may be all of the run delay since found. */
    @Test
    void shouldNotChargeACallWithWhatMayHaveBeenBeforeIt() {
        off(MS, 0);
        off(40_000, 40_000);
        OffCpuTimes.Sums begun = begin();
        nowNs += ASK_EVERY_NS;
        off(50_000, 10_000);

        assertThat(times.now().runDelayNs(begun)).as("of 50 us that were found").isEqualTo(10_000);
        assertThat(times.now().unaskedNs(begun)).isEqualTo(40_000);
    }

    @Test
    void shouldAskAtTheEndOfACallThatIsWorthIt() {
        off(MS, 0);
        OffCpuTimes.Sums begun = begin();
        int before = kernel.questions;
        off(30_000, 20_000);
        assertThat(kernel.questions).as("just asked").isEqualTo(before);

        times.callEnds(begun, ASK_EVERY_NS - 1, nowNs);
        assertThat(kernel.questions).as("too short").isEqualTo(before);
        times.callEnds(begun, 3 * MS, nowNs);
        assertThat(kernel.questions).as("1 % of its time").isEqualTo(before);
        times.callEnds(begun, 2 * MS, nowNs);
        assertThat(kernel.questions).isEqualTo(before + 1);
        assertThat(times.now().runDelayNs(begun)).isEqualTo(20_000);
        assertThat(times.now().unaskedNs(begun)).isZero();
        times.callEnds(begun, 2 * MS, nowNs);
        assertThat(kernel.questions).as("nothing is open").isEqualTo(before + 1);
    }

    @Test
    void shouldAskTheJvmAtTheEndOfACallThatIsWorthIt() {
        off(2 * MS, 0);
        OffCpuTimes.Sums begun = begin();
        int before = jvm.questions;
        off(900_000, 0);
        jvm.trueMonitorNs = 3 * MS;
        times.callEnds(begun, MS - 1, nowNs);
        assertThat(jvm.questions).isEqualTo(before);
        times.callEnds(begun, 100 * MS, nowNs);
        assertThat(jvm.questions).as("1 % of its time").isEqualTo(before);
        times.callEnds(begun, 50 * MS, nowNs);
        assertThat(jvm.questions).isEqualTo(before + 1);
        assertThat(times.now().monitorNs(begun)).isEqualTo(3 * MS);
    }

    @Test
    void shouldTellWhatTheJvmKnows() {
        OffCpuTimes.Sums begun = begin();
        jvm.trueMonitorNs += 12 * MS;
        jvm.trueWaitingNs += 30 * MS;
        off(42 * MS, 0);
        assertThat(times.now().monitorNs(begun)).isEqualTo(12 * MS);
        assertThat(times.now().waitingNs(begun)).isEqualTo(30 * MS);

        OffCpuTimes.Sums next = begin();
        jvm.trueWaitingNs += 5 * MS;
        off(5 * MS, 0);
        assertThat(times.now().monitorNs(next)).isZero();
        assertThat(times.now().waitingNs(next)).isEqualTo(5 * MS);
    }

    @Test
    void shouldTakeTheJvmsWordWhenItIsReadyLater() {
        Jvm later = new Jvm();
        later.ready = false;
        OffCpuTimes of = new OffCpuTimes(counters(kernel), later, ASK_EVERY_NS);
        OffCpuTimes.Sums begun = new OffCpuTimes.Sums();
        begun.set(of.now());
        of.renewalBegins();
        of.renewed(20 * MS, nowNs);
        assertThat(of.now().waitingNs(begun)).as("nobody can tell yet").isZero();

        later.ready = true;
        later.trueWaitingNs = 7 * MS;
        of.renewalBegins();
        nowNs += 2 * MS;
        of.renewed(7 * MS, nowNs);
        assertThat(of.now().waitingNs(begun)).isEqualTo(7 * MS);

        begun.set(of.now());
        later.ready = false;
        later.trueWaitingNs = 50 * MS;
        nowNs += 43 * MS;
        of.renewalBegins();
        of.renewed(43 * MS, nowNs);
        assertThat(of.now().waitingNs(begun)).as("somebody has switched it off").isZero();
        later.ready = true;
        later.trueWaitingNs = 60 * MS;
        nowNs += 10 * MS;
        of.renewalBegins();
        of.renewed(10 * MS, nowNs);
        assertThat(of.now().waitingNs(begun)).isEqualTo(53 * MS);
    }

    @Test
    void shouldKeepAllOpenWhereAThreadHasNoCounters() {
        OffCpuTimes of = new OffCpuTimes(new OwnCounters(null), null, ASK_EVERY_NS);
        OffCpuTimes.Sums begun = new OffCpuTimes.Sums();
        begun.set(of.now());
        assertThat(of.now().mayHaveBlocked(begun)).isFalse();
        of.renewalBegins();
        assertThat(of.renewed(5 * MS, nowNs)).as("nobody was asked").isFalse();
        of.callEnds(begun, 5 * MS, nowNs);
        assertThat(of.now().mayHaveBlocked(begun)).isTrue();
        assertThat(of.now().runDelayNs(begun)).isZero();
        assertThat(of.now().unaskedNs(begun)).isEqualTo(5 * MS);
        assertThat(of.now().monitorNs(begun)).isZero();
    }

    @Test
    void shouldTellNothingOfAThreadThatNobodyAsks() {
        OffCpuTimes.NONE.renewalBegins();
        assertThat(OffCpuTimes.NONE.renewed(5 * MS, nowNs)).isFalse();
        OffCpuTimes.NONE.callEnds(OffCpuTimes.NONE.now(), 5 * MS, nowNs);
        assertThat(OffCpuTimes.NONE.now().unaskedNs(new OffCpuTimes.Sums())).isZero();
    }

    @Test
    void shouldNotBelieveACounterThatFailsOrRunsBackwards() {
        kernel.delayNs = 100 * MS;
        off(MS, 0);
        OffCpuTimes.Sums begun = begin();
        for (long wrongNs : new long[] {-1, 50 * MS}) {
            kernel.delayNs = wrongNs;
            nowNs += ASK_EVERY_NS;
            off(MS, 0);
        }
        assertThat(times.now().runDelayNs(begun)).isZero();
        assertThat(times.now().unaskedNs(begun)).isEqualTo(2 * MS);

        kernel.delayNs = 101 * MS;
        off(MS, 0);
        assertThat(times.now().runDelayNs(begun)).isEqualTo(MS);
        assertThat(times.now().unaskedNs(begun)).isZero();
    }

    /** Whatever is asked when: what is sure was run delay of the call, and with what is open there is room for all of it. */
    @Property(tries = 100)
    void shouldEncloseTheTruth(@ForAll Random random) {
        Kernel of = new Kernel();
        OffCpuTimes any = new OffCpuTimes(counters(of), null, ASK_EVERY_NS);
        OffCpuTimes.Sums begun = new OffCpuTimes.Sums();
        begun.set(any.now());
        long callNs = nowNs;
        long offNs = 0;
        long delayNs = 0;
        for (int step = 0; step < 200; step++) {
            if (random.nextInt(20) == 0) {
                any.callEnds(begun, nowNs - callNs, nowNs);
                assertEnclosed(any.now(), begun, offNs, delayNs);
                begun.set(any.now());
                callNs = nowNs;
                offNs = 0;
                delayNs = 0;
            }
            long stepOffNs = random.nextInt(3) == 0 ? 0 : random.nextInt(40_000);
            long stepDelayNs = stepOffNs == 0 ? 0 : random.nextLong(stepOffNs + 1);
            nowNs += stepOffNs + random.nextInt(40_000);
            of.delayNs += stepDelayNs;
            any.renewalBegins();
            any.renewed(stepOffNs, nowNs);
            offNs += stepOffNs;
            delayNs += stepDelayNs;
            assertEnclosed(any.now(), begun, offNs, delayNs);
        }
    }

    private static void assertEnclosed(OffCpuTimes.Sums now, OffCpuTimes.Sums begun, long offNs, long delayNs) {
        long sureNs = now.runDelayNs(begun);
        long openNs = now.unaskedNs(begun);
        assertThat(sureNs).isBetween(0L, delayNs);
        assertThat(openNs).isNotNegative();
        assertThat(sureNs + openNs).isGreaterThanOrEqualTo(delayNs);
        assertThat(openNs).as("open of what began before it, too").isLessThanOrEqualTo(offNs + ASK_EVERY_NS);
    }
}
