package io.vperf.compare;

import io.vperf.explain.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a method became slower or faster by: parts of its wall time that have one reason.
 *
 * @param change of the parts, a call
 */
record Cause(Group group, Change change) {

    /** Less than this share of the whole change is not worth a word. */
    private static final double WORTH_A_WORD = 0.1;

    enum Group {
        CPU("its own CPU", "cpu"),
        CPU_OR_STEAL("its own CPU or steal", "cpuOrSteal"),
        STEAL("steal", "steal"),
        THROTTLING("throttling", "throttling"),
        RUN_DELAY("waiting for a vCPU", "runDelay"),
        WAITING("waiting", "waiting"),
        NOBODY_KNOWS("what cannot be told apart", "unknown");

        private final String title;
        private final String key;

        Group(String title, String key) {
            this.title = title;
            this.key = key;
        }

        String title() {
            return title;
        }

        /** Part of the format. */
        String key() {
            return key;
        }

        double ns(Sample s) {
            long sumNs = 0;
            for (Part part : Part.values()) {
                sumNs += of(part) == this ? s.partNs(part) : 0;
            }
            return sumNs;
        }

        private static Group of(Part part) {
            return switch (part) {
                case RUNNING -> CPU;
                case RUNNING_OR_STOLEN -> CPU_OR_STEAL;
                case STOLEN -> STEAL;
                case THROTTLED -> THROTTLING;
                case RUN_DELAY -> Group.RUN_DELAY;
                case MONITOR, WAITING, UNMOUNTED, BLOCKED -> Group.WAITING;
                case OFF_CPU, UNKNOWN -> NOBODY_KNOWS;
            };
        }
    }

    /** All groups, as far as the parts are known on both sides. */
    static List<Cause> of(Side a, Side b) {
        List<Cause> all = new ArrayList<>();
        if (a.all.splitCalls() == 0 || b.all.splitCalls() == 0) {
            return all;
        }
        for (Group group : Group.values()) {
            double ofA = group.ns(a.all) / a.all.splitCalls();
            double ofB = group.ns(b.all) / b.all.splitCalls();
            if (ofA != 0 || ofB != 0) {
                Change change = Noise.judge(
                        ofA,
                        ofB,
                        a.partsError(group::ns),
                        b.partsError(group::ns),
                        Math.min(a.units(), b.units()),
                        false);
                all.add(new Cause(group, change));
            }
        }
        return all;
    }

    /** Those that changed as the whole did and are a part worth a word of that, the largest first. */
    static List<Cause> behind(Change whole, List<Cause> all) {
        Double ns = whole.ns();
        return ns == null
                ? List.of()
                : all.stream()
                        .filter(cause ->
                                cause.change.state() == whole.state() && cause.size() >= WORTH_A_WORD * Math.abs(ns))
                        .sorted(Comparator.comparingDouble(Cause::size).reversed())
                        .toList();
    }

    private double size() {
        Double ns = change.ns();
        return ns == null ? 0 : Math.abs(ns);
    }
}
