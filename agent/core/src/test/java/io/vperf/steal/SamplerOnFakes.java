package io.vperf.steal;

import io.vperf.clock.GapLedger;
import io.vperf.health.TestHealth;
import io.vperf.linux.FakeRoot;
import io.vperf.linux.ProcStat;
import io.vperf.platform.InterruptTime;
import io.vperf.platform.KernelKind;
import io.vperf.platform.StealSource;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** What a sampler reads in tests: a /proc/stat of their own making, and a clock that stands still unless told. */
final class SamplerOnFakes {

    static final StealSource KNOWN = new StealSource(Capability.available("test"), false);

    final TestHealth health = new TestHealth();
    final AtomicLong nowNs = new AtomicLong(1_000_000_000);
    private final FakeRoot root;

    SamplerOnFakes(Path temp) {
        root = new FakeRoot(temp);
    }

    StealSampler sampler(StealSource source, long periodNs, StealSampler.Settler settler) {
        return new StealSampler(
                new ProcStat(root.path()),
                source,
                KernelKind.EXCLUDES,
                InterruptTime.CHARGED,
                nowNs::get,
                health.health(),
                health.log(),
                periodNs,
                0,
                new GapLedger(),
                settler);
    }

    void stat(String... cpuLines) {
        root.with("proc/stat", "cpu  0 0 0 0 0 0 0 0 0 0\n" + String.join("\n", cpuLines) + "\nintr 1\n");
    }

    static String cpu(int number, long user, long steal, long idle) {
        return "cpu" + number + " " + user + " 0 0 " + idle + " 0 0 0 " + steal + " 0 0";
    }
}
