package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;
import java.nio.charset.StandardCharsets;

/** Starts other programs, from measured methods. Argument: how many. */
public final class Forker {

    private Forker() {}

    public static void main(String[] args) throws Exception {
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            System.out.print(run(i));
        }
    }

    @Measured
    static String run(int i) throws Exception {
        Process process = new ProcessBuilder("echo", "child " + i).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.strip() + " ended with " + process.waitFor() + "\n";
    }
}
