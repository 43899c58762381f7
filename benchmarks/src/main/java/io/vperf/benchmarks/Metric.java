package io.vperf.benchmarks;

/** What a value is of. */
enum Metric {
    CALL_NS("ns/call"),
    /** The whole process's, so JMH's and the agent's own threads' included. */
    CALL_CPU_NS("CPU ns/call"),
    BEFORE_NS("ns/call before attaching"),
    AFTER_NS("ns/call after detaching"),
    AFTER_TO_BEFORE("times what it was before"),
    CALL_BYTES("B/call"),
    SWITCH_NS("ns/switch"),
    UNTIL_MS("ms"),
    VCPU_PERCENT("% of a vCPU"),
    MEMORY_MIB("MiB"),
    HEAP_MIB("MiB live heap"),
    NATIVE_MIB("MiB native"),
    INLINED("of 3 inlined"),
    END_MS("ms for the end of an interval"),
    /** The two calls behind the probe, that do the work. */
    RECORDER_INLINED("of 2 recorder calls inlined");

    private final String unit;

    Metric(String unit) {
        this.unit = unit;
    }

    String unit() {
        return unit;
    }
}
