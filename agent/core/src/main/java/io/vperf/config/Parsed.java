package io.vperf.config;

import java.util.List;

/** What came of reading the configuration. */
public sealed interface Parsed {

    /** Everything is valid. */
    record Ok(Options options) implements Parsed {}

    /** Somebody asked for {@link io.vperf.config.Help#text}; whatever else was given is not looked at. */
    record Help() implements Parsed {}

    /**
     * Something is not valid, and nothing of it is used.
     *
     * @param errors everything that is wrong in all sources, at least one entry, one line each
     */
    record Wrong(List<String> errors) implements Parsed {

        public Wrong {
            errors = List.copyOf(errors);
        }
    }
}
