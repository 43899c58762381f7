package io.vperf.explain;

/** The parts of a call's wall time. Each moment of a call is in exactly one. */
public enum Part {
    RUNNING("running", "running", "CPU time, less what was stolen where it holds that"),
    RUNNING_OR_STOLEN("runningOrStolen", "running or stolen", "CPU time that may hold stolen time: steal is unknown"),
    STOLEN("stolen", "stolen", "taken by the hypervisor, as attributed from the steal counters"),
    RUN_DELAY(
            "runDelay",
            "run delay",
            "runnable, waiting for a vCPU, by schedstat; without what was stolen or throttled meanwhile"),
    THROTTLED("throttled", "throttled", "kept from running by a cgroup's CPU quota, by its counters"),
    MONITOR("monitor", "monitor", "blocked at the entry to a monitor, by the JVM, to the millisecond"),
    WAITING("waiting", "wait/park/sleep", "in Object.wait, LockSupport.park or Thread.sleep; the same"),
    UNMOUNTED(
            "unmounted",
            "unmounted",
            "a virtual thread on no carrier: parked, asleep, in I/O, waiting for a monitor, or for a carrier"),
    BLOCKED("blocked", "blocked otherwise", "off the CPU, and none of the above: I/O, page faults, native locks"),
    OFF_CPU(
            "offCpu",
            "off the CPU",
            "not charged CPU time; what for was not asked (short calls), or it never gave its vCPU up: steal that no counter bears"
                    + " out, interrupts"),
    UNKNOWN("unknown", "unknown", "the call's CPU time is not known");

    private final String key;
    private final String title;
    private final String meaning;

    Part(String key, String title, String meaning) {
        this.key = key;
        this.title = title;
        this.meaning = meaning;
    }

    /** Where it is in an array of all parts. */
    @SuppressWarnings("EnumOrdinal") // made and read within one process
    int at() {
        return ordinal();
    }

    /** The name in dumps; part of the file format. */
    public String key() {
        return key;
    }

    /** The part of that name, or {@link #UNKNOWN}. */
    public static Part ofKey(String key) {
        for (Part part : values()) {
            if (part.key.equals(key)) {
                return part;
            }
        }
        return UNKNOWN;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** What it is, and who says so. */
    public String meaning() {
        return meaning;
    }
}
