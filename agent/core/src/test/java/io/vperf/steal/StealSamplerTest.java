package io.vperf.steal;

import static io.vperf.steal.SamplerOnFakes.KNOWN;
import static io.vperf.steal.SamplerOnFakes.cpu;
import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.platform.StealSource;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a /proc/stat of its own making, with a clock that stands still unless told; the last samples come by finish(). */
class StealSamplerTest {

    private static final long TICK = VcpuTimeline.TICK_NS;
    private static final long DAY_TICKS = TimeUnit.DAYS.toSeconds(1) * 100;
    private static final StealSource PROVABLE = new StealSource(Capability.unavailable("0 so far", ""), true);

    private final SamplerOnFakes fakes;
    private final TestHealth health;
    private final AtomicLong nowNs;
    private final Recorder settler = new Recorder();

    StealSamplerTest(@TempDir Path temp) {
        fakes = new SamplerOnFakes(temp);
        health = fakes.health;
        nowNs = fakes.nowNs;
    }

    /** Waits for as many samples as there are steps, each of which changes /proc/stat afterwards. */
    private static final class Recorder implements StealSampler.Settler {

        final List<Boolean> settled = new ArrayList<>();
        final List<Runnable> steps = new ArrayList<>();

        @Override
        public boolean settle(StealJudge judge, boolean last) {
            settled.add(last);
            if (!last) {
                steps.remove(0).run();
            }
            return true;
        }

        @Override
        public boolean isWaiting() {
            return !steps.isEmpty();
        }

        @Override
        public void kindRevised(String reason) {}

        @Override
        public void awaitCall(long atMostNs) {
            throw new AssertionError("its thread takes no sample, so the period is never stretched");
        }
    }

    /** With a period that never ends within a test: its thread takes no sample. */
    private StealSampler started(StealSource source) {
        StealSampler sampler = fakes.sampler(source, TimeUnit.DAYS.toNanos(1), settler);
        sampler.start();
        return sampler;
    }

    /** The next sample of finish() sees these lines, ten ticks later. */
    private void then(String... cpuLines) {
        settler.steps.add(() -> {
            nowNs.addAndGet(10 * TICK);
            fakes.stat(cpuLines);
        });
    }

    private void thenNothing() {
        settler.steps.add(() -> {});
    }

    @Test
    void shouldShowStealSinceTheStartPerVcpu() {
        fakes.stat(cpu(0, 100, 50, 0), cpu(1, 100, 0, 0));
        StealSampler sampler = started(KNOWN);
        then(cpu(0, 106, 53, 0), cpu(1, 110, 0, 0));
        thenNothing();
        sampler.finish();

        assertThat(sampler.totals())
                .containsExactly(new VcpuSteal(0, 10 * TICK, 3 * TICK, 0, 0L), new VcpuSteal(1, 10 * TICK, 0, 0, 0L));
        assertThat(settler.settled).containsExactly(false, false, true);
    }

    @Test
    void shouldNotBelieveAColumnOfZerosUntilItShowsSomething() {
        fakes.stat(cpu(0, 100, 0, 0));
        StealSampler sampler = started(PROVABLE);
        List<Boolean> known = new ArrayList<>();
        settler.steps.add(() -> {
            known.add(sampler.isStealKnown());
            nowNs.addAndGet(10 * TICK);
            fakes.stat(cpu(0, 108, 1, 0));
        });
        settler.steps.add(() -> {
            known.add(sampler.isStealKnown());
            nowNs.addAndGet(10 * TICK);
            fakes.stat(cpu(0, 118, 1, 0));
        });
        thenNothing();
        sampler.finish();

        assertThat(known).containsExactly(false, true);
        assertThat(sampler.isStealKnown()).as("once known, always").isTrue();
        assertThat(sampler.totals()).containsExactly(new VcpuSteal(0, 20 * TICK, TICK, 0, 0L));
    }

    @Test
    void shouldNeverBelieveASourceThatCannotBeProven() {
        fakes.stat(cpu(0, 100, 77, 0));
        StealSampler sampler = started(new StealSource(Capability.unavailable("lxcfs", ""), false));
        assertThat(sampler.isStealKnown()).isFalse();
    }

    @Test
    void shouldCountFailedSamplesTellTheFirstAndGoOn() {
        fakes.stat(cpu(0, 100, 0, 0));
        StealSampler sampler = started(KNOWN);
        then("cpu0 nonsense");
        then("cpu0 nonsense");
        then(cpu(0, 120, 4, 0));
        thenNothing();
        sampler.finish();

        assertThat(health.total(Trouble.SAMPLES_FAILED)).isEqualTo(2);
        assertThat(health.said().lines()).singleElement().asString().contains("no steal sample", "not repeated");
        assertThat(sampler.totals()).containsExactly(new VcpuSteal(0, 30 * TICK, 4 * TICK, 0, 0L));
    }

