package io.vperf.benchmarks;

import io.vperf.benchmarks.apps.HotLoops;
import io.vperf.benchmarks.calls.SmallMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Whether, in a hot loop, the measured method is inlined as it would be unmeasured, and the probe's two halves into it:
 * by the compiler's own log.
 *
 * @param jvmArgs that start the agent, by the trial's folder
 */
record InliningRow(String id, Settings settings, Function<Path, List<String>> jvmArgs) implements Row {

    private static final String SECONDS = "3";
    private static final String SMALL = SmallMethod.class.getName();
    private static final String PROBE = "io.vperf.bootstrap.Probe";
    private static final int DEEPEST_SHOWN = 6;

    @Override
    public Sample run(Path folder) throws UnprovenException {
        Path log = folder.resolve("compilation.log");
        List<String> arguments = new ArrayList<>(jvmArgs.apply(folder));
        arguments.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+LogCompilation", "-XX:LogFile=" + log));
        arguments.addAll(List.of("-cp", settings.self().toString(), HotLoops.class.getName(), SECONDS));
        Child child = Child.run(folder, arguments);
        String proof = VperfProof.oneMethod().check(new Trial(folder, child.number("calls"), 0));
        List<String> lines;
        try {
            lines = Files.readAllLines(log);
        } catch (IOException e) {
            throw new UnprovenException("no compilation log", e);
        }
        List<InlineLog.Site> loop = InlineLog.read(lines, SMALL + " loopMeasured");
        List<InlineLog.Site> method = InlineLog.read(lines, SMALL + " measured");
        if (loop.isEmpty()) {
            throw new UnprovenException("C2 did not compile the loop, see " + log);
        }
        boolean methodInLoop = isInlined(loop, SMALL + ".measured");
        // Where the loop does not take the method in, its own code tells of the probe.
        List<InlineLog.Site> around = methodInLoop ? loop : method;
        double inlined = (methodInLoop ? 1 : 0)
                + (isInlined(around, PROBE + ".enter") ? 1 : 0)
                + (isInlined(around, PROBE + ".exit") ? 1 : 0);
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.INLINED, inlined);
        metrics.put(
                Metric.RECORDER_INLINED,
                (isHandlerInlined(around, PROBE + ".enter") ? 1.0 : 0)
                        + (isHandlerInlined(around, PROBE + ".exit") ? 1 : 0));
        String detail = tree("loopMeasured, compiled by C2", loop)
                + (methodInLoop ? "" : tree("measured, compiled by C2 for itself", method));
        return new Sample(metrics, proof, detail);
    }

    /** At one site at least: that of an exception never thrown is left out as cold, rightly. */
    private static boolean isInlined(List<InlineLog.Site> sites, String callee) {
        return sites.stream().anyMatch(site -> site.callee().equals(callee) && site.inlined());
    }

    /** The first call inside the probe's half is that of the handler. */
    private static boolean isHandlerInlined(List<InlineLog.Site> sites, String half) {
        for (int i = 0; i + 1 < sites.size(); i++) {
            InlineLog.Site site = sites.get(i);
            InlineLog.Site next = sites.get(i + 1);
            if (site.callee().equals(half) && site.inlined() && next.depth() > site.depth() && next.inlined()) {
                return true;
            }
        }
        return false;
    }

    private static String tree(String title, List<InlineLog.Site> sites) {
        StringBuilder text = new StringBuilder(title).append('\n');
        for (InlineLog.Site site : sites) {
            if (site.depth() <= DEEPEST_SHOWN) {
                text.append(site).append('\n');
            }
        }
        return text.toString();
    }
}
