package io.vperf.shim;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** Short blocks of the calling thread, each by another system call. */
final class Blocks implements AutoCloseable {

    interface Block {
        void block() throws IOException;
    }

    private static final long BLOCK_NS = 1_000_000;
    private static final boolean X86 = System.getProperty("os.arch", "").equals("amd64");
    private static final long PPOLL = X86 ? 271 : 73;
    private static final long NANOSLEEP = X86 ? 35 : 101;
    private static final long EPOLL_CREATE1 = X86 ? 291 : 20;
    private static final long EPOLL_PWAIT = X86 ? 281 : 22;

    private final LibC libc;
    private final NativeMemory timespec;
    private final NativeMemory event;
    private final int epoll;
    private final Pipe pipe = Pipe.open();
    private final Semaphore wanted = new Semaphore(0);
    private final Thread writer = new Thread(this::write, "pipe writer");

    Blocks(Natives natives) throws IOException {
        libc = natives.libc();
        timespec = natives.allocate(16);
        event = natives.allocate(16);
        epoll = (int) libc.syscall(EPOLL_CREATE1, 0, 0, 0, 0, 0, 0);
        writer.setDaemon(true);
        writer.start();
    }

    List<Block> all() {
        return List.of(
                () -> call(NANOSLEEP, timespec.address(), 0, 0, 0),
                () -> call(PPOLL, 0, 0, timespec.address(), 0),
                () -> call(EPOLL_PWAIT, epoll, event.address(), 1, 1),
                () -> LockSupport.parkNanos(BLOCK_NS), // futex
                this::readPipe);
    }

    private void call(long number, long a, long b, long c, long d) {
        timespec.buffer().putLong(8, BLOCK_NS); // ppoll leaves the time that was left
        if (libc.syscall(number, a, b, c, d, 0, 0) != 0) {
            throw new IllegalStateException("system call " + number + ": " + Errno.name(new Errno(libc).last()));
        }
    }

    private void readPipe() throws IOException {
        wanted.release();
        if (pipe.source().read(ByteBuffer.allocate(1)) != 1) {
            throw new IOException("the pipe ended");
        }
    }

    private void write() {
        try {
            while (true) {
                wanted.acquire();
                Thread.sleep(2);
                if (pipe.sink().write(ByteBuffer.allocate(1)) != 1) {
                    throw new InterruptedIOException();
                }
            }
        } catch (InterruptedException | IOException e) {
            // Closed: the reader sees the pipe's end, should it still wait.
        }
    }

    @Override
    public void close() throws IOException {
        writer.interrupt();
        pipe.sink().close();
        pipe.source().close();
        int ignored = libc.close(epoll);
    }
}
