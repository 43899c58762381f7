package io.vperf.export;

import java.util.List;
import java.util.Map;

/**
 * What does not change during a run, as it stands at the head of every dump file. Written and read as JSON.
 *
 * @param version of vperf
 * @param startedMs when vperf's recording began, milliseconds since the epoch
 * @param pid of the JVM
 * @param host name
 * @param jvm vendor, name and version
 * @param kernel release
 * @param vcpus how many the JVM sees
 * @param hypervisor as known, or why it is not
 * @param kernelKind whether thread CPU time excludes steal, with the reasons
 * @param steal where steal is read from, or why it is unknown
 * @param clocks which clock gives which reading
 * @param costsNs what each reading costs on this machine, nanoseconds, if the start could tell; {@link #PROBE_AT_START}: a whole measured call before
 *     HotSpot has compiled the probe
 * @param options those that are not at their default, with where they were set
 * @param capabilities each with "available …" or the reason why it is missing
 * @param shortNs calls below this are recorded at once, uncorrected
 * @param intervalNs length of an interval
 */
public record RunHeader(
        String version,
        long startedMs,
        long pid,
        String host,
        String jvm,
        String kernel,
        int vcpus,
        String hypervisor,
        String kernelKind,
        String steal,
        Map<String, String> clocks,
        Map<String, Long> costsNs,
        Map<String, String> options,
        List<Capability> capabilities,
        long shortNs,
        long intervalNs) {

    public static final String PROBE_AT_START = "probeAtStart";

    /** What a capability's name begins with that says whether a counter is there. */
    public static final String COUNTER = "counter ";

    /** The capability that says where CPU time comes from. */
    public static final String CPU_TIME = "CPU time";

    /** Whether CPU times are corrected as well as wall times, and why; as known at the start. */
    public String cpuCorrection() {
        int end = kernelKind.indexOf(':');
        return switch (end < 0 ? kernelKind : kernelKind.substring(0, end)) {
            case "excludes" -> "none, as CPU time holds no steal on this kernel";
            case "includes" -> "CPU time less steal, as CPU time holds steal on this kernel; where steal is known";
            default -> "none, as it is unknown whether CPU time holds steal on this kernel";
        };
    }

    /**
     * Something vperf can use where it is there.
     *
     * @param name of it
     * @param available whether it is there
     * @param detail what it is, or why it is not there
     * @param remedy what to change to have it; empty where nothing helps or is needed
     */
    public record Capability(String name, boolean available, String detail, String remedy) {}
}
