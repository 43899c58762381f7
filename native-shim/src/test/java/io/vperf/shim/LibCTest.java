package io.vperf.shim;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibCTest {

    private static final int AT_FDCWD = -100;

    private final Natives natives = Loaded.natives();
    private final NativeMemory timespec = natives.allocate(16);

    @Test
    void shouldCountCpuTimeWhileBurning() {
        long startNs = clockNs(LibC.CLOCK_THREAD_CPUTIME_ID);
        long deadlineNs = System.nanoTime() + SECONDS.toNanos(20);
        long burntNs = 0;
        while (burntNs < MILLISECONDS.toNanos(20)) {
            assertThat(System.nanoTime()).as("20 ms of CPU time take 20 s").isLessThan(deadlineNs);
            burntNs = clockNs(LibC.CLOCK_THREAD_CPUTIME_ID) - startNs;
        }
    }

    @Test
    void shouldNotCountCpuTimeWhileSleeping() throws Exception {
        long startNs = clockNs(LibC.CLOCK_THREAD_CPUTIME_ID);
        Thread.sleep(200);

        assertThat(clockNs(LibC.CLOCK_THREAD_CPUTIME_ID) - startNs).isBetween(0L, MILLISECONDS.toNanos(20));
    }

    /** What wall times rest on: System.nanoTime() and the kernel's CLOCK_MONOTONIC are one clock. */
    @Test
    void shouldReadTheClockOfNanoTime() {
        long bestNs = Long.MAX_VALUE;
        long apartNs = Long.MAX_VALUE;
        for (int i = 0; i < 1_000; i++) { // a preemption between the readings spoils a try, never all of them
            long beforeNs = System.nanoTime();
            long kernelNs = clockNs(LibC.CLOCK_MONOTONIC);
            long widthNs = System.nanoTime() - beforeNs;
            if (widthNs < bestNs) {
                bestNs = widthNs;
                apartNs = kernelNs - (beforeNs + widthNs / 2);
            }
        }
        assertThat(apartNs).isBetween(-1_000_000L, 1_000_000L);
    }

    @Test
    void shouldRefuseAClockThereIsNot() {
        assertThat(natives.libc().clock_gettime(9999, timespec.address())).isEqualTo(-1);
    }

    /** JNR-FFI's code for six whole numbers passes garbage as the sixth: see {@link LibC#syscall}. */
    @Test
    void shouldBindNoFunctionOfSixParameters() {
        assertThat(Stream.of(LibC.class, Shim.class).flatMap(type -> Stream.of(type.getDeclaredMethods())))
                .noneMatch(method -> method.getParameterCount() == 6);
    }

    @Test
    void shouldPassEveryArgumentOfASystemCall(@TempDir Path folder) throws Exception {
        int page = 1 << 16; // the largest there is
        Path file = folder.resolve("two-pages");
        try (FileChannel channel = FileChannel.open(file, CREATE_NEW, READ, WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {77}), page);
        }
        boolean x86 = System.getProperty("os.arch").equals("amd64");
        long fd = natives.libc().syscall(x86 ? 257 : 56, AT_FDCWD, path(file), 0, 0, 0, 0); // openat
        long mapped = natives.libc().syscall(x86 ? 9 : 222, 0, 1, 1, 1, fd, page); // mmap, the sixth is the offset

        assertThat(natives.view(mapped, 1).get(0)).isEqualTo((byte) 77);
        assertThat(natives.libc().munmap(mapped, 1)).isZero();
        assertThat(natives.libc().close((int) fd)).isZero();
    }

    @Test
    void shouldKeepErrnoOfASystemCall() {
        assertThat(natives.libc().syscall(-1, 0, 0, 0, 0, 0, 0)).isEqualTo(-1);
        assertThat(Errno.name(new Errno(natives.libc()).last())).isEqualTo("ENOSYS");
    }

    private long path(Path file) {
        byte[] name = file.toString().getBytes(StandardCharsets.UTF_8);
        NativeMemory text = natives.allocate(name.length + 1);
        text.buffer().put(0, name);
        return text.address();
    }

    private long clockNs(int clockId) {
        assertThat(natives.libc().clock_gettime(clockId, timespec.address())).isZero();
        return SECONDS.toNanos(timespec.buffer().getLong(0)) + timespec.buffer().getLong(8);
    }
}
