package io.vperf.config;

import org.jspecify.annotations.Nullable;

/** A file, or a word that stands for another place to write to or for none. */
final class OutputValue implements ValueType<Output> {

    private static final String OFF = "off";
    private static final String STDERR = "stderr";
    private static final String STDOUT = "stdout";

    /** What other programs take for standard output. */
    private static final String DASH = "-";

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

    /** {@code stderr}, {@code stdout}, a file whose path is taken as it is, or {@code off}. */
    static OutputValue report() {
        return new OutputValue(
                false, "stderr|stdout|FILE|off", "stderr, stdout, path of a file, or off", STDERR, STDOUT, OFF);
    }

    @Override
    public Output parse(String text) throws WrongValueException {
        for (String word : words) {
            if (word.equals(text)) {
                return switch (word) {
                    case OFF -> new Output.Off();
                    case STDERR -> new Output.Stderr();
                    default -> new Output.Stdout();
                };
            }
        }
        if (text.equals(DASH) || text.equals(STDOUT) || text.equals(STDERR)) {
            // Not one of this option's words; it would silently become a file of that name.
            throw new WrongValueException((pattern ? "a dump goes to a file." : "did you mean 'stdout'?")
                    + " A file of that name is './" + text + "'");
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
