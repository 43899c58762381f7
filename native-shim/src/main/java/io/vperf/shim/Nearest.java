package io.vperf.shim;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant who wrote a name that does not exist. */
final class Nearest {

    private static final int MOST = 3;

    private record Candidate(String name, int distance) {}

    private Nearest() {}

    /** A sentence with the names that take the fewest changes, or with all of them where none is near; may be empty. */
    static String sentence(String wrong, Collection<String> names) {
        List<String> near = of(wrong, names);
        if (!near.isEmpty()) {
            return "Did you mean " + String.join(", ", near) + "? ";
        }
        return names.isEmpty() || names.size() > 12 ? "" : "There are: " + String.join(", ", names) + ". ";
    }

    static List<String> of(String wrong, Collection<String> names) {
        int limit = Math.max(2, wrong.length() / 3);
        return names.stream()
                .map(name -> new Candidate(name, distance(wrong, name)))
                .filter(candidate -> candidate.distance <= limit)
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    /** Letters to add, take away or change (Levenshtein); case is none. A name that begins so is one change away. */
    private static int distance(String wrong, String right) {
        String a = wrong.toLowerCase(Locale.ROOT).replace('_', '-');
        String b = right.toLowerCase(Locale.ROOT).replace('_', '-');
        if (a.length() > 2 && b.startsWith(a)) {
            return 1;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(previous[j], row[j - 1]));
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
