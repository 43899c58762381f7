package io.vperf.config;

/**
 * One option's value as text, and who gave it.
 *
 * @param key the option's key, such as {@code interval}
 * @param value the value as it was written, quotes removed
 * @param source the source that won
 * @param file the path of the config file, empty for every other source
 */
public record Setting(String key, String value, Source source, String file) {

    /** Such as {@code interval=5s (environment variable VPERF_INTERVAL)}; the value is quoted where it has to be. */
    public String describe() {
        return key + '=' + ArgumentScanner.quoteIfNeeded(value) + " (" + origin() + ')';
    }

    private String origin() {
        return switch (source) {
            case AGENT_ARGUMENT, DEFAULT -> source.label();
            case SYSTEM_PROPERTY, ENVIRONMENT -> source.label() + ' ' + source.spell(key);
            case CONFIG_FILE -> source.label() + ' ' + file;
        };
    }
}
