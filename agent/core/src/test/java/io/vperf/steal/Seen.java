package io.vperf.steal;

import java.util.function.ObjIntConsumer;

/** Looks at all timelines there are. */
final class Seen {

    /** More than any test has. */
    private static final int VCPUS = 64;

    private Seen() {}

    static void forEach(Timelines timelines, ObjIntConsumer<VcpuTimeline> action) {
        for (int vcpu = 0; vcpu < VCPUS; vcpu++) {
            VcpuTimeline timeline = timelines.of(vcpu);
            if (timeline != null) {
                action.accept(timeline, vcpu);
            }
        }
    }
}
