package io.vperf.shim;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShimTest {

    private final Natives natives = Loaded.natives();
    private final Shim shim = Loaded.shim();

    @Test
    void shouldTellTheVcpuAPinnedThreadRunsOn() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "only x86-64 reads the vCPU with the TSC");
        // In a thread of its own: the pin goes with it.
        // To where it runs already: a container may not own vCPU 0.
        int vcpu = natives.libc().sched_getcpu();
        CompletableFuture<Integer> seen = new CompletableFuture<>();
        Thread pinned = new Thread(() -> seen.complete(readPinnedTo(vcpu)));
        pinned.start();

        assertThat(seen.get(10, SECONDS)).isEqualTo(vcpu);
        pinned.join();
    }

    private int readPinnedTo(int vcpu) {
        NativeMemory mask = natives.allocate(128);
        mask.buffer().putLong(vcpu / 64 * 8, 1L << vcpu);
        assertThat(natives.libc().sched_setaffinity(0, 128, mask.address())).isZero();
        assertThat(natives.libc().sched_getcpu()).isEqualTo(vcpu);
        NativeMemory number = natives.allocate(Integer.BYTES);
        number.buffer().putInt(0, -2);
        long ticks = shim.vperf_tsc_and_vcpu(number.address());
        assertThat(shim.vperf_tsc()).isGreaterThan(ticks);
        return number.buffer().getInt(0);
    }

    @Test
    void shouldAdvance() throws Exception {
        long first = shim.vperf_tsc();
        Thread.sleep(10);

        assertThat(shim.vperf_tsc() - first)
                .as("ticks in 10 ms, at 1 MHz or more")
                .isGreaterThan(10_000);
    }

    @Test
    void shouldGiveEachThreadItsPointer() throws Exception {
        CompletableFuture<Long> other = new CompletableFuture<>();
        Thread thread = new Thread(() -> other.complete(shim.vperf_thread_pointer()));
        thread.start();

        assertThat(other.get(10, SECONDS))
                .isNotEqualTo(shim.vperf_thread_pointer())
                .isNotZero();
        thread.join();
    }

    @Test
    void shouldReadTheWordTheThreadPointerPointsTo() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "only x86-64 keeps the pointer in its first word");
        long pointer = shim.vperf_thread_pointer();

        assertThat(natives.view(pointer, 8).getLong(0)).isEqualTo(pointer);
    }

    @Test
    void shouldReadTheVendorOfTheProcessor() throws Exception {
        int[] registers = cpuid().leaf(0, 0);
        String vendor = text(registers[1]) + text(registers[3]) + text(registers[2]);

        assertThat(Files.readAllLines(Path.of("/proc/cpuinfo"))).contains("vendor_id\t: " + vendor);
    }

    @Test
    void shouldSeeAHypervisorWhereLinuxDoes() throws Exception {
        boolean expected = Files.readString(Path.of("/proc/cpuinfo")).contains(" hypervisor ");
        Capability<String> vendor = cpuid().hypervisorVendor();

        if (expected) {
            assertThat(Loaded.value(vendor)).matches("[ -~]{1,12}");
        } else {
            assertThat(Loaded.reason(vendor)).contains("no hypervisor");
        }
    }

    private Cpuid cpuid() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "CPUID is an instruction of x86-64");
        return Loaded.value(natives.cpuid());
    }

    private static String text(int register) {
        byte[] letters = {(byte) register, (byte) (register >> 8), (byte) (register >> 16), (byte) (register >> 24)};
        return new String(letters, StandardCharsets.US_ASCII);
    }
}
