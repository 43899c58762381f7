package io.vperf.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads small files of the default file system. A class of its own, as a lambda's first use costs start-up time. */
final class DiskReader implements FileReader {

    /** No config file comes near it; a heap dump named by mistake does not fill the application's memory. */
    private static final int MAX_BYTES = 1 << 20;

    @Override
    public byte[] read(String path) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new IOException("larger than 1MB, which no config file is");
            }
            return content;
        } catch (InvalidPathException e) {
            throw new IOException("not a path of this system: " + e.getReason(), e);
        }
    }
}
