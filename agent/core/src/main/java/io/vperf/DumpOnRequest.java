package io.vperf;

import io.vperf.export.hlog.HlogWriter;
import java.nio.file.Path;
import java.util.List;

/** An interval that ends because somebody outside asks for it, and where it is. */
final class DumpOnRequest {

    private DumpOnRequest() {}

    /**
     * Called by any thread.
     *
     * @return the files of the run, oldest first; the interval is in the last
     * @throws IllegalStateException with the reason if it is in none, and the remedy
     */
    static List<String> write(Session session) {
        String state = session.state();
        Session.Running run = session.current();
        if (run == null) {
            throw new IllegalStateException(
                    state.equals("waiting")
                            ? "nothing is measured there yet: no class has been loaded that has something to measure; ask again"
                                    + " later, or choose methods with include=PATTERN"
                            : "nothing is measured there (" + state + "); the application's standard error says more");
        }
        if (state.equals("ended")) {
            throw new IllegalStateException("vperf has written its last interval there: that JVM is about to end");
        }
        HlogWriter writer = run.sinks().writer();
        if (writer == null) {
            throw new IllegalStateException(
                    "vperf writes no dump there (dump=off); start it with dump=FILE, or without dump=, or look with"
                            + " java -jar vperf.jar top");
        }
        return run.dumper().dumpNow(() -> files(writer));
    }

    private static List<String> files(HlogWriter writer) {
        String trouble = writer.trouble();
        if (trouble != null) {
            throw new IllegalStateException(
                    trouble + "; the interval waits in that JVM's memory, and is written when that is possible again");
        }
        List<String> files = writer.files().stream()
                .map(Path::toAbsolutePath)
                .map(Path::toString)
                .toList();
        if (files.isEmpty()) {
            throw new IllegalStateException("the dump file was removed or changed while the interval was written;"
                    + " ask again: another file is begun then");
        }
        return files;
    }
}
