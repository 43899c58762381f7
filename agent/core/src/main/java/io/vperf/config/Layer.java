package io.vperf.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one source. Every value is checked when it is added, also one that another source will hide: what is
 * wrong today in one place is used tomorrow, when the other place is gone.
 */
final class Layer {

    private final Source source;
    private final String file;
    private final List<String> errors;
    private final Map<Option<?>, String> texts = new HashMap<>();
    private final Map<Option<?>, String> valid = new HashMap<>();

    /** A layer of a source; {@code file} is the config file's path, empty for other sources. */
    Layer(Source source, String file, List<String> errors) {
        this.source = source;
        this.file = file;
        this.errors = errors;
    }

    /** Adds what stands in the source under a name; a name that is none of vperf's business is passed over. */
    void add(String name, @Nullable String text) {
        @Nullable String key = source.keyOf(name);
        if (key == null) {
            return;
        }
        @Nullable Option<?> option = OptionTable.find(key);
        if (option == null || !source.spell(key).equals(name)) {
            wrong(name, text, unknown(key));
        } else if (option == OptionTable.CONFIG && source == Source.CONFIG_FILE) {
            wrong(name, text, "a config file cannot name another one, remove this line");
        } else {
            add(name, option, text);
        }
    }

    private void add(String name, Option<?> option, @Nullable String text) {
        String written = text == null ? "" : text;
        @Nullable String earlier = texts.putIfAbsent(option, written);
        if (earlier != null) {
            wrong(name, text, "given twice, first as " + Words.shown(earlier) + ", remove one");
        } else if (text == null && option != OptionTable.HELP) {
            wrong(name, null, "has no value, write " + option.syntax() + accepted(option));
        } else {
            try {
                option.type().parse(written);
                valid.put(option, written);
            } catch (WrongValueException e) {
                wrong(name, text, e.getMessage() + accepted(option));
            }
        }
    }

    /** The value as it was written; null if there is none or it is wrong. */
    @Nullable
    String text(Option<?> option) {
        return valid.get(option);
    }

    @Nullable
    Setting setting(Option<?> option) {
        @Nullable String text = text(option);
        return text == null ? null : new Setting(option.key(), text, source, file);
    }

    private static String accepted(Option<?> option) {
        return " (accepted: " + option.type().accepted() + ')';
    }

    private String unknown(String key) {
        // Somebody who moves a -D line into a file keeps its prefix.
        String bare = key.startsWith("vperf.") ? key.substring("vperf.".length()) : key;
        @Nullable String meant = Words.closest(bare, OptionTable.keys());
        return "no such option"
                + (CountersValue.isEvent(bare) ? "; counters are joined by +, as in counters=cycles+" + bare : "")
                + (PatternsValue.isPattern(bare) ? "; patterns are joined by ;, as in include=com.acme.**;" + bare : "")
                + Words.didYouMean(meant == null ? null : source.spell(meant))
                + " (accepted: " + spellings() + ')';
    }

    private String spellings() {
        String[] names = OptionTable.keys();
        for (int i = 0; i < names.length; i++) {
            names[i] = source.spell(names[i]);
        }
        return Words.alternatives(names);
    }

    private void wrong(String name, @Nullable String text, String problem) {
        String place = file.isEmpty() ? source.label() : source.label() + ' ' + Words.shown(file) + ',';
        String shownName = Words.shown(name);
        errors.add(place + ' ' + shownName.substring(1, shownName.length() - 1)
                + (text == null ? "" : '=' + Words.shown(text)) + ": " + problem);
    }
}
