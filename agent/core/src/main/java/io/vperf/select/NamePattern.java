package io.vperf.select;

import java.util.Arrays;

/**
 * A name with wildcards: {@code ?} is one character of a name part, {@code *} any number of these, {@code **} any number of
 * characters, dots too; {@code **.} at the start of a part also stands for nothing. Follows all readings of the wildcards side
 * by side, so that no pattern takes longer than its length times the name's. Immutable.
 */
final class NamePattern {

    private static final int ANY_ONE = -1;
    private static final int ANY_IN_PART = -2;
    private static final int ANY = -3;

    /** Before {@link #ANY} and a dot, which may be missing together. */
    private static final int MAY_SKIP_TWO = -4;

    /** Characters, or one of the above. */
    private final int[] tokens;

    private final String text;
    private final boolean literal;
    private final String prefix;
    private final String suffix;
    private final String internalPrefix;
    private final String internalSuffix;

    private NamePattern(String text, int[] tokens) {
        this.text = text;
        this.tokens = tokens;
        int first = 0;
        while (first < tokens.length && tokens[first] >= 0) {
            first++;
        }
        int last = tokens.length;
        while (last > 0 && tokens[last - 1] >= 0) {
            last--;
        }
        literal = first == tokens.length;
        prefix = literals(tokens, 0, first);
        boolean dotMayBeMissing = last >= 2 && tokens[last - 2] == MAY_SKIP_TWO;
        suffix = literal ? "" : literals(tokens, dotMayBeMissing ? last + 1 : last, tokens.length);
        internalPrefix = prefix.replace('.', '/');
        internalSuffix = suffix.replace('.', '/');
    }

    /** Of a type: one without a dot is meant in every package. */
    static NamePattern ofType(String text) {
        boolean simple = text.indexOf('.') < 0 && !text.startsWith("**");
        return new NamePattern(text, tokens(simple ? "**.".concat(text) : text));
    }

    /** Of a method. */
    static NamePattern ofMember(String text) {
        return new NamePattern(text, tokens(text));
    }

    private static int[] tokens(String text) {
        int[] tokens = new int[text.length() * 2];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '?') {
                tokens[count++] = ANY_ONE;
            } else if (c != '*') {
                tokens[count++] = c;
            } else if (i + 1 == text.length() || text.charAt(i + 1) != '*') {
                tokens[count++] = ANY_IN_PART;
            } else {
                boolean wholePart =
                        (i == 0 || text.charAt(i - 1) == '.') && i + 2 < text.length() && text.charAt(i + 2) == '.';
                if (wholePart) {
                    tokens[count++] = MAY_SKIP_TWO;
                }
                tokens[count++] = ANY;
                i++;
            }
        }
        int[] exact = new int[count];
        System.arraycopy(tokens, 0, exact, 0, count);
        return exact;
    }

    private static String literals(int[] tokens, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append((char) tokens[i]);
        }
        return text.toString();
    }

    /** Whether it names exactly one name, as it stands. */
    boolean isLiteral() {
        return literal;
    }

    /** As {@link #matches}, for a name with slashes; almost every class that is loaded is turned down without a new string. */
    boolean matchesInternal(String internalName) {
        return internalName.startsWith(internalPrefix)
                && internalName.endsWith(internalSuffix)
                && matches(internalName.replace('/', '.'));
    }

    boolean matches(String name) {
        if (literal) {
            return name.equals(prefix);
        }
        if (!name.startsWith(prefix) || !name.endsWith(suffix)) {
            return false;
        }
        boolean[] at = new boolean[tokens.length + 1];
        boolean[] next = new boolean[tokens.length + 1];
        reach(at, 0);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            for (int j = 0; j < tokens.length; j++) {
                if (at[j]) {
                    step(j, c, next);
                }
            }
            boolean[] spent = at;
            at = next;
            next = spent;
            Arrays.fill(next, false);
        }
        return at[tokens.length];
    }

    private void step(int token, char c, boolean[] next) {
        switch (tokens[token]) {
            case ANY_ONE -> {
                if (c != '.') {
                    reach(next, token + 1);
                }
            }
            case ANY_IN_PART -> {
                if (c != '.') {
                    reach(next, token);
                }
            }
            case ANY -> reach(next, token);
            default -> {
                if (tokens[token] == c) {
                    reach(next, token + 1);
                }
            }
        }
    }

    /** Marks a place in the pattern, and those that it leads to without a character. */
    private void reach(boolean[] places, int token) {
        places[token] = true;
        if (token == tokens.length) {
            return;
        }
        if (tokens[token] == MAY_SKIP_TWO) {
            reach(places, token + 1);
            reach(places, token + 3);
        } else if (tokens[token] == ANY || tokens[token] == ANY_IN_PART) {
            reach(places, token + 1);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
