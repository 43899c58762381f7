package io.vperf.benchmarks;

import io.vperf.benchmarks.apps.Allocation;
import io.vperf.benchmarks.apps.First;
import io.vperf.benchmarks.apps.Hello;
import io.vperf.benchmarks.apps.Idle;
import io.vperf.benchmarks.apps.ManyClasses;
import io.vperf.benchmarks.apps.ManyMethods;
import io.vperf.benchmarks.apps.VirtualSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What is looked at from outside a JVM: its start, its threads, its memory. With the agent, and the same without. */
final class ProcessRows {

    private static final int STARTS = 3;
    private static final int VIRTUAL_THREADS = 21;
    private static final int CLASSES = 10_000;
    private static final int MEASURED_CLASSES = 10;
    private static final int METHOD_CLASSES = 10;
    private static final int METHODS_PER_CLASS = 100;
    private static final int THREADS = 200;
    private static final String IDLE_SECONDS = "35";
    private static final double MIB = 1 << 20;

    private final Settings settings;
    private final List<Row> rows = new ArrayList<>();

    ProcessRows(Settings settings) {
        this.settings = settings;
    }

    List<Row> all() {
        String self = settings.self().toString();
        List<String> hello = List.of("-cp", self, Hello.class.getName());
        rows.add(new ProcessRow(
                "start.hello.none", STARTS, folder -> List.of(), hello, until("mainNs"), Proof.NOTHING_MEASURED));
        rows.add(new ProcessRow(
                "start.hello.vperf", STARTS, this::reportingAgent, hello, until("mainNs"), ProcessRows::foundNothing));
        List<String> first = List.of("-cp", self, First.class.getName());
        withAndWithout("start.first-call", STARTS, List.of(), first, until("returnedNs"), vperf(1));
        if (Runtime.version().feature() >= VIRTUAL_THREADS) {
            virtualThreads("outside", 1);
            virtualThreads("inside", 2);
        }
        Path classes = GeneratedJar.classes(settings.target().resolve("many-classes.jar"), CLASSES, MEASURED_CLASSES);
        List<String> many =
                List.of("-cp", self + ":" + classes, ManyClasses.class.getName(), "" + CLASSES, "" + MEASURED_CLASSES);
        withAndWithout("start.10000-classes", STARTS, List.of(), many, until("readyNs"), vperf(MEASURED_CLASSES));
        rows.add(new ProcessRow(
                "allocation",
                1,
                Rows.vperfAgent(settings, "interval=1s"),
                List.of("-cp", self, Allocation.class.getName()),
                child -> Map.of(Metric.CALL_BYTES, (double) child.number("bytes") / child.number("counted")),
                vperf(1).and(ProcessRows::manyIntervals)));
        rows.add(new AttachRow("attach", settings));
        rows.add(new InliningRow("inlining", settings, Rows.vperfAgent(settings, "")));
        rows.add(new ProcessRow(
                "idle",
                1,
                Rows.vperfAgent(settings, ""),
                List.of("-cp", self, Idle.class.getName(), IDLE_SECONDS),
                ProcessRows::idle,
                vperf(1).and(ProcessRows::manyIntervals)));
        Path methods =
                GeneratedJar.methods(settings.target().resolve("many-methods.jar"), METHOD_CLASSES, METHODS_PER_CLASS);
        List<String> memory = List.of(
                "-cp",
                self + ":" + methods,
                ManyMethods.class.getName(),
                "" + METHOD_CLASSES,
                "" + METHODS_PER_CLASS,
                "" + THREADS);
        // All of the heap resident from the start: what RSS grows by is native.
        List<String> heap = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");
        withAndWithout("memory", 1, heap, memory, ProcessRows::memory, vperf(METHOD_CLASSES * METHODS_PER_CLASS));
        return rows;
    }

    /** On one carrier, so that it is the two that take turns and not two carriers. Also with an agent that does nothing. */
    private void virtualThreads(String where, int methods) {
        String id = "virtual-switch." + where;
        String carriers = "-Djdk.virtualThreadScheduler.parallelism=1";
        List<String> application = List.of("-cp", settings.self().toString(), VirtualSwitch.class.getName(), where);
        ProcessRow.Reading reading =
                child -> Map.of(Metric.SWITCH_NS, (double) child.number("switchesNs") / child.number("switches"));
        String empty = "-javaagent:" + GeneratedJar.agent(settings.target().resolve("empty-agent.jar"));
        List<String> emptyAgent = List.of(carriers, empty);
        rows.add(new ProcessRow(
                id + ".empty-agent", 1, folder -> emptyAgent, application, reading, Proof.NOTHING_MEASURED));
        withAndWithout(id, 1, List.of(carriers), application, reading, vperf(methods));
    }

    private static VperfProof vperf(int methods) {
        return new VperfProof(methods, true, List.of(), List.of());
    }

    private List<String> reportingAgent(Path folder) {
        return List.of("-javaagent:" + settings.vperf() + "=dump='" + VperfDump.file(folder) + "'");
    }

    /** Where nothing is measured there is no dump; but at exit the agent says so where its report would be. */
    private static String foundNothing(Trial trial) throws UnprovenException {
        Path errors = trial.folder().resolve(Child.ERRORS);
        try {
            if (!Files.readString(errors).contains("vperf: nothing was measured")) {
                throw new UnprovenException("vperf did not say that it measured nothing, see " + errors);
            }
        } catch (IOException e) {
            throw new UnprovenException("cannot read " + errors, e);
        }
        return "vperf said that it found nothing to measure";
    }

    private void withAndWithout(
            String id,
            int passes,
            List<String> jvmArgs,
            List<String> application,
            ProcessRow.Reading reading,
            Proof proof) {
        rows.add(new ProcessRow(id + ".none", passes, folder -> jvmArgs, application, reading, Proof.NOTHING_MEASURED));
        Function<Path, List<String>> agent = folder -> {
            List<String> args = new ArrayList<>(jvmArgs);
            args.addAll(Rows.vperfAgent(settings, "").apply(folder));
            return args;
        };
        rows.add(new ProcessRow(id + ".vperf", passes, agent, application, reading, proof));
    }

    private static ProcessRow.Reading until(String instant) {
        return child -> Map.of(Metric.UNTIL_MS, child.millisUntil(instant));
    }

    /** Sampler and dumper, at least, were there and not just one of them. */
    private static Map<Metric, Double> idle(Child child) throws UnprovenException {
        if (child.number("threads") < 2) {
            throw new UnprovenException("only " + child.number("threads") + " threads are named vperf-");
        }
        return Map.of(Metric.VCPU_PERCENT, 100.0 * child.number("cpuNs") / child.number("wallNs"));
    }

    private static String manyIntervals(Trial trial) throws UnprovenException {
        int intervals = VperfDump.read(VperfDump.file(trial.folder())).intervals();
        if (intervals < 3) {
            throw new UnprovenException("only " + intervals + " intervals were dumped");
        }
        return intervals + " intervals";
    }

    private static Map<Metric, Double> memory(Child child) throws UnprovenException {
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.MEMORY_MIB, child.number("bytes") / MIB);
        metrics.put(Metric.HEAP_MIB, child.number("heapBytes") / MIB);
        metrics.put(Metric.NATIVE_MIB, (child.number("bytes") - child.number("heapBytes")) / MIB);
        return metrics;
    }
}
