package io.vperf;

import io.vperf.config.Options;
import io.vperf.export.jmx.Control;
import io.vperf.instrument.RunTimePatterns;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What an operator can do to the run of this JVM. */
final class RunControl implements Control {

    private final Session session;
    private final RunTimePatterns patterns;
    private final Options options;

    RunControl(Session session, RunTimePatterns patterns, Options options) {
        this.session = session;
        this.patterns = patterns;
        this.options = options;
    }

    @Override
    public String state() {
        return session.state();
    }

    @Override
    public void dumpNow() {
        session.dumpNow();
    }

    /** What was measured up to now is in an interval of its own: the next one is of the stretch that is not measured. */
    @Override
    public synchronized void pause() {
        Session.Running run = running();
        if (!run.recording().isSuspended()) {
            run.dumper().dumpNow();
            run.recording().suspend(true);
        }
    }

    @Override
    public synchronized void resume() {
        Session.Running run = running();
        if (run.recording().isSuspended()) {
            run.recording().suspend(false);
            run.dumper().dumpNow();
        }
    }

    private Session.Running running() {
        Session.Running run = session.current();
        if (run == null) {
            throw new IllegalStateException("nothing is measured in this JVM (" + session.state()
                    + "); it begins with the first class that has something to measure");
        }
        return run;
    }

    @Override
    public long intervalMillis() {
        Session.Running run = session.current();
        return TimeUnit.NANOSECONDS.toMillis(
                run == null ? options.intervalNs() : run.dumper().intervalNs());
    }

    @Override
    public void setIntervalMillis(long millis) {
        long ns = TimeUnit.MILLISECONDS.toNanos(millis);
        if (ns < Options.LEAST_INTERVAL_NS || ns > Options.MOST_INTERVAL_NS) {
            throw new IllegalArgumentException("interval of " + millis + " ms: give "
                    + TimeUnit.NANOSECONDS.toMillis(Options.LEAST_INTERVAL_NS) + " to "
                    + TimeUnit.NANOSECONDS.toMillis(Options.MOST_INTERVAL_NS) + " ms");
        }
        running().dumper().setIntervalNs(ns);
    }

    @Override
    public List<String> patterns() {
        return patterns.all();
    }

    @Override
    public int addPatterns(String text) {
        return patterns.add(given(text));
    }

    @Override
    public int removePatterns(String text) {
        return patterns.remove(given(text));
    }

    /** A console may send null. */
    private static String given(@Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException(
                    "no pattern is given (null); give CLASS, CLASS#METHOD or @ANNOTATION, with ';' between several");
        }
        return text;
    }
}
