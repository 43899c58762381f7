package io.vperf.linux;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of the kernel that is opened at its first reading and kept open for the next ones. Used by one thread at a time. */
public final class KeptFile implements AutoCloseable {

    private final Path file;
    private @Nullable RandomAccessFile opened;
    private boolean closed;

    /** Opens nothing yet. */
    public KeptFile(Path file) {
        this.file = file;
    }

    /** At its beginning; opened if it is not. Pipes and devices are refused: opening them can block. */
    public RandomAccessFile atBeginning() throws IOException {
        if (closed) {
            throw new IOException("it was closed");
        }
        RandomAccessFile open = opened;
        if (open == null) {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new IOException("it is not a regular file");
            }
            open = new RandomAccessFile(file.toFile(), "r");
            opened = open;
        }
        open.seek(0);
        return open;
    }

    /** The next reading opens it anew. */
    public void release() {
        RandomAccessFile open = opened;
        opened = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Read-only: nothing can be lost.
            }
        }
    }

    /** Later readings fail. */
    @Override
    public void close() {
        closed = true;
        release();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
