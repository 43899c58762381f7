package io.vperf.steal;

import io.vperf.sim.Draw;
import io.vperf.sim.HostSteal;
import io.vperf.sim.Interrupts;
import io.vperf.sim.Kernel;
import io.vperf.sim.Lengths;
import io.vperf.sim.Program;
import io.vperf.sim.Scheduling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The scenarios that the accuracy of the correction is judged by, each on both kinds of kernel. */
final class Scenarios {

    private static final long US = 1_000;
    private static final long MS = 1_000 * US;
    private static final long S = 1_000 * MS;

    private static final HostSteal NONE = HostSteal.none();
    private static final HostSteal BURSTS = HostSteal.bursts(2 * MS, 30 * MS, 0.2);

    private final Kernel kernel;
    private final List<Scenario> all = new ArrayList<>();

    private Scenarios(Kernel kernel) {
        this.kernel = kernel;
    }

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(new Scenarios(Kernel.excludes(250)).build());
        all.addAll(new Scenarios(Kernel.includes(250)).build());
        return all;
    }

    private List<Scenario> build() {
        withoutSteal();
        lengths();
        shares();
        hosts();
        schedules();
        manyVcpus();
        bursts();
        outliers();
        lab();
        return all;
    }

    /** Nothing but calls of this length, give or take 5 %. */
    private static Program busy(long ns) {
        return Program.call(0, Program.compute(Draw.uniform(ns * 95 / 100, ns * 105 / 100)));
    }

    private static Program busyAndIdle(long busyNs, long idleNs) {
        return Program.of(busy(busyNs), Program.sleep(Draw.exponential(idleNs)));
    }

    private static List<Program> threads(int count, Program each) {
        return Collections.nCopies(count, each);
    }

    private Scenario add(String name, Bar bar, int vcpus, HostSteal steal, int seconds, List<Program> threads) {
        Scenario scenario = Scenario.of(name, bar, vcpus, kernel, steal, seconds, threads);
        all.add(scenario);
        return scenario;
    }

    private void replace(Scenario last) {
        all.set(all.size() - 1, last);
    }

    private void withoutSteal() {
        add("no steal, 1 ms", Bar.NOTHING, 2, NONE, 60, threads(3, busy(MS)));
        replace(add("no steal, 1 ms, interrupts", Bar.NOTHING, 2, NONE, 60, threads(2, busyAndIdle(MS, MS)))
                .with(new Interrupts(Draw.exponential(2 * MS), Draw.uniform(5 * US, 60 * US))));
    }

    private void lengths() {
        for (long ns : new long[] {10 * US, 100 * US, MS, 10 * MS, 100 * MS, S, 10 * S}) {
            Bar bar = ns >= MS ? Bar.LONG : Bar.SUM;
            int seconds = ns < MS ? 20 : 60;
            add(
                    "20 % in bursts, calls of " + Lengths.of(ns),
                    bar,
                    2,
                    BURSTS,
                    ns >= S ? 240 : seconds,
                    threads(2, busy(ns)));
        }
    }

    private void shares() {
        for (int percent : new int[] {1, 5, 50, 70}) {
            HostSteal steal = HostSteal.bursts(2 * MS, 10 * MS, percent / 100.0);
            add(percent + " % in bursts, 1 ms", Bar.LONG, 2, steal, 60, threads(2, busy(MS)));
            add(percent + " % in bursts, 20 ms", Bar.LONG, 2, steal, 60, threads(2, busy(20 * MS)));
        }
    }

    private void hosts() {
        add("periodic 20 ms, 30 %, 5 ms", Bar.LONG, 2, HostSteal.periodic(20 * MS, 0.3), 60, threads(2, busy(5 * MS)));
        add("periodic 3 ms, 30 %, 1 ms", Bar.LONG, 2, HostSteal.periodic(3 * MS, 0.3), 60, threads(2, busy(MS)));
        add("periodic 3 ms, 30 %, 50 ms", Bar.LONG, 2, HostSteal.periodic(3 * MS, 0.3), 60, threads(2, busy(50 * MS)));
        add("heavy-tailed, 5 ms", Bar.LONG, 2, HostSteal.heavyTailed(MS, 1.5, 0.2), 60, threads(2, busy(5 * MS)));
        add("heavy-tailed, 300 ms", Bar.LONG, 2, HostSteal.heavyTailed(MS, 1.5, 0.2), 120, threads(2, busy(300 * MS)));
        HostSteal waits = HostSteal.wakeWaits(0.3, Draw.uniform(MS, 6 * MS));
        Program server = Program.call(
                0,
                Program.compute(Draw.always(MS)),
                Program.sleep(Draw.exponential(4 * MS)),
                Program.compute(Draw.always(MS)));
        add("wake-up waits, blocking calls", Bar.LONG, 2, waits, 60, threads(2, server));
        add("wake-up waits between calls", Bar.LONG, 2, waits, 60, threads(2, busyAndIdle(2 * MS, 4 * MS)));
        replace(add("one vCPU of two stolen, 2 ms", Bar.LONG, 2, BURSTS, 60, threads(2, busy(2 * MS)))
                .with(vcpu -> vcpu == 0 ? BURSTS : NONE));
    }

    private void schedules() {
        add("3 threads a vCPU, 2 ms", Bar.LONG, 2, BURSTS, 60, threads(6, busy(2 * MS)));
        add("3 threads a vCPU, 50 ms", Bar.LONG, 2, BURSTS, 60, threads(6, busy(50 * MS)));
        replace(add("moved 20 times a second, 20 ms", Bar.LONG, 4, BURSTS, 60, threads(4, busy(20 * MS)))
                .with(Scheduling.USUAL.moving(20)));
        replace(add("pinned, 20 ms", Bar.LONG, 2, BURSTS, 60, threads(2, busy(20 * MS)))
                .with(Scheduling.PINNED));
        Program blocking = Program.call(
                0,
                Program.times(
                        3, Program.of(Program.compute(Draw.always(2 * MS)), Program.sleep(Draw.exponential(3 * MS)))));
        add("blocks inside, 6 ms of work", Bar.LONG, 2, BURSTS, 60, threads(3, blocking));
        Program nested = Program.call(
                0,
                Program.times(
                        4,
                        Program.of(
                                Program.call(1, Program.compute(Draw.uniform(2 * MS, 3 * MS))),
                                Program.compute(Draw.always(MS)))));
        add("callees of 2-3 ms in calls of 14 ms", Bar.LONG, 2, BURSTS, 60, threads(2, nested));
        Program locked = Program.call(
                0, Program.compute(Draw.always(2 * MS)), Program.locked(0, Program.compute(Draw.always(MS))));
        add("a lock among 4, 3 ms", Bar.LONG, 2, BURSTS, 60, threads(4, locked));
        List<Program> mixed = new ArrayList<>(threads(2, busyAndIdle(5 * MS, 5 * MS)));
        mixed.add(Program.compute(Draw.always(MS))); // not measured
        add("beside a load that is not measured, 5 ms", Bar.LONG, 2, BURSTS, 60, mixed);
        Interrupts interrupts = new Interrupts(Draw.exponential(2 * MS), Draw.uniform(20 * US, 200 * US));
        replace(add("interrupts charged, 5 ms", Bar.LONG, 2, BURSTS, 60, threads(2, busy(5 * MS)))
                .with(interrupts));
        Scenario told = add("interrupts told apart, 5 ms", Bar.LONG, 2, BURSTS, 60, threads(2, busy(5 * MS)));
        replace(told.with(interrupts).with(kernel.withIrqTime()));
        replace(add("HZ=100, 5 ms", Bar.LONG, 2, BURSTS, 60, threads(2, busy(5 * MS)))
                .with(new Kernel(kernel.excludesSteal(), 100, false)));
        replace(add("HZ=1000, 5 ms", Bar.LONG, 2, BURSTS, 60, threads(2, busy(5 * MS)))
                .with(new Kernel(kernel.excludesSteal(), 1000, false)));
        replace(add("no sign of switches, 5 ms", Bar.LONG, 2, BURSTS, 60, threads(2, busy(5 * MS)))
                .withoutSigns());
    }

    private void manyVcpus() {
        add("1 vCPU, 5 ms", Bar.LONG, 1, BURSTS, 60, threads(1, busy(5 * MS)));
        add("8 vCPUs, 5 ms", Bar.LONG, 8, BURSTS, 60, threads(8, busy(5 * MS)));
        add("8 vCPUs, 12 threads, half idle, 5 ms", Bar.LONG, 8, BURSTS, 60, threads(12, busyAndIdle(5 * MS, 5 * MS)));
        add("64 vCPUs, 5 ms", Bar.LONG, 64, BURSTS, 20, threads(64, busy(5 * MS)));
        add(
                "64 vCPUs, 48 threads, half idle, 20 ms",
                Bar.LONG,
                64,
                BURSTS,
                20,
                threads(48, busyAndIdle(20 * MS, 20 * MS)));
    }

    /** A burst hits 1 call in 500, and makes it 20 times longer or more. */
    private void bursts() {
        HostSteal rare = HostSteal.bursts(2 * MS, 10 * MS, 0.1);
        add("bursts of 2-10 ms, 100 us", Bar.SHORT, 1, rare, 60, threads(1, busy(100 * US)));
        add("bursts of 2-10 ms, 4 vCPUs, 100 us", Bar.SHORT, 4, rare, 20, threads(4, busy(100 * US)));
        add(
                "bursts of 10-30 ms, 100 us",
                Bar.SHORT,
                2,
                HostSteal.bursts(10 * MS, 30 * MS, 0.3),
                30,
                threads(2, busy(100 * US)));
        add(
                "heavy-tailed, 100 us",
                Bar.SHORT,
                2,
                HostSteal.heavyTailed(2 * MS, 1.5, 0.15),
                30,
                threads(2, busy(100 * US)));
    }

    private void outliers() {
        for (long ns : new long[] {MS, 5 * MS, 30 * MS}) {
            Draw length = Draw.sometimes(0.05, Draw.always(10 * ns), Draw.uniform(ns * 95 / 100, ns * 105 / 100));
            Program calls = Program.call(0, Program.compute(length));
            add("5 % truly ten times longer, " + Lengths.of(ns), Bar.OUTLIERS, 2, BURSTS, 60, threads(2, calls));
        }
        Draw length = Draw.sometimes(0.05, Draw.always(50 * MS), Draw.uniform(4_750 * US, 5_250 * US));
        Program calls = Program.call(0, Program.compute(length));
        add("5 % truly ten times longer, 5ms, no steal", Bar.NOTHING, 2, NONE, 60, threads(2, calls));
        add(
                "5 % truly ten times longer, 5ms, 50 %",
                Bar.OUTLIERS, 2, HostSteal.bursts(2 * MS, 30 * MS, 0.5), 60, threads(2, calls));
    }

    /**
     * The job of integration-tests/labs/xen-steal: two vCPUs on one processor take turns, so every second slice is stolen;
     * one thread makes 200 calls of 290 ms, then 2,000 of 5 ms, of which one in twenty has ten times the work, the same
     * ones in each run. No call ever sees a quiet time.
     */
    private void lab() {
        for (int burstMs : new int[] {2, 10, 30}) {
            lab(burstMs, kernel);
        }
        lab(10, new Kernel(kernel.excludesSteal(), 100, false));
        // What vperf itself does on the other vCPU takes its turns as well; the lab's real calls look like these.
        HostSteal uneven = new HostSteal(
                "uneven slices",
                Draw.uniform(MS, 12 * MS),
                Draw.sometimes(0.5, Draw.always(10 * MS), Draw.uniform(MS / 2, 6 * MS)),
                0,
                Draw.always(0));
        addOn("lab, 5 ms, 50 % in uneven slices", Bar.LAB_SHORT, uneven, labCalls(1, 0), kernel);
    }

    private void lab(int burstMs, Kernel on) {
        HostSteal half = HostSteal.periodic(2L * burstMs * MS, 0.5);
        String name = ", 50 % in slices of " + burstMs + " ms, HZ=" + on.hz();
        addOn("lab, 290 ms" + name, Bar.LAB_LONG, half, labCalls(0, 1), on);
        addOn("lab, 5 ms" + name, Bar.LAB_SHORT, half, labCalls(1, 0), on);
    }

    private void addOn(String name, Bar bar, HostSteal steal, Program calls, Kernel on) {
        replace(add(name, bar, 1, steal, 60, threads(1, calls)).with(on));
    }

    private static Program labCalls(int longMethod, int shortMethod) {
        List<Program> calls = new ArrayList<>(Collections.nCopies(200, labCall(longMethod, 290 * MS)));
        List<Integer> factors = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            factors.add(i % 20 == 0 ? 10 : 1);
        }
        Collections.shuffle(factors, new Random(4));
        factors.forEach(factor -> calls.add(labCall(shortMethod, factor * 5 * MS)));
        return Program.of(calls.toArray(Program[]::new));
    }

    /** The same work each time, give or take what caches do. */
    private static Program labCall(int method, long ns) {
        return Program.call(method, Program.compute(Draw.uniform(ns, ns * 102 / 100)));
    }
}
