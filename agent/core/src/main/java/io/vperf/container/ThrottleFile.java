package io.vperf.container;

import io.vperf.linux.KeptFile;
import io.vperf.shim.Capability;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The throttle counters of one cgroup's {@code cpu.stat}, kept open and read again and again by one thread at a time: two
 * system calls a sample and no allocation. Never throws: what goes wrong is told by {@link #failure}. It stays with its
 * cgroup, should the process be moved to another.
 */
public final class ThrottleFile implements AutoCloseable {

    /** Version 1 writes 5 lines, version 2 some 10. */
    private static final int BYTES = 4096;

    private static final byte[] PERIODS = key("nr_periods");
    private static final byte[] THROTTLED = key("nr_throttled");
    private static final byte[] TIME_NS = key("throttled_time");
    private static final byte[] TIME_US = key("throttled_usec");
    private static final long NONE = -1;
    private static final long NS_PER_US = 1000;

    private final KeptFile file;
    private final byte[] text = new byte[BYTES];
    private @Nullable String failure = "no sample was taken";
    private long periods;
    private long throttledPeriods;
    private long throttledNs;

    /** Opens nothing yet. */
    ThrottleFile(Path cgroup) {
        file = new KeptFile(cgroup.resolve("cpu.stat"));
    }

    /** Takes a sample. Only a good one's numbers mean anything. */
    public boolean sample() {
        try {
            failure = parse(file.atBeginning());
        } catch (FileNotFoundException e) {
            failure = e.getMessage() + " cannot be read";
        } catch (IOException | RuntimeException e) {
            // The cgroup is gone (ENODEV), say. The next sample tries anew.
            file.release();
            failure = file + " cannot be read: " + e;
        }
        return failure == null;
    }

    /** What was wrong with the last sample, or null. */
    public @Nullable String failure() {
        return failure;
    }

    /** {@link Throttling#periods} of the last sample, if it was good. */
    public long periods() {
        return periods;
    }

    /** {@link Throttling#throttledPeriods} of the last sample, if it was good. */
    public long throttledPeriods() {
        return throttledPeriods;
    }

    /** {@link Throttling#throttledNs} of the last sample, if it was good. */
    public long throttledNs() {
        return throttledNs;
    }

    /** A sample, for those who do not mind an allocation. */
    public Capability<Throttling> read() {
        return sample()
                ? Capability.available(new Throttling(periods, throttledPeriods, throttledNs))
                : Capability.unavailable(String.valueOf(failure), "");
    }

    private @Nullable String parse(RandomAccessFile in) throws IOException {
        int length = 0;
        do {
            int count = in.read(text, length, BYTES - length);
            if (count <= 0) {
                return file + " has no throttle counters, as in a cgroup without cpu controller";
            }
            length += count;
            // One read gives it all, unless the kernel likes otherwise; asking for the end costs as much again.
        } while (!parse(length));
        return null;
    }

    /** Whether all are there. */
    private boolean parse(int length) {
        periods = value(PERIODS, length);
        throttledPeriods = value(THROTTLED, length);
        throttledNs = value(TIME_NS, length);
        if (throttledNs == NONE) {
            long us = value(TIME_US, length);
            throttledNs = us == NONE || us > Long.MAX_VALUE / NS_PER_US ? NONE : us * NS_PER_US;
        }
        return periods != NONE && throttledPeriods != NONE && throttledNs != NONE;
    }

    /** The number in the line that begins with the key, or NONE; a line without an end is none. */
    private long value(byte[] key, int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (text[i] == '\n') {
                if (i - start > key.length && startsWith(key, start)) {
                    return number(start + key.length, i);
                }
                start = i + 1;
            }
        }
        return NONE;
    }

    private boolean startsWith(byte[] key, int start) {
        for (int i = 0; i < key.length; i++) {
            if (text[start + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private long number(int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return NONE;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Later samples fail. */
    @Override
    public void close() {
        file.close();
    }

    private static byte[] key(String name) {
        return (name + " ").getBytes(StandardCharsets.US_ASCII);
    }
}
