package io.vperf.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviours of Linux and its hypervisors, one by one. */
class GuestTest {

    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final Interrupts NO_INTERRUPTS = Interrupts.none();

    private final List<long[]> calls = new ArrayList<>();

    private final CallObserver observer = new CallObserver() {
        @Override
        public long entered(SimThread thread, int method) {
            return 0;
        }

        @Override
        public long exited(SimThread thread, CallTruth call) {
            calls.add(new long[] {
                call.wallNs(), call.ranNs(), call.stolenNs(), call.runDelayNs(), call.blockedNs(), thread.vcpu()
            });
            return 0;
        }
    };

    private Guest guest(int vcpus, Kernel kernel, HostSteal steal, Scheduling scheduling) {
        return new Guest(vcpus, kernel, vcpu -> steal, NO_INTERRUPTS, scheduling, 1, observer);
    }

    private static Program busy(long ns) {
        return Program.call(0, Program.compute(Draw.always(ns)));
    }

    @Test
    void shouldNotStealFromAnIdleVcpu() {
        Guest guest = guest(1, Kernel.excludes(250), HostSteal.periodic(10 * MS, 0.5), Scheduling.USUAL);
        guest.run(10 * SECOND);
        assertThat(guest.stolenNs(0)).isZero();

        guest.start(Program.of(Program.compute(Draw.always(2 * MS)), Program.sleep(Draw.exponential(98 * MS))));
        guest.run(20 * SECOND);
        assertThat(guest.stolenNs(0)).isBetween(100 * MS, 600 * MS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.5, 0.7})
    void shouldTakeTheShareThatIsAskedFor(double share) {
        for (HostSteal steal : List.of(
                HostSteal.periodic(7 * MS, share),
                HostSteal.bursts(2 * MS, 30 * MS, share),
                HostSteal.heavyTailed(MS, 1.5, share))) {
            Guest guest = guest(1, Kernel.excludes(250), steal, Scheduling.USUAL);
            guest.start(busy(MS));
            guest.run(200 * SECOND);
            assertThat((double) guest.stolenNs(0) / (200 * SECOND))
                    .as(steal.name())
                    .isCloseTo(share, within(share * 0.2));
        }
    }

    @Test
    void shouldChargeStealAsTheKernelIsBuilt() {
        for (Kernel kernel : List.of(Kernel.excludes(250), Kernel.includes(250))) {
            Guest guest = guest(1, kernel, HostSteal.periodic(10 * MS, 0.3), Scheduling.USUAL);
            SimThread thread = guest.start(busy(MS));
            guest.run(SECOND);

            assertThat(thread.ranNs).isCloseTo(700 * MS, within(10 * MS));
            long chargedNs = kernel.excludesSteal() ? thread.ranNs : SECOND;
            assertThat(thread.cpuNs()).isCloseTo(chargedNs, within(3 * MS)); // the first wake-up may have waited
            assertThat(thread.taskClockNs()).isCloseTo(SECOND, within(3 * MS));
        }
    }

    @Test
    void shouldDelayWhoWakesAnIdleVcpuAndChargeNobody() {
        for (Kernel kernel : List.of(Kernel.excludes(1000), Kernel.includes(1000))) {
            calls.clear();
            HostSteal steal = HostSteal.wakeWaits(1, Draw.always(300_000));
            Guest guest = guest(1, kernel, steal, Scheduling.USUAL);
            SimThread thread =
                    guest.start(Program.call(0, Program.sleep(Draw.always(MS)), Program.compute(Draw.always(200_000))));
            guest.run(SECOND);

            assertThat(calls)
                    .hasSizeGreaterThan(600)
                    .allSatisfy(call -> assertThat(call).containsExactly(1_500_000, 200_000, 300_000, 0, 1_000_000, 0));
            assertThat(thread.cpuNs()).isEqualTo(thread.ranNs);
            assertThat(thread.schedstatDelayNs()).isEqualTo(thread.stolenNs);
        }
    }

    @Test
    void shouldShareAVcpuInSlices() {
        Guest guest = guest(1, Kernel.excludes(1000), HostSteal.bursts(MS, 3 * MS, 0.2), Scheduling.USUAL);
        SimThread one = guest.start(busy(10 * MS));
        SimThread other = guest.start(busy(10 * MS));
        guest.run(10 * SECOND);

        assertThat((double) one.ranNs / other.ranNs).isCloseTo(1, within(0.02));
        assertThat(one.involuntarySwitches()).isBetween(1_000L, 1_400L); // 4 s in slices of 3 ms, seen at ticks of 1 ms
        assertThat(one.runDelayNs).isCloseTo(5 * SECOND, within(300 * MS));
        assertThat(one.stolenWhileQueuedNs).isCloseTo(SECOND, within(300 * MS));
    }

