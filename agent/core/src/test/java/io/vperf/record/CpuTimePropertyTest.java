package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.SwitchingClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Recorded CPU times against the true ones of a machine on which anything may happen, also in the midst of a reading. */
class CpuTimePropertyTest {

    private static final int STEPS = 400;
    private static final int METHODS = 3;
    private static final int DEEPEST = 12;

    /** At either end: the kernel looked somewhere within its call, which may have been made under way to be disturbed. */
    private static final long READING_NS = 2 * (SwitchingClocks.CALL_NS + 4 * SwitchingClocks.READ_NS);

    /** What a machine does to its threads. */
    private enum Steal {
        NONE,
        /** In pieces that no reading's gap hides. */
        LARGE,
        ANY
    }

    private record Open(@Nullable Object frame, boolean outermost) {}

    /** One thread and its schedule. */
    private static final class Machine {

        private final Random random;
        private final Steal steal;
        private final TestHealth health = new TestHealth();
        private final SwitchingClocks clocks = new SwitchingClocks();
        private final ProbeHandler probe;
        private final LastCall.Of last;
        private final Deque<Open> open = new ArrayDeque<>();
        private boolean within;
        private boolean interrupted;
        private long trueSumNs;
        private long sumNs;
        private long outermost;

        Machine(Steal steal, Random random) {
            this.random = random;
            this.steal = steal;
            MethodTable methods = new MethodTable(METHODS, health.health());
            for (int i = 0; i < METHODS; i++) {
                methods.register("m" + i);
            }
            Recording recording = new Recording(methods, clocks, clocks.cpu(), health.health(), Long.MAX_VALUE, 1, 0);
            probe = recording.probeHandler();
            last = new LastCall(recording).ofThisThread();
            clocks.between(this::between);
        }

        private void between() {
            if (!within && random.nextInt(40) == 0) {
                within = true;
                if (interrupted && random.nextBoolean()) {
                    clocks.run(upTo(300_000)); // charged to the thread that it comes upon
                } else {
                    disturb();
                }
                within = false;
            }
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                switch (random.nextInt(8)) {
                    case 0, 1 -> enter();
                    case 2, 3 -> exit();
                    case 4 -> disturb();
                    default -> clocks.run(upTo(3_000_000));
                }
            }
            while (!open.isEmpty()) {
                exit();
            }
            last.forget();
            assertThat(health.health().totals()).doesNotContainKeys(Trouble.CLOCK_BACKWARDS, Trouble.LOST_FRAMES);
        }

        /** Short times as often as long ones. */
        private long upTo(long mostNs) {
            long ns = 1L + random.nextInt((int) mostNs);
            return ns >>> random.nextInt(16);
        }

        private void disturb() {
            switch (random.nextInt(6)) {
                case 0, 1 -> clocks.block(upTo(10_000_000));
                case 2 -> clocks.clearSign();
                case 3 -> clocks.storeForeign();
                default -> {
                    if (steal == Steal.LARGE) {
                        clocks.steal(2 * SwitchingClocks.GAP_NS + upTo(10_000_000));
                    } else if (steal == Steal.ANY) {
                        clocks.steal(upTo(1_000_000));
                    }
                }
            }
        }

        private void enter() {
            if (open.size() < DEEPEST) {
                boolean outer = open.isEmpty();
                open.push(new Open(probe.enter(random.nextInt(METHODS)), outer));
            }
        }

        private void exit() {
            if (open.isEmpty()) {
                return;
            }
            Open call = open.pop();
            probe.exit(call.frame(), null);
            last.look(call.frame());
            long entryNs = last.entryNs;
            long exitNs = entryNs + last.wallNs;
            long trueNs = clocks.cpuNsAt(exitNs) - clocks.cpuNsAt(entryNs);

            assertThat(last.cpuNs).as("CPU time").isBetween(0L, last.wallNs + 2 * SwitchingClocks.QUIET_NS);
            if (interrupted) {
                return; // how long before or after a reading a switch was cannot be known
            }
            assertThat(Math.abs(last.cpuNs - trueNs))
                    .as("%s instead of %s", last.cpuNs, trueNs)
                    .isLessThanOrEqualTo(2 * SwitchingClocks.QUIET_NS + Math.max(hiddenNs(entryNs), hiddenNs(exitNs)));
            if (call.outermost()) {
                sumNs += last.cpuNs;
                trueSumNs += trueNs;
                outermost++;
            }
        }

        /** The most that can have been stolen before a moment without being known then. */
        private long hiddenNs(long momentNs) {
            return clocks.stolenNs(momentNs - SwitchingClocks.AGE_NS, momentNs, SwitchingClocks.GAP_NS);
        }
    }

    @Property(tries = 300)
    void shouldBeExactUpToAReadingsErrorWithoutSteal(@ForAll Random random) {
        Machine machine = new Machine(Steal.NONE, random);
        machine.run();

        assertSum(machine, 0);
    }

    /** Stolen time that no gap between readings can hide is found whole, and is in no call's CPU time. */
    @Property(tries = 300)
    void shouldLeaveOutWhatWasStolenInLargePieces(@ForAll Random random) {
        Machine machine = new Machine(Steal.LARGE, random);
        machine.run();

        assertSum(machine, SwitchingClocks.GAP_NS);
    }

    @Property(tries = 300)
    void shouldErrByNoMoreThanWasStolenInSmallPieces(@ForAll Random random) {
        new Machine(Steal.ANY, random).run();
    }

    @Property(tries = 300)
    void shouldNotExceedWallTimeWhateverComesBetweenReadings(@ForAll Random random) {
        Machine machine = new Machine(Steal.ANY, random);
        machine.interrupted = true;
        machine.run();
    }

    private static void assertSum(Machine machine, long mostNs) {
        assertThat(Math.abs(machine.sumNs - machine.trueSumNs))
                .isLessThanOrEqualTo(machine.trueSumNs / 1_000 + machine.outermost * 2 * READING_NS + mostNs);
    }
}
