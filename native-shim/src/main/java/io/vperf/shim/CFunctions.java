package io.vperf.shim;

import com.kenai.jffi.Library;

/**
 * Where the C library has what the shim calls, which itself links to nothing: its {@code clock_gettime} takes the vDSO's
 * short way, its {@code sched_getcpu} that of rseq where it can.
 *
 * @param clockGettime an address
 * @param schedGetcpu an address
 */
record CFunctions(long clockGettime, long schedGetcpu) {

    static Capability<CFunctions> find() {
        Library library = Library.getCachedInstance("libc.so.6", Library.LAZY);
        long clockGettime = library == null ? 0 : library.getSymbolAddress("clock_gettime");
        long schedGetcpu = library == null ? 0 : library.getSymbolAddress("sched_getcpu");
        return clockGettime != 0 && schedGetcpu != 0
                ? Capability.available(new CFunctions(clockGettime, schedGetcpu))
                : Capability.unavailable("the C library has no clock_gettime or sched_getcpu to call", "");
    }
}
