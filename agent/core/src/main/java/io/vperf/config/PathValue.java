package io.vperf.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A path of a file or folder. Whether it exists is for its user to find out: at start-up it may not yet. */
final class PathValue implements ValueType<String> {

    private final String placeholder;
    private final String accepted;
    private final boolean mayBeEmpty;

    private PathValue(String placeholder, String accepted, boolean mayBeEmpty) {
        this.placeholder = placeholder;
        this.accepted = accepted;
        this.mayBeEmpty = mayBeEmpty;
    }

    static PathValue file() {
        return new PathValue("FILE", "path of a file", false);
    }

    static PathValue fileOrNone() {
        return new PathValue("FILE", "path of a file, or empty", true);
    }

    static PathValue folderOrNone() {
        return new PathValue("PATH", "path of a folder, or empty", true);
    }

    @Override
    public String parse(String text) throws WrongValueException {
        if (!mayBeEmpty || !text.isEmpty()) {
            check(text);
        }
        return text;
    }

    /** Turns down what no operating system takes as a path, and what this JVM cannot hand to it. */
    static void check(String path) throws WrongValueException {
        if (path.isEmpty()) {
            throw new WrongValueException("the path is empty");
        }
        if (path.indexOf('\0') >= 0) {
            throw new WrongValueException("a path cannot contain the character 0");
        }
        try {
            Path unused = Path.of(path);
        } catch (InvalidPathException e) {
            throw new WrongValueException("this JVM's locale has no code for a character of this path,"
                    + " set LC_ALL=C.UTF-8 for the JVM or use a path in ASCII");
        }
    }

    @Override
    public String placeholder() {
        return placeholder;
    }

    @Override
    public String accepted() {
        return accepted;
    }
}
