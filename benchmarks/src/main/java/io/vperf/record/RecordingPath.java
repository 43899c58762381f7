package io.vperf.record;

import io.vperf.health.Health;
import io.vperf.health.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/**
 * vperf's own way of finished calls into the histograms, without the readings and frames before it: so that it can be
 * compared with other designs. In this package because the agent opens it to nobody.
 */
public final class RecordingPath {

    private final MethodTable methods;
    private final List<Journal> journals = new CopyOnWriteArrayList<>();

    public RecordingPath(int methodCount) {
        methods = new MethodTable(methodCount, new Health(new Log(Log.stderr(), Log.Level.INFO)));
        for (int id = 0; id < methodCount; id++) {
            methods.register("method" + id);
        }
    }

    /** For one thread, which alone may call it. */
    public Writer writer() {
        Journal journal = new Journal(methods, 0);
        journals.add(journal);
        return new Writer(journal);
    }

    /**
     * Ends an interval, as the dumper does.
     *
     * @return how many calls were in it: in the counts, in the histograms of wall time and in those of CPU time
     * @throws IllegalStateException if these differ
     */
    public long endInterval() {
        journals.forEach(Journal::fold);
        long calls = 0;
        for (int id = 0; id < methods.size(); id++) {
            MethodStats stats = methods.get(id);
            MethodInterval taken;
            stats.lock.lock();
            try {
                taken = stats.take(0, 0, 0, List.of()).raw();
            } finally {
                stats.lock.held = false;
                stats.lock.wake();
            }
            if (taken.calls() != count(taken.wall()) || taken.calls() != count(taken.cpu())) {
                throw new IllegalStateException(taken + ": not as many calls as recorded times");
            }
            calls += taken.calls();
        }
        return calls;
    }

    private static long count(@Nullable AbstractHistogram histogram) {
        return histogram == null ? 0 : histogram.getTotalCount();
    }

    /** What a thread does at the end of a call. */
    public static final class Writer {

        private final Journal journal;

        private Writer(Journal journal) {
            this.journal = journal;
        }

        /** A call that was on the CPU all the time. */
        public void record(int methodId, long ns) {
            journal.appendPlain(CallWords.word(methodId, 0, CallWords.OUTERMOST), ns);
        }

        /** Any other. */
        public void record(int methodId, long wallNs, long cpuNs) {
            journal.append(CallWords.word(methodId, 0, CallWords.OUTERMOST), wallNs, cpuNs, wallNs, 0);
        }
    }
}
