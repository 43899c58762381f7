package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Works until it is told to end, and prints how far it got: {@code at=MILLISECONDS,CALLS} after every hundred calls.
 * Arguments: {@code exit} to end by itself after 200 calls, {@code interrupted} to do so from a thread that is
 * interrupted, {@code wait} for the file {@code stop}; how many calls its shutdown hook makes.
 */
public final class Service {

    private static long calls;

    private Service() {}

    public static void main(String[] args) throws InterruptedException {
        int last = Integer.parseInt(args[1]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(last)));
        while (!Files.exists(Path.of("stop")) && (args[0].equals("wait") || calls < 200)) {
            for (int i = 0; i < 100; i++) {
                calls += work(i);
            }
            System.out.println("at=" + System.currentTimeMillis() + "," + calls);
            Thread.sleep(5);
        }
        System.out.println("calls=" + calls);
        if (args[0].equals("interrupted")) {
            Thread.currentThread().interrupt();
        }
        if (!args[0].equals("wait")) {
            System.exit(3);
        }
    }

    private static void drain(int last) {
        for (int i = 0; i < last; i++) {
            finish();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Measured
    static int work(int i) {
        return i < 0 ? 0 : 1;
    }

    @Measured
    static void finish() {}
}
