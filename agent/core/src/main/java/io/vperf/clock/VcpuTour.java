package io.vperf.clock;

import io.vperf.clock.CounterCalibration.OnVcpu;
import io.vperf.shim.Capability;
import io.vperf.shim.LibC;
import io.vperf.shim.NativeMemory;
import io.vperf.shim.Natives;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Takes the time counter's pairs on every vCPU this process may use, in turn, by a scratch thread that is pinned to each; its
 * pins end with it and touch nobody else. Some 30 us per vCPU and 5 ms at home, for the rate.
 */
final class VcpuTour {

    /** Of more than these, so many are visited, evenly spread: every socket has its share. */
    private static final int MOST_VCPUS = 16;

    private static final int MASK_BYTES = 1024;
    private static final int TRIES = 5;
    private static final long LEAST_NS = 5_000_000;
    private static final long MOST_NS = 100_000_000;

    private final LibC libc;
    private final NativeMemory mask;
    private final LongSupplier counter;
    private final LongSupplier monotonic = System::nanoTime;

    private VcpuTour(Natives natives, LongSupplier counter) {
        this.libc = natives.libc();
        this.mask = natives.allocate(MASK_BYTES);
        this.counter = counter;
    }

    static Capability<CounterCalibration> calibrate(Natives natives, LongSupplier counter) {
        VcpuTour tour = new VcpuTour(natives, counter);
        CompletableFuture<Capability<CounterCalibration>> outcome = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        outcome.complete(tour.go());
                    } catch (Throwable t) {
                        outcome.completeExceptionally(t);
                    }
                },
                "vperf-vcpu-tour");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        try {
            return outcome.get(2 * MOST_NS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Capability.unavailable("the thread was interrupted while the vCPUs' counters were compared", "");
        } catch (ExecutionException e) {
            return Capability.unavailable("comparing the vCPUs' counters failed: " + e.getCause(), "");
        } catch (TimeoutException e) {
            return Capability.unavailable("the vCPUs are too busy to compare their counters", "");
        }
    }

    private Capability<CounterCalibration> go() throws InterruptedException {
        if (libc.sched_getaffinity(0, MASK_BYTES, mask.address()) != 0) {
            return Capability.unavailable("sched_getaffinity is refused, so the vCPUs cannot be told", "");
        }
        List<Integer> stops = stops(
                BitSet.valueOf(mask.buffer().duplicate().order(mask.buffer().order())));
        List<OnVcpu> seen = new ArrayList<>();
        long startNs = monotonic.getAsLong();
        for (int vcpu : stops) {
            if (!visit(vcpu, seen)) {
                return Capability.unavailable("the thread cannot be pinned to vCPU " + vcpu, "");
            }
            if (monotonic.getAsLong() - startNs > MOST_NS) {
                return Capability.unavailable("the vCPUs are too busy to compare their counters", "");
            }
        }
        TickPair start = seen.get(0).pair();
        do {
            TimeUnit.NANOSECONDS.sleep(LEAST_NS);
            if (!visit(stops.get(0), seen)) {
                return Capability.unavailable("the thread cannot be pinned to vCPU " + stops.get(0), "");
            }
        } while (!CounterWatch.tellsRate(start, seen.get(seen.size() - 1).pair())
                && monotonic.getAsLong() - startNs < MOST_NS);
        return CounterCalibration.of(seen);
    }

    private boolean visit(int vcpu, List<OnVcpu> seen) {
        for (int i = 0; i < MASK_BYTES; i++) {
            mask.buffer().put(i, (byte) 0);
        }
        mask.buffer()
                .put(vcpu / 8, (byte) (1 << vcpu % 8)); // words of 64 bits, little endian on all processors known here
        if (libc.sched_setaffinity(0, MASK_BYTES, mask.address()) != 0) {
            return false;
        }
        seen.add(new OnVcpu(vcpu, TickPair.tightest(counter, monotonic, TRIES)));
        return true;
    }

    /** Every vCPU, or {@value #MOST_VCPUS} of them, the first and the last included. */
    static List<Integer> stops(BitSet allowed) {
        int[] all = allowed.stream().toArray();
        int count = Math.min(MOST_VCPUS, all.length);
        List<Integer> stops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stops.add(all[count == 1 ? 0 : (int) ((long) i * (all.length - 1) / (count - 1))]);
        }
        return stops;
    }
}
