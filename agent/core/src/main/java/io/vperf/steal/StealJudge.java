package io.vperf.steal;

import io.vperf.clock.ThreadClock;
import java.util.List;

/** What the recorder asks of the steal side about long calls. Used on the sampler's thread only. */
public interface StealJudge {

    /** Whether the steal counters are up to date for everything before the call's end. */
    boolean isCovered(LongCall call);

    /**
     * What was stolen from each of these calls, in their order. Calls of one thread come in the order of their ends, each
     * once.
     */
    List<Verdict> judge(List<LongCall> calls);

    /** This call will not be judged. */
    void skip(LongCall call);

    /**
     * The most that was stolen from all vCPUs together during a call, by what their counters showed; {@link
     * ThreadClock#UNKNOWN} where nobody can tell.
     */
    default long stolenMeanwhileNs(LongCall call) {
        return ThreadClock.UNKNOWN;
    }

    /** Whether, by what the counters show by now, nothing was stolen from any vCPU in a stretch of time. */
    default boolean isQuiet(long fromNs, long toNs) {
        return false;
    }

    /** A thread has ended and none of its calls is still to come. */
    void threadEnded(long thread);
}
