package io.vperf.cost;

import io.vperf.Cpuids;
import io.vperf.NativeCode;
import io.vperf.clock.ClockReadings;
import io.vperf.clock.CpuClock;
import io.vperf.clock.ReadingCost.Readings;
import io.vperf.clock.ThreadClock;
import io.vperf.clock.WallClock;
import io.vperf.clock.WallClocks;
import io.vperf.config.CpuSource;
import io.vperf.config.Options;
import io.vperf.config.WallSource;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.platform.CounterGuarantee;
import io.vperf.platform.Platform;
import io.vperf.record.CallSources;
import io.vperf.record.TrialRecording;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Measures everything once, on the calling thread; 5 to 10 s. What is cheap comes first: each kind of clock that follows makes HotSpot
 * forget some of what it assumed, at the price of a nanosecond or two. */
public final class Measurement {

    private static final Path ROOT = Path.of("/");

    private final Options options;
    private final Consumer<String> progress;
    private final Log log = new Log(Log.stderr(), Log.Level.OFF);
    private final Health health = new Health(log);
    private final Capability<Natives> natives;
    private final List<CostRow> rows = new ArrayList<>();

    private Measurement(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.natives = NativeCode.load(options);
    }

    /**
     * Measures.
     *
     * @param options of these {@code cpu}, {@code wall}, {@code native} and {@code native-dir} matter
     * @param progress is told what comes next
     */
    public static CostReport run(Options options, Consumer<String> progress) {
        return new Measurement(options, progress).all();
    }

    private CostReport all() {
        Platform platform = Platform.read(ROOT, Cpuids.reader(natives), System.getenv());
        // First: what was compiled before would not be seen to become cheaper.
        WallClocks.Choice wall = wallClock(options.wall());
        row("wall time", "System.nanoTime", () -> ClockReadings.wall(System::nanoTime));
        WallClocks.Choice counter = wallClock(WallSource.TSC);
        row(
                "wall time",
                "time counter",
                counter.counter().then(by -> Capability.available(() -> ClockReadings.wall(counter.clock()))));
        CpuKinds kinds = new CpuKinds(options.cpuTime(), wall.clock(), natives, health);
        kernel();
        firstWithoutSystemCall(kinds);
        kinds.clocks()
                .forEach((kind, clock) -> ofThread(
                        "wall and CPU time together, as at each end of a call",
                        CpuKinds.name(kind),
                        clock,
                        ofThisThread -> ClockReadings.wallAndCpu(wall.clock(), ofThisThread)));
        vcpu(kinds);
        calls(kinds, wall.clock());
        return CostReport.of(platform, wall.name(), rows);
    }

    private WallClocks.Choice wallClock(WallSource wanted) {
        Capability<String> guarantee =
                CounterGuarantee.check(ROOT, Cpuids.reader(natives), System.getProperty("os.arch", ""));
        return new WallClocks(wanted, natives).choose(guarantee, health, log);
    }

    private void kernel() {
        String group = "CPU time, the kernel asked";
        row(group, "clock_gettime", natives.then(n -> Capability.available(() -> KernelReadings.clockGettime(n))));
        row(group, "ThreadMXBean", KernelReadings.threadMxBean());
    }

    /** What such a clock does after a context switch, and every millisecond. */
    private void firstWithoutSystemCall(CpuKinds kinds) {
        for (CpuSource kind : List.of(CpuSource.RSEQ, CpuSource.PERF)) {
            if (kinds.clocks().get(kind) instanceof Capability.Available<CpuClock> there) {
                ofThread(
                        "CPU time, the kernel asked",
                        "renewal of " + CpuKinds.name(kind),
                        there,
                        ClockReadings::renewal);
                return;
            }
        }
    }

    private void vcpu(CpuKinds kinds) {
        String group = "the vCPU's number";
        Capability<CpuClock> rseq = kinds.clocks().get(CpuSource.RSEQ);
        if (rseq != null) {
            ofThread(group, "rseq", rseq, ClockReadings::vcpu);
        }
        row(group, "sched_getcpu", natives.then(n -> Capability.available(() -> KernelReadings.schedGetcpu(n))));
        row(group, "with the time counter (rdtscp)", KernelReadings.rdtscp(natives));
    }

    private void calls(CpuKinds kinds, WallClock wall) {
        String group = "a measured call: enter and exit, recorded, nothing in between";
        String off = CpuKinds.name(CpuSource.OFF);
        Capability<CpuClock> none = Capability.available(kinds.none());
        kinds.clocks()
                .forEach((kind, clock) -> recorded(group, CpuKinds.name(kind), wall, clock, TrialRecording::calls));
        recorded(group, off, wall, none, TrialRecording::calls);
        for (CpuSource kind : kinds.clocks().keySet()) {
            Capability<CpuClock> clock = kinds.clocks().getOrDefault(kind, none);
            if (clock instanceof Capability.Available) {
                recorded("a region", CpuKinds.name(kind), wall, clock, TrialRecording::regions);
                return;
            }
        }
        recorded("a region", off, wall, none, TrialRecording::regions);
    }

    private void recorded(
            String group,
            String name,
            WallClock wall,
            Capability<CpuClock> clock,
            Function<TrialRecording, Readings> kind) {
        progress.accept(group + ", " + name);
        rows.add(new CostRow(group, name, clock.then(cpu -> {
            try (TrialRecording trial = new TrialRecording(new CallSources(wall, cpu))) {
                Counted counted = new Counted(kind.apply(trial));
                Cost cost = Cost.of(counted);
                long recorded = trial.recorded();
                return recorded == counted.made()
                        ? Capability.available(cost)
                        : Capability.unavailable(recorded + " of " + counted.made() + " calls were recorded", "");
            }
        })));
    }

    private void ofThread(
            String group, String name, Capability<CpuClock> clock, Function<ThreadClock, Readings> readings) {
        progress.accept(group + ", " + name);
        rows.add(new CostRow(group, name, clock.then(cpu -> {
            ThreadClock ofThisThread = cpu.forThisThread();
            Cost cost = Cost.of(readings.apply(ofThisThread));
            ofThisThread.close();
            return Capability.available(cost);
        })));
    }

    private void row(String group, String name, Supplier<Readings> readings) {
        row(group, name, Capability.available(readings));
    }

    private void row(String group, String name, Capability<Supplier<Readings>> readings) {
        progress.accept(group + ", " + name);
        rows.add(new CostRow(group, name, readings.then(made -> Capability.available(Cost.of(made.get())))));
    }
}
