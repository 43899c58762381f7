package io.vperf.pauses;

import java.util.regex.Pattern;

/** What the JVM stopped its threads for. */
public enum PauseKind {
    /** A part of a garbage collection that cannot be done beside the application. */
    GC,

    /** Anything else: a thread dump, a class redefined, code thrown away, a heap dump. */
    OTHER;

    /**
     * How the VM operations of HotSpot's collectors are called, JDK 17 to 25: G1CollectForAllocation, G1PauseRemark, GenCollectFull,
     * SerialGCCollect, ParallelGCFailedAllocation, CollectForMetadataAllocation, ShenandoahInitMark, ZMarkStart, XMarkStart
     * (ZGC without generations in 21 to 23). Tests hold it against the JVM's own GC events.
     */
    private static final Pattern COLLECTOR =
            Pattern.compile("(G1|Shenandoah|Parallel|Serial|GenCollect|CollectFor|[XZ](Mark|Relocate|Verify)).*");

    /**
     * Of a VM operation.
     *
     * @param operation as the JVM names it
     */
    static PauseKind of(String operation) {
        return COLLECTOR.matcher(operation).matches() ? GC : OTHER;
    }
}
