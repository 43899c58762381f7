package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ends the JVM while threads are inside of measured calls. Argument: exit (status 3), halt (status 4), which leaves nobody
 * time for a last interval and so comes after the first, or wait.
 */
public final class Leaving {

    private Leaving() {}

    public static void main(String[] args) throws InterruptedException, IOException {
        for (int i = 0; i < 4; i++) {
            new Thread(Leaving::spin).start();
            new Thread(Leaving::sleep).start();
            new Thread(() -> {
                        while (true) {
                            shortCall();
                        }
                    })
                    .start();
        }
        Thread.sleep(500);
        System.out.println("inside");
        switch (args[0]) {
            case "exit" -> System.exit(3);
            case "halt" -> {
                while (!isIntervalWritten()) {
                    Thread.sleep(20);
                }
                Runtime.getRuntime().halt(4);
            }
            default -> Thread.sleep(100_000);
        }
    }

    private static boolean isIntervalWritten() throws IOException {
        try (DirectoryStream<Path> dumps = Files.newDirectoryStream(Path.of(""), "*.hlog")) {
            for (Path dump : dumps) {
                if (Files.readString(dump).contains("\"kind\":\"interval\"")) {
                    return true;
                }
            }
        }
        return false;
    }

    @Measured
    static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    @Measured
    static void sleep() {
        try {
            Thread.sleep(1_000_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Measured
    static void shortCall() {
        Thread.onSpinWait();
    }
}
