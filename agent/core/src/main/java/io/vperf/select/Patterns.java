package io.vperf.select;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Patterns with semicolons between them, as they stand in an option. Immutable; equal if they were written alike. */
public final class Patterns {

    /** No patterns. */
    public static final Patterns NONE = new Patterns("", List.of());

    private final String text;
    private final List<MethodPattern> all;

    private Patterns(String text, List<MethodPattern> all) {
        this.text = text;
        this.all = all;
    }

    /**
     * Reads patterns; there are none in an empty text.
     *
     * @throws WrongPatternException with all that is wrong in any of them
     */
    public static Patterns parse(String text) throws WrongPatternException {
        if (text.isEmpty()) {
            return NONE;
        }
        List<String> faults = new ArrayList<>();
        List<MethodPattern> all = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int semicolon = text.indexOf(';', start);
            int end = semicolon < 0 ? text.length() : semicolon;
            String one = text.substring(start, end).strip();
            if (one.isEmpty()) {
                faults.add("no pattern "
                        + (start == 0 ? "before the first ';'" : "after the ';' at character " + start)
                        + ", remove the ';'");
            } else {
                MethodPattern pattern = new PatternParser(one, faults).parse();
                if (pattern != null) {
                    all.add(pattern);
                }
            }
            start = end + 1;
        }
        if (!faults.isEmpty()) {
            throw new WrongPatternException(faults);
        }
        return new Patterns(text, List.copyOf(all));
    }

    /** These, and then the others. */
    public Patterns plus(Patterns others) {
        List<MethodPattern> both = new ArrayList<>(all);
        both.addAll(others.all);
        return of(both);
    }

    /** Those among these that were written as one of the others. */
    public Patterns among(Patterns others) {
        List<MethodPattern> found = new ArrayList<>();
        for (MethodPattern pattern : all) {
            if (others.contains(pattern.toString())) {
                found.add(pattern);
            }
        }
        return of(found);
    }

    /** These but for the others, which are of these. */
    public Patterns without(Patterns others) {
        List<MethodPattern> left = new ArrayList<>(all);
        left.removeAll(others.all);
        return of(left);
    }

    private static Patterns of(List<MethodPattern> patterns) {
        StringJoiner joined = new StringJoiner(";");
        patterns.forEach(pattern -> joined.add(pattern.toString()));
        return new Patterns(joined.toString(), List.copyOf(patterns));
    }

    /** Whether one of them was written so. */
    public boolean contains(String written) {
        return all.stream().anyMatch(pattern -> pattern.toString().equals(written));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** In the order in which they were written. */
    public List<MethodPattern> all() {
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Patterns patterns && patterns.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As they were written. */
    @Override
    public String toString() {
        return text;
    }
}
