package io.vperf.select;

import java.util.List;

/** The types of a method's arguments: patterns, and {@code ..} for any number of any. Immutable. */
final class ArgumentsPattern {

    /** In the place of a type. */
    static final String ANY_NUMBER = "..";

    private final List<NamePattern> elements;

    /** One whose text is {@link #ANY_NUMBER} is not asked. */
    ArgumentsPattern(List<NamePattern> elements) {
        this.elements = List.copyOf(elements);
    }

    /**
     * Whether these are the arguments.
     *
     * @param types erased, as in {@code java.lang.String[]}
     */
    boolean matches(String[] types) {
        boolean[] at = new boolean[elements.size() + 1];
        reach(at, 0);
        for (String type : types) {
            boolean[] next = new boolean[elements.size() + 1];
            for (int i = 0; i < elements.size(); i++) {
                if (at[i] && isAnyNumber(i)) {
                    reach(next, i);
                } else if (at[i] && elements.get(i).matches(type)) {
                    reach(next, i + 1);
                }
            }
            at = next;
        }
        return at[elements.size()];
    }

    private void reach(boolean[] places, int element) {
        places[element] = true;
        if (element < elements.size() && isAnyNumber(element)) {
            reach(places, element + 1);
        }
    }

    private boolean isAnyNumber(int element) {
        return elements.get(element).toString().equals(ANY_NUMBER);
    }
}
