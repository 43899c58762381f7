package io.vperf.config;

import io.vperf.select.Patterns;
import io.vperf.select.WrongPatternException;

/** Patterns of methods, with semicolons between them: commas separate options, and the types of arguments. */
final class PatternsValue implements ValueType<Patterns> {

    @Override
    public Patterns parse(String text) throws WrongValueException {
        try {
            return Patterns.parse(text);
        } catch (WrongPatternException e) {
            throw new WrongValueException(String.valueOf(e.getMessage()));
        }
    }

    /** Whether somebody may have meant it as one more pattern. */
    static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('#') >= 0 || text.startsWith("@");
    }

    @Override
    public String placeholder() {
        return "PATTERN;PATTERN";
    }

    @Override
    public String accepted() {
        return "patterns CLASS, CLASS#METHOD, CLASS#METHOD(TYPES) or @ANNOTATION with ; between them, or empty";
    }
}
