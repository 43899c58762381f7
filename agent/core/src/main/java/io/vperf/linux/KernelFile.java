package io.vperf.linux;

import io.vperf.shim.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Reads small files of the kernel, bounded in size. For start-up and reports, not for a sampling path: it allocates. */
public final class KernelFile {

    /** Enough for every one-value file; a page is the most that sysfs gives. */
    private static final int SMALL_BYTES = 4096;

    private KernelFile() {}

    /**
     * The first {@code maxBytes} bytes of a file; what lies behind them is not read.
     *
     * @return unavailable where there is no such regular file or it may not be read. Pipes and devices are refused, for
     *     reading them can block
     */
    public static Capability<byte[]> head(Path file, int maxBytes) {
        try {
            if (!Files.exists(file)) {
                return Capability.unavailable("there is no " + file, "");
            }
            if (!Files.isRegularFile(file)) {
                return Capability.unavailable(file + " is not a regular file", "");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return Capability.available(in.readNBytes(maxBytes));
            }
        } catch (IOException | RuntimeException e) {
            return Capability.unavailable(file + " cannot be read: " + e, "make it readable for the JVM's user");
        }
    }

    /** As {@link #head}, as text; malformed UTF-8 is replaced by U+FFFD. */
    public static Capability<String> headText(Path file, int maxBytes) {
        return map(head(file, maxBytes), bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** What a function makes of a value, where there is one. */
    static <S, T> Capability<T> map(Capability<S> from, Function<S, T> function) {
        if (from instanceof Capability.Unavailable<S> not) {
            return Capability.unavailable(not.reason(), not.remedy());
        }
        return Capability.available(function.apply(((Capability.Available<S>) from).value()));
    }

    /** The value of a file that holds one: its first line without the white space around it. Empty is unavailable. */
    public static Capability<String> value(Path file) {
        Capability<String> text = headText(file, SMALL_BYTES);
        if (text instanceof Capability.Available<String> read) {
            int end = read.value().indexOf('\n');
            String line = (end < 0 ? read.value() : read.value().substring(0, end)).strip();
            return line.isEmpty() ? Capability.unavailable(file + " is empty", "") : Capability.available(line);
        }
        return text;
    }
}
