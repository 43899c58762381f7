package io.vperf.benchmarks;

import static io.vperf.benchmarks.Figure.Kind.DIFFERENCE;
import static io.vperf.benchmarks.Figure.Kind.RATIO;
import static io.vperf.benchmarks.Figure.Kind.VALUE;
import static io.vperf.benchmarks.Figure.Kind.VALUE_AT_LEAST;

import java.util.List;

/** What must be reached. A further target is a line here. */
final class Figures {

    static final List<Figure> ALL = List.of(
            new Figure("measured call over two bare nanoTime()", RATIO, Metric.CALL_NS, "vperf", "two-nanotimes", 1.35),
            new Figure("the same by the time counter", RATIO, Metric.CALL_NS, "vperf.wall=tsc", "two-nanotimes", 1.0),
            new Figure("measured call over one by hand", RATIO, Metric.CALL_NS, "vperf", "by-hand", 1.0 / 15),
            new Figure(
                    "explaining, a short call over explain=off",
                    RATIO,
                    Metric.CALL_NS,
                    "vperf",
                    "vperf.explain=off",
                    1.02),
            new Figure("2 threads, per call over 1 thread", RATIO, Metric.CALL_NS, "vperf.2-threads", "vperf", 1.1),
            new Figure(
                    "64 threads, CPU per call over 1 thread",
                    RATIO,
                    Metric.CALL_CPU_NS,
                    "vperf.64-threads",
                    "vperf",
                    1.3),
            new Figure("allocated per measured call", VALUE, Metric.CALL_BYTES, "allocation", null, 0),
            new Figure("measured method and both probes inlined", VALUE_AT_LEAST, Metric.INLINED, "inlining", null, 3),
            new Figure(
                    "a sample of 64 vCPUs, over one of 2",
                    RATIO,
                    Metric.CALL_NS,
                    "sampler.64-vcpus",
                    "sampler.2-vcpus",
                    32),
            new Figure("a sample of 256 vCPUs", VALUE, Metric.CALL_NS, "sampler.256-vcpus", null, 100_000),
            new Figure("sampler and dumper, idle application", VALUE, Metric.VCPU_PERCENT, "idle", null, 0.1),
            new Figure(
                    "memory, 1,000 methods × 200 threads",
                    DIFFERENCE,
                    Metric.MEMORY_MIB,
                    "memory.vperf",
                    "memory.none",
                    64),
            new Figure(
                    "hello world to main(), nothing measured",
                    DIFFERENCE,
                    Metric.UNTIL_MS,
                    "start.hello.vperf",
                    "start.hello.none",
                    250),
            new Figure(
                    "one measured method, to its first return",
                    DIFFERENCE,
                    Metric.UNTIL_MS,
                    "start.first-call.vperf",
                    "start.first-call.none",
                    600),
            new Figure(
                    "10,000 classes, ten methods measured: start",
                    RATIO,
                    Metric.UNTIL_MS,
                    "start.10000-classes.vperf",
                    "start.10000-classes.none",
                    1.05));

    private Figures() {}
}
