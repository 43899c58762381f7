package io.vperf.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/stat}, kept open and read again and again by one thread, the steal sampler's. One system call a sample
 * and no allocation once the buffers have their size. Never throws: what goes wrong is in the sample.
 *
 * <p>The kernel writes the whole text anew for a read at position 0 and hands it out consistently
 * (fs/proc/stat.c, {@code single_open_size}); only the head with the cpu lines is asked for.
 *
 * <p>The thread must not be interrupted while it reads: that closes the channel. The sample then fails and the next one
 * opens the file anew.
 */
public final class ProcStat implements AutoCloseable {

    /** A page, and with it some 60 vCPUs, before the buffers have to grow. */
    private static final int FIRST_BYTES = 4096;

    /** {@link ProcStatParser#MAX_CPUS} lines of ten numbers as long as a long can be fit in. */
    private static final int MAX_BYTES = 1 << 21;

    private final Path file;
    private final ProcStatParser parser = new ProcStatParser();
    private ByteBuffer buffer;
    private byte[] text;
    private @Nullable FileChannel channel;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param root where the file system begins, {@code /} in production
     */
    public ProcStat(Path root) {
        this(root, FIRST_BYTES);
    }

    ProcStat(Path root, int firstBytes) {
        file = root.resolve("proc/stat");
        buffer = ByteBuffer.allocateDirect(firstBytes);
        text = new byte[firstBytes];
    }

    /**
     * Takes a sample.
     *
     * @return whether it is good; if not, {@link CpuTicks#failure} says what was wrong
     */
    public boolean sample(CpuTicks into) {
        try {
            read(open(), into);
        } catch (IOException | RuntimeException e) {
            closeChannel();
            into.fail(file + " cannot be read: " + e);
        }
        return into.good();
    }

    private void read(FileChannel in, CpuTicks into) throws IOException {
        int length = 0;
        while (true) {
            buffer.clear().position(length);
            int count = in.read(buffer, length);
            if (count > 0) {
                buffer.get(length, text, length, count);
                length += count;
            }
            ProcStatParser.Outcome outcome = parser.parse(text, length, count <= 0, into);
            if (outcome == ProcStatParser.Outcome.BAD) {
                into.fail(file + ": " + into.failure());
            }
            if (outcome != ProcStatParser.Outcome.CUT) {
                return;
            }
            if (length == text.length) {
                if (length >= MAX_BYTES) {
                    into.fail(file + ": its cpu lines do not end within " + MAX_BYTES + " bytes");
                    return;
                }
                buffer = ByteBuffer.allocateDirect(length * 2);
                text = new byte[length * 2];
                // From the start: the kernel may write the text anew for each read, and halves of two do not fit.
                length = 0;
            }
        }
    }

    private FileChannel open() throws IOException {
        if (closed) {
            throw new IOException("it was closed");
        }
        FileChannel open = channel;
        if (open == null || !open.isOpen()) {
            open = FileChannel.open(file, StandardOpenOption.READ);
            channel = open;
        }
        return open;
    }

    private void closeChannel() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Read-only: nothing can be lost.
            }
        }
    }

    /** Later samples fail. */
    @Override
    public void close() {
        closed = true;
        closeChannel();
    }
}
