package io.vperf.counters;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counters that are read at both ends of each measured call. Any thread may call. */
public interface CallCounters {

    /** Where nobody wants any. */
    CallCounters NONE = new CallCounters() {
        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public @Nullable ThreadReader forThisThread() {
            return null;
        }
    };

    /** Their names, in the order of {@link ThreadReader#counts}. */
    List<String> names();

    /** Opens them for the calling native thread; null where it can have none, which is counted. Throws nothing. */
    @Nullable
    ThreadReader forThisThread();

    /** Whether calls are to be counted at all. */
    default boolean isAny() {
        return !names().isEmpty();
    }

    /** The counters of one native thread, read by it alone, without allocation. */
    interface ThreadReader {

        /** What {@link #counts} answers for a counter of which nothing can be told. */
        long UNKNOWN = -1;

        /** How long a reading is. */
        int words();

        /**
         * Reads all, and the wall clock last.
         *
         * @param into its first {@link #words}
         * @return the wall time, nanoseconds
         */
        long readAtEntry(long[] into);

        /** As {@link #readAtEntry}, with the wall clock first. */
        long readAtExit(long[] into);

        /**
         * What was counted between two readings: for each counter its count, or {@link #UNKNOWN}.
         *
         * @param into from {@code at} on
         * @return which of them are estimates, as the counter was on the processor for a part of the time only; bit n: counter n
         */
        long counts(long[] entry, long[] exit, long[] into, int at);

        /** As {@link #counts}, once more for the same call: what is unknown is not counted as trouble again. */
        default long countsAgain(long[] entry, long[] exit, long[] into, int at) {
            return counts(entry, exit, into, at);
        }

        /**
         * What happened since a reading at an exit was vperf's own doing, and is to be in no call's count as far as that can be
         * told: of allocated bytes it can.
         *
         * @param last that reading
         */
        default void leaveOut(long[] last) {}

        /** Gives back what it holds. Its thread must have ended, or read no more. */
        void close();
    }
}
