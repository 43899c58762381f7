package io.vperf.config;

import io.vperf.select.Patterns;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything a user can set, valid and typed. Ranges and defaults: {@link Help#text}. Immutable.
 *
 * @param dump where interval histograms go: a file whose path is a pattern for {@link DumpPath#expand}, or off
 * @param intervalNs interval of the dumps
 * @param rotateBytes size at which a new dump file is begun; 0 for never
 * @param keepFiles dump files kept per run
 * @param report where the table at exit goes
 * @param sampleNs period of the steal sampler
 * @param shortCallNs calls below this are recorded at once, uncorrected
 * @param explain whether it is found out where the time of long calls went
 * @param slowCalls how many of the slowest calls of each method are kept in each interval
 * @param slowNs calls this long are kept too; 0 for none
 * @param maxMethods cap on measured methods
 * @param include methods that are measured without a mark
 * @param exclude methods that are not measured
 * @param trivial whether patterns take methods that do next to nothing
 * @param maxMatched most methods of one pattern
 * @param budgetPpm what measuring may cost, in millionths of the process's CPU time; 0 for no limit
 * @param backlogBytes cap on the memory for intervals that cannot be written yet
 * @param nativeCode whether native code may be loaded
 * @param nativeDir folder for native libraries while they are loaded; empty for the JVM's temporary folder
 * @param cpuTime where thread CPU time is taken from
 * @param wall where wall time comes from
 * @param counters events that are counted in each call, as perf writes them
 * @param counterReading how these are read
 * @param allocations whether allocated bytes are
 * @param network whether network counters are read
 * @param vmware whether VMware's guest library is asked
 * @param vmwareLibrary path of that library; empty for the usual ones
 * @param vmwarePseudoCounters whether VMware's pseudo performance counters are read
 * @param timeReference which clock outside of the guest is asked
 * @param jmx whether there is an MXBean
 * @param http where metrics are served
 * @param httpMaxMethods of how many methods
 * @param log what vperf prints on stderr
 * @param settings every option that has a value, as text with its source, in the order of the help text
 */
public record Options(
        Output dump,
        long intervalNs,
        long rotateBytes,
        int keepFiles,
        Output report,
        long sampleNs,
        long shortCallNs,
        boolean explain,
        int slowCalls,
        long slowNs,
        int maxMethods,
        Patterns include,
        Patterns exclude,
        boolean trivial,
        int maxMatched,
        long budgetPpm,
        long backlogBytes,
        boolean nativeCode,
        String nativeDir,
        CpuSource cpuTime,
        WallSource wall,
        List<String> counters,
        CounterWay counterReading,
        boolean allocations,
        boolean network,
        boolean vmware,
        String vmwareLibrary,
        boolean vmwarePseudoCounters,
        TimeSource timeReference,
        boolean jmx,
        Listen http,
        int httpMaxMethods,
        LogLevel log,
        List<Setting> settings) {

    public static final long LEAST_INTERVAL_NS = 100_000_000L;
    public static final long MOST_INTERVAL_NS = 3_600_000_000_000L;

    public Options {
        counters = List.copyOf(counters);
        settings = List.copyOf(settings);
    }

    static Options of(Resolved resolved) {
        return new Options(
                resolved.value(OptionTable.DUMP),
                resolved.value(OptionTable.INTERVAL),
                resolved.value(OptionTable.ROTATE),
                resolved.value(OptionTable.KEEP),
                resolved.value(OptionTable.REPORT),
                resolved.value(OptionTable.SAMPLE),
                resolved.value(OptionTable.SHORT),
                resolved.value(OptionTable.EXPLAIN),
                resolved.value(OptionTable.SLOW_CALLS),
                resolved.value(OptionTable.SLOW),
                resolved.value(OptionTable.METHODS),
                resolved.value(OptionTable.INCLUDE),
                resolved.value(OptionTable.EXCLUDE),
                resolved.value(OptionTable.TRIVIAL),
                resolved.value(OptionTable.MAX_MATCHED),
                resolved.value(OptionTable.BUDGET),
                resolved.value(OptionTable.BACKLOG),
                resolved.value(OptionTable.NATIVE),
                resolved.value(OptionTable.NATIVE_DIR),
                resolved.value(OptionTable.CPU),
                resolved.value(OptionTable.WALL),
                resolved.value(OptionTable.COUNTERS),
                resolved.value(OptionTable.COUNTER_READING),
                resolved.value(OptionTable.ALLOCATIONS),
                resolved.value(OptionTable.NETWORK),
                resolved.value(OptionTable.VMWARE),
                resolved.value(OptionTable.VMWARE_LIBRARY),
                resolved.value(OptionTable.VMWARE_PSEUDO_COUNTERS),
                resolved.value(OptionTable.TIMEREF),
                resolved.value(OptionTable.JMX),
                resolved.value(OptionTable.HTTP),
                resolved.value(OptionTable.HTTP_MAX_METHODS),
                resolved.value(OptionTable.LOG),
                resolved.settings());
    }

    /** The options that somebody has set, be it to their default: what the header of a run lists. */
    public List<Setting> given() {
        List<Setting> given = new ArrayList<>();
        for (Setting setting : settings) {
            if (setting.source() != Source.DEFAULT) {
                given.add(setting);
            }
        }
        return given;
    }
}
