package io.vperf.config;

/**
 * One option of vperf. Two options are the same only if they are the same object.
 *
 * @param <T> what its value becomes
 */
final class Option<T> {

    private final String key;
    private final ValueType<T> type;
    private final String defaultText;
    private final String description;

    /**
     * An option.
     *
     * @param key lower case, words joined by {@code -}, so that it has exactly one spelling in the environment
     * @param defaultText a value as a user would write it, or empty for none
     * @param description one line for the help text, without range and default
     */
    Option(String key, ValueType<T> type, String defaultText, String description) {
        this.key = key;
        this.type = type;
        this.defaultText = defaultText;
        this.description = description;
    }

    String key() {
        return key;
    }

    ValueType<T> type() {
        return type;
    }

    String defaultText() {
        return defaultText;
    }

    String description() {
        return description;
    }

    /** Such as {@code interval=TIME}. */
    String syntax() {
        return type.placeholder().isEmpty() ? key : key + '=' + type.placeholder();
    }
}
