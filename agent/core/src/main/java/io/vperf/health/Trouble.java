package io.vperf.health;

/** The kinds of trouble that are counted, each with what a count of it means to the reader of a report. */
public enum Trouble {
    SUPPRESSED_ERRORS("suppressedErrors", "errors inside vperf that were kept from the application"),
    LOST_FRAMES(
            "lostFrames",
            "calls whose exit was not seen (a constructor whose super(…) threw, a region never closed, a full stack),"
                    + " or was seen without its entry"),
    STACK_FULL("stackFull", "probes, at least, that the stack had no room for; their calls are not measured"),
    INSIDE_PROBE("insideProbe", "calls another agent made inside a probe; not measured"),
    REGIONS_MISPLACED(
            "regionsMisplaced",
            "regions closed on another thread, after what was around them, or inside of a measured call; refused"),
    REGIONS_LEFT_OUT(
            "regionsLeftOut", "regions begun, not measured: their names were more than half of methods= allows"),
    REGIONS_UNNAMED("regionsUnnamed", "regions begun without a name (null or empty); not measured"),
    TOO_DEEP("tooDeep", "calls beyond the depth of measured calls one thread may have; not measured"),
    CPU_REFUSED(
            "cpuRefused",
            "calls on virtual threads whose CPU time is unknown: there is no clock, or not every mount was seen;"
                    + " wall time is exact"),
    CLOCK_DEGRADED(
            "clockDegraded", "threads whose CPU time takes a system call per reading: no sign of a switch was left"),
    CLOCK_REFUTED(
            "clockRefuted", "times the CPU clock was given up for the system call: it had not seen threads block"),
    WAITS_UNKNOWN(
            "waitsUnknown",
            "threads switched out for a time that is unknown, as their schedstat could not be opened;"
                    + " what was stolen from such calls is less certain"),
    COUNTERS_REFUSED("countersRefused", "threads that could have no counters; their calls go without"),
    COUNTS_REFUSED("countsRefused", "calls not counted: on virtual threads, or on threads without counters"),
    COUNTERS_LOST(
            "countersLost", "threads whose counters somebody else has closed; their calls go without from then on"),
    COUNTS_UNKNOWN(
            "countsUnknown", "counts of calls that are unknown: the counter was not on the processor while they ran"),
    BLOCKS_UNKNOWN(
            "blocksUnknown",
            "threads blocked for a time that is unknown, as they could have no perf event;"
                    + " what was stolen from such calls is less certain"),
    CPU_REVISED(
            "cpuRevised", "calls in progress whose CPU time at entry was found too large when the kernel was asked"),
    CLOCK_BACKWARDS(
            "clockBackwards",
            "calls whose CPU clock ran backwards, CPU time unknown; or their wall clock, not recorded"),
    CLOCK_DEMOTED("clockDemoted", "clocks given up for the run as they disagreed with the kernel; the log names them"),
    UNCORRECTED_UNKNOWN_SHARE(
            "uncorrectedUnknownShare", "long calls entered uncorrected: their CPU time or vCPU is unknown"),
    UNCORRECTED_OVERFLOW(
            "uncorrectedOverflow", "long calls entered uncorrected: too many waited for the steal counter"),
    UNCORRECTED_TIMEOUT("uncorrectedTimeout", "long calls entered uncorrected: the steal counter did not move in time"),
    UNCORRECTED_TAINTED("uncorrectedTainted", "long calls entered uncorrected: the steal counter misbehaved"),
    TAINTED_WINDOWS("taintedWindows", "stretches in which a vCPU's steal counter misbehaved"),
    CLAMPED_NEGATIVE("clampedNegative", "estimates of stolen time that came out below zero"),
    CLAMPED_TO_WALL("clampedToWall", "estimates of stolen time above what the call's own clocks leave room for"),
    CLAMPED_TO_CPU("clampedToCpu", "calls from which more was stolen than their CPU time, which is corrected to 0"),
    INTERVALS_TAINTED("intervalsTainted", "intervals without corrected times, as what they rest on was refuted"),
    PAUSES_UNKNOWN("pausesUnknown", "runs of which it is unknown for how long the JVM was paused"),
    SLOW_CALLS_LEFT_OUT("slowCallsLeftOut", "slow calls not kept whole: there were too many in the interval"),
    SAMPLES_FAILED("samplesFailed", "readings of the steal counter that failed"),
    THROTTLE_SAMPLES_FAILED(
            "throttleSamplesFailed", "readings of a cgroup's throttle counters that failed, or ran backwards"),
    TIMEREF_REFUSED(
            "timerefRefused", "packets refused that are no answers of the time server's: forged, replayed or damaged"),
    METHODS_TOO_MANY(
            "methodsTooMany",
            "methods or regions not measured: methods= allows no more, or the heap has no room for them"),
    METHODS_TOO_HUGE("methodsTooHuge", "methods not measured: with probes HotSpot would never compile them"),
    MATCHED_TOO_MANY(
            "matchedTooMany", "methods not measured: a pattern of include= had reached what max-matched= allows it"),
    SUPERTYPES_UNKNOWN(
            "supertypesUnknown",
            "times a supertype's class file was not found; patterns with a + may miss classes below it"),
    METHODS_LEFT_OUT("methodsLeftOut", "methods not measured: their byte code cannot carry a probe safely"),
    METHODS_SUSPENDING(
            "methodsSuspending",
            "suspend functions of Kotlin that are marked; not measured, as they return in between"),
    METHODS_TO_RETURN(
            "methodsToReturn",
            "methods marked until = COMPLETION that return nothing that could complete; measured to their return"),
    COMPLETIONS_REFUSED(
            "completionsRefused",
            "calls not measured to their completion: what they returned is neither a stage nor a publisher that can be"
                    + " watched; the log names the methods"),
    COMPLETIONS_LEFT_OUT(
            "completionsLeftOut", "calls or subscriptions not measured to their completion: too many were open"),
    COMPLETIONS_LOST(
            "completionsLost",
            "calls or subscriptions whose completion nobody will see: the garbage collector has found what was to"
                    + " complete to be in nobody's hands any more"),
    CLASSES_FAILED("classesFailed", "classes that could not be instrumented"),
    DUMPS_FAILED("dumpsFailed", "intervals that could not be written at their time"),
    DUMP_FILES_LOST(
            "dumpFilesLost",
            "times the dump file was deleted, renamed or cut short by others; another was begun, without what was in it"),
    DUMPS_DROPPED("dumpsDropped", "intervals that were never written: the backlog was full");

    private final String key;
    private final String meaning;

    Trouble(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    /** The name in dumps; part of the file format. */
    public String key() {
        return key;
    }

    public String meaning() {
        return meaning;
    }
}
