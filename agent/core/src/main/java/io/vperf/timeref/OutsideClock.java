package io.vperf.timeref;

import io.vperf.config.TimeSource;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.health.Trouble;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.shim.PtpClock;
import io.vperf.shim.PtpClocks;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Asks a {@link Reference} once an interval, shortly before the dump, and watches for stops in between, on one daemon thread.
 * Looking up a name may hang for long, and so may that thread; {@link #take} only gets what there is.
 */
public final class OutsideClock implements Runnable {

    private static final long MOST_BUDGET_NS = 1_000_000_000;
    private static final long MARGIN_PART = 20;
    private static final long MOST_MARGIN_NS = 100_000_000;

    private final Capability<Reference> reference;
    private final String name;
    private final StopWatch watch;
    private final Health health;
    private final Log log;
    private final long intervalNs;
    private final long budgetNs;
    private final StretchJudge judge = new StretchJudge();

    /** When the last interval ended; written by the dumper, read by the thread. */
    private volatile long intervalBeganNs = System.nanoTime();

    private volatile boolean closed;

    /** The thread's own. */
    private long askedNs;

    /** Where the next stretch begins, and what may be its end. */
    private @Nullable Sample taken;

    private @Nullable Sample newest;
    private String missing = "the first exchange has not ended";

    private OutsideClock(
            Capability<Reference> reference, String name, StopWatch watch, long intervalNs, Health health, Log log) {
        this.reference = reference;
        this.name = name;
        this.watch = watch;
        this.intervalNs = intervalNs;
        this.budgetNs = Math.min(intervalNs / 4, MOST_BUDGET_NS);
        this.health = health;
        this.log = log;
    }

    /**
     * The one that the option names.
     *
     * @param root of the file system
     */
    public static OutsideClock of(
            TimeSource source,
            Capability<Natives> natives,
            Path root,
            StolenLately steal,
            long intervalNs,
            Health health,
            Log log) {
        Capability<Reference> reference = reference(source, natives, root);
        if (reference instanceof Capability.Unavailable<Reference> not) {
            log.info("timeref=" + source.text() + ": outside time is unknown in this run: " + sentence(not));
        }
        return new OutsideClock(reference, source.text(), new StopWatch(natives, steal), intervalNs, health, log);
    }

    private static Capability<Reference> reference(TimeSource source, Capability<Natives> natives, Path root) {
        OwnClock own = OwnClock.of(natives);
        if (source instanceof TimeSource.Server server) {
            return Capability.available(new UdpReference(server.host(), server.port(), own, new SecureRandom()));
        }
        Capability<PtpClock> host = natives.then(new PtpClocks(root)::open);
        return host.then(clock -> Capability.available(new PtpReference(clock, own)));
    }

    /** Which clock it is, or why there is none; not whether it answers. */
    public Capability<String> reference() {
        return reference.then(r -> Capability.available(r.name()));
    }

    public void start() {
        Thread thread = new Thread(this, "vperf-timeref");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    @Override
    public void run() {
        try {
            watch.open();
            askedNs = System.nanoTime();
            exchange();
            while (!closed) {
                long leftNs = dueNs() - System.nanoTime();
                if (leftNs > 0) {
                    watch.nap(leftNs);
                } else {
                    askedNs = System.nanoTime();
                    exchange();
                }
            }
        } catch (InterruptedException e) {
            // nobody but a debugger interrupts this thread
        } catch (Throwable t) {
            missed("the time reference failed: " + t);
            health.suppress("in the time reference", t);
        } finally {
            watch.close();
            if (reference instanceof Capability.Available<Reference> there) {
                there.value().close();
            }
        }
    }

    /** So early that the exchange has ended by the end of the interval, even if no answer comes. */
    private long dueNs() {
        long dueNs = intervalBeganNs + intervalNs - budgetNs - Math.min(intervalNs / MARGIN_PART, MOST_MARGIN_NS);
        long sinceNs = askedNs - dueNs + intervalNs / 2;
        // If this interval's has been made, the next one's; a dumper that hangs ends no interval for long.
        return sinceNs > 0 ? dueNs + (sinceNs / intervalNs + 1) * intervalNs : dueNs;
    }

    private void exchange() {
        if (reference instanceof Capability.Available<Reference> there) {
            missed("the exchange has not ended: the process was stopped, or the network's look-up of names hangs");
            Capability<Sample> answer = there.value().ask(budgetNs);
            if (answer instanceof Capability.Available<Sample> known) {
                got(known.value());
            } else {
                String why = sentence((Capability.Unavailable<Sample>) answer);
                missed(why);
                log.once("timeref", "timeref=" + name + ": " + why + " (asked again each interval; not repeated)");
            }
        } else {
            missed(sentence((Capability.Unavailable<Reference>) reference));
        }
    }

    private synchronized void got(Sample sample) {
        if (taken == null) {
            taken = sample;
            missing = "there was one exchange only, and it takes two";
        } else {
            newest = sample;
        }
    }

    private synchronized void missed(String why) {
        missing = why;
    }

    /** What there is to say of the interval that ends now. Waits for nothing. */
    public OutsideTime take() {
        intervalBeganNs = System.nanoTime();
        Packets packets = reference instanceof Capability.Available<Reference> there
                ? there.value().takePackets()
                : Packets.NONE;
        health.count(Trouble.TIMEREF_REFUSED, packets.refused());
        Capability<Stretch> stretch = stretch();
        return new OutsideTime(
                name,
                stretch instanceof Capability.Available<Stretch> known ? known.value() : null,
                stretch instanceof Capability.Unavailable<Stretch> not ? sentence(not) : null,
                packets,
                watch.take());
    }

    private synchronized Capability<Stretch> stretch() {
        Sample from = taken;
        Sample to = newest;
        if (from == null || to == null) {
            return Capability.unavailable(missing, "");
        }
        taken = to;
        newest = null;
        missing = "no exchange has ended since the last interval did";
        return judge.judge(from, to);
    }

    private static String sentence(Capability.Unavailable<?> not) {
        return not.reason() + (not.remedy().isEmpty() ? "" : "; remedy: " + not.remedy());
    }

    /** The thread ends soon after, or when the network lets go of it. */
    public void close() {
        closed = true;
    }
}
