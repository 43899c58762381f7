package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes a pair of network interfaces, waits for the file "again", makes them anew, and waits for the file "stop". */
public final class Links {

    private Links() {}

    public static void main(String[] args) throws Exception {
        make();
        System.out.println("made");
        await("again");
        ip("link", "del", "vperf0");
        make();
        System.out.println("made anew");
        await("stop");
    }

    @Measured
    static void make() throws Exception {
        ip("link", "add", "vperf0", "type", "veth", "peer", "name", "vperf1");
    }

    private static void await(String file) throws InterruptedException {
        while (!Files.exists(Path.of(file))) {
            Thread.sleep(10);
        }
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(command + " ended with " + status);
        }
    }
}
