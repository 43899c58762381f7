package io.vperf.vmware;

import io.vperf.shim.Capability;
import io.vperf.shim.NativeMemory;
import io.vperf.shim.Natives;
import io.vperf.shim.Shim;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * VMware's pseudo performance counters, read by RDPMC. Where the virtual machine's settings lack {@code
 * monitor_control.pseudo_perfctr = TRUE}, reading one ends the process. Used by one thread at a time.
 */
public final class PseudoCounters {

    /** The host's time counter, and real and apparent time since the machine was powered on; PAPI has the same three. */
    private static final Map<String, Integer> INDEXES = new LinkedHashMap<>();

    static {
        INDEXES.put("hostTscTicks", 0x10000);
        INDEXES.put("elapsedNs", 0x10001);
        INDEXES.put("apparentNs", 0x10002);
    }

    private final Shim shim;
    private final NativeMemory answer;
    private Map<String, Long> last;

    private PseudoCounters(Shim shim, NativeMemory answer) {
        this.shim = shim;
        this.answer = answer;
        last = read();
    }

    /**
     * Takes the first reading, if that is safe.
     *
     * @param trial reads them in another process; called only where CPUID says VMware
     */
    public static Capability<PseudoCounters> open(
            Capability<Natives> natives, Capability<Boolean> isVmware, Supplier<Capability<String>> trial) {
        return isVmware.then(is -> is
                        ? trial.get()
                        : Capability.<String>unavailable("CPUID says that this is no VMware virtual machine", ""))
                .then(passed -> natives)
                .then(PseudoCounters::of);
    }

    /** Reads without a trial: for the process that is the trial. */
    public static Capability<PseudoCounters> of(Natives natives) {
        return natives.shim().then(shim -> {
            NativeMemory answer = natives.allocate(Long.BYTES);
            return shim.vperf_pmc_raw(INDEXES.values().iterator().next(), answer.address()) == 0
                    ? Capability.available(new PseudoCounters(shim, answer))
                    : Capability.unavailable("RDPMC is an instruction of x86-64", "");
        });
    }

    private Map<String, Long> read() {
        Map<String, Long> now = new LinkedHashMap<>();
        INDEXES.forEach((name, index) -> {
            int unused = shim.vperf_pmc_raw(index, answer.address());
            now.put(name, answer.buffer().getLong(0));
        });
        return now;
    }

    /**
     * What each grew by since this was last called; of one that ran backwards, as after a move to another host, that is
     * unknown, and it is not there.
     */
    public Map<String, Long> take() {
        Map<String, Long> now = read();
        Map<String, Long> grown = new LinkedHashMap<>();
        now.forEach((name, value) -> {
            Long before = last.get(name);
            if (before != null && value - before >= 0) {
                grown.put(name, value - before);
            }
        });
        last = now;
        return grown;
    }
}
