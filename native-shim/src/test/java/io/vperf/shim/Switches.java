package io.vperf.shim;

/** The kernel's own count of a thread's context switches. */
final class Switches {

    private final LibC libc;
    private final NativeMemory rusage;

    Switches(Natives natives) {
        libc = natives.libc();
        rusage = natives.allocate(144);
    }

    /** Of the calling thread: it waited for something. */
    long voluntary() {
        return read(128);
    }

    /** Of the calling thread: something else was to run. */
    long involuntary() {
        return read(136);
    }

    /** Of the calling thread, since it began. */
    long all() {
        return read(128) + rusage.buffer().getLong(136);
    }

    private long read(int offset) {
        if (libc.getrusage(LibC.RUSAGE_THREAD, rusage.address()) != 0) {
            throw new IllegalStateException("getrusage failed");
        }
        return rusage.buffer().getLong(offset);
    }
}
