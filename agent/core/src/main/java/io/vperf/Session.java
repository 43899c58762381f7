package io.vperf;

import io.vperf.bootstrap.Probe;
import io.vperf.clock.WallClocks;
import io.vperf.config.CounterWay;
import io.vperf.config.Options;
import io.vperf.config.Output;
import io.vperf.counters.CounterChoice;
import io.vperf.export.Dumper;
import io.vperf.export.RunHeader;
import io.vperf.export.SnapshotSink;
import io.vperf.export.hlog.HlogWriter;
import io.vperf.export.jmx.LiveFigures;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.linux.ProcStat;
import io.vperf.platform.CounterGuarantee;
import io.vperf.platform.Platform;
import io.vperf.platform.StealSource;
import io.vperf.record.CallSources;
import io.vperf.record.CarrierAccess;
import io.vperf.record.DeferredCapacity;
import io.vperf.record.HostInterval;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodTable;
import io.vperf.record.ProbeCost;
import io.vperf.record.Recording;
import io.vperf.record.Rehearsal;
import io.vperf.report.CounterText;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.steal.StealHiccups;
import io.vperf.steal.StealSampler;
import io.vperf.steal.VcpuSteal;
import io.vperf.timeref.StolenLately;
import io.vperf.vmware.VmwareInterval;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of vperf in a JVM. Begins when the first measured class or region is seen, on the thread that loads it: before that vperf
 * has no thread, no file and no native code. Ends after the application's shutdown hooks.
 */
final class Session {

    private static final Path ROOT = Path.of("/");

    /** A program that calls a measured method all the time has paid for this long in full when the first calls are left out. */
    private static final long BUDGET_WATCH_NS = 100_000_000;

    /** Interrupts between the readings of a call's two clocks add to its CPU time only. */
    private static final long INTERRUPTS_NS = 20_000;

    private final Options options;
    private final MethodTable table;
    private final Health health;
    private final Log log;
    private final Consumer<Consumer<CarrierAccess>> mounts;
    private final @Nullable Instrumentation instrumentation;
    private final List<SnapshotSink> more = new ArrayList<>();

    private @Nullable LiveFigures live;
    private boolean begun;
    private boolean ended;
    private @Nullable Running running;
    private @Nullable Throwable offBecause;

    /** What exists once a run has begun. */
    record Running(
            Recording recording,
            StealSampler sampler,
            Dumper dumper,
            Sinks sinks,
            HostReadings host,
            Explain explain) {}

    /**
     * A run.
     *
     * @param instrumentation opens what of the JDK tells of the JVM's pauses; null: they are unknown
     * @param mounts has whom it is given told once each mount of a virtual thread comes to the probe
     */
    Session(
            Options options,
            MethodTable table,
            Health health,
            Log log,
            @Nullable Instrumentation instrumentation,
            Consumer<Consumer<CarrierAccess>> mounts) {
        this.instrumentation = instrumentation;
        this.mounts = mounts;
        this.options = options;
        this.table = table;
        this.health = health;
        this.log = log;
    }

    /** Has these figures follow the run. Called before it begins. */
    synchronized void show(LiveFigures figures) {
        live = figures;
    }

    /** Has the run's intervals go there, too. Called before it begins. */
    synchronized void add(SnapshotSink sink) {
        more.add(sink);
    }

    /**
     * Sees to it that probes have something to call. Called before each class is rewritten, by any thread.
     *
     * @return whether they have; if not, nothing is measured in this run
     */
    synchronized boolean begin() {
        if (!begun && !ended) {
            begun = true;
            try {
                running = start();
            } catch (Throwable t) {
                offBecause = t;
                health.suppress("measuring is switched off for this run", t);
            }
        }
        return running != null && !ended;
    }

    /** If it has not begun yet, it never will. */
    synchronized void switchOff(Throwable cause) {
        if (!begun) {
            begun = true;
            offBecause = cause;
        }
    }

