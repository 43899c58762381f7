package io.vperf.steal;

import io.vperf.record.Recording;

/** Lets a recording settle its calls, and notes each verdict. */
record WatchedSettler(Recording recording, CallLog log, VerdictWatch watch) implements StealSampler.Settler {

    @Override
    public boolean settle(StealJudge judge, boolean last) {
        return recording.settle(new Watched(judge), last);
    }

    @Override
    public boolean isWaiting() {
        return recording.isWaiting();
    }

    @Override
    public void awaitCall(long atMostNs) {
        throw new IllegalStateException("nobody sleeps in simulated time");
    }

    private final class Watched implements StealJudge {

        private final StealJudge judge;

        Watched(StealJudge judge) {
            this.judge = judge;
        }

        @Override
        public boolean isCovered(LongCall call) {
            return judge.isCovered(call);
        }

        @Override
        public Verdict judge(LongCall call) {
            Verdict verdict = judge.judge(call);
            watch.judged(call, verdict, log.judged(call, verdict));
            return verdict;
        }

        @Override
        public void skip(LongCall call) {
            judge.skip(call);
        }

        @Override
        public void threadEnded(long thread) {
            judge.threadEnded(thread);
        }
    }
}
