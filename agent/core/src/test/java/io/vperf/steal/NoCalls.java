package io.vperf.steal;

/** Has no calls to settle, for samplers whose counters alone are looked at. */
class NoCalls implements StealSampler.Settler {

    @Override
    public boolean settle(StealJudge judge, boolean last) {
        return false;
    }

    @Override
    public boolean isWaiting() {
        return false;
    }

    @Override
    public void kindRevised(String reason) {}

    @Override
    public void awaitCall(long atMostNs) {
        throw new AssertionError("nobody sleeps long here");
    }
}
