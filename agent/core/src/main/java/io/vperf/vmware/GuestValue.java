package io.vperf.vmware;

import io.vperf.shim.GuestLib;

/** The 18 figures that PAPI's vmware component offers, under the names of the library's functions, which carry the units. */
enum GuestValue {
    CPU_LIMIT("cpuLimitMHz", 32, false, GuestLib::VMGuestLib_GetCpuLimitMHz),
    CPU_RESERVATION("cpuReservationMHz", 32, false, GuestLib::VMGuestLib_GetCpuReservationMHz),
    CPU_SHARES("cpuShares", 32, false, GuestLib::VMGuestLib_GetCpuShares),
    /** How long the machine could run and was not let. PAPI reports the total, not what it grew by. */
    CPU_STOLEN("cpuStolenMs", 64, true, GuestLib::VMGuestLib_GetCpuStolenMs),
    CPU_USED("cpuUsedMs", 64, true, GuestLib::VMGuestLib_GetCpuUsedMs),
    /** Since the machine began to run on this host. */
    ELAPSED("elapsedMs", 64, true, GuestLib::VMGuestLib_GetElapsedMs),
    MEM_ACTIVE("memActiveMB", 32, false, GuestLib::VMGuestLib_GetMemActiveMB),
    MEM_BALLOONED("memBalloonedMB", 32, false, GuestLib::VMGuestLib_GetMemBalloonedMB),
    MEM_LIMIT("memLimitMB", 32, false, GuestLib::VMGuestLib_GetMemLimitMB),
    MEM_MAPPED("memMappedMB", 32, false, GuestLib::VMGuestLib_GetMemMappedMB),
    MEM_OVERHEAD("memOverheadMB", 32, false, GuestLib::VMGuestLib_GetMemOverheadMB),
    MEM_RESERVATION("memReservationMB", 32, false, GuestLib::VMGuestLib_GetMemReservationMB),
    MEM_SHARED("memSharedMB", 32, false, GuestLib::VMGuestLib_GetMemSharedMB),
    MEM_SHARES("memShares", 32, false, GuestLib::VMGuestLib_GetMemShares),
    MEM_SWAPPED("memSwappedMB", 32, false, GuestLib::VMGuestLib_GetMemSwappedMB),
    MEM_TARGET_SIZE("memTargetSizeMB", 64, false, GuestLib::VMGuestLib_GetMemTargetSizeMB),
    MEM_USED("memUsedMB", 32, false, GuestLib::VMGuestLib_GetMemUsedMB),
    HOST_CPU("hostProcessorSpeedMHz", 32, false, GuestLib::VMGuestLib_GetHostProcessorSpeed);

    /** The name in dumps; part of the file format. */
    final String key;

    final int bits;

    /** Whether it only grows while the machine stays on a host, so that what it grew by is what counts. */
    final boolean total;

    @SuppressWarnings("ImmutableEnumChecker") // references to methods, which hold nothing
    final Getter getter;

    /** One of the library's functions. */
    interface Getter {
        int get(GuestLib library, long handle, long address);
    }

    GuestValue(String key, int bits, boolean total, Getter getter) {
        this.key = key;
        this.bits = bits;
        this.total = total;
        this.getter = getter;
    }
}
