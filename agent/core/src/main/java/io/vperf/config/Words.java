package io.vperf.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words of error texts: what was seen, what there is, and what was probably meant. Pure. */
final class Words {

    private static final int MAX_SHOWN = 120;

    private Words() {}

    /** A user's text as it can stand in one line of an error: quoted, control characters visible, not endless. */
    static String shown(String text) {
        StringBuilder line = new StringBuilder(text.length() + 2).append('\'');
        int end = Math.min(text.length(), MAX_SHOWN);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
            } else {
                line.append(c);
            }
        }
        line.append('\'');
        if (end < text.length()) {
            line.append("... (").append(text.length()).append(" characters)");
        }
        return line.toString();
    }

    /** {@code a}, {@code a or b}, {@code a, b or c}. */
    static String alternatives(String... words) {
        StringBuilder line = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            line.append(i + 1 < words.length ? ", " : " or ").append(words[i]);
        }
        return line.toString();
    }

    static String didYouMean(@Nullable String word) {
        return word == null ? "" : ", did you mean '" + word + "'?";
    }

    /**
     * The word that was probably meant, the first of equals; null if none is close: one slip for every three letters of
     * the word, and none guessed for words of two letters or fewer, where everything is close.
     */
    static @Nullable String closest(String seen, String... words) {
        String lower = seen.toLowerCase(Locale.ROOT);
        @Nullable String closest = null;
        int fewest = Integer.MAX_VALUE;
        for (String word : words) {
            int allowed = word.length() / 3;
            // The length alone tells for most, and bounds the work for a very long text.
            if (allowed > 0 && Math.abs(word.length() - lower.length()) <= allowed) {
                int slips = slips(lower, word);
                if (slips <= allowed && slips < fewest) {
                    closest = word;
                    fewest = slips;
                }
            }
        }
        return closest;
    }

    /** Optimal string alignment: letters inserted, left out, replaced, or swapped with their neighbour, each counts 1. */
    static int slips(String a, String b) {
        int[][] slips = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : cheapest(slips, a, i, b, j);
            }
        }
        return slips[a.length()][b.length()];
    }

    private static int cheapest(int[][] slips, String a, int i, String b, int j) {
        char ofA = a.charAt(i - 1);
        char ofB = b.charAt(j - 1);
        int replaced = slips[i - 1][j - 1] + (ofA == ofB ? 0 : 1);
        int least = Math.min(replaced, Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
        if (i > 1 && j > 1 && ofA == b.charAt(j - 2) && a.charAt(i - 2) == ofB) {
            return Math.min(least, slips[i - 2][j - 2] + 1);
        }
        return least;
    }
}
