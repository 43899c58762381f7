package io.vperf.vmware;

import io.vperf.shim.Capability;
import io.vperf.shim.GuestLib;
import io.vperf.shim.NativeMemory;
import io.vperf.shim.Natives;
import java.util.LinkedHashMap;
import java.util.Map;

/** A handle of VMware's guest library, never closed: there is one for a process. Used by one thread at a time. */
final class GuestStatistics {

    private static final int WORD = 0;
    private static final int HIGH = 4;

    private final GuestLib library;
    private final long handle;
    private final NativeMemory answer;

    private GuestStatistics(GuestLib library, long handle, NativeMemory answer) {
        this.library = library;
        this.handle = handle;
        this.answer = answer;
    }

    /** Opens the handle; see {@link GuestLib#VMGuestLib_OpenHandle} for what else that does. */
    static Capability<GuestStatistics> open(GuestLib library, Natives natives) {
        NativeMemory answer = natives.allocate(Long.BYTES);
        int error;
        try {
            error = library.VMGuestLib_OpenHandle(answer.address());
        } catch (UnsatisfiedLinkError e) {
            return Capability.unavailable(
                    "the library is not VMware's guest library: " + e.getMessage(),
                    "name another with vmware.library=");
        }
        return error == 0
                ? Capability.available(
                        new GuestStatistics(library, answer.buffer().getLong(WORD), answer))
                : GuestError.unavailable(error);
    }

    /** Asks the host. */
    Capability<GuestReading> read() {
        int error = library.VMGuestLib_UpdateInfo(handle);
        if (error == 0) {
            error = library.VMGuestLib_GetSessionId(handle, answer.address());
        }
        if (error != 0) {
            return GuestError.unavailable(error);
        }
        long sessionId = answer.buffer().getLong(WORD);
        if (sessionId == 0) {
            return Capability.unavailable("the host gave no number for this session", "");
        }
        Map<String, Long> values = new LinkedHashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        for (GuestValue value : GuestValue.values()) {
            get(value, values, missing);
        }
        return Capability.available(new GuestReading(sessionId, values, missing));
    }

    private void get(GuestValue value, Map<String, Long> values, Map<String, String> missing) {
        answer.buffer().putInt(HIGH, 0);
        try {
            int error = value.getter.get(library, handle, answer.address());
            if (error != 0) {
                missing.put(value.key, GuestError.of(error).reason(error));
            } else {
                values.put(
                        value.key,
                        value.bits == Integer.SIZE
                                ? Integer.toUnsignedLong(answer.buffer().getInt(WORD))
                                : answer.buffer().getLong(WORD));
            }
        } catch (UnsatisfiedLinkError e) {
            missing.put(value.key, "this library is too old to tell it");
        }
    }
}
