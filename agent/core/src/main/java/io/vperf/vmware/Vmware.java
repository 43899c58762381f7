package io.vperf.vmware;

import io.vperf.shim.Capability;
import io.vperf.shim.GuestLib;
import io.vperf.shim.GuestLibrary;
import io.vperf.shim.Natives;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** VMware's statistics of this virtual machine, interval by interval. Used by one thread at a time. */
public final class Vmware {

    static final String MOVED = "the virtual machine was moved to another host, resumed or reverted in this interval";
    static final String BACKWARDS = "a total of the host ran backwards in this interval";
    static final String FIRST = "the host did not answer at the beginning of this interval";

    private final GuestStatistics statistics;
    private @Nullable GuestReading last;

    private Vmware(GuestStatistics statistics, GuestReading first) {
        this.statistics = statistics;
        this.last = first;
    }

    /**
     * Loads the library and takes the first reading.
     *
     * @param library path of the library, or empty for the usual ones, which are loaded only where there is VMware
     * @param isVmware by CPUID; else the library's look for VMware can do harm: {@link GuestLib#VMGuestLib_OpenHandle}
     */
    public static Capability<Vmware> open(Capability<Natives> natives, String library, Capability<Boolean> isVmware) {
        if (natives instanceof Capability.Unavailable<Natives> none) {
            return Capability.unavailable(none.reason(), none.remedy());
        }
        if (library.isEmpty()) {
            if (isVmware instanceof Capability.Unavailable<Boolean> not) {
                return Capability.unavailable(
                        "whether this is VMware is unknown: " + not.reason(),
                        "name the library with vmware.library= if it is");
            }
            if (isVmware instanceof Capability.Available<Boolean> known && !known.value()) {
                return Capability.unavailable("CPUID says that this is no VMware virtual machine", "");
            }
        }
        List<String> names = library.isEmpty() ? GuestLibrary.NAMES : List.of(library);
        return natives.then(loaded -> GuestLibrary.load(loaded, names).then(found -> open(found, loaded)));
    }

    static Capability<Vmware> open(GuestLib library, Natives natives) {
        return GuestStatistics.open(library, natives)
                .then(statistics ->
                        statistics.read().then(first -> Capability.available(new Vmware(statistics, first))));
    }

    /** How much of what there could be this host tells. */
    public String describe() {
        GuestReading reading = last;
        return (reading == null ? 0 : reading.values().size()) + " of " + GuestValue.values().length
                + " figures of VMware's guest library";
    }

    /** What the host says now, and what totals grew by since this was last called. */
    public VmwareInterval take() {
        GuestReading before = last;
        Capability<GuestReading> read = statistics.read();
        if (read instanceof Capability.Unavailable<GuestReading> not) {
            last = null;
            return VmwareInterval.unknown(not.reason());
        }
        GuestReading now = ((Capability.Available<GuestReading>) read).value();
        last = now;
        Map<String, Long> values = new LinkedHashMap<>();
        Map<String, Long> grown = new LinkedHashMap<>();
        String tainted = before == null ? FIRST : before.sessionId() == now.sessionId() ? null : MOVED;
        for (GuestValue value : GuestValue.values()) {
            Long is = now.values().get(value.key);
            if (is == null) {
                continue;
            }
            if (!value.total) {
                values.put(value.key, is);
                continue;
            }
            Long was = before == null ? null : before.values().get(value.key);
            if (tainted == null && was != null) {
                if (is - was < 0) {
                    tainted = BACKWARDS;
                }
                grown.put(value.key, is - was);
            }
        }
        return new VmwareInterval(values, tainted == null ? grown : Map.of(), now.missing(), tainted, null);
    }
}
