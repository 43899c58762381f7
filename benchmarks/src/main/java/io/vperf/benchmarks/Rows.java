package io.vperf.benchmarks;

import io.vperf.benchmarks.calls.JfrTimingCall;
import io.vperf.benchmarks.calls.SamplerCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.runner.options.Options;

/** What is run, in this order in each round. A further row of vperf's is a line here. */
final class Rows {

    /** JDK that has jdk.MethodTiming (JEP 520). */
    private static final int METHOD_TIMING = 25;

    private static final List<Path> PROCESSOR_PMUS =
            List.of(Path.of("/sys/bus/event_source/devices/cpu"), Path.of("/sys/bus/event_source/devices/armv8_pmuv3"));

    private final Settings settings;
    private final Options jmh;

    Rows(Settings settings, Options jmh) {
        this.settings = settings;
        this.jmh = jmh;
    }

    /** One call each, by JMH. */
    List<Row> calls() {
        List<Row> rows = new ArrayList<>();
        rows.add(plain("empty", "MeasuredCall.emptyCall"));
        rows.add(plain("two-nanotimes", "MeasuredCall.twoNanoTimes"));
        rows.add(vperf("vperf", "", 1, VperfProof.oneMethod()));
        rows.add(vperf("vperf.explain=off", "explain=off", 1, VperfProof.oneMethod()));
        rows.add(call("by-hand", "ByHandCall.byHand", folder -> List.of(), new CountProof()));
        rows.add(vperf("vperf.cpu=rseq", "cpu=rseq", 1, VperfProof.oneMethod().clocks("cpu=rseq")));
        rows.add(vperf("vperf.cpu=perf", "cpu=perf", 1, VperfProof.oneMethod().clocks("cpu=perf page")));
        rows.add(vperf(
                "vperf.cpu=syscall", "cpu=syscall", 1, VperfProof.oneMethod().clocks("cpu=clock_gettime")));
        rows.add(vperf(
                "vperf.cpu=mxbean", "cpu=mxbean", 1, VperfProof.oneMethod().clocks("cpu=ThreadMXBean")));
        rows.add(vperf("vperf.cpu=off", "cpu=off", 1, VperfProof.oneMethod().withoutCpu()));
        rows.add(vperf("vperf.wall=tsc", "wall=tsc", 1, VperfProof.oneMethod().clocks("wall=time counter")));
        rows.addAll(counters());
        rows.add(vperf("vperf.2-threads", "", 2, VperfProof.oneMethod()));
        rows.add(vperf("vperf.64-threads", "", 64, VperfProof.oneMethod()));
        rows.add(call("loop.plain", "HotLoop.plain", folder -> List.of(), Proof.NOTHING_MEASURED));
        rows.add(call("loop.by-hand", "HotLoop.byHand", folder -> List.of(), Proof.NOTHING_MEASURED));
        rows.add(call("region", "RegionCall.region", agent(""), VperfProof.oneMethod()));
        rows.add(call("loop.vperf", "HotLoop.measured", agent(""), VperfProof.oneMethod()));
        rows.add(sampler(2));
        rows.add(sampler(64));
        rows.add(sampler(256));
        rows.addAll(peers());
        return rows;
    }

    /** Software events, which only read() tells, and hardware events where there are any, both ways. */
    private List<Row> counters() {
        List<Row> rows = new ArrayList<>();
        rows.add(vperf(
                "vperf.allocations", "allocations=on", 1, VperfProof.oneMethod().counters("allocated-bytes")));
        counters(rows, "software", "read", "page-faults", "minor-faults", "major-faults", "alignment-faults");
        if (PROCESSOR_PMUS.stream().anyMatch(Files::exists)) {
            for (String way : List.of("read", "page")) {
                counters(rows, "hardware", way, "instructions", "cycles", "branches", "branch-misses");
            }
        } else {
            System.out.println("rows vperf.N-hardware are left out: this machine has no hardware counters");
        }
        return rows;
    }

    private void counters(List<Row> rows, String kind, String way, String... names) {
        for (int n = 1; n <= names.length; n *= 2) {
            String[] read = Arrays.copyOf(names, n);
            VperfProof proof = VperfProof.oneMethod().counters(read);
            String options = "counters=" + String.join("+", read) + ",counter-reading=" + way;
            rows.add(vperf("vperf." + n + "-" + kind + "." + way, options, 1, proof));
        }
    }

    private List<Row> peers() {
        List<Row> rows = new ArrayList<>();
        rows.add(call("peer.jfr-event", "JfrEventCall.jfrEvent", folder -> List.of(), JfrProofs::events));
        if (Runtime.version().feature() >= METHOD_TIMING) {
            rows.add(call("peer.jfr-timing", "JfrTimingCall.jfrTiming", Rows::methodTiming, JfrProofs::timing));
        }
        rows.add(call("peer.micrometer", "MicrometerCall.micrometer", folder -> List.of(), new CountProof()));
        rows.add(call("peer.dropwizard", "DropwizardCall.dropwizard", folder -> List.of(), new CountProof()));
        rows.add(call("peer.kieker", "KiekerCall.kieker", folder -> kieker(), new CountProof()));
        rows.add(call(
                "peer.opentelemetry", "OpenTelemetryCall.openTelemetry", folder -> openTelemetry(), new CountProof()));
        return rows;
    }

    private Row sampler(int vcpus) {
        String property = "-D" + SamplerCall.VCPUS_PROPERTY + "=" + vcpus;
        return call("sampler." + vcpus + "-vcpus", "SamplerCall.sample", folder -> List.of(property), new CountProof());
    }

    private Row plain(String id, String benchmark) {
        return call(id, benchmark, folder -> List.of(), Proof.NOTHING_MEASURED);
    }

    private Row call(String id, String benchmark, Function<Path, List<String>> jvmArgs, Proof proof) {
        return new JmhRow(id, jmh, benchmark, 1, jvmArgs, proof);
    }

    private Row vperf(String id, String options, int threads, VperfProof proof) {
        return new JmhRow(id, jmh, "MeasuredCall.vperf", threads, agent(options), proof);
    }

    private Function<Path, List<String>> agent(String options) {
        return vperfAgent(settings, options);
    }

    /** The agent with these options beside its defaults, and the dump that {@link VperfProof} reads. */
    static Function<Path, List<String>> vperfAgent(Settings settings, String options) {
        return folder -> List.of("-javaagent:" + settings.vperf() + "=report=off,dump='" + VperfDump.file(folder) + "'"
                + (options.isEmpty() ? "" : "," + options));
    }

    private static List<String> methodTiming(Path folder) {
        return List.of("-XX:StartFlightRecording:filename=" + JfrProofs.timings(folder) + ",jdk.MethodTiming#filter="
                + JfrTimingCall.FILTER);
    }

    private List<String> kieker() {
        return List.of(
                "-javaagent:" + settings.agent("kieker-aspectj"),
                "-Dorg.aspectj.weaver.loadtime.configuration=kieker-aop.xml",
                "-Dkieker.monitoring.skipDefaultAOPConfiguration=true",
                "-Dkieker.monitoring.writer=io.vperf.benchmarks.peers.CountingWriter");
    }

    private List<String> openTelemetry() {
        return List.of(
                "-javaagent:" + settings.agent("opentelemetry-javaagent"),
                "-Dotel.javaagent.extensions=" + settings.self(),
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none");
    }
}
