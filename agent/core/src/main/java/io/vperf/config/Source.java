package io.vperf.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a value came from. In order of precedence: a value of an earlier source hides those of later ones. */
public enum Source {
    /** What follows {@code -javaagent:vperf.jar=}. */
    AGENT_ARGUMENT("agent argument", ""),
    /** {@code -Dvperf.KEY=VALUE}. */
    SYSTEM_PROPERTY("system property", "vperf."),
    /** {@code VPERF_KEY}, upper case, with {@code _} for {@code -} and {@code .}. */
    ENVIRONMENT("environment variable", "VPERF_"),
    /** The file that {@code config=FILE} names. */
    CONFIG_FILE("config file", ""),
    /** Given by nobody. */
    DEFAULT("default", "");

    private final String label;
    private final String prefix;

    Source(String label, String prefix) {
        this.label = label;
        this.prefix = prefix;
    }

    /** What a person calls this source, such as {@code environment variable}. */
    public String label() {
        return label;
    }

    /** How an option is named in this source. */
    public String spell(String key) {
        return prefix.concat(
                this == ENVIRONMENT
                        ? key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_')
                        : key);
    }

    /** The key that a name in this source stands for, known or not; null if the name is none of vperf's business. */
    @Nullable
    String keyOf(String name) {
        if (!name.startsWith(prefix)) {
            return null;
        }
        String key = name.substring(prefix.length());
        if (this != ENVIRONMENT) {
            return key;
        }
        for (String known : OptionTable.keys()) {
            if (spell(known).equals(name)) {
                return known;
            }
        }
        return key.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
