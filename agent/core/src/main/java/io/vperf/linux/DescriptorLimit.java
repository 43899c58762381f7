package io.vperf.linux;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many file descriptors one part of vperf may take: what is left must do for the application. */
public final class DescriptorLimit {

    /** Soft limit, hard limit, unit; proc(5). HotSpot raises the soft one to the hard one when it starts. */
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+(\\d{1,9}|unlimited)\\s");

    private static final int SHARE = 4;
    private static final int UNKNOWN = 256;

    /** Of 4,096 threads with four counters each. */
    private static final int MOST = 16_384;

    private static final int LIMITS_BYTES = 4096;

    private DescriptorLimit() {}

    /**
     * A quarter of what the process may have.
     *
     * @param root where the file system begins
     */
    public static int of(Path root) {
        if (!(KernelFile.headText(root.resolve("proc/self/limits"), LIMITS_BYTES)
                instanceof Capability.Available<String> limits)) {
            return UNKNOWN;
        }
        Matcher line = OPEN_FILES.matcher(limits.value());
        if (!line.find()) {
            return UNKNOWN;
        }
        String soft = line.group(1);
        return soft.equals("unlimited") ? MOST : Math.min(MOST, Integer.parseInt(soft) / SHARE);
    }
}
