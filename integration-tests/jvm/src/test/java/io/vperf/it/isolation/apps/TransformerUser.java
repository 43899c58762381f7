package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes calls under {@link CountingAgent}, whose count goes into the file {@code transformed}. */
public final class TransformerUser {

    private TransformerUser() {}

    public static void main(String[] args) throws Exception {
        int sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum += work(i);
        }
        Thread thread = new Thread(() -> work(1));
        thread.start();
        thread.join();
        Files.writeString(Path.of("transformed"), "" + CountingAgent.finish());
        System.out.println("sum=" + sum);
    }

    @Measured
    static int work(int i) {
        return i * 31;
    }
}
