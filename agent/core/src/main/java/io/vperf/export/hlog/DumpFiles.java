package io.vperf.export.hlog;

import io.vperf.export.FreshFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The dump files of one run: a new one when the current one is full, the oldest removed when there are too many. What is
 * appended is in the file as a whole or not at all.
 */
final class DumpFiles {

    private final Path first;
    private final Supplier<byte[]> encodeHeader;
    private final long rotateBytes;
    private final int keep;
    private final Deque<FreshFile> written = new ArrayDeque<>();
    private byte @Nullable [] header;
    private @Nullable FreshFile current;
    private long lengthBytes;
    private int rotations;

    /**
     * @param encodeHeader asked once, when the first file is begun
     * @param rotateBytes size at which a new file is begun; 0: never
     * @param keep how many files of this run are kept
     */
    DumpFiles(Path first, Supplier<byte[]> encodeHeader, long rotateBytes, int keep) {
        this.first = first;
        this.encodeHeader = encodeHeader;
        this.rotateBytes = rotateBytes;
        this.keep = keep;
    }

    /** The file written to last, or to be written to first. */
    Path current() {
        return current == null ? first : current.path();
    }

    List<Path> all() {
        return written.stream().map(FreshFile::path).toList();
    }

    /**
     * @throws IOException if not everything could be written; the file then ends where it ended before
     */
    void append(byte[] bytes) throws IOException {
        FreshFile file = current;
        boolean full = rotateBytes > 0 && lengthBytes > header().length && lengthBytes + bytes.length > rotateBytes;
        if (file == null || full) {
            file = begin(full);
        }
        write(file, bytes);
    }

    /** Creates the next file with its header. The current one stays in use until that has succeeded. */
    private FreshFile begin(boolean rotated) throws IOException {
        Path wanted = rotated ? FreshFile.numbered(first, "." + (rotations + 1)) : first;
        FreshFile next = FreshFile.create(wanted);
        FreshFile before = current;
        long lengthBefore = lengthBytes;
        lengthBytes = 0;
        try {
            write(next, header());
        } catch (IOException e) {
            lengthBytes = lengthBefore;
            next.channel().close();
            next.remove();
            throw e;
        }
        if (rotated) {
            rotations++;
        }
        if (before != null) {
            before.channel().close();
        }
        current = next;
        written.addLast(next);
        while (written.size() > keep) {
            written.removeFirst().remove();
        }
        return next;
    }

    private byte[] header() {
        if (header == null) {
            header = encodeHeader.get();
        }
        return header;
    }

    private void write(FreshFile file, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long at = lengthBytes;
        if (!file.own()) {
            while (buffer.hasRemaining()) { // a pipe has no positions
                at += file.channel().write(buffer);
            }
            lengthBytes = at;
            return;
        }
        try {
            while (buffer.hasRemaining()) {
                at += file.channel().write(buffer, at);
            }
            lengthBytes = at;
        } catch (IOException e) {
            file.channel().truncate(lengthBytes);
            throw e;
        }
    }

    void close() throws IOException {
        if (current != null) {
            current.channel().close();
        }
    }
}
