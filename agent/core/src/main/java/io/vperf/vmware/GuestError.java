package io.vperf.vmware;

import io.vperf.shim.Capability;

/** What VMware's guest library answers with: VMGuestLibError of vmGuestLib.h, and what it means to a user. */
enum GuestError {
    SUCCESS(0, "no error", ""),
    OTHER(1, "VMware's guest library failed without saying why", "look into the host's log of this virtual machine"),
    NOT_RUNNING_IN_VM(2, "VMware's guest library says that this is no VMware virtual machine", ""),
    NOT_ENABLED(
            3,
            "statistics for guests are switched off on the host",
            "set isolation.tools.guestlibGetInfo.disable = \"FALSE\" for this virtual machine"),
    NOT_AVAILABLE(4, "this host does not have this figure", ""),
    NO_INFO(5, "the host has not told anything yet", ""),
    MEMORY(6, "VMware's guest library had not enough memory", "give this system more memory"),
    BUFFER_TOO_SMALL(7, "a value of the host is larger than its place", "report this as an error of vperf"),
    INVALID_HANDLE(8, "VMware's guest library does not know its own handle", "report this as an error of vperf"),
    INVALID_ARG(9, "VMware's guest library was called in a wrong way", "report this as an error of vperf"),
    UNSUPPORTED_VERSION(10, "this host is too old to tell this", "use a newer host"),
    /** A number that vmGuestLib.h does not have. */
    UNKNOWN(-1, "VMware's guest library answered with an error that is not known here", "use a newer vperf");

    private final int code;
    private final String reason;
    private final String remedy;

    GuestError(int code, String reason, String remedy) {
        this.code = code;
        this.reason = reason;
        this.remedy = remedy;
    }

    int code() {
        return code;
    }

    static GuestError of(int code) {
        for (GuestError error : values()) {
            if (error.code == code && error != UNKNOWN) {
                return error;
            }
        }
        return UNKNOWN;
    }

    /** With the number where that is all there is. */
    String reason(int answer) {
        return reason + (this == UNKNOWN ? " (" + answer + ")" : " (VMGUESTLIB_ERROR_" + name() + ")");
    }

    static <T> Capability<T> unavailable(int answer) {
        GuestError error = of(answer);
        return Capability.unavailable(error.reason(answer), error.remedy);
    }
}
