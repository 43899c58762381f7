package io.vperf.export.hlog;

import io.vperf.export.FreshFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The dump files of one run: a new one when the current one is full, or is not there any more, as others have deleted, renamed or
 * cut it; the oldest removed when there are too many. What is appended is in the file as a whole or not at all.
 */
final class DumpFiles {

    private final Path first;
    private final Supplier<byte[]> encodeHeader;
    private final long rotateBytes;
    private final int keep;
    private final BiConsumer<Path, FreshFile.Fate> onLoss;
    private final Deque<Full> full = new ArrayDeque<>();
    private byte @Nullable [] header;
    private @Nullable FreshFile current;
    private Path wanted;
    private long lengthBytes;
    private int rotations;
    private int removed;

    /** One that is written to no more. */
    private record Full(FreshFile file, long lengthBytes) {}

    /**
     * @param encodeHeader asked once, when the first file is begun
     * @param rotateBytes size at which a new file is begun; 0: never
     * @param keep how many files of this run are kept
     * @param onLoss told what others have done to the file that is written to, before another is begun
     */
    DumpFiles(
            Path first,
            Supplier<byte[]> encodeHeader,
            long rotateBytes,
            int keep,
            BiConsumer<Path, FreshFile.Fate> onLoss) {
        this.first = first;
        this.encodeHeader = encodeHeader;
        this.rotateBytes = rotateBytes;
        this.keep = keep;
        this.onLoss = onLoss;
        this.wanted = first;
    }

    /** The file written to last, or to be written to next. */
    Path current() {
        return current == null ? wanted : current.path();
    }

    /** Those that are there with all that was written to them, oldest first. */
    List<Path> all() {
        List<Path> there = new ArrayList<>();
        for (Full f : full) {
            if (f.file().fate(f.lengthBytes()) == FreshFile.Fate.INTACT) {
                there.add(f.file().path());
            }
        }
        FreshFile file = current;
        if (file != null && file.fate(lengthBytes) == FreshFile.Fate.INTACT) {
            there.add(file.path());
        }
        return there;
    }

    /** How many were removed to make room. */
    int removed() {
        return removed;
    }

    /**
     * Appends what may begin a new file.
     *
     * @param reservedBytes for {@link #end}, in the same file
     * @throws IOException if not everything could be written; the file then ends where it ended before
     */
    void append(byte[] bytes, int reservedBytes) throws IOException {
        write(ready(bytes.length + reservedBytes), bytes);
    }

    /** Appends the last bytes of the run, which are not worth a file of their own. */
    void end(byte[] bytes) throws IOException {
        write(ready(0), bytes);
    }

    boolean isBegun() {
        return current != null;
    }

    /**
     * The file to write to.
     *
     * @param moreBytes that must find room in it; 0: none is full
     */
    private FreshFile ready(int moreBytes) throws IOException {
        look();
        FreshFile file = current;
        if (file == null) {
            file = begin(wanted);
        } else if (rotateBytes > 0
                && moreBytes > 0
                && lengthBytes > header().length
                && lengthBytes + moreBytes > rotateBytes) {
            file = begin(FreshFile.numbered(first, "." + (rotations + 1)));
            rotations++;
        } else if (file.own() && lengthBytes == 0) {
            write(file, header());
        }
        return file;
    }

    /** Finds out what others have done to the current file. One that they have emptied is still vperf's own, and used on. */
    private void look() throws IOException {
        FreshFile file = current;
        FreshFile.Fate fate = file == null ? FreshFile.Fate.INTACT : file.fate(lengthBytes);
        if (file == null || fate == FreshFile.Fate.INTACT) {
            return;
        }
        lengthBytes = 0;
        if (fate != FreshFile.Fate.EMPTIED) {
            current = null;
            Path path = file.path();
            wanted = Files.isDirectory(path) ? FreshFile.numbered(path, "-2") : path;
        }
        onLoss.accept(file.path(), fate);
        if (current == null) {
            file.channel().close();
        }
    }

    /** Creates the next file with its header. The current one stays in use until that has succeeded. */
    private FreshFile begin(Path path) throws IOException {
        FreshFile next = FreshFile.create(path);
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
        if (before != null) {
            before.channel().close();
            full.addLast(new Full(before, lengthBefore));
        }
        current = next;
        while (full.size() >= keep) {
            full.removeFirst().file().remove();
            removed++;
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
        try {
            while (buffer.hasRemaining()) {
                file.channel().write(buffer);
            }
            lengthBytes += bytes.length;
        } catch (IOException e) {
            if (file.own()) {
                file.channel().truncate(lengthBytes);
            }
            throw e;
        }
    }

    void close() throws IOException {
        if (current != null) {
            current.channel().close();
        }
    }
}
