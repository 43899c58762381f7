package io.vperf.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The number of this process. */
public final class OwnPid {

    private OwnPid() {}

    /**
     * As {@code /proc/self} names it (proc(5)), the JVM's own answer where there is no such link. That one is the same and
     * takes 9 ms of a start: {@link ProcessHandle} makes a thread pool.
     *
     * @param root where the file system begins, {@code /} in production
     */
    public static long read(Path root) {
        try {
            return Long.parseLong(
                    Files.readSymbolicLink(root.resolve("proc/self")).toString());
        } catch (IOException | RuntimeException e) {
            return ProcessHandle.current().pid();
        }
    }
}
