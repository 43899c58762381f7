package io.vperf.benchmarks;

import io.vperf.benchmarks.apps.Attaching;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What CPU time a turn of a hot loop with a call takes before vperf is attached, while it is, and after it was detached: of one JVM, so that the ratio means something. */
record AttachRow(String id, Settings settings) implements Row {

    private static final double PS_PER_NS = 1e3;

    @Override
    public int passes() {
        return 1;
    }

    @Override
    public Sample run(Path folder) throws UnprovenException {
        Child child = Child.run(
                folder,
                List.of(
                        "-cp",
                        settings.self().toString(),
                        Attaching.class.getName(),
                        settings.vperf().toString(),
                        VperfDump.file(folder).toString()));
        String proven = VperfProof.oneMethod().check(new Trial(folder, child.number("calls"), 0));
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.BEFORE_NS, child.number("beforePs") / PS_PER_NS);
        metrics.put(Metric.CALL_NS, child.number("attachedPs") / PS_PER_NS);
        metrics.put(Metric.AFTER_NS, child.number("afterPs") / PS_PER_NS);
        metrics.put(Metric.AFTER_TO_BEFORE, (double) child.number("afterPs") / child.number("beforePs"));
        return new Sample(metrics, proven, "");
    }
}
