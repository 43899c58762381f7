package io.vperf.container;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Decimal numbers as the kernel writes them. */
final class Numbers {

    private static final int SHOWN = 60;

    private Numbers() {}

    /** More than 0 and in the range of a long, without sign. */
    static OptionalLong positive(String text) {
        if (text.isEmpty() || text.length() > 19 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text);
            return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A file that holds one. */
    static Capability<Long> inFile(Path file) {
        return KernelFile.value(file).then(text -> {
            OptionalLong value = positive(text);
            return value.isPresent() ? Capability.available(value.getAsLong()) : notUnderstood(file, text);
        });
    }

    static <T> Capability<T> notUnderstood(Object source, String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return Capability.unavailable(source + " holds \"" + shown + "\", which is not understood", "");
    }
}
