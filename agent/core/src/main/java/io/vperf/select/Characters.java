package io.vperf.select;

import org.jspecify.annotations.Nullable;

/** Which characters patterns take as part of names. The JVM allows almost any; those that mean something here need a ? there. */
final class Characters {

    private Characters() {}

    /** Whether there are only letters from a to z. */
    static boolean areLetters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 'a' || text.charAt(i) > 'z') {
                return false;
            }
        }
        return true;
    }

    /** Why the character at a place cannot be part of a name, and what to do; null if it can. */
    static @Nullable String problem(String text, int at, boolean last) {
        char c = text.charAt(at);
        return switch (c) {
            case '/' -> "names have dots, not slashes";
            case ':' -> "the method comes after '#', not after '::'";
            case '<', '>' -> "class files have no type arguments, leave them out";
            case '[', ']' -> "brackets stand in pairs after the type of an argument: int[]";
            case ',' -> "patterns have ';' between them, types stand in parentheses after a method";
            case '+' -> "a '+' for subtypes stands at the end of the class";
            case '@' -> "an '@' stands before the whole name of an annotation";
            case '#' -> "a second '#'; one separates the class from the method";
            case '(', ')' -> "types of arguments stand in parentheses after a method, which comes after '#'";
            case '*' -> !last && text.startsWith("***", at) ? "more than two stars, write **" : null;
            default ->
                Character.isISOControl(c) || Character.isWhitespace(c)
                        ? "white space inside of a name, write ? for it"
                        : null;
        };
    }
}
