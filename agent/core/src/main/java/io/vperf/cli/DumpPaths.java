package io.vperf.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/** What a person names on the command line: files, folders of them, patterns, or several of these in one word. */
final class DumpPaths {

    private static final PathMatcher DUMP = FileSystems.getDefault().getPathMatcher("glob:*.{hlog,hlog.gz}");

    private DumpPaths() {}

    /**
     * Files, in the order given, each once; those of a folder or a pattern by name. A name that is nobody's is among them: whoever
     * reads it tells.
     *
     * @throws TypeConversionException where a word is empty, which Java takes for the working folder, or this JVM cannot name such a
     *     file
     */
    static List<Path> of(List<String> words) {
        Set<Path> files = new LinkedHashSet<>();
        for (String word : words) {
            Path whole = path(word);
            if (word.isEmpty() || (word.isBlank() && !Files.exists(whole))) {
                throw new TypeConversionException(
                        "FILE is empty ('" + word
                                + "', perhaps of a variable that is not set): name dump files, or '.' for those of this folder");
            }
            if (Files.exists(whole)) {
                add(whole, word, files);
                continue;
            }
            // A list in quotes. A blank in a name that exists is a part of it.
            for (String part : word.trim().split("\\s+", -1)) {
                add(path(part), part, files);
            }
        }
        return new ArrayList<>(files);
    }

    private static void add(Path path, String word, Set<Path> files) {
        if (Files.isDirectory(path)) {
            List<Path> found = find(path, 1, DUMP, true);
            files.addAll(found.isEmpty() ? List.of(path) : found);
        } else if (!Files.exists(path) && word.matches(".*[*?\\[{].*")) {
            List<Path> found = matching(path);
            files.addAll(found.isEmpty() ? List.of(path) : found);
        } else {
            files.add(path);
        }
    }

    /** The shell has not expanded it, as it stood in quotes. */
    private static List<Path> matching(Path pattern) {
        Path base = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
        int names = 0;
        while (names < pattern.getNameCount() - 1
                && !pattern.getName(names).toString().matches(".*[*?\\[{].*")) {
            base = base.resolve(pattern.getName(names++));
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        int depth = pattern.toString().contains("**") ? Integer.MAX_VALUE : pattern.getNameCount() - names;
        return find(base, depth, matcher, false);
    }

    private static List<Path> find(Path base, int depth, PathMatcher matcher, boolean byName) {
        try (Stream<Path> found = Files.find(
                base,
                depth,
                (path, attributes) ->
                        !attributes.isDirectory() && matcher.matches(byName ? path.getFileName() : path))) {
            return found.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** picocli's own message is the JDK's, which names no remedy. */
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("this JVM's locale has no code for a character of this path,"
                    + " set LC_ALL=C.UTF-8 for the JVM or use a path in ASCII");
        }
    }
}
