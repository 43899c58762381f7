package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Works until it is told to end, and prints how far it got: {@code at=MILLISECONDS,CALLS} after every hundred calls.
 * Arguments: {@code exit} to end by itself after 200 calls, {@code wait} for the file {@code stop}; how many calls its
 * shutdown hook makes.
 */
public final class Service {

    private static long calls;

    private Service() {}

    public static void main(String[] args) throws InterruptedException {
        int last = Integer.parseInt(args[1]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(last)));
        while (!Files.exists(Path.of("stop")) && !(args[0].equals("exit") && calls >= 200)) {
            for (int i = 0; i < 100; i++) {
                calls += work(i);
            }
            System.out.println("at=" + System.currentTimeMillis() + "," + calls);
            Thread.sleep(5);
        }
        System.out.println("calls=" + calls);
        if (args[0].equals("exit")) {
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
