package io.vperf.pauses;

import io.vperf.clock.WallClock;
import io.vperf.health.Log;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's pauses since this was opened, on the scale of the run's wall clock: a garbage collection's, and every other safepoint's.
 * Opened once per run; the sampler's thread calls {@link #sample()} every 20 to 1,000 ms and asks about finished long calls. The monitor is for the thread that takes
 * the intervals, should that be another one. Application threads never come here.
 *
 * <ul>
 *   <li><b>The JVM's safepoint log</b>, written into memory: begin and end of each pause, with its name, right to some 10
 *       microseconds. Every collector has it. If the JVM's counters tell of a pause whose line has not come a
 *       second later, the pause is booked by them: somebody has ended the log, or it was written asynchronously and lost lines.
 *       Without counters ({@code -XX:-UsePerfData}) that would go unseen.
 *   <li><b>The JVM's safepoint counters</b>, where the log is not to be had (no native code, a JVM without the module jdk.management):
 *       how many pauses there were from one sample to the next and for how long, neither where between the two nor what for.
 * </ul>
 */
public final class Pauses implements AutoCloseable {

    /** A collector with many short pauses makes some 100 a second. */
    private static final int CAPACITY = 4096;

    /** Between letting the threads go and the line, measured on JDK 17 and 25: median 6 to 29 us, mostly made up for by {@link PauseEnds}. */
    private static final long LOG_NS = 10_000;

    private final String source;
    private final PauseAccount account;
    private boolean closed;

    private Pauses(String source, PauseAccount account) {
        this.source = source;
        this.account = account;
    }

    /**
     * Begins to watch; takes some 10 to 25 ms, by any thread. Needs nothing but what an agent has.
     *
     * @param instrumentation opens two packages of the JDK to vperf; null where the command line has opened them
     * @param clock whose scale the answers are on
     */
    public static Capability<Pauses> open(
            Capability<Natives> natives, @Nullable Instrumentation instrumentation, WallClock clock, Log log) {
        Capability<SafepointCounters> counters = SafepointCounters.of(instrumentation);
        Capability<SafepointLog> lines = natives.then(
                code -> DiagnosticCommands.of(instrumentation).then(commands -> SafepointLog.open(commands, code)));
        SafepointLog read = lines instanceof Capability.Available<SafepointLog> there ? there.value() : null;
        SafepointCounters counted =
                counters instanceof Capability.Available<SafepointCounters> there ? there.value() : null;
        if (read == null && counted == null) {
            return Capability.unavailable(
                    "the JVM tells nothing of its pauses: " + reason(lines) + "; " + reason(counters),
                    remedy(counters));
        }
        String source = read == null
                ? "the JVM's safepoint counters; not its log: " + reason(lines)
                : counted == null
                        ? "the JVM's safepoint log, unchecked: " + reason(counters)
                        : "the JVM's safepoint log, checked against its counters";
        WallOffset offset = new WallOffset(clock, System::nanoTime);
        return Capability.available(new Pauses(source, new PauseAccount(read, counted, clock, offset, log, CAPACITY)));
    }

    private static String reason(Capability<?> missing) {
        return missing instanceof Capability.Unavailable<?> not ? not.reason() : "";
    }

    private static String remedy(Capability<?> missing) {
        return missing instanceof Capability.Unavailable<?> not ? not.remedy() : "";
    }

    /** Where the pauses are known from, and what speaks against something better; for a person to read. */
    public String source() {
        return source;
    }

    /**
     * How far from the truth the begin or end of a pause may be, besides what {@link Pause} says of a busy machine. By counters it is
     * the longest stretch between two samples so far: somewhere in it the pause was.
     */
    public synchronized long resolutionNs() {
        return account.hasLog() ? LOG_NS : account.longestSampleNs();
    }

    /** Takes in what has happened: 1 to 3 microseconds, and 1 to 2 for each pause. */
    public synchronized void sample() {
        if (!closed) {
            account.sample();
        }
    }

    /** Every pause that ended before this is in. Stands still where the source has failed for good. */
    public synchronized long coveredUntilNs() {
        return account.coveredUntilNs();
    }

    /**
     * For how much of a stretch the JVM was paused.
     *
     * @param fromNs a call's entry
     * @param toNs its exit, at most {@link #coveredUntilNs()}
     * @return {@link Overlap#UNKNOWN} where the stretch is not covered, not yet or no more
     */
    public synchronized Overlap overlap(long fromNs, long toNs) {
        return account.overlap(fromNs, toNs);
    }

    /** What has become known since this was last called. */
    public synchronized PauseInterval takeInterval() {
        return account.takeInterval();
    }

    /** How many of the oldest pauses were overwritten: nothing is known of the time before their end any more. */
    public synchronized long overwritten() {
        return account.overwritten();
    }

    /** Ends the JVM's log. Later samples find nothing. Once is enough, twice does no harm. */
    @Override
    public synchronized void close() {
        closed = true;
        account.close();
    }
}
