package io.vperf.it.apps;

import java.nio.file.Files;
import java.nio.file.Path;

/** Has nothing to measure, and waits for a file {@code stop}. */
public final class Idle {

    private Idle() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println("idle");
        while (!Files.exists(Path.of("stop"))) {
            Thread.sleep(10);
        }
    }
}
