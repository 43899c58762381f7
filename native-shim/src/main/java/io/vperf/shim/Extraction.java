package io.vperf.shim;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A folder of our own (0700, made by us and nobody else) for the moment a library must be a file. Closing removes it:
 * Linux keeps a mapped library alive without its name, so nothing is left behind however the process ends later.
 */
final class Extraction implements AutoCloseable {

    private static final int MOST_TRIES = 100;

    private final Path folder;
    private final List<Path> files = new ArrayList<>();

    private Extraction(Path folder) {
        this.folder = folder;
    }

    static Extraction in(Path parent) throws IOException {
        Path absolute = parent.toAbsolutePath();
        if (absolute.toString().contains(File.pathSeparator)) {
            throw new IOException("jffi cannot load from a path with a " + File.pathSeparator);
        }
        FileAttribute<Set<PosixFilePermission>> oursOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        // Not createTempDirectory: its SecureRandom costs a start 20 ms. Creating fails where the name exists, as a
        // link too, so a name that is guessed gains nobody anything.
        long name = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try {
                return new Extraction(
                        Files.createDirectory(absolute.resolve("vperf-" + Long.toHexString(name)), oursOnly));
            } catch (FileAlreadyExistsException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
                name = name * 6364136223846793005L + System.nanoTime();
            }
        }
    }

    Path folder() {
        return folder;
    }

    Path extract(Bundle.Resources resources, String resource, String fileName) throws IOException {
        try (InputStream stream = resources.open(resource)) {
            if (stream == null) {
                throw new FileNotFoundException("no resource " + resource + " beside vperf's classes");
            }
            Path file = folder.resolve(fileName);
            files.add(file);
            Files.copy(stream, file);
            return file;
        }
    }

    /** Where the file system refuses (NFS keeps a mapped file under another name), the JVM tries again at its end. */
    @Override
    public void close() {
        // deleteOnExit works backwards: the folder is named first to go last.
        files.add(0, folder);
        for (int i = files.size() - 1; i >= 0; i--) {
            File file = files.get(i).toFile();
            if (file.exists() && !file.delete()) {
                files.subList(0, i + 1).forEach(left -> left.toFile().deleteOnExit());
                return;
            }
        }
    }
}
