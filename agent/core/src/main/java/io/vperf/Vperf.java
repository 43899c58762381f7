package io.vperf;

import io.vperf.config.ConfigReader;
import io.vperf.config.Help;
import io.vperf.config.LogLevel;
import io.vperf.config.Options;
import io.vperf.config.Parsed;
import io.vperf.export.jfr.JfrSink;
import io.vperf.export.jmx.LiveFigures;
import io.vperf.export.jmx.Registration;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.instrument.FirstSight;
import io.vperf.instrument.Instrumenter;
import io.vperf.instrument.MarksWithoutCode;
import io.vperf.instrument.MountWatch;
import io.vperf.instrument.PatternUse;
import io.vperf.instrument.RunTimePatterns;
import io.vperf.record.MethodCapacity;
import io.vperf.record.MethodTable;
import io.vperf.select.Selection;
import java.lang.instrument.Instrumentation;
import java.util.function.ObjIntConsumer;

/**
 * Where the launcher hands over, on the thread that starts the agent. Reads the options, installs the transformer, and
 * leaves everything else to the first measured class.
 */
public final class Vperf {

    private Vperf() {}

    /**
     * Called by the launcher. Whatever is thrown is told in one line there.
     *
     * @param shutdownSlots runs something at exit, by slot; throws an InternalError where the slot is taken
     * @return whether vperf runs now; if not, it may be started again
     */
    public static boolean start(
            Instrumentation instrumentation, String arguments, ObjIntConsumer<Runnable> shutdownSlots) {
        Parsed parsed = ConfigReader.ofThisProcess().read(arguments);
        if (parsed instanceof Parsed.Ok ok) {
            start(instrumentation, ok.options(), shutdownSlots);
            return true;
        } else if (parsed instanceof Parsed.Wrong wrong) {
            Log log = new Log(Log.stderr(), Log.Level.INFO);
            for (String error : wrong.errors()) {
                log.info(error);
            }
            log.info("not started because of the above; the application runs on without it."
                    + " All options: -javaagent:vperf.jar=help");
        } else {
            Log.stderr().println(Help.text());
        }
        return false;
    }

    private static void start(
            Instrumentation instrumentation, Options options, ObjIntConsumer<Runnable> shutdownSlots) {
        Log log = new Log(Log.stderr(), level(options.log()));
        Health health = new Health(log);
        MethodTable table = new MethodTable(
                MethodCapacity.of(options.maxMethods(), Runtime.getRuntime().maxMemory()), health);
        MountWatch mounts = new MountWatch(instrumentation, health);
        Session session = new Session(options, table, health, log, instrumentation, mounts::begin);
        MarksWithoutCode withoutCode = new MarksWithoutCode();
        Selection selection = new Selection(options.include(), options.exclude(), options.trivial());
        PatternUse use = new PatternUse(options.include(), options.maxMatched(), health);
        Runnable atEnd = () -> {
            withoutCode.tell(log);
            health.tellLines(); // the dumper does, if there ever was one
            use.tell(log);
            session.end();
        };
        Instrumenter instrumenter = new Instrumenter(
                instrumentation, table, health, log, withoutCode, selection, use, mounts, session::begin);
        if (JfrSink.isPossible()) {
            JfrSink jfr = new JfrSink(session::dumpNow, health);
            session.add(jfr);
            FirstSight.await(instrumentation, JfrSink.SIGN, "vperf-jfr", jfr::seen);
        }
        if (options.jmx()) {
            LiveFigures live = new LiveFigures();
            session.show(live);
            RunControl control = new RunControl(session, new RunTimePatterns(instrumenter, use, selection), options);
            FirstSight.await(
                    instrumentation,
                    LiveFigures.SIGN,
                    "vperf-jmx",
                    () -> Registration.whenThereIsAServer(Version.current(), live, control, health));
        }
        ShutdownHooks.register(shutdownSlots, session::dumpNow, atEnd, log);
        try {
            instrumenter.install();
        } catch (Throwable t) {
            session.switchOff(t); // its hooks are registered, its transformer may be
            throw t;
        }
    }

    private static Log.Level level(LogLevel level) {
        return switch (level) {
            case OFF -> Log.Level.OFF;
            case INFO -> Log.Level.INFO;
            case DEBUG -> Log.Level.DEBUG;
        };
    }
}