    /** The last interval and the report ask when they are written, however long that takes. */
    @Test
    void shouldAnswerLongAfterTheEnd() {
        fakes.stat(cpu(0, 100, 50, 0));
        StealSampler sampler = started(KNOWN);
        then(cpu(0, 106, 53, 0));
        thenNothing();
        sampler.finish();
        nowNs.addAndGet(TimeUnit.DAYS.toNanos(2));

        assertThat(sampler.totals()).containsExactly(new VcpuSteal(0, 10 * TICK, 3 * TICK, 0, 0L));
        assertThat(sampler.mostStolenSinceNs(0)).isEqualTo(4 * TICK);
        assertThat(health.health().totals()).isEmpty();
        assertThat(health.said()).isEmpty();
    }

    /** What was stolen from a call that did not wait for a sample shows in the next one. */
    @Test
    void shouldLookAgainBeforeItSaysThatNothingWasStolen() {
        fakes.stat(cpu(0, 100, 50, 0));
        StealSampler sampler = started(KNOWN);
        nowNs.addAndGet(10 * TICK);
        fakes.stat(cpu(0, 110, 50, 0));
        assertThat(sampler.noneStolenSince(0)).isTrue();

        nowNs.addAndGet(10 * TICK);
        fakes.stat(cpu(0, 116, 54, 0));
        assertThat(sampler.noneStolenSince(0)).isFalse();
        assertThat(sampler.noneStolenSince(nowNs.get())).isTrue();

        nowNs.addAndGet(TimeUnit.DAYS.toNanos(2));
        fakes.stat("cpu0 nonsense");
        assertThat(sampler.noneStolenSince(nowNs.get())).as("nobody can say").isFalse();
        sampler.finish();
    }

    @Test
    void shouldStartWhereThereIsNoStatFile() {
        StealSampler sampler = started(PROVABLE);
        sampler.finish();

        assertThat(health.total(Trouble.SAMPLES_FAILED)).isEqualTo(1);
        assertThat(sampler.totals()).isEmpty();
    }

    @Test
    void shouldTaintAVcpuThatGoesAndComesBack() {
        fakes.stat(cpu(0, 100, 0, 0), cpu(1, 100, 0, 0));
        StealSampler sampler = started(KNOWN);
        then(cpu(0, 110, 0, 0));
        then(cpu(0, 120, 0, 0), cpu(1, 105, 5, 0));
        thenNothing();
        sampler.finish();

        assertThat(health.total(Trouble.TAINTED_WINDOWS)).isEqualTo(1);
        assertThat(sampler.totals()).extracting(VcpuSteal::stolenNs).containsExactly(0L, 0L);
    }

    @Test
    void shouldSettleForTheLastTimeOnlyOnce() {
        fakes.stat(cpu(0, 100, 0, 0));
        StealSampler sampler = started(KNOWN);
        sampler.finish();
        sampler.finish();

        assertThat(settler.settled).containsExactly(true);
    }

    @Test
    @Timeout(10)
    void shouldNotWaitAtTheEndForWhatNeverComes() {
        fakes.stat(cpu(0, 100, 0, 0));
        StealSampler sampler = started(KNOWN);
        for (int i = 0; i < 100; i++) {
            thenNothing();
        }
        sampler.finish();

        assertThat(settler.settled).hasSize(5).last().isEqualTo(true);
    }

    @Test
    void shouldShowTotalsNoOlderThanThePeriod() {
        fakes.stat(cpu(0, 100, 0, 0));
        StealSampler sampler = started(KNOWN);
        nowNs.addAndGet(TimeUnit.DAYS.toNanos(1) - 1);
        fakes.stat(cpu(0, 110, 3, DAY_TICKS));
        assertThat(sampler.totals()).containsExactly(new VcpuSteal(0, 0, 0, 0, 0L));

        nowNs.addAndGet(2);
        assertThat(sampler.totals()).containsExactly(new VcpuSteal(0, TimeUnit.DAYS.toNanos(1) + 1, 3 * TICK, 0, 0L));
    }

    @Test
    void shouldNotEndWithoutWhatAStretchedPeriodLeftOut() {
        fakes.stat(cpu(0, 100, 0, 0));
        StealSampler sampler = started(KNOWN);
        nowNs.addAndGet(TimeUnit.DAYS.toNanos(1) + 1);
        fakes.stat(cpu(0, 110, 3, DAY_TICKS));
        sampler.finish();

        assertThat(sampler.totals()).extracting(VcpuSteal::stolenNs).containsExactly(3 * TICK);
    }
}
