package io.vperf;

import io.vperf.bootstrap.Probe;
import io.vperf.config.ConfigReader;
import io.vperf.config.Help;
import io.vperf.config.LogLevel;
import io.vperf.config.Options;
import io.vperf.config.Parsed;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.instrument.Instrumenter;
import io.vperf.instrument.MarksWithoutCode;
import io.vperf.instrument.MountWatch;
import io.vperf.instrument.PatternUse;
import io.vperf.instrument.RunTimePatterns;
import io.vperf.record.MethodCapacity;
import io.vperf.record.MethodTable;
import io.vperf.select.Selection;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the launcher hands over, on the thread that starts or attaches the agent. Reads the options, installs the transformer, and
 * leaves everything else to the first measured class.
 */
public final class Vperf {

    private static @Nullable Attached attached;
    private static boolean hooked;

    /** What is there while vperf is in this JVM. */
    private record Attached(Session session, Instrumenter instrumenter, Offers offers, Runnable atEnd, Log log) {}

    private Vperf() {}

    /**
     * Called by the launcher, not while vperf runs. Whatever is thrown is told in one line there.
     *
     * @param shutdownSlots runs something at exit, by slot; throws an InternalError where the slot is taken
     * @return why vperf does not run now, in lines that were told, so that it may be started again; empty if it does
     */
    public static synchronized List<String> start(
            Instrumentation instrumentation, String arguments, ObjIntConsumer<Runnable> shutdownSlots) {
        return start(instrumentation, arguments, shutdownSlots, null);
    }

    /**
     * As {@link #start(Instrumentation, String, ObjIntConsumer)}, where somebody outside waits for the answer.
     *
     * @param told gets what there is to say of the start, in lines, which are on stderr, too, but for those on what has probes
     */
    public static synchronized List<String> attach(
            Instrumentation instrumentation,
            String arguments,
            ObjIntConsumer<Runnable> shutdownSlots,
            List<String> told) {
        return start(instrumentation, arguments, shutdownSlots, told);
    }

    private static List<String> start(
            Instrumentation instrumentation,
            String arguments,
            ObjIntConsumer<Runnable> shutdownSlots,
            @Nullable List<String> told) {
        Parsed parsed = ConfigReader.ofThisProcess().read(arguments);
        if (parsed instanceof Parsed.Ok ok) {
            start(instrumentation, ok.options(), shutdownSlots, told);
            return List.of();
        } else if (parsed instanceof Parsed.Wrong wrong) {
            Log log = new Log(Log.stderr(), Log.Level.INFO);
            for (String error : wrong.errors()) {
                log.info(error);
            }
            log.info("not started because of the above; the application runs on without it."
                    + " All options: -javaagent:vperf.jar=help");
            return wrong.errors();
        } else {
            Log.stderr().println(Help.text());
            return List.of("help was asked for, and printed there");
        }
    }

    private static void start(
            Instrumentation instrumentation,
            Options options,
            ObjIntConsumer<Runnable> shutdownSlots,
            @Nullable List<String> told) {
        Log log = new Log(Log.stderr(), level(options.log()));
        AttachAnswer answer = told == null ? null : AttachAnswer.listening(log);
        Health health = new Health(log);
        MethodTable table = new MethodTable(
                MethodCapacity.of(options.maxMethods(), Runtime.getRuntime().maxMemory()), health);
        MountWatch mounts = new MountWatch(instrumentation, health);
        Session session = new Session(options, table, health, log, instrumentation, mounts::begin);
        MarksWithoutCode withoutCode = new MarksWithoutCode();
        Selection selection = new Selection(options.include(), options.exclude(), options.trivial());
        PatternUse use = new PatternUse(options.include(), options.exclude(), options.maxMatched(), health);
        Runnable atEnd = () -> {
            withoutCode.tell(log);
            health.tellLines(); // the dumper does, if there ever was one
            use.tell(log);
            session.end();
        };
        Instrumenter instrumenter = new Instrumenter(
                instrumentation, table, health, log, withoutCode, selection, use, mounts, session::begin);
        Offers offers = new Offers(instrumentation, session, health);
        offers.toFlightRecorder();
        if (options.jmx()) {
            offers.toServerOfBeans(options, new RunTimePatterns(instrumenter, use, selection));
        }
        attached = new Attached(session, instrumenter, offers, atEnd, log);
        if (!hooked) {
            hooked = true;
            ShutdownHooks.register(shutdownSlots, Vperf::shutdownBegins, Vperf::shutdownEnds, Vperf::say);
        }
        try {
            instrumenter.install();
        } catch (Throwable t) {
            session.switchOff(t); // its transformer may be installed
            throw t;
        }
        if (told != null && answer != null) {
            told.addAll(answer.of(session, table, options));
        }
    }

    private static synchronized @Nullable Attached attached() {
        return attached;
    }

    private static void shutdownBegins() {
        Attached there = attached();
        if (there != null) {
            there.session.dumpNow();
        }
    }

    private static void shutdownEnds() {
        Attached there = attached();
        if (there != null) {
            there.atEnd.run();
        }
    }

    private static void say(String line) {
        Attached there = attached();
        if (there != null) {
            there.log.info(line);
        }
    }

    /**
     * Called by the launcher, on the thread that detaches the agent. Takes the probes out, ends the run as the JVM's end would,
     * and leaves the application as it was; vperf may be started again. Calls in progress count as such in the last interval.
     *
     * @return what it leaves behind that it should not, which intervals are lost, or that it does not run; in lines. Empty if all is well
     */
    public static synchronized List<String> detach() {
        Attached there = attached;
        if (there == null) {
            return List.of("not running in this JVM");
        }
        attached = null;
        List<String> left = new ArrayList<>(there.instrumenter.uninstall());
        Probe.install(null);
        there.atEnd.run();
        there.offers.takeBack();
        left.addAll(there.session.release());
        List<String> threads = OwnThreads.awaitEnd();
        if (!threads.isEmpty()) {
            left.add("threads that have not ended yet: " + String.join(", ", threads));
        }
        left.forEach(there.log::info);
        there.log.info("detached; the application runs on without it");
        String lost = there.session.lost();
        if (lost != null) {
            left.add(lost);
        }
        if (!left.isEmpty()) {
            left.add("but for that vperf has left that JVM");
        }
        return left;
    }

    /**
     * Called by the launcher, on the thread that somebody outside asks on: ends the running interval.
     *
     * @return the files of this run, oldest first; the interval is in the last
     * @throws IllegalStateException with why it is in none
     */
    public static List<String> dump() {
        Attached there = attached();
        if (there == null) {
            throw new IllegalStateException(
                    "vperf has left that JVM; java -jar vperf.jar attach has it measure there again");
        }
        return DumpOnRequest.write(there.session);
    }

    private static Log.Level level(LogLevel level) {
        return switch (level) {
            case OFF -> Log.Level.OFF;
            case INFO -> Log.Level.INFO;
            case DEBUG -> Log.Level.DEBUG;
        };
    }
}
