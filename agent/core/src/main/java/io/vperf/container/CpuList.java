package io.vperf.container;

import io.vperf.shim.Capability;
import java.util.OptionalLong;

/**
 * A set of CPUs as the kernel writes it, such as {@code 0-3,7} (Documentation/admin-guide/cputopology.rst).
 *
 * @param text as it stands in the file; not empty
 * @param count how many CPUs that are
 */
public record CpuList(String text, int count) {

    /** CONFIG_NR_CPUS is at most 8192 (x86, MAXSMP) so far. */
    private static final int MAX_CPUS = 1 << 16;

    static Capability<CpuList> parse(Object source, String text) {
        long count = 0;
        long last = -1;
        for (String range : text.split(",", -1)) {
            int hyphen = range.indexOf('-');
            long from = cpu(hyphen < 0 ? range : range.substring(0, hyphen));
            long to = hyphen < 0 ? from : cpu(range.substring(hyphen + 1));
            // The kernel writes them in order and apart; so none counts twice.
            if (from <= last || to < from) {
                return Numbers.notUnderstood(source, text);
            }
            count += to - from + 1;
            last = to;
        }
        return Capability.available(new CpuList(text, (int) count));
    }

    private static long cpu(String text) {
        OptionalLong number = text.equals("0") ? OptionalLong.of(0) : Numbers.positive(text);
        return number.isPresent() && number.getAsLong() < MAX_CPUS ? number.getAsLong() : -1;
    }
}
