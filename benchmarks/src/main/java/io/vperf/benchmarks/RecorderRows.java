package io.vperf.benchmarks;

import io.vperf.benchmarks.apps.RecorderMemory;
import io.vperf.benchmarks.calls.Count;
import io.vperf.benchmarks.calls.MeasuredMethods;
import io.vperf.benchmarks.calls.RecorderCall;
import io.vperf.benchmarks.calls.RecorderPair;
import io.vperf.benchmarks.calls.SharedPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.options.Options;

/** vperf's way of a finished call into the histograms, beside other designs that were thought of. Not run by default. */
final class RecorderRows {

    private static final String ONE = "-D" + RecorderCall.ONE_PROPERTY + "=true";
    private static final String FIXED = "-D" + SharedPair.FIXED_PROPERTY + "=true";
    private static final String PACKED = "-D" + RecorderPair.PACKED_PROPERTY + "=true";
    private static final String MANY = "-D" + RecorderCall.METHODS_PROPERTY + "=16";

    private static final int METHODS = 1_000;
    private static final int THREADS = 200;
    private static final int VCPUS = 64;
    private static final double MIB = 1 << 20;

    private final Settings settings;
    private final Options jmh;
    private final List<Row> rows = new ArrayList<>();

    RecorderRows(Settings settings, Options jmh) {
        this.settings = settings;
        this.jmh = jmh;
    }

    /** By JMH. */
    List<Row> calls() {
        call("recorder.none", "NoRecorderCall.none", 1, Proof.NOTHING_MEASURED);
        design("recorder.vperf", "VperfRecorderCall.plain");
        call("recorder.vperf.apart", "VperfRecorderCall.apart", 1, new CountProof());
        design("recorder.stripes", "StripesRecorderCall.pair");
        call("recorder.stripes.one", "StripesRecorderCall.pair", 1, new CountProof(), ONE);
        call("recorder.stripes.fixed", "StripesRecorderCall.pair", 1, new CountProof(), FIXED);
        call("recorder.stripes.packed", "StripesRecorderCall.pair", 1, new CountProof(), PACKED);
        design("recorder.shared", "SharedRecorderCall.pair");
        call("recorder.shared.one", "SharedRecorderCall.pair", 1, new CountProof(), ONE);
        design("recorder.threads", "ThreadsRecorderCall.pair");
        call("recorder.threads.one", "ThreadsRecorderCall.pair", 1, new CountProof(), ONE);
        call("recorder.threads.packed", "ThreadsRecorderCall.pair", 1, new CountProof(), PACKED);
        agent("recorder.agent", "MeasuredCall.vperf", 1);
        agent("recorder.agent.16-methods", "MeasuredMethods.inTurn", MeasuredMethods.METHODS);
        return rows;
    }

    /** The whole of vperf around the call: how much of its recorder's own contention is left there. */
    private void agent(String id, String benchmark, int methods) {
        VperfProof proof = new VperfProof(methods, true, List.of(), List.of());
        rows.add(new JmhRow(id, jmh, benchmark, 1, Rows.vperfAgent(settings, ""), proof));
        rows.add(new JmhRow(id + ".2-threads", jmh, benchmark, 2, Rows.vperfAgent(settings, ""), proof));
    }

    private void design(String id, String benchmark) {
        call(id, benchmark, 1, new CountProof());
        call(id + ".2-threads", benchmark, 2, new CountProof());
        call(id + ".64-threads", benchmark, 64, new CountProof());
        call(id + ".16-methods", benchmark, 1, new CountProof(), MANY);
        call(id + ".16-methods.2-threads", benchmark, 2, new CountProof(), MANY);
    }

    private void call(String id, String benchmark, int threads, Proof proof, String... jvmArgs) {
        rows.add(new JmhRow(id, jmh, benchmark, threads, folder -> List.of(jvmArgs), proof));
    }

    /** By processes of their own. */
    List<Row> memory() {
        memory("recorder.memory.vperf", "vperf", THREADS, 1);
        memory("recorder.memory.stripes", "shared", 1, VCPUS);
        memory("recorder.memory.stripes.fixed", "shared", 1, VCPUS, FIXED);
        memory("recorder.memory.stripes.packed", "shared", 1, VCPUS, PACKED);
        memory("recorder.memory.shared", "shared", 1, 1);
        memory("recorder.memory.threads", "thread", 1, THREADS);
        memory("recorder.memory.threads.packed", "thread", 1, THREADS, PACKED);
        return rows;
    }

    /** @param times how often the design needs what was measured: vperf's memory was measured as a whole */
    private void memory(String id, String kind, int threads, int times, String... jvmArgs) {
        List<String> application = List.of(
                "-cp",
                System.getProperty("java.class.path", ""),
                RecorderMemory.class.getName(),
                kind,
                "" + METHODS,
                "" + threads);
        rows.add(new ProcessRow(
                id,
                1,
                folder -> {
                    List<String> args = new ArrayList<>(List.of(jvmArgs));
                    args.add("-D" + Count.FOLDER + "=" + folder);
                    return args;
                },
                application,
                child -> sizes(child, times),
                new CountProof()));
    }

    private static Map<Metric, Double> sizes(Child child, int times) throws UnprovenException {
        Map<Metric, Double> sizes = new LinkedHashMap<>();
        sizes.put(Metric.HEAP_MIB, times * child.number("bytes") / MIB);
        sizes.put(Metric.END_MS, times * child.number("endNs") / 1e6);
        return sizes;
    }
}
