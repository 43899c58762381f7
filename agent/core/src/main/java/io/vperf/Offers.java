package io.vperf;

import io.vperf.config.Options;
import io.vperf.export.jfr.JfrSink;
import io.vperf.export.jmx.LiveFigures;
import io.vperf.export.jmx.Registration;
import io.vperf.health.Health;
import io.vperf.instrument.FirstSight;
import io.vperf.instrument.RunTimePatterns;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run offers to parts of the JDK once they are there: the bean to its server of beans, the events to the Flight Recorder.
 * Made before the run begins, and taken back after its end where the JVM goes on.
 */
final class Offers {

    private final Instrumentation instrumentation;
    private final Session session;
    private final Health health;
    private final List<Runnable> undone = new ArrayList<>();
    private boolean takenBack;

    Offers(Instrumentation instrumentation, Session session, Health health) {
        this.instrumentation = instrumentation;
        this.session = session;
        this.health = health;
    }

    /** Events, if this JVM can have a Flight Recorder. */
    void toFlightRecorder() {
        if (!JfrSink.isPossible()) {
            return;
        }
        JfrSink jfr = new JfrSink(session::dumpNow, health);
        session.add(jfr);
        FirstSight sight = FirstSight.await(instrumentation, JfrSink.SIGN, "vperf-jfr", jfr::seen);
        undo(sight::close);
        undo(jfr::close);
    }

    /** The bean. */
    void toServerOfBeans(Options options, RunTimePatterns patterns) {
        LiveFigures live = new LiveFigures();
        session.show(live);
        RunControl control = new RunControl(session, patterns, options);
        FirstSight sight = FirstSight.await(instrumentation, LiveFigures.SIGN, "vperf-jmx", () -> {
            // Not before: images made by jlink may be without the module that it needs.
            Registration registration = new Registration(Version.current(), live, control, health);
            if (undo(registration::close)) {
                registration.whenThereIsAServer();
            }
        });
        undo(sight::close);
    }

    /** False if all has been taken back before. */
    private synchronized boolean undo(Runnable step) {
        return !takenBack && undone.add(step);
    }

    void takeBack() {
        List<Runnable> steps;
        synchronized (this) {
            takenBack = true;
            steps = List.copyOf(undone);
        }
        steps.forEach(Runnable::run);
    }
}
