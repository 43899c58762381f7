package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetKeeperTest {

    private static final long SECOND_NS = 1_000_000_000;
    private static final int IN_BUDGET = 100_000;

    private final BudgetRun run = new BudgetRun(1);
    private final CallSampling sampling = new CallSampling(1);
    private long nowNs;

    BudgetKeeperTest() {
        run.table.register("a");
        run.table.register("b");
        run.table.register("c");
    }

    /** 1 %; a call costs 100 ns. */
    private BudgetKeeper keeper(long renewalNs, AtomicLong cpuNs) {
        return new BudgetKeeper(new Budget(10_000, 100, renewalNs, cpuNs::get, 1), sampling, run.table, nowNs);
    }

    private BudgetKeeper keeper() {
        return keeper(0, new AtomicLong(Budget.UNKNOWN));
    }

    private int[] endSecond(BudgetKeeper keeper, long... calls) {
        nowNs += SECOND_NS;
        keeper.endInterval(calls, nowNs);
        return factors(calls.length);
    }

    private int[] factors(int methods) {
        int[] factors = new int[methods];
        for (int id = 0; id < factors.length; id++) {
            factors[id] = run.table.get(id).samplingFactor();
            assertThat(1 << CallSampling.log2(sampling.rule(id))).isEqualTo(factors[id]);
        }
        return factors;
    }

    @Test
    void shouldMeasureAllWithinTheBudget() {
        assertThat(endSecond(keeper(), IN_BUDGET / 2, IN_BUDGET / 2)).containsExactly(1, 1);
    }

    @Test
    void shouldCutWhoCostsMost() {
        assertThat(endSecond(keeper(), IN_BUDGET * 50L, IN_BUDGET / 10, IN_BUDGET / 10))
                .as("50 / 0.8, and the next power of two")
                .containsExactly(64, 1, 1);
    }

    @Test
    void shouldReckonWithTheKernelCallOfALoneReading() {
        assertThat(endSecond(keeper(700, new AtomicLong(Budget.UNKNOWN)), IN_BUDGET * 4L))
                .as("4 times the budget at 100 ns, 32 times at 800 ns")
                .containsExactly(32);
    }

    @Test
    void shouldTakeTheShareOfTheProcessesCpuTime() {
        AtomicLong cpuNs = new AtomicLong();
        BudgetKeeper keeper = keeper(0, cpuNs);
        cpuNs.set(SECOND_NS / 4 - 10_000_000); // a tick may be missing
        assertThat(endSecond(keeper, IN_BUDGET)).containsExactly(4);
        cpuNs.addAndGet(2 * SECOND_NS);
        assertThat(endSecond(keeper, IN_BUDGET)).containsExactly(1);
    }

    @Test
    void shouldLeaveAFactorThatIsTwiceWhatIsNeeded() {
        BudgetKeeper keeper = keeper();
        assertThat(endSecond(keeper, IN_BUDGET * 8L)).containsExactly(8);
        assertThat(endSecond(keeper, IN_BUDGET * 5L)).containsExactly(8);
        assertThat(endSecond(keeper, IN_BUDGET * 4L)).containsExactly(8);
        assertThat(endSecond(keeper, IN_BUDGET * 9L)).containsExactly(16);
        assertThat(endSecond(keeper, IN_BUDGET * 7L)).containsExactly(16);
        assertThat(endSecond(keeper, IN_BUDGET * 4L)).containsExactly(8);
    }

    @Test
    void shouldReturnToOneInStepsOfFour() {
        BudgetKeeper keeper = keeper();
        assertThat(endSecond(keeper, IN_BUDGET * 64L)).containsExactly(64);
        assertThat(endSecond(keeper, 1)).containsExactly(16);
        assertThat(endSecond(keeper, 0)).containsExactly(4);
        assertThat(endSecond(keeper, 1)).containsExactly(1);
    }

    private int[] watchAfter(long ns, BudgetKeeper keeper, long... calls) {
        nowNs += ns;
        keeper.watch(calls, nowNs);
        return factors(calls.length);
    }

    @Test
    void shouldCutWithinAnIntervalWhatCostsMoreThanASecondAllowsFor() {
        BudgetKeeper keeper = keeper();
        assertThat(watchAfter(SECOND_NS / 10, keeper, IN_BUDGET)).containsExactly(1);
        assertThat(watchAfter(SECOND_NS / 10, keeper, IN_BUDGET * 3L)).containsExactly(4);
        assertThat(watchAfter(SECOND_NS / 10, keeper, IN_BUDGET * 3L))
                .as("not back before the end")
                .containsExactly(4);
        assertThat(watchAfter(SECOND_NS * 2, keeper, IN_BUDGET * 16L))
                .as("in 2.3 s")
                .containsExactly(8);
        assertThat(endSecond(keeper, IN_BUDGET)).containsExactly(2);
    }

    @Test
    void shouldBoundTheFactor() {
        assertThat(endSecond(keeper(), Long.MAX_VALUE / 100)).containsExactly(1 << 20);
    }
}
