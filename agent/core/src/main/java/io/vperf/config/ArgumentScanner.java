package io.vperf.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits {@code key=value,key='a, b',key=f(a,b)}. Used once, by one thread. A faulty part becomes an error and is left
 * out; the parts around it are read on. Positions in errors count characters from 1.
 */
final class ArgumentScanner {

    /** One part. A bare key has no value, which is not the same as an empty one. */
    record Argument(String key, @Nullable String value) {}

    private final String text;
    private final List<String> errors;
    private final List<Argument> arguments = new ArrayList<>();
    private int at;
    private int faultAt;
    private @Nullable String fault;

    private ArgumentScanner(String text, List<String> errors) {
        this.text = text;
        this.errors = errors;
    }

    static List<Argument> scan(String text, List<String> errors) {
        ArgumentScanner scanner = new ArgumentScanner(text, errors);
        while (scanner.at < text.length()) {
            scanner.part();
            scanner.at++; // the comma
        }
        return scanner.arguments;
    }

    /** The value as {@link #scan} reads it back, in quotes only where it has to be. */
    static String quoteIfNeeded(String value) {
        boolean plain = value.equals(value.strip());
        for (int i = 0; i < value.length() && plain; i++) {
            plain = ",'()".indexOf(value.charAt(i)) < 0;
        }
        return plain ? value : '\'' + value.replace("'", "''") + '\'';
    }

    private void part() {
        int partStart = at;
        fault = null;
        String key = plain(true);
        boolean bare = at == text.length() || text.charAt(at) == ',';
        @Nullable String value = null;
        if (!bare) {
            if (key.isEmpty()) {
                fault(at, "no key before '=', write key=value");
            }
            at++;
            skipSpace();
            value = at < text.length() && text.charAt(at) == '\'' ? quoted() : plain(false);
        }
        if (fault != null) {
            String part = Words.shown(text.substring(partStart, at).strip());
            errors.add("agent arguments, character " + (faultAt + 1) + ", in " + part + ": " + fault);
        } else if (!bare || !key.isEmpty()) {
            arguments.add(new Argument(key, value));
        }
    }

    /** Reads up to a comma outside of parentheses, the end, or a {@code =} if that ends the text as well. */
    private String plain(boolean untilEquals) {
        int start = at;
        int depth = 0;
        int outermost = at;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (depth == 0 && (c == ',' || (c == '=' && untilEquals))) {
                break;
            } else if (c == '(') {
                outermost = depth == 0 ? at : outermost;
                depth++;
            } else if (c == ')' && depth == 0) {
                fault(at, "')' closes nothing, put the value in single quotes if it belongs to it");
            } else if (c == ')') {
                depth--;
            } else if (c == '\'') {
                fault(at, "a quote has to open the value and close it, write '' for a quote inside of quotes");
            }
        }
        if (depth > 0) {
            fault(outermost, "'(' is never closed, add ')' or put the value in single quotes");
        }
        return text.substring(start, at).strip();
    }

    private String quoted() {
        int open = at;
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\'') {
                value.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                value.append(c);
                at++;
            } else {
                at++;
                nothingUntilComma();
                return value.toString();
            }
        }
        fault(open, "the quote is never closed, add a single quote at the end of the value");
        return "";
    }

    private void nothingUntilComma() {
        skipSpace();
        if (at < text.length() && text.charAt(at) != ',') {
            fault(at, "text after the closing quote, write '' for a quote inside of quotes");
            plain(false);
        }
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** Only the first fault of a part is told: the others mostly follow from it. */
    private void fault(int position, String problem) {
        if (fault == null) {
            faultAt = position;
            fault = problem;
        }
    }
}
