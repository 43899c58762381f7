package io.vperf.config;

import java.util.List;
import java.util.Locale;

/**
 * One of a few words: the constants of an enum, in lower case.
 *
 * @param <E> the enum
 */
final class ChoiceValue<E extends Enum<E>> implements ValueType<E> {

    /** What the help's left column has room for; the right one lists every word. */
    private static final int WIDEST = 20;

    private final List<E> constants;
    private final String[] words;

    /** The constants are listed in this order. */
    ChoiceValue(List<E> constants) {
        this.constants = constants;
        this.words = new String[constants.size()];
        for (int i = 0; i < constants.size(); i++) {
            words[i] = constants.get(i).name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public E parse(String text) throws WrongValueException {
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals(text)) {
                return constants.get(i);
            }
        }
        throw new WrongValueException("unknown value" + Words.didYouMean(Words.closest(text, words)));
    }

    @Override
    public String placeholder() {
        String all = String.join("|", words);
        return all.length() <= WIDEST ? all : "WORD";
    }

    @Override
    public String accepted() {
        return Words.alternatives(words);
    }
}
