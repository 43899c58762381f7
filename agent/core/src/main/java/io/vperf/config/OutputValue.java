package io.vperf.config;

import org.jspecify.annotations.Nullable;

/** A file, or a word that stands for another place to write to or for none. */
final class OutputValue implements ValueType<Output> {

    private static final String OFF = "off";
    private static final String STDERR = "stderr";

    private final boolean pattern;
    private final String placeholder;
    private final String accepted;
    private final String[] words;

    private OutputValue(boolean pattern, String placeholder, String accepted, String... words) {
        this.pattern = pattern;
        this.placeholder = placeholder;
        this.accepted = accepted;
        this.words = words;
    }

    /** A file whose path is a pattern for {@link DumpPath#expand}, or {@code off}. */
    static OutputValue dump() {
        return new OutputValue(true, "PATH|off", "path of a file, or off", OFF);
    }

    /** {@code stderr}, a file whose path is taken as it is, or {@code off}. */
    static OutputValue report() {
        return new OutputValue(false, "stderr|FILE|off", "stderr, path of a file, or off", STDERR, OFF);
    }

    @Override
    public Output parse(String text) throws WrongValueException {
        for (String word : words) {
            if (word.equals(text)) {
                return word.equals(OFF) ? new Output.Off() : new Output.Stderr();
            }
        }
        PathValue.check(text);
        if (text.indexOf('.') < 0 && text.indexOf('/') < 0) {
            // "of" or "Stderr" would silently become a file of that name.
            @Nullable String word = Words.closest(text, words);
            if (word != null) {
                throw new WrongValueException("did you mean '" + word + "'? A file of that name is './" + text + "'");
            }
        }
        if (pattern) {
            DumpPath.check(text);
        }
        return new Output.ToFile(text);
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
