package io.vperf.steal;

/** How much of a call's own time was stolen, by what there is to go by. */
interface StealEstimate {

    /** What the call's own clocks say was stolen, if anybody vouches for it. Calls that claim more are heard first. */
    long claimNs(OwnTime own, StealAccount account);

    /**
     * Decides, and takes it from the account.
     *
     * @param claimNs as answered before
     */
    Verdict judge(OwnTime own, StealAccount account, long claimNs);
}
