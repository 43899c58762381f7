package io.vperf.cli;

import io.vperf.export.FreshFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The file that {@code --html} names. Only a page is ever written over, and that only by one that is whole. */
final class PageFile {

    private static final String START = "<!DOCTYPE html>";

    private final Path path;

    PageFile(Path path) {
        this.path = path;
    }

    /** Writes what the file is to hold. */
    interface Content {
        void write(Writer out) throws IOException;
    }

    /**
     * Why it must not be written; null if it may be.
     *
     * @param inputs what is read
     * @throws IOException if that cannot be known, as the file cannot be read
     */
    @Nullable
    String refusal(List<Path> inputs) throws IOException {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".hlog") || name.endsWith(".hlog.gz")) {
            return "is a dump file's name";
        }
        for (Path input : inputs) {
            if (Files.exists(path) && Files.exists(input) && Files.isSameFile(path, input)) {
                return "is one of the files to be read, too";
            }
        }
        return isPlain() && !isPageOrEmpty() ? "exists, and is no HTML page" : null;
    }

    private boolean isPageOrEmpty() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(START.length());
            return start.length == 0 || new String(start, StandardCharsets.US_ASCII).equalsIgnoreCase(START);
        }
    }

    /** Neither a device nor a pipe, nor what the process has open already: these have nothing that could be lost. */
    private boolean isPlain() {
        return Files.isRegularFile(path) && !FreshFile.isOpenStream(path);
    }

    /**
     * Writes it beside, and puts it in its place when it is whole.
     *
     * @throws IOException if it cannot be written; what was there before is there still
     */
    void write(Content content) throws IOException {
        if (Files.exists(path) && !isPlain()) {
            try (Writer out = Files.newBufferedWriter(
                    path, StandardCharsets.UTF_8, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                content.write(out);
            }
            return;
        }
        if (Files.exists(path) && !Files.isWritable(path)) {
            throw new AccessDeniedException(path.toString());
        }
        // A link stays one.
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid());
        try {
            try (Writer out = Files.newBufferedWriter(
                    temporary, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.write(out);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }
}