    /** Of a period of 100 ms a vCPU runs 40, whoever runs there; what is counted is the vCPU's and not each thread's. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldThrottleWhoeverUsesUpTheQuota(int threads) {
        Guest guest = guest(1, Kernel.excludes(250), HostSteal.none(), Scheduling.USUAL);
        Bandwidth limit = guest.limit(40 * MS, 100 * MS);
        List<SimThread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(guest.start(busy(7 * MS)));
        }
        guest.run(99 * MS);
        assertThat(limit.throttledNs()).as("counted when it is over").isZero();
        guest.run(SECOND);

        assertThat(guest.ranNs(0)).isEqualTo(400 * MS);
        assertThat(limit.periods()).isEqualTo(10);
        assertThat(limit.throttledPeriods()).isEqualTo(10);
        assertThat(limit.throttledNs()).isEqualTo(600 * MS);
        // Who is queued still has not been told of the last of it.
        assertThat(all.get(0).throttledNs).isBetween(540 * MS, 600 * MS);
        assertThat(all.stream().mapToLong(thread -> thread.throttledNs).sum())
                .isBetween(threads * 540L * MS, threads * 600L * MS);
        assertThat(all)
                .allSatisfy(thread -> assertThat(thread.schedstatDelayNs()).isGreaterThanOrEqualTo(thread.throttledNs));
    }

    @Test
    void shouldNotThrottleWhoKeepsToTheQuota() {
        Guest guest = guest(2, Kernel.excludes(250), HostSteal.none(), Scheduling.USUAL);
        Bandwidth limit = guest.limit(60 * MS, 100 * MS);
        SimThread thread =
                guest.start(Program.of(Program.compute(Draw.always(25 * MS)), Program.sleep(Draw.always(25 * MS))));
        guest.run(SECOND);

        assertThat(thread.ranNs).isEqualTo(500 * MS);
        assertThat(limit.throttledNs()).isZero();
        assertThat(limit.throttledPeriods()).isZero();
    }

    @Test
    void shouldBookStealWithTheNextTickThatTheVcpuHandles() {
        // Stolen in [5 ms, 10 ms) of every 10 ms or so; the tick of 100 Hz comes every 10 ms.
        Guest guest = guest(1, Kernel.excludes(100), HostSteal.periodic(10 * MS, 0.5), Scheduling.USUAL);
        guest.start(busy(MS));
        long behindNs = 0;
        for (long ns = 0; ns <= SECOND; ns += 100_000) {
            guest.run(ns);
            behindNs = Math.max(behindNs, guest.stolenNs(0) - guest.stealTicks(0) * Kernel.USER_TICK_NS);
        }
        assertThat(behindNs).isBetween(10 * MS, 20 * MS); // cut to a whole tick, and up to a tick of HZ old
        assertThat(guest.stolenNs(0)).isCloseTo(500 * MS, within(10 * MS));
        assertThat(guest.busyTicks(0)).isBetween(48L, 52L);
    }

    @Test
    void shouldBookASleepersLastStealWhenItWakes() {
        HostSteal steal = HostSteal.wakeWaits(1, Draw.always(30 * MS));
        Guest guest = guest(1, Kernel.excludes(250), steal, Scheduling.USUAL);
        guest.start(Program.of(
                Program.sleep(Draw.always(100 * MS)), // Program.compute comes with steal of 30 ms before it
                Program.compute(Draw.always(10_000))));
        // It started at 0 and waited until 30 ms, ran nothing, slept until 130, waited until 160 and slept again.
        guest.run(29 * MS);
        assertThat(guest.stealTicks(0)).isZero();
        guest.run(131 * MS);
        assertThat(guest.stealTicks(0)).isEqualTo(3);
        guest.run(161 * MS);
        assertThat(guest.stealTicks(0)).isEqualTo(6);
        long idleTicks = guest.accounts(0).idleTicks();
        guest.run(201 * MS);
        assertThat(guest.accounts(0).idleTicks()).as("counts up in its sleep").isEqualTo(idleTicks + 4);
    }

    @Test
    void shouldCountInterruptsAndWhoPaysForThemAsTheKernelIsBuilt() {
        Interrupts interrupts = new Interrupts(Draw.always(4 * MS), Draw.always(MS));
        for (Kernel kernel : List.of(Kernel.excludes(250), Kernel.excludes(250).withIrqTime())) {
            Guest guest = new Guest(1, kernel, vcpu -> HostSteal.none(), interrupts, Scheduling.USUAL, 1, observer);
            SimThread thread = guest.start(busy(MS));
            guest.run(SECOND);

            assertThat(thread.ranNs).isCloseTo(800 * MS, within(5 * MS));
            assertThat(thread.cpuNs()).isCloseTo(kernel.irqTime() ? thread.ranNs : SECOND, within(5 * MS));
            CpuAccounts accounts = guest.accounts(0);
            if (kernel.irqTime()) {
                assertThat(accounts.irqTicks() + accounts.softirqTicks()).isBetween(18L, 20L);
            } else {
                assertThat(accounts.irqTicks()).isZero();
            }
        }
    }

    @Test
    void shouldBlockOnALockUntilItIsHandedOver() {
        Guest guest = guest(2, Kernel.excludes(250), HostSteal.none(), Scheduling.USUAL);
        Program both = Program.call(0, Program.locked(0, Program.compute(Draw.always(MS))));
        SimThread one = guest.start(both);
        SimThread other = guest.start(both);
        guest.run(SECOND);

        assertThat(one.ranNs + other.ranNs).isCloseTo(SECOND, within(MS));
        assertThat(one.blockedNs).isCloseTo(SECOND / 2, within(2 * MS));
        assertThat(one.voluntarySwitches()).isGreaterThan(400);
    }

    @Test
    void shouldGoToAVcpuThatHasNothingToDo() {
        Guest guest = guest(2, Kernel.excludes(250), HostSteal.none(), Scheduling.USUAL);
        Program briefly = Program.of(busy(MS), Program.sleep(Draw.uniform(1, MS)));
        List<SimThread> threads = List.of(guest.start(briefly), guest.start(briefly), guest.start(briefly));
        guest.run(SECOND);
        assertThat(calls.stream().map(call -> call[5]).distinct()).containsExactlyInAnyOrder(0L, 1L);
        long ranNs = threads.stream().mapToLong(thread -> thread.ranNs).sum();
        assertThat(ranNs).isGreaterThan(1_600 * MS);

        Guest pinned = guest(2, Kernel.excludes(250), HostSteal.none(), Scheduling.PINNED);
        pinned.start(briefly);
        SimThread second = pinned.start(briefly);
        SimThread third = pinned.start(briefly);
        pinned.run(SECOND);
        assertThat(second.runDelayNs).isZero();
        assertThat(third.vcpu()).isZero();
        assertThat(third.runDelayNs).isPositive();
    }

    @Test
    void shouldMoveRunningThreadsIfTold() {
        Guest guest = guest(4, Kernel.excludes(250), HostSteal.none(), Scheduling.USUAL.moving(20));
        guest.start(busy(MS));
        guest.run(10 * SECOND);
        assertThat(calls.stream().map(call -> call[5]).distinct()).hasSize(4);
    }

    @Test
    void shouldEndThreadsThatAreStoppedAtTheEndOfTheirPrograms() {
        Guest guest = guest(1, Kernel.excludes(250), HostSteal.none(), Scheduling.USUAL);
        SimThread thread = guest.start(busy(10 * MS));
        SimThread daemon = guest.startDaemon(busy(10 * MS));
        guest.run(15 * MS);
        guest.stop();
        guest.run(SECOND);
        assertThat(thread.hasEnded()).isTrue();
        assertThat(daemon.hasEnded()).isFalse();
    }

    @Test
    void shouldWriteProcStat() {
        Guest guest = guest(2, Kernel.excludes(250), HostSteal.periodic(10 * MS, 0.5), Scheduling.PINNED);
        guest.start(busy(MS));
        guest.run(SECOND);
        ProcStatText text = new ProcStatText(guest);
        String line = new String(text.bytes(), StandardCharsets.US_ASCII)
                .lines()
                .toList()
                .get(1);
        assertThat(line.split(" "))
                .hasSize(11)
                .startsWith("cpu0", Long.toString(guest.accounts(0).userTicks()));

        text.jump(0, 1000);
        text.offline(1, true);
        String after = new String(text.bytes(), StandardCharsets.US_ASCII);
        assertThat(after).doesNotContain("cpu1").contains(" " + (guest.stealTicks(0) + 1000) + " 0 0\n");
    }
}
