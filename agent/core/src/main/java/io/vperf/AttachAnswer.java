package io.vperf;

import io.vperf.config.DumpPath;
import io.vperf.config.Options;
import io.vperf.config.Output;
import io.vperf.export.hlog.HlogWriter;
import io.vperf.health.Log;
import io.vperf.record.MethodTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What who attaches vperf is told of the start: the log's lines, what has probes, and where the dump is. Made and asked by the thread
 * that attaches; a start with the JVM has nobody who waits.
 */
final class AttachAnswer {

    /** A name server that does not answer is the longest of what may come in it. */
    private static final long PATIENCE_MS = 2_000;

    private final Log log;
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    private AttachAnswer(Log log) {
        this.log = log;
    }

    /** From now on. */
    static AttachAnswer listening(Log log) {
        AttachAnswer answer = new AttachAnswer(log);
        log.alsoTo(answer.heard::add);
        return answer;
    }

    /** Waits for what the run's threads begin with, and listens no more. */
    List<String> of(Session session, MethodTable table, Options options) {
        Session.Running run = session.current();
        try {
            if (run != null) {
                run.dumper().awaitBegun(PATIENCE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.alsoTo(null);
        List<String> told = new ArrayList<>(heard.stream().toList());
        HlogWriter writer = run == null ? null : run.sinks().writer();
        if (writer != null) {
            writer.files().forEach(file -> told.add("intervals are written to " + file.toAbsolutePath()));
        } else if (run == null && options.dump() instanceof Output.ToFile file) {
            addFolder(file.path(), told);
        }
        told.add(probes(run != null, table.size(), options));
        return told;
    }

    /** The file comes with the first measured class; its folder can be looked at now. */
    private static void addFolder(String pattern, List<String> told) {
        Path path =
                Path.of(DumpPath.expand(pattern, "host", ProcessHandle.current().pid(), Instant.EPOCH));
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !pattern.contains("%h") && !pattern.contains("%t") && !Files.isWritable(folder)) {
            told.add("dump=" + pattern + ": " + (Files.isDirectory(folder) ? "cannot write to " : "there is no folder ")
                    + folder
                    + "; make it so that the user of that JVM can write there, or choose another with dump=PATH");
        }
    }

    private static String probes(boolean hasBegun, int methods, Options options) {
        if (methods > 0) {
            return methods + (methods == 1 ? " method has a probe now" : " methods have probes now");
        }
        if (hasBegun) {
            return "no method has a probe yet";
        }
        return options.include().isEmpty()
                ? "no method has a probe: no class that is loaded marks one; detach, and choose methods with include=PATTERN"
                : "no method has a probe: no class that is loaded has one that include=" + options.include()
                        + " chooses; those that are loaded later are looked at";
    }
}
