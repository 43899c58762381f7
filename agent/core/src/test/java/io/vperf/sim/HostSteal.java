package io.vperf.sim;

/**
 * What the host does to a vCPU: it is free and taken in turns, whether the guest wants to run or not, and a vCPU that wakes
 * from idle may have to wait before it is put on a processor.
 *
 * @param name for tables
 * @param freeNs for how long it is free
 * @param takenNs for how long it is taken; steal, as far as the guest wants to run
 * @param wakeWaits the part of wake-ups from idle that have to wait
 * @param wakeWaitNs for how long
 */
public record HostSteal(String name, Draw freeNs, Draw takenNs, double wakeWaits, Draw wakeWaitNs) {

    private static final Draw NEVER = Draw.always(Long.MAX_VALUE / 4);
    private static final Draw NOT_AT_ALL = Draw.always(0);

    public static HostSteal none() {
        return new HostSteal("none", NEVER, NOT_AT_ALL, 0, NOT_AT_ALL);
    }

    /** Every period the same. */
    public static HostSteal periodic(long periodNs, double share) {
        long takenNs = (long) (periodNs * share);
        return new HostSteal(
                "periodic " + Lengths.of(periodNs),
                Draw.always(periodNs - takenNs),
                Draw.always(takenNs),
                0,
                NOT_AT_ALL);
    }

    /** Bursts of uniform length that come at random. */
    public static HostSteal bursts(long fromNs, long toNs, double share) {
        Draw taken = Draw.uniform(fromNs, toNs);
        return random("bursts " + Lengths.of(fromNs) + "-" + Lengths.of(toNs), taken, share);
    }

    /** Bursts of Pareto lengths, 500 ms at most, that come at random. */
    public static HostSteal heavyTailed(long leastNs, double shape, double share) {
        return random(
                "Pareto " + shape + " from " + Lengths.of(leastNs), Draw.pareto(leastNs, shape, 500_000_000), share);
    }

    private static HostSteal random(String name, Draw taken, double share) {
        Draw free = Draw.exponential((long) (taken.meanNs() * (1 - share) / share));
        return new HostSteal(name, free, taken, 0, NOT_AT_ALL);
    }

    /** Waits of a vCPU that wakes from idle, and nothing else. */
    public static HostSteal wakeWaits(double part, Draw waitNs) {
        return new HostSteal("wake-up waits", NEVER, NOT_AT_ALL, part, waitNs);
    }

    /** The same with waits of a vCPU that wakes from idle. */
    public HostSteal andWakeWaits(double part, Draw waitNs) {
        return new HostSteal(name + " + wake-up waits", freeNs, takenNs, part, waitNs);
    }
}
