package io.vperf.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A new file for writing; one that exists is never touched. Writes go to its end, wherever that is: in a file that somebody
 * cuts short they leave no hole.
 *
 * <p>{@code /dev/stdout} and its like are written to as they are, too, whatever stands behind them.
 *
 * @param own whether it was created here, and may be removed again; else a device or pipe that somebody else has made
 * @param key tells the file from another at the same path; null where the file system has no such thing
 */
public record FreshFile(
        Path path,
        FileChannel channel,
        boolean own,
        @Nullable Object key) {

    /** What others have done to it. */
    public enum Fate {
        INTACT("is as it was written"),
        EMPTIED("was emptied"),
        CUT("was cut short"),
        GONE("was deleted or renamed"),
        REPLACED("was replaced by another");

        private final String told;

        Fate(String told) {
            this.told = told;
        }

        /** For a sentence that begins with the file. */
        public String told() {
            return told;
        }
    }

    private static final int MOST_TRIES = 10_000;

    private static final Pattern OPEN_STREAM =
            Pattern.compile("/dev/(stdin|stdout|stderr|fd/\\d+)|/proc/(self|\\d+)/fd/\\d+");

    /** The bits of st_mode that tell the type, and their value for a pipe: inode(7). */
    private static final int FILE_TYPE = 0170000;

    private static final int PIPE = 0010000;

    /**
     * Creates {@code wanted}, or, where that exists, the first free one of {@code name-2.ext}, {@code name-3.ext} and on.
     * A device or pipe is written to as it is; a pipe that nobody reads is found out by the first write, which fails.
     *
     * @throws IOException if none can be created, with the system's reason
     */
    public static FreshFile create(Path wanted) throws IOException {
        if (Files.isDirectory(wanted)) {
            throw new FileSystemException(wanted.toString(), null, "is a folder: name a file in it");
        }
        if (isOpenStream(wanted) || (Files.exists(wanted) && !Files.isRegularFile(wanted))) {
            return new FreshFile(wanted, isPipe(wanted) ? openPipe(wanted) : openDevice(wanted), false, null);
        }
        for (int i = 1; i < MOST_TRIES; i++) {
            Path candidate = i == 1 ? wanted : numbered(wanted, "-" + i);
            try {
                FileChannel channel = FileChannel.open(
                        candidate, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                return new FreshFile(
                        candidate, channel, true, attributes(candidate).fileKey());
            } catch (FileAlreadyExistsException e) {
                // the next number may be free
            }
        }
        throw new FileAlreadyExistsException(wanted.toString(), null, "and so do " + MOST_TRIES + " numbered ones");
    }

    /** A link to what the process has open already, be it a file. */
    public static boolean isOpenStream(Path path) {
        return OPEN_STREAM.matcher(path.toAbsolutePath().normalize().toString()).matches();
    }

    private static FileChannel openDevice(Path device) throws IOException {
        return FileChannel.open(device, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /**
     * Opens it without waiting for a reader, as opening a pipe for writing does (fifo(7)) and no interrupt ends. Linux opens one for
     * both ways at once; while that is open there is a reader. Then it is closed: where nobody else reads, writing fails.
     */
    private static FileChannel openPipe(Path pipe) throws IOException {
        try {
            FileChannel bothWays = FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                return openDevice(pipe);
            } finally {
                bothWays.close();
            }
        } catch (AccessDeniedException e) {
            throw new FileSystemException(
                    pipe.toString(),
                    null,
                    "permission denied: this JVM's user must be allowed to read and to write a pipe");
        }
    }

    private static boolean isPipe(Path path) throws IOException {
        try {
            return ((Integer) Files.getAttribute(path, "unix:mode") & FILE_TYPE) == PIPE;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return false; // a system without modes has no such files
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    /**
     * Looks at what is at its path now. A device or pipe, and what cannot be looked at, is taken to be intact.
     *
     * @param writtenBytes how long it was when it was written to last
     */
    public Fate fate(long writtenBytes) {
        if (!own) {
            return Fate.INTACT;
        }
        try {
            BasicFileAttributes now = attributes(path);
            if (!Objects.equals(key, now.fileKey())) {
                return Fate.REPLACED;
            }
            return now.size() >= writtenBytes ? Fate.INTACT : now.size() == 0 ? Fate.EMPTIED : Fate.CUT;
        } catch (NoSuchFileException e) {
            return Fate.GONE;
        } catch (IOException | SecurityException e) {
            return Fate.INTACT;
        }
    }

    /** Removes it if it is vperf's own, and still there. */
    public void remove() throws IOException {
        if (own && fate(0) == Fate.INTACT) {
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
