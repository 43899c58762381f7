package io.vperf.labs.steal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** The calls of one method as the program itself timed them: wall times and CPU times, each sorted, so no longer in pairs. */
final class Calls {

    private static final int INTERVAL_COLUMN = 1;
    private static final int WALL_COLUMN = 3;
    private static final int CPU_COLUMN = 4;

    private final long[] wallNs;
    private final long[] cpuNs;

    private Calls(long[] wallNs, long[] cpuNs) {
        this.wallNs = wallNs;
        this.cpuNs = cpuNs;
    }

    /**
     * What {@code guest.CallLog} wrote.
     *
     * @param leftOut intervals whose calls are
     */
    static Calls read(Path file, String method, Set<Integer> leftOut) throws IOException {
        List<String[]> rows = Files.readAllLines(file).stream()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[0].equals(method))
                .filter(cells -> !leftOut.contains(Integer.parseInt(cells[INTERVAL_COLUMN])))
                .toList();
        if (rows.isEmpty()) {
            throw new IOException(file + " holds no call of " + method);
        }
        return new Calls(sorted(rows, WALL_COLUMN), sorted(rows, CPU_COLUMN));
    }

    private static long[] sorted(List<String[]> rows, int column) {
        return rows.stream()
                .mapToLong(cells -> Long.parseLong(cells[column]))
                .sorted()
                .toArray();
    }

    /** By how much the wall times exceed the CPU times, over all calls. */
    long gapNs() {
        return LongStream.of(wallNs).sum() - LongStream.of(cpuNs).sum();
    }

    int count() {
        return wallNs.length;
    }

    Spread wall() {
        return spread(wallNs);
    }

    Spread cpu() {
        return spread(cpuNs);
    }

    private static Spread spread(long[] sortedNs) {
        return Spread.ofNs(percentile(sortedNs, 50), percentile(sortedNs, 99));
    }

    /** The smallest value that so many percent of all are not above, as HdrHistogram has it. */
    static long percentile(long[] sorted, double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }
}
