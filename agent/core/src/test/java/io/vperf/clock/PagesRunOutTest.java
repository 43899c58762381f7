package io.vperf.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.config.CpuSource;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.shim.PerfPage;
import io.vperf.shim.PerfPages;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user without privileges gets some hundred perf pages: threads beyond them ask the kernel, and are counted. */
class PagesRunOutTest {

    private static final int THREADS = 600;
    private static final int READINGS = 20;

    /** All threads have a clock at the same time, and every reading lies between two of the kernel's. */
    public static final class Main {

        public static void main(String[] arguments) throws Exception {
            Natives natives = ((Capability.Available<Natives>) Natives.load(Natives.defaultFolders())).value();
            TestHealth health = new TestHealth();
            Capability<CpuClock> chosen = new CpuClocks(
                            System::nanoTime, () -> 0, Capability.available(natives), health.health())
                    .choose(CpuSource.PERF);
            CpuClock clock = ((Capability.Available<CpuClock>) chosen).value();
            SystemCallCpuTime kernel = new SystemCallCpuTime(natives);
            AtomicInteger wrong = new AtomicInteger();
            CountDownLatch made = new CountDownLatch(THREADS);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(() -> {
                    ThreadClock own = clock.forThisThread();
                    CpuTime truth = kernel.forThisThread();
                    made.countDown();
                    try {
                        made.await();
                    } catch (InterruptedException e) {
                        wrong.incrementAndGet();
                    }
                    for (int n = 0; n < READINGS; n++) {
                        wrong.addAndGet(isRight(own, truth, clock.callNs() * 100) ? 0 : 1);
                        LockSupport.parkNanos(20_000);
                    }
                    own.close();
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            System.out.println("degraded " + health.total(Trouble.CLOCK_DEGRADED));
            System.out.println("wrong " + wrong);
        }

        private static boolean isRight(ThreadClock own, CpuTime truth, long errorNs) {
            long beforeNs = truth.nowNs();
            long wallNs = System.nanoTime();
            if (!own.isCurrent(wallNs)) {
                own.renew();
                wallNs = own.renewedNs();
            }
            long cpuNs = wallNs + own.offsetNs();
            long afterNs = truth.nowNs();
            return own.offsetNs() != ThreadClock.UNKNOWN && cpuNs >= beforeNs && cpuNs <= afterNs + errorNs;
        }
    }

    @Test
    @Timeout(120)
    void shouldDegradeThreadByThread(@TempDir Path folder) throws Exception {
        Capability<PerfPage> page = Natives.load(Natives.defaultFolders())
                .then(natives -> PerfPages.of(natives).open());
        assumeTrue(page instanceof Capability.Available, () -> "no perf page: " + page);
        ((Capability.Available<PerfPage>) page).value().close();
        int paranoid = Integer.parseInt(Files.readString(Path.of("/proc/sys/kernel/perf_event_paranoid"))
                .strip());
        assumeTrue(paranoid >= 0 && paranoid <= 2, "kernel.perf_event_paranoid is " + paranoid);
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -l 64 && exec setpriv --reuid=65534 --clear-groups --no-new-privs \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xss256k",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        readableByAll(folder),
                        Main.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        assumeTrue(status != 127, "setpriv (util-linux) is not installed");
        assumeTrue(!output.contains("setresuid failed"), "dropping privileges needs root");

        assertThat(status).as(output).isZero();
        assertThat(output).contains("wrong 0");
        int degraded = output.lines()
                .filter(line -> line.startsWith("degraded "))
                .mapToInt(line -> Integer.parseInt(line.substring("degraded ".length())))
                .sum();
        assertThat(degraded).as(output).isBetween(1, THREADS - 1);
    }

    /** A copy of the class path, which may lie in a home folder closed to others. */
    private static String readableByAll(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path from = Path.of(entry);
            if (!entry.isEmpty() && Files.exists(from)) {
                Path copy = folder.resolve("entry" + copies.size());
                copy(from, copy);
                copies.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, Files.isDirectory(from) ? to.resolve(from.relativize(file)) : to);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
