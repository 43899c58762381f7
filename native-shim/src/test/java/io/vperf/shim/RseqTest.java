package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RseqTest {

    private final Natives natives = Loaded.natives();
    private final Rseq rseq = Loaded.value(natives.rseq());

    @Test
    void shouldFindAnAreaThatTellsTheVcpu() {
        Rseq.Area area = Loaded.value(rseq.area());

        assertThat(area.buffer().getInt(Rseq.CPU_ID))
                .isBetween(0, Runtime.getRuntime().availableProcessors() - 1);
    }

    @Test
    void shouldFindTheSameAreaAgain() {
        Rseq.Area first = Loaded.value(rseq.area());

        assertThat(Loaded.value(rseq.area()).owner()).isEqualTo(first.owner());
    }

    /** What the whole clock rests on, and that a wrong descriptor would end in a signal here. */
    @Test
    void shouldHaveItsDescriptorClearedWhenTheThreadSleeps() throws InterruptedException {
        Rseq.Area area = Loaded.value(rseq.area());
        for (int i = 0; i < 50; i++) {
            area.buffer().putLong(Rseq.CS, rseq.descriptor());
            Thread.sleep(0, 50_000);
            assertThat(area.buffer().getLong(Rseq.CS)).as("sleep %d", i).isZero();
        }
    }

    @Test
    void shouldRegisterAnewWithTheOriginalSize() throws Exception {
        AtomicReference<Capability<Rseq.Area>> outcome = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            Capability<Rseq.Area> area = rseq.areaOfOriginalSize();
            if (area instanceof Capability.Available<Rseq.Area> found) {
                found.value().buffer().putLong(Rseq.CS, rseq.descriptor());
                LockSupport.parkNanos(50_000); // the kernel looks at the descriptor
            }
            outcome.set(area);
        });
        thread.start();
        thread.join();

        assertThat(Loaded.value(outcome.get()).owner()).isIn("glibc, registered anew", "vperf");
    }

    @Test
    void shouldGiveEachThreadItsOwnArea() throws Exception {
        Rseq.Area mine = Loaded.value(rseq.area());
        mine.buffer().putLong(Rseq.CS, 0);
        Thread thread = new Thread(() -> Loaded.value(rseq.area()).buffer().putLong(Rseq.CS, rseq.descriptor()));
        thread.start();
        thread.join();

        assertThat(mine.buffer().getLong(Rseq.CS)).isZero();
    }
}
