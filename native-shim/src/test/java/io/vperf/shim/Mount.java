package io.vperf.shim;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** A small file system of its own, for folders that refuse things. Skips the test where mounting is refused. */
record Mount(Path folder) implements AutoCloseable {

    static Mount tmpfs(Path folder, String option) {
        Command.Result result =
                Command.run("mount", "-t", "tmpfs", "-o", "size=1m," + option, "tmpfs", folder.toString());
        assumeTrue(result.status() == 0, () -> "cannot mount a tmpfs (needs root): " + result.lastLine());
        return new Mount(folder);
    }

    /** Lazily: glibc leaves part of a library mapped that a noexec file system refused. */
    @Override
    public void close() {
        Command.Result result = Command.run("umount", "--lazy", folder.toString());
        if (result.status() != 0) {
            throw new IllegalStateException(result.output());
        }
    }
}
