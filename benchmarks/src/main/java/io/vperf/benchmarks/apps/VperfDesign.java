package io.vperf.benchmarks.apps;

import io.vperf.record.RecordingPath;

/** vperf's recorder: a journal for each thread, one set of histograms for each method. */
final class VperfDesign implements RecorderMemory.Design {

    /** One call in so many was not on the CPU all the time, and needs the method's other histograms. */
    private static final int APART = 8;

    private final int methods;
    private final RecordingPath path;
    private final RecordingPath.Writer[] writers;
    private int rounds;

    VperfDesign(int methods, int threads) {
        this.methods = methods;
        path = new RecordingPath(methods);
        writers = new RecordingPath.Writer[threads];
        for (int i = 0; i < threads; i++) {
            writers[i] = path.writer();
        }
    }

    @Override
    public void record(long ns) {
        boolean apart = ++rounds % APART == 0;
        for (RecordingPath.Writer writer : writers) {
            for (int id = 0; id < methods; id++) {
                if (apart) {
                    writer.record(id, ns, ns >> 1);
                } else {
                    writer.record(id, ns);
                }
            }
        }
    }

    @Override
    public long endInterval() {
        return path.endInterval();
    }
}
