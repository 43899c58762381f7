package io.vperf.steal;

/**
 * What the counters say of a call's vCPU while the call lasted.
 *
 * @param wallNs for how long it lasted
 * @param stolenNs what was stolen, whoever was given it
 * @param busyNs what was spent running, whoever did
 */
record Passed(long wallNs, double stolenNs, double busyNs) {

    /**
     * A call's part of the steal.
     *
     * @param exposedNs for how long the call ran or would have run
     */
    long shareNs(long exposedNs) {
        double inAllNs = inAllNs();
        return inAllNs <= 0 ? 0 : (long) (stolenNs * Math.min(1, (double) Math.max(0, exposedNs) / inAllNs));
    }

    /**
     * For how long anything ran or would have run. Busy time and steal are counted by the tick, and bursts that keep step with it
     * make them exceed, together, the time there was.
     */
    double inAllNs() {
        return Math.min((double) wallNs, busyNs + stolenNs);
    }

    /** What was spent neither running nor waiting for the host; less than nothing where ticks exceed the time. */
    double idleNs() {
        return wallNs - stolenNs - busyNs;
    }
}
