package io.vperf.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a command line came to: its exit status, and what it printed. */
record CliRun(int status, String out, String err) {

    static CliRun of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CliRun result = to(out, arguments);
        return new CliRun(result.status(), out.toString(StandardCharsets.UTF_8), result.err());
    }

    static CliRun to(OutputStream out, String... arguments) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        int status;
        try {
            status = Cli.run(arguments);
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
        return new CliRun(status, "", err.toString(StandardCharsets.UTF_8));
    }
}
