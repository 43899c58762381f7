package io.vperf.steal;

import io.vperf.clock.CpuClock;
import io.vperf.clock.SimulatedClocks;
import io.vperf.explain.Explainer;
import io.vperf.explain.SlowRule;
import io.vperf.health.TestHealth;
import io.vperf.platform.InterruptTime;
import io.vperf.platform.KernelKind;
import io.vperf.platform.StealSource;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodTable;
import io.vperf.record.Recording;
import io.vperf.shim.Capability;
import io.vperf.sim.CallObserver;
import io.vperf.sim.CallTruth;
import io.vperf.sim.Guest;
import io.vperf.sim.SimThread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A scenario on its simulated guest, with vperf's recording, sampler and attribution as they are in production. */
final class SimulatedRun implements AutoCloseable {

    static final long PERIOD_NS = 100_000_000;
    static final long SHORT_NS = 50_000;

    static final StealSource KNOWN = new StealSource(Capability.available("simulated"), false);
    private static final int DEFERRED_PER_VCPU = 8192;
    private static final long INTERRUPTS_NS = 20_000;
    private static final long SECOND_NS = 1_000_000_000;

    /** For calls to end, and to be corrected. */
    private static final int MOST_SECONDS_AFTER = 120;

    private static final int SECONDS_TO_SETTLE = 4;

    final TestHealth health = new TestHealth();
    final Guest guest;
    final Recording recording;
    final SimulatedRecorder recorder;
    final SimulatedSampler sampler;
    final ShareOnly shareOnly;
    private final Scenario scenario;
    private final CpuClock cpu;

    /** Sees each call's truth before the recorder does. */
    Consumer<CallTruth> truthWatch = truth -> {};

    private final List<SimThread> threads = new ArrayList<>();

    SimulatedRun(Scenario scenario, Path root, VerdictWatch watch) {
        this(scenario, root, KNOWN, watch);
    }

    /**
     * @param root where its /proc/stat is written
     * @param source whether its steal column can be believed
     */
    SimulatedRun(Scenario scenario, Path root, StealSource source, VerdictWatch watch) {
        this(
                scenario,
                scenario.kernel().excludesSteal() ? KernelKind.EXCLUDES : KernelKind.INCLUDES,
                root,
                source,
                watch);
    }

    /**
     * @param kind what vperf is told of the kernel at the start
     * @param root where its /proc/stat is written
     * @param source whether its steal column can be believed
     */
    SimulatedRun(Scenario scenario, KernelKind kind, Path root, StealSource source, VerdictWatch watch) {
        this.scenario = scenario;
        this.guest = new Guest(
                scenario.vcpus(),
                scenario.kernel(),
                scenario.steal(),
                scenario.interrupts(),
                scenario.scheduling(),
                scenario.seed(),
                new Late());
        SimulatedClocks clocks = new SimulatedClocks(guest::nowNs, scenario.signs(), scenario.perf(), health.health());
        this.cpu = clocks.cpu();
        MethodTable table = new MethodTable(scenario.methods(), health.health());
        for (int id = 0; id < scenario.methods(); id++) {
            table.register("m" + id);
        }
        this.recording =
                new Recording(table, clocks, cpu, health.health(), SHORT_NS, DEFERRED_PER_VCPU * scenario.vcpus(), 0);
        this.recorder = new SimulatedRecorder(
                recording, clocks, scenario.methods(), guest::stealTicks, SHORT_NS, this::callWaits);
        this.shareOnly = new ShareOnly(scenario.vcpus(), scenario.kernel().excludesSteal());
        this.sampler = new SimulatedSampler(
                guest,
                root,
                source,
                kind,
                scenario.kernel().irqTime() ? InterruptTime.APART : InterruptTime.CHARGED,
                health,
                PERIOD_NS,
                cpu.callNs() * 4 + INTERRUPTS_NS,
                cpu.ledger(),
                new WatchedSettler(recording, recorder.log, watch),
                this::sampled);
    }

    /** Has calls explained, too. What the JVM knows of blocked threads is of real ones, so it is not asked. */
    void explain(Explainer explainer, SlowRule slow) {
        cpu.explain();
        cpu.close();
        recording.explain(explainer, slow, 0);
    }

    /** Runs it all; what is known of it in the end. */
    IntervalSnapshot run() {
        sampler.start();
        recording.setStealKnown(sampler.sampler.isStealKnown());
        recording.setKernelKind(sampler.sampler.kernelKind());
        scenario.threads().forEach(program -> threads.add(guest.start(program)));
        long endNs = scenario.seconds() * SECOND_NS;
        guest.run(endNs);
        return finish();
    }

    /** Lets the calls end and be corrected. */
    IntervalSnapshot finish() {
        guest.stop();
        for (int i = 0; i < MOST_SECONDS_AFTER && !threads.stream().allMatch(SimThread::hasEnded); i++) {
            guest.run(guest.nowNs() + SECOND_NS);
        }
        guest.run(guest.nowNs() + SECONDS_TO_SETTLE * SECOND_NS);
        sampler.finish();
        return recording.take(guest.nowNs() / 1_000_000, sampler.sampler.totals(), sampler.sampler);
    }

    private void callWaits() {
        if (sampler.sleepsLong() && recording.isWaiting()) {
            sampler.callWaits();
        }
    }

    private void sampled() {
        shareOnly.sample(guest, sampler.sampledAtNs());
    }

    @Override
    public void close() {
        recorder.close();
    }

    /** The recorder needs the guest's clock, and the guest the recorder. */
    private final class Late implements CallObserver {

        @Override
        public long entered(SimThread thread, int method) {
            return recorder.entered(thread, method);
        }

        @Override
        public long exited(SimThread thread, CallTruth truth) {
            truthWatch.accept(truth);
            return recorder.exited(thread, truth);
        }
    }
}
