package io.vperf.shim;

import java.nio.charset.StandardCharsets;

/** A file that is opened for reading by the kernel itself, so that its descriptor is known. Any thread may call. */
final class OpenedFile {

    private static final int AT_FDCWD = -100;
    private static final int O_CLOEXEC = 0x80000;

    private static final long OPENAT_X86_64 = 257;
    private static final long OPENAT_AARCH64 = 56;

    private final LibC libc;
    private final long openat;
    private final NativeMemory path;
    private final Errno errno;

    /** Made before it is needed, as {@link Errno} is. */
    OpenedFile(Natives natives, String path) {
        libc = natives.libc();
        openat = System.getProperty("os.arch", "").equals("aarch64") ? OPENAT_AARCH64 : OPENAT_X86_64;
        byte[] bytes = (path + '\0').getBytes(StandardCharsets.UTF_8);
        this.path = natives.allocate(bytes.length);
        this.path.buffer().put(0, bytes);
        errno = new Errno(libc);
    }

    /** A descriptor that is closed on exec, or a negative errno. */
    int open() {
        int fd = (int) libc.syscall(openat, AT_FDCWD, path.address(), O_CLOEXEC, 0, 0, 0);
        return fd < 0 ? -errno.last() : fd;
    }
}
