package io.vperf.export.hlog;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The bytes of a dump file, which may have been packed by gzip, and how many of the file have been read. */
final class DumpInput {

    private static final int GZIP_MAGIC = 0x1f8b;

    /** Of a buffer, and of how much is read between two looks at the progress. */
    private static final int BUFFER_BYTES = 1 << 16;

    private DumpInput() {}

    /** Told how many bytes more were read from the disk. */
    interface Progress {
        void read(long bytes);
    }

    /** @throws IOException if there is no such file, or it says it is packed and is not */
    static InputStream open(Path file, Progress progress) throws IOException {
        InputStream raw = new BufferedInputStream(new Counted(Files.newInputStream(file), progress), BUFFER_BYTES);
        try {
            raw.mark(2);
            int magic = raw.read() << 8 | raw.read();
            raw.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
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
