package io.vperf.shim;

/** Why a {@link CounterGroup} was not opened. Caught in {@link Counters#open}; nobody else sees it. */
final class NotOpenedException extends Exception {

    private static final long serialVersionUID = 1;

    /** How many events a group may hold instead, or 0 where fewer of them would not help. */
    final int tryFewer;

    private final String remedy;

    NotOpenedException(int tryFewer, Capability<?> why) {
        super(why instanceof Capability.Unavailable<?> refused ? refused.reason() : "", null, false, false);
        this.tryFewer = tryFewer;
        this.remedy = why instanceof Capability.Unavailable<?> refused ? refused.remedy() : "";
    }

    <T> Capability<T> unavailable() {
        return Capability.unavailable(String.valueOf(getMessage()), remedy);
    }
}
