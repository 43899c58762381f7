package io.vperf.export;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file could not be read or written, for a person: what Java calls it says nothing to most. */
public final class FileTrouble {

    /** EPIPE, in the words of the C library's default locale, which is the JVM's own. */
    private static final String BROKEN_PIPE = "Broken pipe";

    private static final String NO_SUCH_FILE = "no such file";

    private FileTrouble() {}

    /** Names the cause and, if it is not plain, the remedy; the file itself is the caller's to name. */
    public static String of(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return "is a folder: name a file in it";
        }
        if (e instanceof NoSuchFileException) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && isBelowUnencodableWorkingFolder(folder)) {
                return "the JVM's locale has no code for a character of the working folder: set LC_ALL=C.UTF-8 for the JVM,"
                        + " or name an absolute path in ASCII";
            }
            return folder == null || Files.isDirectory(folder)
                    ? NO_SUCH_FILE
                    : "there is no folder " + folder + ": create it, or name another";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied for the user '" + System.getProperty("user.name") + "'";
        }
        if (BROKEN_PIPE.equals(e.getMessage())) {
            return "nobody reads from this pipe";
        }
        String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }

    /** As {@link #of}, of a file that was to be created or written. */
    public static String ofWriting(Path file, IOException e) {
        Path folder = file.toAbsolutePath().getParent();
        boolean inFolder = folder != null && Files.isDirectory(folder) && !Files.isDirectory(file);
        if (inFolder && e instanceof AccessDeniedException && !Files.exists(file)) {
            return of(file, e) + " in the folder " + folder + ": name another";
        }
        String told = of(file, e);
        // As /proc answers.
        return inFolder && told.equals(NO_SUCH_FILE)
                ? "the folder " + folder + " takes no new files: name another"
                : told;
    }

    /** The JDK then asks the system for another folder, with a "?" for each such character. */
    private static boolean isBelowUnencodableWorkingFolder(Path folder) {
        try {
            Path unused = Path.of(System.getProperty("user.dir", ""));
            return false;
        } catch (InvalidPathException e) {
            return folder.startsWith(Path.of("").toAbsolutePath());
        }
    }
}
