package io.vperf.steal;

import io.vperf.record.Recording;
import java.util.List;

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
    public void kindRevised(String reason) {
        recording.kindRevised(reason);
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
        public List<Verdict> judge(List<LongCall> calls) {
            List<Verdict> verdicts = judge.judge(calls);
            for (int i = 0; i < calls.size(); i++) {
                watch.judged(calls.get(i), verdicts.get(i), log.judged(calls.get(i), verdicts.get(i)));
            }
            return verdicts;
        }

        @Override
        public void skip(LongCall call) {
            judge.skip(call);
        }

        @Override
        public long stolenMeanwhileNs(LongCall call) {
            return judge.stolenMeanwhileNs(call);
        }

        @Override
        public void threadEnded(long thread) {
            judge.threadEnded(thread);
        }
    }
}
