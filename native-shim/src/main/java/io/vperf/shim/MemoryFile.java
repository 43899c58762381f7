package io.vperf.shim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A file without a name, in memory, that somebody else in this process appends to and one thread reads: what was read is given
 * back to the kernel, so the file takes no more than what waits to be read, whatever its length. No disk is waited for, nothing is left behind
 * when the process ends, and programs that it starts do not inherit it (memfd_create(2), Linux 3.17).
 */
public final class MemoryFile implements AutoCloseable {

    private static final int MFD_CLOEXEC = 1;

    /** From Linux 6.3 on, which puts a line into its log about files made without; from 3.17 to 6.2 EINVAL. */
    private static final int MFD_NOEXEC_SEAL = 8;

    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;

    private static final int BLOCK = 1 << 14;

    /** Pages of any size Linux has on our processors. */
    private static final long GIVEN_BACK = 1 << 16;

    private static final boolean AARCH64 = System.getProperty("os.arch", "").equals("aarch64");
    private static final long MEMFD_CREATE = AARCH64 ? 279 : 319;
    private static final long FALLOCATE = AARCH64 ? 47 : 285;

    private final Natives natives;
    private final LibC libc;
    private final int fd;
    private final NativeMemory block;
    private final Errno errno;
    private long readBytes;
    private long givenBackBytes;
    private boolean closed;

    private MemoryFile(Natives natives, int fd, Errno errno) {
        this.natives = natives;
        libc = natives.libc();
        this.fd = new HighDescriptors(libc).move(fd);
        this.errno = errno;
        block = natives.allocate(BLOCK);
    }

    /**
     * An empty one.
     *
     * @param name what {@code /proc/self/maps} and the like show for it; any number of files may have the same
     */
    public static Capability<MemoryFile> create(Natives natives, String name) {
        byte[] bytes = (name + '\0').getBytes(StandardCharsets.UTF_8);
        NativeMemory text = natives.allocate(bytes.length);
        text.buffer().put(0, bytes);
        try {
            return create(natives, text);
        } finally {
            natives.giveBack(text);
        }
    }

    private static Capability<MemoryFile> create(Natives natives, NativeMemory text) {
        Errno errno = new Errno(natives.libc());
        int failure = 0;
        for (int flags : new int[] {MFD_CLOEXEC | MFD_NOEXEC_SEAL, MFD_CLOEXEC}) {
            int fd = (int) natives.libc().syscall(MEMFD_CREATE, text.address(), flags, 0, 0, 0, 0);
            if (fd >= 0) {
                return Capability.available(new MemoryFile(natives, fd, errno));
            }
            failure = errno.last();
        }
        return Capability.unavailable(
                "no file in memory (memfd_create): " + Errno.name(failure),
                failure == Errno.EMFILE || failure == Errno.ENFILE ? "raise ulimit -n" : "");
    }

    /** By which this process, and it alone, can open it. */
    public String path() {
        return "/proc/self/fd/" + fd;
    }

    /**
     * What was appended since the last time, a part of it, valid until the next call; empty where there is nothing new.
     *
     * @throws IOException where the file cannot be read, as somebody has closed it
     */
    public ByteBuffer next() throws IOException {
        long bytes = closed ? -1 : libc.pread(fd, block.address(), BLOCK, readBytes);
        if (bytes < 0) {
            throw new IOException("the file in memory: " + (closed ? "closed" : Errno.name(errno.last())));
        }
        readBytes += bytes;
        giveBack();
        return block.buffer().slice(0, (int) bytes);
    }

    /** Whole pages; where the kernel refuses they stay. */
    private void giveBack() {
        long bytes = (readBytes - givenBackBytes) / GIVEN_BACK * GIVEN_BACK;
        if (bytes > 0) {
            int mode = FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE;
            long ignored = libc.syscall(FALLOCATE, fd, mode, givenBackBytes, bytes, 0, 0);
            givenBackBytes += bytes;
        }
    }

    /** Who has opened it keeps it. Once is enough, twice does no harm. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            int ignored = libc.close(fd);
            natives.giveBack(block);
        }
    }
}
