package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Asks for an area on a thread that may not make the system call. Argument: the error number it gets. */
    public static final class AskWhereItIsRefused {
        public static void main(String[] arguments) throws Exception {
            Natives natives = Loaded.value(Natives.load(Natives.defaultFolders()));
            Rseq rseq = Loaded.value(natives.rseq());
            System.out.println(Scratch.run(() -> {
                SeccompFilter.refuse(natives, SeccompFilter.RSEQ, Integer.parseInt(arguments[0]));
                return rseq.area();
            }));
        }
    }

    /** In a JVM whose C library registers nothing: it would end the process where the system call fails later on. */
    @ParameterizedTest
    @CsvSource({"1, forbidden (EPERM), seccomp profile", "38, no rseq (ENOSYS), CONFIG_RSEQ", "13, EACCES, remedy="})
    void shouldSayWhyItIsRefused(int errno, String reason, String remedy) {
        Command.Result result = Command.run(
                "env",
                "GLIBC_TUNABLES=glibc.pthread.rseq=0",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AskWhereItIsRefused.class.getName(),
                Integer.toString(errno));

        assumeTrue(!result.output().contains("no seccomp filter"), result.lastLine());
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.lastLine()).startsWith("Unavailable").contains(reason, remedy);
    }

    @Test
    void shouldKeepTheRegistrationThatCannotBeTakenBack() throws Exception {
        Capability<Rseq.Area> area = Scratch.run(() -> {
            SeccompFilter.refuse(natives, SeccompFilter.RSEQ, Errno.EPERM);
            Capability<Rseq.Area> anew = rseq.areaOfOriginalSize();
            assertThat(Loaded.value(rseq.area()).buffer().getInt(Rseq.CPU_ID)).isNotNegative();
            return anew;
        });

        assertThat(area)
                .isInstanceOfSatisfying(
                        Capability.Unavailable.class,
                        refused -> assertThat(refused.reason()).contains("EPERM"));
    }
}
