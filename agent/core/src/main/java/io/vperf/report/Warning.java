package io.vperf.report;

import org.jspecify.annotations.Nullable;

/**
 * Something about a file that was given, and what the report lacks by it.
 *
 * @param line its number, from 1 on; null where it is about the whole file
 */
public record Warning(String file, @Nullable Long line, String what) {

    /** For people, after "vperf: ". */
    public String text() {
        return file + (line == null ? ": " : ", line " + line + ": ") + what;
    }
}
