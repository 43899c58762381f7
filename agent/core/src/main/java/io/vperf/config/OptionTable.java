package io.vperf.config;

import io.vperf.select.Patterns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every option, in the order of the help text. The one place where an option is declared. */
final class OptionTable {

    private static final long US = 1_000;
    private static final long MS = 1_000 * US;
    private static final long SECOND = 1_000 * MS;
    private static final long HOUR = 3_600 * SECOND;
    private static final long KB = 1L << 10;
    private static final long MB = 1L << 20;
    private static final long GB = 1L << 30;
    private static final long TB = 1L << 40;

    private static final List<Option<?>> DECLARED = new ArrayList<>();

    static final Option<Output> DUMP = option(
            "dump",
            OutputValue.dump(),
            "vperf-%h-%p-%t.hlog",
            "file for the interval histograms; %h: host name, %p: process id, %t: start time in UTC, %%: percent sign");

    static final Option<Long> INTERVAL = option(
            "interval",
            QuantityValue.duration(Options.LEAST_INTERVAL_NS, Options.MOST_INTERVAL_NS),
            "10s",
            "interval of the dumps");

    static final Option<Long> ROTATE = option(
            "rotate",
            QuantityValue.sizeOrZero(64 * KB, TB, "never"),
            "100MB",
            "size at which a new dump file is begun");

    static final Option<Integer> KEEP = option(
            "keep", new IntegerValue(1, 10_000), "10", "dump files kept per run; the oldest is removed for a new one");

    static final Option<Output> REPORT =
            option("report", OutputValue.report(), "stderr", "where the table at exit is printed");

    static final Option<Long> SAMPLE = option(
            "sample",
            QuantityValue.duration(10 * MS, 10 * SECOND),
            "100ms",
            "period of the sampler of stolen time; a fifth of that, at least 10ms, where calls meet steal;"
                    + " ten times that, at most 1s, while no call needs it");

    static final Option<Long> SHORT = option(
            "short",
            QuantityValue.duration(US, 10 * MS),
            "50us",
            "calls below this are recorded at once, without correction");

    static final Option<Boolean> EXPLAIN = option(
            "explain",
            new SwitchValue(),
            "on",
            "whether it is found out where the time of long calls went: run delay, throttling, blocking");

    static final Option<Integer> SLOW_CALLS = option(
            "slow-calls",
            new IntegerValue(0, 100),
            "5",
            "how many of the slowest calls of each method are kept whole in each interval");

    static final Option<Long> SLOW = option(
            "slow",
            QuantityValue.durationOrZero(MS, HOUR, "none"),
            "0",
            "calls that take as long as this are kept whole too, up to 100 of each method in each interval");

    static final Option<Integer> METHODS =
            option("methods", new IntegerValue(1, 1_000_000), "10000", "most methods that are measured");

    static final Option<Patterns> INCLUDE = option(
            "include",
            new PatternsValue(),
            "",
            "methods that are measured although they are not marked: classes (com.acme.**), methods and their arguments"
                    + " (com.acme.Order#pay*, *Repository#find(..)), subtypes (com.acme.Repository+), annotations"
                    + " (@com.acme.Slow, @spring)");

    static final Option<Patterns> EXCLUDE = option(
            "exclude", new PatternsValue(), "", "methods that are not measured, whether they are marked or included");

    static final Option<Boolean> TRIVIAL = option(
            "trivial",
            new SwitchValue(),
            "off",
            "whether patterns that do not name a method take accessors and others that do next to nothing, too");

    static final Option<Integer> MAX_MATCHED = option(
            "max-matched",
            new IntegerValue(1, 1_000_000),
            "1000",
            "most methods that each pattern of include brings; then it is told, and the pattern takes no more");

    static final Option<Long> BUDGET = option(
            "budget",
            new PercentValue(100, 500_000),
            "off",
            "most that measuring may cost, of the application's CPU time, besides counting, which takes some 10 ns a call; methods that cost more are counted, and"
                    + " measured 1 in N");

    static final Option<Long> BACKLOG = option(
            "backlog", QuantityValue.size(MB, 4 * GB), "64MB", "most memory for intervals that cannot be written yet");

    static final Option<Boolean> NATIVE =
            option("native", new SwitchValue(), "on", "whether native code may be loaded");

    static final Option<String> NATIVE_DIR = option(
            "native-dir",
            PathValue.folderOrNone(),
            "",
            "folder that holds native libraries while they are loaded; empty: the JVM's temporary folder");

