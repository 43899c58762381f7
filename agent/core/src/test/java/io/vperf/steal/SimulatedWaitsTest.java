package io.vperf.steal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.health.Trouble;
import io.vperf.sim.Draw;
import io.vperf.sim.HostSteal;
import io.vperf.sim.Kernel;
import io.vperf.sim.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What long calls of a simulated guest know of their waits, on a kernel whose CPU time excludes steal. */
class SimulatedWaitsTest {

    private static final long MS = 1_000_000;
    private static final HostSteal BURSTS = HostSteal.bursts(2 * MS, 30 * MS, 0.2);

    /** The sampler has to see steal first, and a thread to be asked once since. */
    private static final long WARM_UP_NS = 500 * MS;

    /** A reading's error, at both ends. */
    private static final long CLOCK_ERROR_NS = 200_000;

    private final Path root;
    private final List<LongCall> calls = new ArrayList<>();
    private long blocksUnknown;

    SimulatedWaitsTest(@TempDir Path root) {
        this.root = root;
    }

    private void run(Kernel kernel, int vcpus, Program each, int threads) {
        run(scenario(kernel, vcpus, each, threads));
    }

    private static Scenario scenario(Kernel kernel, int vcpus, Program each, int threads) {
        return Scenario.of("waits", Bar.SUM, vcpus, kernel, BURSTS, 5, Collections.nCopies(threads, each));
    }

    private void run(Scenario scenario) {
        calls.clear();
        try (SimulatedRun run = new SimulatedRun(scenario, root, (call, verdict, index) -> calls.add(call))) {
            run.run();
            blocksUnknown = run.health.total(Trouble.BLOCKS_UNKNOWN);
        }
        calls.removeIf(call -> call.entryNs() < WARM_UP_NS);
        assertThat(calls).hasSizeGreaterThan(100);
    }

    private static Program busy() {
        return Program.call(
                0, Program.compute(Draw.uniform(MS, 4 * MS)), Program.call(1, Program.compute(Draw.always(MS))));
    }

    private static Program sleepy() {
        return Program.call(
                0,
                Program.compute(Draw.uniform(MS, 2 * MS)),
                Program.sleep(Draw.always(2 * MS)),
                Program.compute(Draw.always(MS)));
    }

    @Test
    void shouldNeverHaveWaitedAloneOnAVcpu() {
        run(Kernel.excludes(250), 2, busy(), 1);
        long waited = calls.stream().filter(call -> call.waitedNs() != 0).count();
        assertThat(waited)
                .as("of %d calls, by the sampler's doing", calls.size())
                .isLessThan(calls.size() / 10);
    }

    /** What is left of a gap is what was stolen: from all calls together as much as from their vCPUs. */
    @Test
    void shouldKnowAllWaitsOfThreadsThatNeverBlock() {
        run(Kernel.excludes(250), 2, busy(), 5);
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.waitedNs()).isBetween(0L, call.wallNs() - call.cpuNs() + CLOCK_ERROR_NS);
            assertThat(call.runDelayNs()).isEqualTo(call.waitedNs());
        });
        assertThat(calls.stream().filter(call -> call.waitedNs() > MS).count()).isGreaterThan(calls.size() / 4);
    }

    @Test
    void shouldKnowTheRunDelayOfThreadsThatBlockAndNotTheirWait() {
        run(Kernel.excludes(250), 2, sleepy(), 5);
        assertThat(blocksUnknown).isEqualTo(5);
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.waitedNs()).isEqualTo(ThreadClock.UNKNOWN);
            assertThat(call.runDelayNs()).isBetween(0L, call.wallNs() - call.cpuNs() - 2 * MS + CLOCK_ERROR_NS);
        });
    }

    /** What is left of a call's gap was stolen from it while it had its vCPU, whatever it waited for before. */
    @Test
    void shouldKnowAllWaitsOfThreadsThatBlockWherePerfIsAllowed() {
        run(scenario(Kernel.excludes(250), 2, sleepy(), 5).withPerf());
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.waitedNs()).isBetween(2 * MS, call.wallNs() - call.cpuNs() + CLOCK_ERROR_NS);
            assertThat(call.runDelayNs()).isBetween(0L, call.waitedNs() - 2 * MS + CLOCK_ERROR_NS);
        });
        assertThat(blocksUnknown).isZero();
    }

    /** CPU time, which holds the steal there, and waits make up the whole call. */
    @Test
    void shouldTellOfWaitsOnAKernelThatIncludesStealToo() {
        run(Kernel.includes(250), 2, busy(), 5);
        assertThat(calls)
                .filteredOn(call -> call.waitedNs() != ThreadClock.UNKNOWN)
                .isNotEmpty()
                .anySatisfy(call -> assertThat(call.waitedNs()).isPositive())
                .allSatisfy(call -> assertThat(call.wallNs() - call.cpuNs() - call.waitedNs())
                        .isBetween(-CLOCK_ERROR_NS, CLOCK_ERROR_NS));
    }
}
