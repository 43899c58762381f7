package io.vperf.labs.steal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the kernel counted while the calls of one method ran.
 *
 * @param elapsedNs between the readings of the counters before and after calls
 * @param stolenNs steal column of the vCPU that worked, in steps of 10 ms
 * @param busyNs its user, nice, system, irq and softirq columns
 * @param runDelayNs how long the calling thread was runnable and had to wait, by its schedstat
 */
record Counters(long elapsedNs, long stolenNs, long busyNs, long runDelayNs) {

    /** Of /proc/stat: 1/USER_HZ. */
    static final long TICK_NS = 10_000_000;

    private static final String VCPU = "cpu0";

    /** The thread that runs {@code main} is the JVM's second; both are named java. */
    private static final String MAIN_THREAD = "java";

    /**
     * What {@code guest.CounterLog} wrote.
     *
     * @param leftOut intervals that do not count
     */
    static Counters read(Path file, String method, Set<Integer> leftOut) throws IOException {
        Counters sum = new Counters(0, 0, 0, 0);
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split(",", 4);
            if (cells[0].equals(method) && !leftOut.contains(Integer.parseInt(cells[1]))) {
                sum = sum.plus(cells[3].trim().split(" +"), cells[2].equals("after") ? 1 : -1);
            }
        }
        if (sum.elapsedNs <= 0) {
            throw new IOException(file + " does not hold what was counted before and after " + method);
        }
        return sum;
    }

    private Counters plus(String[] words, int sign) {
        if (words[0].equals("nanotime")) {
            return new Counters(elapsedNs + sign * Long.parseLong(words[1]), stolenNs, busyNs, runDelayNs);
        }
        if (words[0].equals("thread") && words[1].startsWith(MAIN_THREAD + "/")) {
            return new Counters(elapsedNs, stolenNs, busyNs, runDelayNs + sign * Long.parseLong(words[3]));
        }
        if (words[0].equals(VCPU)) {
            // user nice system idle iowait irq softirq steal
            long busy = ticks(words, 1) + ticks(words, 2) + ticks(words, 3) + ticks(words, 6) + ticks(words, 7);
            return new Counters(
                    elapsedNs, stolenNs + sign * ticks(words, 8) * TICK_NS, busyNs + sign * busy * TICK_NS, runDelayNs);
        }
        return this;
    }

    private static long ticks(String[] words, int column) {
        return Long.parseLong(words[column]);
    }
}
