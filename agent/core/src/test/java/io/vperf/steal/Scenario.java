package io.vperf.steal;

import io.vperf.sim.HostSteal;
import io.vperf.sim.Interrupts;
import io.vperf.sim.Kernel;
import io.vperf.sim.Program;
import io.vperf.sim.Scheduling;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A guest, what its host does to it, and what runs there.
 *
 * @param name what sets it apart
 * @param bar what is asked of it
 * @param steal by vCPU
 * @param threads their programs; method 0 is the one that is judged
 * @param seconds for how long they begin new rounds
 * @param signs whether the CPU clock sees switches without asking the kernel
 * @param perf whether threads may have perf events
 */
record Scenario(
        String name,
        Bar bar,
        int vcpus,
        Kernel kernel,
        IntFunction<HostSteal> steal,
        Interrupts interrupts,
        Scheduling scheduling,
        List<Program> threads,
        int methods,
        int seconds,
        long seed,
        boolean signs,
        boolean perf) {

    static Scenario of(
            String name, Bar bar, int vcpus, Kernel kernel, HostSteal steal, int seconds, List<Program> threads) {
        return new Scenario(
                name,
                bar,
                vcpus,
                kernel,
                vcpu -> steal,
                Interrupts.none(),
                Scheduling.USUAL,
                threads,
                3,
                seconds,
                name.hashCode(),
                true,
                false);
    }

    Scenario with(Interrupts other) {
        return new Scenario(
                name, bar, vcpus, kernel, steal, other, scheduling, threads, methods, seconds, seed, signs, perf);
    }

    Scenario with(Scheduling other) {
        return new Scenario(
                name, bar, vcpus, kernel, steal, interrupts, other, threads, methods, seconds, seed, signs, perf);
    }

    Scenario with(IntFunction<HostSteal> other) {
        return new Scenario(
                name, bar, vcpus, kernel, other, interrupts, scheduling, threads, methods, seconds, seed, signs, perf);
    }

    Scenario with(Kernel other) {
        return new Scenario(
                name, bar, vcpus, other, steal, interrupts, scheduling, threads, methods, seconds, seed, signs, perf);
    }

    Scenario withoutSigns() {
        return new Scenario(
                name, bar, vcpus, kernel, steal, interrupts, scheduling, threads, methods, seconds, seed, false, perf);
    }

    Scenario withPerf() {
        return new Scenario(
                name, bar, vcpus, kernel, steal, interrupts, scheduling, threads, methods, seconds, seed, signs, true);
    }
}