    private Running start() {
        Capability<Natives> natives = NativeCode.load(options);
        WallClocks walls = new WallClocks(options.wall(), natives);
        Platform platform = Platform.read(ROOT, Cpuids.reader(natives), System.getenv());
        Capability<String> counter =
                CounterGuarantee.check(ROOT, Cpuids.reader(natives), System.getProperty("os.arch", ""));
        Clocks clocks = Clocks.choose(options, natives, walls, counter, health, log);
        Explain explain = Explain.of(options, ROOT, clocks, natives, instrumentation, health, log);
        StealSource steal = UsableSteal.of(natives, clocks.cpuTime(), platform);
        CounterChoice counted = CounterChoice.choose(
                ROOT,
                options.counters(),
                options.counterReading(),
                options.allocations(),
                natives,
                clocks.wall(),
                clocks.isWallMonotonic(),
                health);
        CallSources sources = new CallSources(clocks.wall(), clocks.cpu(), counted.counters());
        NativeCode.tell(options, natives, clocks.names().getOrDefault("cpu", "unknown"), log);

        long startedMs = System.currentTimeMillis();
        int vcpus = Runtime.getRuntime().availableProcessors();
        Recording recording = new Recording(
                table,
                sources,
                health,
                options.shortCallNs(),
                DeferredCapacity.of(vcpus, Runtime.getRuntime().maxMemory()),
                startedMs,
                Budgets.of(options, sources));
        explain.addTo(recording);
        StealSampler sampler = new StealSampler(
                new ProcStat(ROOT),
                steal,
                platform.kernelKind().kind(),
                platform.kernelKind().interrupts(),
                clocks.wall(),
                health,
                log,
                options.sampleNs(),
                clocks.cpu().callNs() * 4 + INTERRUPTS_NS,
                clocks.cpu().ledger(),
                recording);
        long probeAtStartNs = Rehearsal.run(sources);
        ProbeCost probeCost = new ProbeCost(sources, health);
        HostReadings host = new HostReadings(
                options,
                natives,
                ROOT,
                ns -> sampler.isStealKnown() ? sampler.stolenLatelyNs(ns) : StolenLately.UNKNOWN,
                health,
                log);
        RunHeader header = Headers.of(
                options,
                natives,
                clocks,
                counted,
                probeAtStartNs,
                platform,
                steal,
                explain.capabilities(),
                host.capabilities(),
                startedMs,
                vcpus);
        if (options.counterReading() == CounterWay.PAGE
                && counted.userSpace() instanceof Capability.Unavailable<String> not) {
            log.info("counter-reading=page: counters are read by read(): " + not.reason() + "; " + not.remedy());
        }
        CounterText.missing(header).forEach(text -> log.info("not counted: " + text));
        Sinks sinks = Sinks.of(options, header, live, more, health, log);
        Dumper dumper = new Dumper(
                options.intervalNs(),
                () -> probeCost.addTo(take(recording, sampler, host)),
                sinks.all(),
                health,
                recording.hasBudget() ? BUDGET_WATCH_NS : options.intervalNs(),
                recording::keepBudget);

        sampler.start();
        recording.setStealKnown(sampler.isStealKnown());
        recording.setKernelKind(sampler.kernelKind());
        dumper.start();
        host.start();
        Probe.install(recording.probeHandler());
        if (clocks.cpuTime() instanceof Capability.Available) {
            mounts.accept(recording::followVirtualThreads);
        }
        return new Running(recording, sampler, dumper, sinks, host, explain);
    }

    private static IntervalSnapshot take(Recording recording, StealSampler sampler, HostReadings host) {
        HostInterval read = host.take(); // first, so that what it counts as trouble is in the snapshot
        VmwareInterval vmware = read.vmware();
        if (vmware != null && vmware.isMoved()) {
            recording.taintInterval("the virtual machine was moved, resumed or reverted, as VMware says");
        }
        boolean known = sampler.isStealKnown();
        sampler.intervalEnds();
        StealHiccups hiccups = sampler.takeHiccups(System.currentTimeMillis());
        List<VcpuSteal> totals = sampler.totals();
        // Last, as what belongs to it by the other clock is read next.
        IntervalSnapshot snapshot = recording.take(System.currentTimeMillis(), known ? totals : null, sampler);
        recording.setStealKnown(known);
        recording.setKernelKind(sampler.kernelKind());
        return snapshot.with(known ? hiccups : null).with(read);
    }

    /** Ends the running interval, if the run has begun: nobody knows what comes next, as when the JVM begins to shut down. */
    void dumpNow() {
        Running r = current();
        if (r != null) {
            r.dumper().dumpNow();
        }
    }

    /** Nothing of the application runs any more but daemon threads and what does not end. */
    void end() {
        Running r;
        Throwable failure;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            r = running;
            failure = offBecause;
        }
        try {
            if (r == null) {
                nothingMeasured(failure);
                return;
            }
            r.explain().ends();
            finish(r.sampler());
            r.dumper().finish();
            r.host().close();
            r.explain().close();
            new FinalReport(options.report(), log)
                    .write(r.sinks().summary(), r.sinks().writer());
        } catch (Throwable t) {
            log.info("the last interval or the report failed: " + t);
        }
    }

    /** After {@link #end}: what was measured and is in no dump though one was asked for, in a line that was told; null if nothing. */
    @Nullable
    String lost() {
        Running r = current();
        HlogWriter writer = r == null ? null : r.sinks().writer();
        return writer == null ? null : writer.unwritten();
    }

    /**
     * After {@link #end}, where probes call nobody any more: gives back what they hold on the application's threads.
     *
     * @return on which it could not, in a line; empty if on none
     */
    List<String> release() {
        Running r = current();
        if (r == null) {
            return List.of();
        }
        Set<Thread> inside = QuiescentProbes.await(r.recording().refuseVirtualThreads());
        r.recording().abandon(inside);
        return inside.isEmpty()
                ? List.of()
                : List.of("threads that are held up inside a probe, and keep what they need for it: "
                        + inside.stream().map(Thread::getName).sorted().collect(Collectors.joining(", ")));
    }

    /** Whatever goes wrong with the last samples, the last interval is still written. */
    private void finish(StealSampler sampler) {
        try {
            sampler.finish();
        } catch (RuntimeException e) {
            health.suppress("taking the last steal samples", e);
        }
    }

    /** Null before a run has begun, and if none ever will. */
    synchronized @Nullable Running current() {
        return running;
    }

    /** For an operator, in a word; why nothing is measured in several. */
    synchronized String state() {
        if (offBecause != null) {
            return "off: " + offBecause;
        }
        if (running == null) {
            return "waiting";
        }
        return ended ? "ended" : running.recording().isSuspended() ? "suspended" : "measuring";
    }

    private void nothingMeasured(@Nullable Throwable failure) {
        if (!(options.report() instanceof Output.Off)) {
            log.info("nothing was measured: "
                    + NothingMeasured.because(
                            failure, health, !options.include().isEmpty()));
        }
    }
}
