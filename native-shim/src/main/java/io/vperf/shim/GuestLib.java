package io.vperf.shim;

import jnr.ffi.annotations.IgnoreError;

/**
 * VMware's guest library, as JNR-FFI calls it; its contracts are in {@code vmGuestLib.h} of open-vm-tools. All answer with a
 * VMGuestLibError, 0 for success. A handle is for one thread at a time. What a library of another age lacks is found missing by
 * an UnsatisfiedLinkError when it is called.
 *
 * <p>A handle is a pointer, passed as a number, as are addresses; values are 32 or 64 bits, as each says.
 */
public interface GuestLib {

    /**
     * Looks whether there is VMware below. While it does, it exchanges the process's handlers of SIGSEGV and SIGILL
     * ({@code VmCheckSafe}), unless it sees KVM or Xen first.
     */
    @IgnoreError
    int VMGuestLib_OpenHandle(long addressOfHandle);

    @IgnoreError
    int VMGuestLib_CloseHandle(long handle);

    /** Asks the hypervisor; all others answer from what that brought. */
    @IgnoreError
    int VMGuestLib_UpdateInfo(long handle);

    /** 64 bits. */
    @IgnoreError
    int VMGuestLib_GetSessionId(long handle, long address);

    /** 32 bits, as all that follow up to {@link #VMGuestLib_GetMemUsedMB}. */
    @IgnoreError
    int VMGuestLib_GetCpuLimitMHz(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetCpuReservationMHz(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetCpuShares(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetHostProcessorSpeed(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetMemActiveMB(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetMemBalloonedMB(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetMemLimitMB(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetMemMappedMB(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetMemOverheadMB(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetMemReservationMB(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetMemSharedMB(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetMemShares(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetMemSwappedMB(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetMemUsedMB(long handle, long address);

    /** 64 bits, as all that follow. */
    @IgnoreError
    int VMGuestLib_GetCpuStolenMs(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetCpuUsedMs(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetElapsedMs(long handle, long address);

    @IgnoreError
    int VMGuestLib_GetMemTargetSizeMB(long handle, long address);
}
