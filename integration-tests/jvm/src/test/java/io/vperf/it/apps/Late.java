package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.nio.file.Files;
import java.nio.file.Path;

/** Calls before and after the file {@code go} appears, of a class loaded before and of one loaded after. */
public final class Late {

    private Late() {}

    public static void main(String[] args) throws Exception {
        int sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum += early(i) + new Early().value;
        }
        System.out.println("ready");
        while (!Files.exists(Path.of("go"))) {
            Thread.sleep(20);
        }
        for (int i = 0; i < 40; i++) {
            sum += early(i);
        }
        for (int i = 0; i < 30; i++) {
            sum += new Early().value;
        }
        for (int i = 0; i < 20; i++) {
            sum += new Loaded().applyAsInt(i);
        }
        System.out.println("sum=" + sum);
    }

    @Measured
    static int early(int i) {
        return i;
    }

    static final class Early {
        final int value;

        @Measured
        Early() {
            value = 1;
        }
    }
}
