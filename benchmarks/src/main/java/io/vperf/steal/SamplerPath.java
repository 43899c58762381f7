package io.vperf.steal;

import io.vperf.clock.GapLedger;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.linux.ProcStat;
import io.vperf.platform.InterruptTime;
import io.vperf.platform.KernelKind;
import io.vperf.platform.StealSource;
import io.vperf.shim.Capability;
import java.nio.file.Path;

/**
 * vperf's own way from the text of {@code /proc/stat} into the timelines, without the thread that sleeps between two samples:
 * so that it can be measured on machines larger than one has. In this package because the agent opens it to nobody.
 */
public final class SamplerPath {

    private static final long PERIOD_NS = 100_000_000;

    private final StealSampler sampler;

    /**
     * Takes the first sample.
     *
     * @param root where {@code proc/stat} is
     */
    public SamplerPath(Path root) {
        Log log = new Log(Log.stderr(), Log.Level.INFO);
        sampler = new StealSampler(
                new ProcStat(root),
                new StealSource(Capability.available("as a file says"), false),
                KernelKind.EXCLUDES,
                InterruptTime.CHARGED,
                System::nanoTime,
                new Health(log),
                log,
                PERIOD_NS,
                0,
                new GapLedger(),
                new NoCalls());
        sampler.begin();
    }

    /** What the sampler's thread does when it wakes up. */
    public void sample() {
        sampler.step();
    }

    /**
     * The windows that ended, of each vCPU.
     *
     * @throws IllegalStateException if there are not so many vCPUs, or some have more windows than others
     */
    public long windows(int vcpus) {
        StealHiccups seen = sampler.takeHiccups(0);
        long windows = seen.vcpus().get(0).windows().getTotalCount();
        if (seen.vcpus().size() != vcpus
                || seen.vcpus().stream().anyMatch(v -> v.windows().getTotalCount() != windows)) {
            throw new IllegalStateException(seen.vcpus() + ": not as many windows of each of " + vcpus + " vCPUs");
        }
        return windows;
    }

    private static final class NoCalls implements StealSampler.Settler {

        @Override
        public boolean settle(StealJudge judge, boolean last) {
            return false;
        }

        @Override
        public boolean isWaiting() {
            return false;
        }

        @Override
        public void kindRevised(String reason) {}

        @Override
        public void awaitCall(long atMostNs) {
            throw new IllegalStateException("nobody sleeps here");
        }
    }
}
