package io.vperf.steal;

import static io.vperf.steal.SamplerOnFakes.KNOWN;
import static io.vperf.steal.SamplerOnFakes.cpu;
import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.Trouble;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sampler's own thread. */
class SamplerThreadTest {

    private final SamplerOnFakes fakes;

    SamplerThreadTest(@TempDir Path temp) {
        fakes = new SamplerOnFakes(temp);
    }

    @Test
    @Timeout(30)
    void shouldSampleInTheBackgroundAndSurviveASettlerThatFails() throws InterruptedException {
        fakes.stat(cpu(0, 100, 0, 0));
        AtomicLong calls = new AtomicLong();
        StealSampler sampler = fakes.sampler(KNOWN, 1_000_000, new NoCalls() {
            @Override
            public boolean settle(StealJudge judge, boolean last) {
                if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("test");
                }
                return true;
            }
        });
        sampler.start();
        while (calls.get() < 3) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        sampler.finish();

        assertThat(fakes.health.total(Trouble.SUPPRESSED_ERRORS)).isEqualTo(1);
    }

    /** Lets its sampler's thread alone act; what happens is said by how many samples there were at each long sleep. */
    private final class Quiet extends NoCalls {

        final List<Integer> sleptAfter = new ArrayList<>();
        final List<Long> sleptNs = new ArrayList<>();
        final CountDownLatch done = new CountDownLatch(1);
        int samples;

        @Override
        public boolean settle(StealJudge judge, boolean last) {
            return !last && ++samples == 11; // the first one after the first long sleep
        }

        @Override
        public void awaitCall(long atMostNs) {
            if (done.getCount() == 0) {
                LockSupport.parkNanos(atMostNs);
                return;
            }
            sleptAfter.add(samples);
            sleptNs.add(atMostNs);
            fakes.nowNs.addAndGet(atMostNs);
            if (sleptAfter.size() == 2) {
                fakes.stat(cpu(0, 200, 7, 0));
            } else if (sleptAfter.size() == 4) {
                done.countDown();
            }
        }
    }

    @Test
    @Timeout(30)
    void shouldSleepLongOnlyWhereNoCallAndNoStealWasSeenForTenSamples() throws InterruptedException {
        fakes.stat(cpu(0, 100, 5, 0));
        Quiet quiet = new Quiet();
        StealSampler sampler = fakes.sampler(KNOWN, 1_000_000, quiet);
        sampler.start();
        quiet.done.await();
        sampler.finish();

        assertThat(quiet.sleptAfter).containsExactly(10, 21, 32, 33);
        assertThat(quiet.sleptNs).containsOnly(10_000_000L);
        assertThat(fakes.health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
    }
}
