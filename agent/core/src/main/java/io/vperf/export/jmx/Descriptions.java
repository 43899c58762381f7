package io.vperf.export.jmx;

import java.util.Map;

/** What a console shows of the bean's parts beside their names. {@link VperfMXBean} says more. */
final class Descriptions {

    static final Map<String, String> OF_ATTRIBUTES = Map.of(
            "Version", "of vperf",
            "State", "waiting, measuring, suspended, ended, or off with the reason",
            "Environment", "the JVM, the machine and the run, as at the head of the dump",
            "Health", "counts of trouble since the start of the run, by the end of the latest interval",
            "LatestInterval", "the last interval that has ended; null before one has",
            "LatestMethods", "methods with calls in the latest interval; times in ns, null: unknown",
            "Methods", "all methods since Since; times in ns, null: unknown",
            "Since", "when what Methods covers begins, in ISO 8601, UTC",
            "IntervalMillis", "how long an interval takes, in ms, 100 to 3,600,000; may be set",
            "Patterns", "which choose methods now, beside marks in the code");

    static final Map<String, String> OF_OPERATIONS = Map.of(
            "dumpNow", "ends the running interval, so that dump and bean show what was measured up to now",
            "reset", "ends the running interval, and lets Methods begin anew; dump and report lose nothing",
            "pause", "suspends measuring: calls that begin from now on are not recorded",
            "resume", "measures again after pause",
            "addPatterns",
                    "has more methods measured, as the option include would; answers how many loaded classes were rewritten",
            "removePatterns",
                    "takes patterns back as they stand in Patterns; answers how many loaded classes were rewritten");

    static final String OF_PATTERNS = "CLASS, CLASS#METHOD or @ANNOTATION, with ';' between several";

    private Descriptions() {}
}
