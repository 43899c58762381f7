package io.vperf.clock;

/** For how long the JVM says that a thread has been blocked. Read by that thread alone. */
interface BlockTimes {

    /** Whether anybody can tell by now. */
    boolean isReady();

    /** Asks for the calling thread's; false if nobody can tell, or not yet: then somebody is set to work. */
    boolean read();

    /** Nanoseconds it has waited to enter monitors, as of the last reading, in whole milliseconds. */
    long monitorNs();

    /** Nanoseconds it has waited in {@code Object.wait}, {@code LockSupport.park} and {@code Thread.sleep}; the same. */
    long waitingNs();
}
