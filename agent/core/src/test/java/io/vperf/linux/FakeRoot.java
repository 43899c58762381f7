package io.vperf.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A file system's root of one's own making. */
public final class FakeRoot {

    private final Path root;

    public FakeRoot(Path root) {
        this.root = root;
    }

    public Path path() {
        return root;
    }

    public FakeRoot with(String file, String text) {
        return with(file, text.getBytes(StandardCharsets.UTF_8));
    }

    public FakeRoot with(String file, byte[] bytes) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.write(path, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FakeRoot without(String file) {
        try {
            Files.delete(root.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of this package's test resources. */
    public static String fixture(String name) {
        try (InputStream in = Objects.requireNonNull(FakeRoot.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code /proc/stat} of many vCPUs, in the form of Linux 6.x; column c of vCPU n is (n + 1) * 1,000,000 + c. */
    static String stat(int vcpus) {
        StringBuilder text = new StringBuilder("cpu  1 2 3 4 5 6 7 8 9 10\n");
        for (int cpu = 0; cpu < vcpus; cpu++) {
            text.append("cpu").append(cpu);
            for (int column = 0; column < 10; column++) {
                text.append(' ').append((cpu + 1) * 1_000_000L + column);
            }
            text.append('\n');
        }
        text.append("intr 123456789").append(" 0".repeat(1000)).append('\n');
        return text.append("ctxt 311453\nbtime 1700000000\nprocesses 4711\nprocs_running 1\nprocs_blocked 0\n")
                .toString();
    }
}