    static final Option<CpuSource> CPU = option(
            "cpu",
            new ChoiceValue<>(List.of(CpuSource.values())),
            "auto",
            "where thread CPU time is taken from; auto: the cheapest that works");

    static final Option<WallSource> WALL = option(
            "wall",
            new ChoiceValue<>(List.of(WallSource.AUTO, WallSource.NANOTIME, WallSource.TSC)),
            "auto",
            "source of wall time: System.nanoTime(), or the processor's time counter where that is guaranteed to"
                    + " be right; auto: the cheaper of the two");

    static final Option<List<String>> COUNTERS = option(
            "counters",
            new CountersValue(),
            "off",
            "hardware and software events that are counted in each measured call, in user space unless a modifier says"
                    + " otherwise (:u, :k, :ku); what this machine does not have, or counts wrong, is left out with the reason");

    static final Option<CounterWay> COUNTER_READING = option(
            "counter-reading",
            new ChoiceValue<>(List.of(CounterWay.values())),
            "auto",
            "how hardware events are read: by a system call, or from the mmap page of each event and the processor's registers;"
                    + " auto: the cheaper of the two");

    static final Option<Boolean> ALLOCATIONS = option(
            "allocations", new SwitchValue(), "off", "whether bytes allocated in each measured call are counted");
    static final Option<Boolean> NETWORK = option(
            "network",
            new SwitchValue(),
            "off",
            "whether the counters of network interfaces and InfiniBand ports go into the dump, as what passed in each"
                    + " interval");

    static final Option<Boolean> VMWARE = option(
            "vmware",
            new SwitchValue(),
            "off",
            "whether what VMware tells of this virtual machine goes into the dump, as of each interval");

    static final Option<String> VMWARE_LIBRARY = option(
            "vmware.library",
            PathValue.fileOrNone(),
            "",
            "VMware's guest library; empty: libvmGuestLib.so or, of open-vm-tools, libguestlib.so.0");

    static final Option<Boolean> VMWARE_PSEUDO_COUNTERS = option(
            "vmware.pseudo-counters",
            new SwitchValue(),
            "off",
            "whether VMware's pseudo performance counters are read; they are tried in another process first");
    static final Option<TimeSource> TIMEREF = option(
            "timeref",
            new TimeSourceValue(),
            "off",
            "clock outside of the guest, asked once an interval whether the guest's own keeps time or stood still: a host"
                    + " where java -jar vperf.jar timeserver runs, or ptp for the host's clock where the hypervisor shows it");

    static final Option<Boolean> JMX = option(
            "jmx",
            new SwitchValue(),
            "on",
            "whether an MXBean, io.vperf:type=Vperf, shows the figures and takes orders, once the JVM has its server for such"
                    + " beans; vperf does not make it create one");

    static final Option<Listen> HTTP = option(
            "http",
            new ListenValue(),
            "off",
            "where Prometheus and others find the run's metrics (/metrics) and whether intervals are written in time (/healthz);"
                    + " anyone who reaches it may read it");

    static final Option<Integer> HTTP_MAX_METHODS = option(
            "http-max-methods",
            new IntegerValue(1, 10_000),
            "200",
            "most methods there, the first that were called, each with some 200 series; how many are left out is a metric, too");

    static final Option<LogLevel> LOG = option(
            "log",
            new ChoiceValue<>(List.of(LogLevel.INFO, LogLevel.DEBUG, LogLevel.OFF)),
            "info",
            "what vperf itself prints on stderr");

    static final Option<String> CONFIG =
            option("config", PathValue.file(), "", "file of further options, in java.util.Properties format, UTF-8");

    static final Option<Boolean> HELP = option("help", new FlagValue(), "", "print this text");

    static final List<Option<?>> ALL = List.copyOf(DECLARED);

    private OptionTable() {}

    private static <T> Option<T> option(String key, ValueType<T> type, String defaultText, String description) {
        Option<T> option = new Option<>(key, type, defaultText, description);
        DECLARED.add(option);
        return option;
    }

    static @Nullable Option<?> find(String key) {
        for (Option<?> option : ALL) {
            if (option.key().equals(key)) {
                return option;
            }
        }
        return null;
    }

    static String[] keys() {
        String[] keys = new String[ALL.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = ALL.get(i).key();
        }
        return keys;
    }
}
