package io.vperf.counters;

import io.vperf.clock.BlockingCalls;
import io.vperf.shim.Capability;
import io.vperf.shim.CounterDelta;
import io.vperf.shim.CounterReading;
import io.vperf.shim.KnownWork;
import io.vperf.shim.PerfEvent;
import io.vperf.shim.ThreadCounters;
import java.util.Locale;

/** Holds counters of the calling thread against work of which it is known what there is to count. Takes some 10 ms for each. */
final class CounterTrial {

    /** Two to three milliseconds. */
    static final long TURNS = 5_000_000;

    static final long STEPS = 100_000;
    static final int SLEEPS = 3;

    /** What is said of a counter begins so if nothing could be held against it. */
    static final String UNCHECKED = "unchecked: counted ";

    /** More than the caches next to a processor hold. */
    private static final long STIRRED_BYTES = 4 << 20;

    private static final int SLEEP_NS = 100_000;

    /** One that is disturbed is tried again. */
    private static final int TRIES = 3;

    private final ThreadCounters counters;
    private final KnownWork work;
    private final BlockingCalls sleeps;
    private final int events;
    private final long[] before;
    private final long[] between;
    private final long[] after;

    /**
     * @param counters of the calling thread, {@code events} of them
     */
    CounterTrial(ThreadCounters counters, int events, KnownWork work, BlockingCalls sleeps) {
        this.counters = counters;
        this.work = work;
        this.sleeps = sleeps;
        this.events = events;
        before = new long[CounterReading.words(events)];
        between = new long[CounterReading.words(events)];
        after = new long[CounterReading.words(events)];
    }

    /** What the only counter made of the work, or why it is not to be trusted. */
    Capability<String> alone(PerfEvent event) {
        Expected expected = Expected.of(event);
        Capability<String> outcome = Capability.unavailable("was not tried", "");
        for (int i = 0; i < TRIES && outcome instanceof Capability.Unavailable<String>; i++) {
            outcome = run() ? judge(event, expected) : Capability.unavailable("it could not be read", "");
        }
        return outcome;
    }

    private Capability<String> judge(PerfEvent event, Expected expected) {
        long ofTurns = CounterDelta.count(before, 0, between, 0, 0);
        long ofRest = CounterDelta.count(between, 0, after, 0, 0);
        if (ofTurns == CounterDelta.NOT_COUNTED || ofRest == CounterDelta.NOT_COUNTED) {
            return neverOn(event);
        }
        if (!expected.isMet(ofTurns, ofRest)) {
            return Capability.unavailable(
                    "counter " + event.name() + " counts wrong: " + figures(expected, ofTurns, ofRest),
                    event.isSoftware()
                            ? "Leave it out, and tell vperf's authors which kernel this is."
                            : "Choose another event; a guest's virtual PMU may not pass this one on.");
        }
        return Capability.available(
                expected.isAny()
                        ? "tried: " + figures(expected, ofTurns, ofRest)
                        : UNCHECKED + number(ofTurns + ofRest)
                                + " in the trial; of no work is it known that it has to,"
                                + " so nobody has seen it count right");
    }

    private static String figures(Expected expected, long ofTurns, long ofRest) {
        String turns = expected.leastOfTurns() == 0
                ? ""
                : number(ofTurns) + " " + expected.what() + " in a loop of " + number(TURNS) + " turns that has "
                        + (expected.mostOfTurns() == Long.MAX_VALUE
                                ? "at least " + number(expected.leastOfTurns())
                                : number(expected.leastOfTurns()))
                        + ", ";
        return turns + number(ofRest) + " in work that has at least " + number(expected.leastOfRest());
    }

    static Capability<String> neverOn(PerfEvent event) {
        return Capability.unavailable(
                "counter " + event.name() + " was not on the processor: others have its counters",
                "Name fewer counters, and stop other profilers; on x86 sysctl kernel.nmi_watchdog=0 frees one.");
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Does the work, with a reading before, in its midst, and after; false if one failed. */
    private boolean run() {
        int status = counters.readAtEntry(before, 0);
        work.turns(TURNS);
        status |= counters.readAtExit(between, 0);
        boolean stirred = work.stir(STIRRED_BYTES, STEPS);
        for (int i = 0; i < SLEEPS; i++) {
            // Not by park: the thread is the application's, and so are its permit and its interrupt.
            String ignored = sleeps.block(i, SLEEP_NS);
        }
        status |= counters.readAtExit(after, 0);
        return status == 0 && stirred;
    }

    /** Whether the counters are on the processor when all are; bit n: counter n; {@code estimates} those that take turns. */
    record Together(boolean isRead, long on, long estimates) {}

    Together together() {
        boolean read = run();
        long on = 0;
        long estimates = 0;
        for (int event = 0; read && event < events; event++) {
            on |= CounterDelta.count(before, 0, after, 0, event) == CounterDelta.NOT_COUNTED ? 0 : 1L << event;
            estimates |= CounterDelta.isScaled(before, 0, after, 0, event) ? 1L << event : 0;
        }
        return new Together(read, on, estimates);
    }
}
