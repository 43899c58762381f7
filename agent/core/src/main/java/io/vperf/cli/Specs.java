package io.vperf.cli;

import io.vperf.attach.RefusedException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What commands have in common; what picocli sets before it calls one, which the compiler cannot know. */
final class Specs {

    private Specs() {}

    static CommandSpec of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the command's specification before it calls it");
        }
        return spec;
    }

    /** Says why, a line each; answers the exit status. */
    static int refused(CommandSpec command, RefusedException why) {
        PrintWriter err = command.commandLine().getErr();
        String.valueOf(why.getMessage()).lines().forEach(line -> err.println("vperf: " + line));
        return 1;
    }
}
