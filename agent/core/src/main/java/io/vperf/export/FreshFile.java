package io.vperf.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A new file for writing; one that exists is never touched.
 *
 * @param own whether it was created here, and may be removed again; else a device or pipe that somebody else has made
 */
public record FreshFile(Path path, FileChannel channel, boolean own) {

    private static final int MOST_TRIES = 10_000;

    /**
     * Creates {@code wanted}, or, where that exists, the first free one of {@code name-2.ext}, {@code name-3.ext} and on.
     * A device or pipe is written to as it is.
     *
     * @throws IOException if none can be created, with the system's reason
     */
    public static FreshFile create(Path wanted) throws IOException {
        if (Files.isDirectory(wanted)) {
            throw new FileSystemException(wanted.toString(), null, "is a folder: name a file in it");
        }
        if (Files.exists(wanted) && !Files.isRegularFile(wanted)) {
            return new FreshFile(wanted, FileChannel.open(wanted, StandardOpenOption.WRITE), false);
        }
        for (int i = 1; i < MOST_TRIES; i++) {
            Path candidate = i == 1 ? wanted : numbered(wanted, "-" + i);
            try {
                return new FreshFile(
                        candidate,
                        FileChannel.open(candidate, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        true);
            } catch (FileAlreadyExistsException e) {
                // the next number may be free
            }
        }
        throw new FileAlreadyExistsException(wanted.toString(), null, "and so do " + MOST_TRIES + " numbered ones");
    }

    /** Removes it if it is vperf's own. */
    public void remove() throws IOException {
        if (own) {
            Files.deleteIfExists(path);
        }
    }

    /** {@code a/b.hlog} with {@code .1} becomes {@code a/b.1.hlog}. */
    public static Path numbered(Path path, String number) {
        String name = path.toString();
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1
                ? Path.of(name.substring(0, dot) + number + name.substring(dot))
                : Path.of(name + number);
    }
}
