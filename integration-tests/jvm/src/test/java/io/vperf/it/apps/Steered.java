package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes calls until there is a file {@code stop}, and prints how many of each kind. */
public final class Steered {

    private static int calls;

    private Steered() {}

    public static void main(String[] args) throws InterruptedException {
        while (!Files.exists(Path.of("stop"))) {
            for (int i = 0; i < 100; i++) {
                calls += marked(i) + Plain.plain(i);
            }
            System.out.println("at=" + calls);
            Thread.sleep(2);
        }
        System.out.println("calls=" + calls);
    }

    @Measured("marked")
    static int marked(int i) {
        return i < 0 ? 0 : 1;
    }

    /** Nothing here is marked. */
    static final class Plain {

        private Plain() {}

        static int plain(int i) {
            return i < 0 ? 1 : 0;
        }
    }
}
