package io.vperf.benchmarks.calls;

import io.vperf.steal.SamplerPath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A sample of the steal sampler: file read, parsed, entered into the timelines, all of whose counters have moved. The file is
 * one of many vCPUs, rewritten before each; what a kernel takes to write it anew is not in it.
 */
@Warmup(iterations = 3, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 4, time = 1, timeUnit = TimeUnit.SECONDS)
public class SamplerCall extends CallBenchmark {

    /** How many there are. */
    public static final String VCPUS_PROPERTY = "bench.sampler.vcpus";

    private static final int VCPUS = Integer.getInteger(VCPUS_PROPERTY, 2);

    /** Two months. */
    private static final String TICKS = " 0518400000";

    /** Of the columns: user and steal, which count up, and idle. */
    private static final int USER = 0;

    private static final int STEAL = 7;
    private static final int COLUMNS = 10;
    private static final int SAMPLES_PER_STEAL = 4;

    private final int[] userEnds = new int[VCPUS];
    private final int[] stealEnds = new int[VCPUS];
    private final byte[] text = text();
    private long samples;

    @SuppressWarnings("NullAway.Init") // by open()
    private RandomAccessFile file;

    @SuppressWarnings("NullAway.Init") // by open()
    private SamplerPath sampler;

    private byte[] text() {
        StringBuilder lines =
                new StringBuilder("cpu ").append(TICKS.repeat(COLUMNS)).append('\n');
        for (int vcpu = 0; vcpu < VCPUS; vcpu++) {
            lines.append("cpu").append(vcpu);
            int columns = lines.length();
            lines.append(TICKS.repeat(COLUMNS)).append('\n');
            userEnds[vcpu] = columns + (USER + 1) * TICKS.length() - 1;
            stealEnds[vcpu] = columns + (STEAL + 1) * TICKS.length() - 1;
        }
        lines.append("intr 123456789").append(" 0".repeat(1_000)).append("\nctxt 311453\n");
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Setup
    public void open() throws IOException {
        Path root = Count.folder();
        Path proc = Files.createDirectories(root.resolve("proc"));
        file = new RandomAccessFile(proc.resolve("stat").toFile(), "rw");
        file.write(text);
        sampler = new SamplerPath(root);
    }

    @Setup(Level.Invocation)
    public void count() throws IOException {
        samples++;
        for (int vcpu = 0; vcpu < VCPUS; vcpu++) {
            countUp(userEnds[vcpu]);
            if (samples % SAMPLES_PER_STEAL == 0) {
                countUp(stealEnds[vcpu]);
            }
        }
        file.seek(0);
        file.write(text);
    }

    private void countUp(int end) {
        int digit = end;
        while (text[digit] == '9') {
            text[digit--] = '0';
        }
        text[digit]++;
    }

    @Benchmark
    public void sample() {
        sampler.sample();
    }

    @TearDown
    public void leaveCount() throws IOException {
        file.close();
        Count.leave(sampler.windows(VCPUS));
    }
}
