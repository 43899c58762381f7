package io.vperf.export.hlog;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a dump file, which may have been packed by gzip, and how many of the file have been read. One whose packing is damaged
 * ends there, so that what comes before is not lost.
 */
final class DumpInput extends FilterInputStream {

    private static final int GZIP_MAGIC = 0x1f8b;

    /** Of a buffer, and of how much is read between two looks at the progress. */
    private static final int BUFFER_BYTES = 1 << 16;

    private boolean broken;

    /** Told how many bytes more were read from the disk. */
    interface Progress {
        void read(long bytes);
    }

    private DumpInput(InputStream unpacked) {
        super(unpacked);
    }

    /** @throws IOException if there is no such file, or it cannot be read */
    static DumpInput open(Path file, Progress progress) throws IOException {
        InputStream raw = new BufferedInputStream(new Counted(Files.newInputStream(file), progress), BUFFER_BYTES);
        try {
            raw.mark(2);
            int magic = raw.read() << 8 | raw.read();
            raw.reset();
            return magic == GZIP_MAGIC ? unpacked(raw) : new DumpInput(raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Its head, too, may be cut or damaged. */
    private static DumpInput unpacked(InputStream raw) throws IOException {
        try {
            return new DumpInput(new GZIPInputStream(raw, BUFFER_BYTES));
        } catch (EOFException | ZipException e) {
            DumpInput nothing = new DumpInput(raw);
            nothing.broken = true;
            return nothing;
        }
    }

    /** Whether it ended as what gzip packed is cut or damaged. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return broken ? -1 : super.read(bytes, offset, length);
        } catch (EOFException | ZipException e) {
            broken = true;
            return -1;
        }
    }

    private static final class Counted extends FilterInputStream {

        private final Progress progress;

        Counted(InputStream in, Progress progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            progress.read(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            progress.read(Math.max(0, read));
            return read;
        }
    }
}
