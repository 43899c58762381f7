package io.vperf.top;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What another JVM's bean said.
 *
 * @param state as the bean tells it: "measuring", say
 * @param whole whether rows are of the whole run, or since the last reset, and not of the latest interval alone
 * @param startMs when what the rows cover begins; null where unknown
 * @param endMs when the latest interval ended; null: none has yet
 * @param intervalMs how long intervals are now; null where unknown
 * @param remark why the latest interval is not like others; empty if it is
 */
record Figures(
        long pid,
        String state,
        boolean whole,
        @Nullable Long startMs,
        @Nullable Long endMs,
        @Nullable Long intervalMs,
        String remark,
        List<Row> rows) {

    boolean isAnyInterval() {
        return endMs != null;
    }
}
