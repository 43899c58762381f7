package io.vperf.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of any guest. */
class GuestPropertyTest {

    private static final long RUN_NS = 1_000_000_000;
    private static final long PERIOD_NS = 100_000_000;
    private static final int METHODS = 4;

    /** Keeps what is true of each call. */
    private static final class Calls implements CallObserver {

        private static final int MOST_BROKEN = 10;

        /** One number per thing known of each call. */
        final List<Long> all = new ArrayList<>();

        final List<String> broken = new ArrayList<>();

        @Override
        public long entered(SimThread thread, int method) {
            return 50;
        }

        @Override
        public long exited(SimThread thread, CallTruth call) {
            long partsNs = call.ranNs() + call.stolenNs() + call.irqNs() + call.runDelayNs() + call.blockedNs();
            boolean holds = partsNs == call.wallNs()
                    && call.stolenNs() >= 0
                    && call.stolenWhileQueuedNs() >= 0
                    && call.stolenWhileQueuedNs() <= call.runDelayNs()
                    && call.throttledNs() >= 0
                    && call.throttledNs() <= call.runDelayNs();
            if (!holds && broken.size() < MOST_BROKEN) {
                broken.add("call of thread " + thread.id() + ", wall " + call.wallNs() + ", parts " + partsNs);
            }
            all.addAll(
                    List.of((long) thread.id(), (long) call.method(), call.entryNs(), call.exitNs(), call.stolenNs()));
            return 50;
        }
    }

    @Property(tries = 200)
    void shouldAccountForAllTimeOfCallsThreadsAndVcpus(@ForAll long seed) {
        RandomGuest any = new RandomGuest(seed, METHODS, 4);
        Calls calls = new Calls();
        Guest guest = any.guest(calls);
        long quotaNs = seed % 2 == 0 ? Long.MAX_VALUE : any.vcpus * PERIOD_NS / (2 + Math.floorMod(seed, 5));
        Bandwidth limit = quotaNs == Long.MAX_VALUE ? null : guest.limit(quotaNs, PERIOD_NS);
        List<SimThread> threads = any.programs.stream().map(guest::start).toList();
        guest.run(RUN_NS);
        assertThat(calls.broken).isEmpty();

        long ranNs = 0;
        for (SimThread thread : threads) {
            ranNs += thread.ranNs;
            long openNs = guest.nowNs() - thread.sinceNs;
            long wallNs = thread.ranNs
                    + thread.stolenNs
                    + thread.irqNs
                    + thread.runDelayNs
                    + thread.blockedNs
                    + (thread.state == SimThread.State.CURRENT ? 0 : openNs);
            assertThat(wallNs).as("all of a thread's time").isEqualTo(RUN_NS);
            long steal = any.kernel.excludesSteal() ? 0 : thread.stolenNs;
            long irq = any.kernel.irqTime() ? 0 : thread.irqNs;
            // Less what it waited for before the scheduler switched to it.
            assertThat(thread.cpuNs).isBetween(thread.ranNs, thread.ranNs + steal + irq);
            assertThat(thread.taskClockNs).isBetween(thread.cpuNs, thread.ranNs + thread.stolenNs + thread.irqNs);
        }
        long vcpusRanNs = 0;
        for (int vcpu = 0; vcpu < guest.vcpus(); vcpu++) {
            CpuAccounts accounts = guest.accounts(vcpu);
            vcpusRanNs += accounts.ranNs;
            long awakeNs = accounts.ranNs + accounts.hardirqNs + accounts.softirqNs;
            assertThat(awakeNs + accounts.idleNs)
                    .as("while not stolen")
                    .isLessThanOrEqualTo(RUN_NS + accounts.stolenNs);
            assertThat(awakeNs + accounts.idleNs + accounts.stolenNs).isGreaterThanOrEqualTo(RUN_NS);
            assertThat(accounts.stealTicks() * Kernel.USER_TICK_NS).isLessThanOrEqualTo(accounts.stolenNs);
        }
        assertThat(vcpusRanNs).isEqualTo(ranNs);
        if (limit != null) {
            assertThat(limit.periods()).isEqualTo(RUN_NS / PERIOD_NS);
            assertThat(ranNs).isLessThanOrEqualTo(quotaNs * (RUN_NS / PERIOD_NS + 1));
            assertThat(limit.throttledNs()).isBetween(0L, RUN_NS * any.vcpus);
            assertThat(limit.throttledPeriods()).isLessThanOrEqualTo(limit.periods());
        }
    }

    @Property(tries = 30)
    void shouldDoTheSameAgainFromTheSameSeed(@ForAll long seed) {
        List<List<Long>> runs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RandomGuest any = new RandomGuest(seed, METHODS, 4);
            Calls calls = new Calls();
            Guest guest = any.guest(calls);
            any.programs.forEach(guest::start);
            // The other one in steps, which must make no difference.
            for (long ns = RUN_NS / 8; ns <= RUN_NS; ns += i == 0 ? RUN_NS : RUN_NS / 8) {
                guest.run(i == 0 ? RUN_NS : ns);
            }
            runs.add(calls.all);
        }
        assertThat(runs.get(0).equals(runs.get(1))).isTrue(); // told at length it would be megabytes
    }

    @Property(tries = 50)
    void shouldStealNothingWhereTheHostTakesNothing(@ForAll long seed) {
        RandomGuest any = new RandomGuest(seed, METHODS, 4);
        Guest guest = new Guest(
                any.vcpus, any.kernel, vcpu -> HostSteal.none(), any.interrupts, any.scheduling, any.seed, new Calls());
        any.programs.forEach(guest::start);
        guest.run(RUN_NS);

        for (int vcpu = 0; vcpu < guest.vcpus(); vcpu++) {
            assertThat(guest.stolenNs(vcpu)).isZero();
            assertThat(guest.stealTicks(vcpu)).isZero();
        }
    }
}
