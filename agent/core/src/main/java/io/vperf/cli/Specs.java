package io.vperf.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What picocli sets before it calls a command, which the compiler cannot know. */
final class Specs {

    private Specs() {}

    static CommandSpec of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the command's specification before it calls it");
        }
        return spec;
    }
}
