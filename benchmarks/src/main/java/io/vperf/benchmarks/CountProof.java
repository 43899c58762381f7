package io.vperf.benchmarks;

import io.vperf.benchmarks.calls.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The peer's own count of calls, left in a file, is that of the calls made. */
final class CountProof implements Proof {

    @Override
    public String check(Trial trial) throws UnprovenException {
        Path file = Count.file(trial.folder());
        long counted;
        try {
            counted = Long.parseLong(Files.readString(file));
        } catch (IOException e) {
            throw new UnprovenException("no count of measured calls", e);
        }
        return equal(counted, trial.calls());
    }

    static String equal(long counted, long calls) throws UnprovenException {
        if (calls <= 0 || counted != calls) {
            throw new UnprovenException(counted + " calls measured of " + calls);
        }
        return String.format("all %,d calls", calls);
    }
}
