package io.vperf.shim;

import jnr.ffi.LastError;
import jnr.ffi.Runtime;

/** Error numbers of Linux by name; x86-64 and aarch64 share them (asm-generic). */
final class Errno {

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;

    private final Runtime runtime;

    /** Made before it is needed: where file descriptors have run out its class could not be loaded any more. */
    Errno(LibC libc) {
        runtime = Runtime.getRuntime(libc);
    }

    /** Of the calling thread's last call that kept errno. */
    int last() {
        return LastError.getLastError(runtime);
    }

    static String name(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM";
            case ENOENT -> "ENOENT";
            case ENOMEM -> "ENOMEM";
            case EACCES -> "EACCES";
            case EBUSY -> "EBUSY";
            case ENODEV -> "ENODEV";
            case EINVAL -> "EINVAL";
            case ENFILE -> "ENFILE";
            case EMFILE -> "EMFILE";
            case ENOSYS -> "ENOSYS";
            case EOPNOTSUPP -> "EOPNOTSUPP";
            default -> "errno " + errno;
        };
    }
}
