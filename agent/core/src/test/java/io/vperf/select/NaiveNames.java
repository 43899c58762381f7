package io.vperf.select;

/** What names with wildcards mean, written down as plainly as can be, however long it takes. */
final class NaiveNames {

    private NaiveNames() {}

    static boolean ofType(String pattern, String name) {
        boolean simple = pattern.indexOf('.') < 0 && !pattern.startsWith("**");
        return matches(simple ? "**." + pattern : pattern, true, name);
    }

    static boolean ofMember(String pattern, String name) {
        return matches(pattern, true, name);
    }

    /**
     * Whether all of the pattern is all of the name.
     *
     * @param partBegins whether the pattern stands at the beginning of a part of its own
     */
    private static boolean matches(String pattern, boolean partBegins, String name) {
        if (pattern.isEmpty()) {
            return name.isEmpty();
        }
        if (pattern.startsWith("**")) {
            if (partBegins && pattern.startsWith("**.") && matches(pattern.substring(3), true, name)) {
                return true;
            }
            for (int taken = 0; taken <= name.length(); taken++) {
                if (matches(pattern.substring(2), false, name.substring(taken))) {
                    return true;
                }
            }
            return false;
        }
        if (pattern.startsWith("*")) {
            for (int taken = 0; taken <= name.length(); taken++) {
                if (matches(pattern.substring(1), false, name.substring(taken))) {
                    return true;
                }
                if (taken < name.length() && name.charAt(taken) == '.') {
                    return false;
                }
            }
            return false;
        }
        if (name.isEmpty()) {
            return false;
        }
        char p = pattern.charAt(0);
        boolean same = p == '?' ? name.charAt(0) != '.' : p == name.charAt(0);
        return same && matches(pattern.substring(1), p == '.', name.substring(1));
    }
}
