package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.CpuClock;
import io.vperf.clock.SwitchingClocks;
import io.vperf.clock.ThreadClock;
import io.vperf.health.TestHealth;
import io.vperf.steal.LongCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** For how long a call's thread is said to have waited, against the truth, on a machine on which anything may happen. */
class WaitsPropertyTest {

    private static final int STEPS = 400;
    private static final int DEEPEST = 12;

    /** What may lie between a call's last reading and the kernel's answer without making that reading void. */
    private static final long TOLERANCE_NS = 2 * SwitchingClocks.GAP_NS;

    private static final class Machine {

        private final Random random;
        private final boolean blocks;
        private final boolean anywhere;
        private final boolean perf;
        private final SwitchingClocks clocks = new SwitchingClocks();
        private final CpuClock clock = clocks.cpu();
        private final ProbeHandler probe;
        private final LastCall.Of last;
        private final Deque<Object> open = new ArrayDeque<>();
        private boolean within;
        int known;
        int unknown;
        long inDoubtUntilNs;

        Machine(Random random, boolean blocks, boolean anywhere) {
            this(random, blocks, anywhere, false);
        }

        Machine(Random random, boolean blocks, boolean anywhere, boolean perf) {
            this.perf = perf;
            this.random = random;
            this.blocks = blocks;
            this.anywhere = anywhere;
            TestHealth health = new TestHealth();
            MethodTable methods = new MethodTable(1, health.health());
            methods.register("m");
            Recording recording = new Recording(methods, clocks, clock, health.health(), 0, 100, 0);
            recording.setStealKnown(true);
            clock.ledger().setStealAbout(true);
            probe = recording.probeHandler();
            last = new LastCall(recording).ofThisThread();
            if (perf) {
                clocks.allowPerf();
                for (int i = 0; i < 2; i++) { // the first block makes it wanted, the second opens it
                    Object frame = Objects.requireNonNull(probe.enter(0));
                    clocks.run(1_000_000);
                    probe.exit(probe.enter(0), null);
                    clocks.block(1_000_000);
                    probe.exit(frame, null);
                    clock.ledger().setStealAbout(true);
                }
            }
            clocks.between(this::between);
        }

        private void between() {
            if (anywhere && !within && random.nextInt(60) == 0) {
                within = true;
                disturb();
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
        }

        private long upTo(long mostNs) {
            long ns = 1L + random.nextInt((int) mostNs);
            return ns >>> random.nextInt(16);
        }

        private void disturb() {
            switch (random.nextInt(4)) {
                case 0 -> clocks.steal(2 * SwitchingClocks.GAP_NS + upTo(10_000_000));
                case 1 -> clocks.clearSign();
                case 2 -> {
                    if (blocks) {
                        clocks.block(upTo(10_000_000), upTo(1_000_000));
                        inDoubtUntilNs = clocks.wallNs();
                    }
                }
                default -> clocks.preempt(upTo(10_000_000));
            }
        }

        private void enter() {
            if (open.size() < DEEPEST) {
                open.push(Objects.requireNonNull(probe.enter(0)));
            }
        }

        private void exit() {
            if (open.isEmpty()) {
                return;
            }
            Object frame = open.pop();
            probe.exit(frame, null);
            last.look(frame);
            check(Objects.requireNonNull(last.call));
        }

        private void check(LongCall call) {
            long trueNs = clocks.waitedNs(call.entryNs(), call.exitNs());
            if (call.waitedNs() == ThreadClock.UNKNOWN) {
                unknown++;
                return;
            }
            known++;
            if (!perf) {
                assertThat(call.entryNs())
                        .as("entry of a call without a block")
                        .isGreaterThanOrEqualTo(lastBlockBefore(call));
                assertThat(call.runDelayNs()).isEqualTo(call.waitedNs());
            }
            assertThat(call.waitedNs()).isNotNegative();
            assertThat(Math.abs(call.waitedNs() - trueNs))
                    .as("%s instead of %s", call, trueNs)
                    .isLessThanOrEqualTo(anywhere ? TOLERANCE_NS : 0);
            assertThat(call.runDelayNs()).isBetween(0L, call.waitedNs());
        }

        /** The last block's end, if that was within the call. */
        private long lastBlockBefore(LongCall call) {
            return inDoubtUntilNs > call.exitNs() || anywhere ? Long.MIN_VALUE : inDoubtUntilNs;
        }
    }

    @Property(tries = 200)
    void shouldBeTrueToTheNanosecondWhereNothingHappensDuringReadings(@ForAll Random random) {
        Machine machine = new Machine(random, false, false);
        machine.run();
        assertThat(machine.known).isPositive();
        assertThat(machine.unknown).isZero();
    }

    @Property(tries = 200)
    void shouldBeUnknownOverABlock(@ForAll Random random) {
        new Machine(random, true, false).run();
    }

    @Property(tries = 200)
    void shouldBeTrueOverABlockWherePerfTells(@ForAll Random random) {
        Machine machine = new Machine(random, true, false, true);
        machine.run();
        assertThat(machine.known).isPositive();
        assertThat(machine.unknown).isZero();
    }

    @Property(tries = 300)
    void shouldBeTrueOrUnknownWherePerfTellsWhateverHappensWhen(@ForAll Random random) {
        new Machine(random, true, true, true).run();
    }

    @Property(tries = 300)
    void shouldBeTrueOrUnknownWhateverHappensWhen(@ForAll Random random) {
        new Machine(random, true, true).run();
    }
}
