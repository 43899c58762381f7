package io.vperf.steal;

import io.vperf.clock.GapLedger;
import io.vperf.health.TestHealth;
import io.vperf.linux.ProcStat;
import io.vperf.platform.InterruptTime;
import io.vperf.platform.KernelKind;
import io.vperf.platform.StealSource;
import io.vperf.sim.Guest;
import io.vperf.sim.ProcStatText;
import io.vperf.sim.Program;
import io.vperf.sim.SimThread;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sampler as a thread of a simulated guest: it sleeps and is woken, waits for a vCPU, is stolen from, and reads the
 * counters some time after it has read the clock.
 */
final class SimulatedSampler {

    /** What a sample takes between the clock and the counters, and per vCPU; see {@link ProcStat}. */
    private static final long READ_NS = 30_000;

    private static final long READ_VCPU_NS = 400;

    /** At least as many as the sampler asks for. */
    private static final int MOST_READINGS = 4;

    final StealSampler sampler;
    private final ProcStatText text;
    private final Guest guest;
    private final RandomAccessFile stat;
    private final Runnable sampled;

    /** What may happen to the counters before they are read. */
    Consumer<ProcStatText> faults = counters -> {};

    private long clockNs;
    private long sampledAtNs;
    private @Nullable SimThread thread;
    private boolean sleepsLong;
    private boolean done;

    /**
     * @param sampled told after each sample that was used
     */
    SimulatedSampler(
            Guest guest,
            Path root,
            StealSource source,
            KernelKind kind,
            InterruptTime interrupts,
            TestHealth health,
            long periodNs,
            long readingCostNs,
            GapLedger gaps,
            StealSampler.Settler settler,
            Runnable sampled) {
        this.guest = guest;
        this.text = new ProcStatText(guest);
        this.sampled = sampled;
        try {
            Path proc = Files.createDirectories(root.resolve("proc"));
            stat = new RandomAccessFile(proc.resolve("stat").toFile(), "rw");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sampler = new StealSampler(
                new ProcStat(root),
                source,
                kind,
                interrupts,
                this::nowNs,
                health.health(),
                health.log(),
                periodNs,
                readingCostNs,
                gaps,
                settler);
    }

    void start() {
        clockNs = guest.nowNs();
        writeStat();
        sampler.begin();
        sampled.run();
        Program reading = Program.of(
                Program.perform(sleeper -> readClock()),
                Program.compute(random -> done ? 0 : READ_NS + READ_VCPU_NS * guest.vcpus()),
                Program.perform(sleeper -> done ? 0 : step()));
        thread = guest.startDaemon(Program.of(
                Program.sleep(random -> pauseNs()),
                Program.perform(sleeper -> wakeUp()),
                Program.times(MOST_READINGS, reading)));
    }

    private long pauseNs() {
        sleepsLong = sampler.pace().isStretched();
        return sampler.pace().pauseNs();
    }

    private long wakeUp() {
        sleepsLong = false;
        done = false;
        return 0;
    }

    private long readClock() {
        clockNs = guest.nowNs();
        return 0;
    }

    /** What it read before the counters, once; and then what it is. */
    private long nowNs() {
        long ns = clockNs;
        clockNs = guest.nowNs();
        return ns;
    }

    private long step() {
        sampledAtNs = clockNs;
        faults.accept(text);
        writeStat();
        done = sampler.attempt();
        if (done) {
            sampled.run();
        }
        return READ_NS;
    }

    /** To be called when a call may have begun to wait. */
    void callWaits() {
        if (sleepsLong && thread != null) {
            guest.wake(thread);
        }
    }

    boolean sleepsLong() {
        return sleepsLong;
    }

    /** When the last sample was taken, by the sampler's clock. */
    long sampledAtNs() {
        return sampledAtNs;
    }

    void finish() {
        clockNs = guest.nowNs();
        sampler.finish();
        try {
            stat.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeStat() {
        byte[] bytes = text.bytes();
        try {
            stat.seek(0);
            stat.write(bytes);
            stat.setLength(bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
