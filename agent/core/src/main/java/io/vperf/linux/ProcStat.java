package io.vperf.linux;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * {@code /proc/stat}, kept open and read again and again by one thread at a time, the steal sampler's. Two system calls a
 * sample and no allocation once the buffer has its size. Never throws: what goes wrong is in the sample.
 *
 * <p>The kernel writes the whole text anew for a read at position 0 and hands it out consistently
 * (fs/proc/stat.c, {@code single_open_size}); asking for less of it than all saves nothing (Linux 6.18: 6.5 us either way,
 * 25 to 30 us with the caches that a sampler finds after 100 ms).
 *
 * <p>A RandomAccessFile, as its read is one native call into the array: at ten samples a second, cold and mostly
 * interpreted, it takes 50 us where a FileChannel with a direct buffer takes 110, and an interrupt does not close it.
 */
public final class ProcStat implements AutoCloseable {

    /** A page, and with it some 60 vCPUs, before the buffer has to grow. */
    private static final int FIRST_BYTES = 4096;

    /** {@link ProcStatParser#MAX_CPUS} lines of ten numbers as long as a long can be fit in. */
    private static final int MAX_BYTES = 1 << 21;

    private final KeptFile file;
    private final ProcStatParser parser = new ProcStatParser();
    private byte[] text;

    /**
     * Opens nothing yet.
     *
     * @param root where the file system begins, {@code /} in production
     */
    public ProcStat(Path root) {
        this(root, FIRST_BYTES);
    }

    ProcStat(Path root, int firstBytes) {
        file = new KeptFile(root.resolve("proc/stat"));
        text = new byte[firstBytes];
    }

    /**
     * Takes a sample.
     *
     * @return whether it is good; if not, {@link CpuTicks#failure} says what was wrong
     */
    public boolean sample(CpuTicks into) {
        try {
            read(file.atBeginning(), into);
        } catch (FileNotFoundException e) {
            into.fail(e.getMessage() + " cannot be read");
        } catch (IOException | RuntimeException e) {
            file.release();
            into.fail(file + " cannot be read: " + e);
        }
        return into.good();
    }

    private void read(RandomAccessFile in, CpuTicks into) throws IOException {
        int length = 0;
        while (true) {
            int count = in.read(text, length, text.length - length);
            if (count > 0) {
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
                text = new byte[length * 2];
                // From the start: the kernel may write the text anew for each read, and halves of two do not fit.
                in.seek(0);
                length = 0;
            }
        }
    }

    /** Later samples fail. */
    @Override
    public void close() {
        file.close();
    }
}
