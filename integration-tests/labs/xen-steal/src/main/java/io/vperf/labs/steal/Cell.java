package io.vperf.labs.steal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One run of the workload.
 *
 * @param stealPercent as asked for
 * @param burstMs of the thief, as asked for
 */
record Cell(Kernel kernel, int stealPercent, int burstMs, Path folder) implements Comparable<Cell> {

    /** In a folder KERNEL/BOOT/STEAL-BURST. */
    static Cell of(Path folder) {
        int names = folder.getNameCount();
        String[] cell = folder.getName(names - 1).toString().split("-", 2);
        Kernel kernel = Kernel.of(folder.getName(names - 3).toString());
        return new Cell(kernel, Integer.parseInt(cell[0]), Integer.parseInt(cell[1]), folder);
    }

    boolean withoutSteal() {
        return stealPercent == 0;
    }

    /** With more than a half stolen figures are shown and not judged. */
    boolean judged() {
        return stealPercent <= 50;
    }

    /** Those that vperf corrected: of the intervals it tainted nothing counts. */
    Calls calls(String method) throws IOException {
        return Calls.read(folder.resolve("calls.csv"), method, dump().tainted());
    }

    Counters counters(String method) throws IOException {
        return Counters.read(folder.resolve("counters.csv"), method, dump().tainted());
    }

    Dump dump() throws IOException {
        return Dump.read(folder.resolve("vperf.hlog"));
    }

    @Override
    public int compareTo(Cell other) {
        int byKernel = kernel.name().compareTo(other.kernel.name());
        int bySteal = Integer.compare(stealPercent, other.stealPercent);
        return byKernel != 0 ? byKernel : bySteal != 0 ? bySteal : Integer.compare(burstMs, other.burstMs);
    }
}
