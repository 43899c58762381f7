package io.vperf.shim;

import java.nio.ByteBuffer;

/** Memory that nobody has touched yet, page by page: no huge pages, which would take one fault for 512. */
final class FreshPages implements AutoCloseable {

    private static final boolean X86 = System.getProperty("os.arch", "").equals("amd64");
    private static final long MMAP = X86 ? 9 : 222;
    private static final long MADVISE = X86 ? 28 : 233;
    private static final int READ_AND_WRITE = 3;
    private static final int PRIVATE_AND_ANONYMOUS = 0x22;
    private static final int NO_HUGE_PAGES = 15;
    private static final int AT_PAGESZ = 6;

    private final LibC libc;
    final int pageBytes;
    final long address;
    final int bytes;
    private final ByteBuffer memory;

    FreshPages(Natives natives, int pages) {
        libc = natives.libc();
        pageBytes = (int) libc.getauxval(AT_PAGESZ);
        bytes = pages * pageBytes;
        address = libc.syscall(MMAP, 0, bytes, READ_AND_WRITE, PRIVATE_AND_ANONYMOUS, -1, 0);
        if (address == -1) {
            throw new IllegalStateException("mmap: " + Errno.name(new Errno(libc).last()));
        }
        long ignored = libc.syscall(MADVISE, address, bytes, NO_HUGE_PAGES, 0, 0, 0);
        memory = natives.view(address, bytes);
    }

    void touch() {
        for (int at = 0; at < bytes; at += pageBytes) {
            memory.put(at, (byte) 1);
        }
    }

    @Override
    public void close() {
        int ignored = libc.munmap(address, bytes);
    }
}
