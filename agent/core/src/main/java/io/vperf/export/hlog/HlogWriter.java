package io.vperf.export.hlog;

import io.vperf.export.FileTrouble;
import io.vperf.export.FreshFile;
import io.vperf.export.RunHeader;
import io.vperf.export.SnapshotSink;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.health.Trouble;
import io.vperf.record.IntervalSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes each interval to the dump file. What cannot be written (disk full, folder gone or read-only) waits in memory, the
 * oldest dropped first when the backlog is full, and is written as soon as that is possible again. A file that others delete,
 * rename or cut is noticed when the next interval is written, and another is begun.
 */
public final class HlogWriter implements SnapshotSink {

    private final HlogEncoder encoder;
    private final DumpFiles files;
    private final long backlogBytes;
    private final Health health;
    private final Log log;
    private final Deque<Waiting> backlog = new ArrayDeque<>();
    private long waitingBytes;
    private long writtenToMs;
    private boolean failing;

    /** Written by the dumper, read by who asks. */
    private volatile @Nullable String trouble;

    private @Nullable String loss;
    private volatile @Nullable String unwritten;

    /** An interval in encoded form. */
    private static final class Waiting {
        final byte[] bytes;
        final long endMs;

        Waiting(byte[] bytes, long endMs) {
            this.bytes = bytes;
            this.endMs = endMs;
        }
    }

    /**
     * Touches no file yet; {@link #begin()} does.
     *
     * @param path of the first file
     * @param backlogBytes how much may wait in memory, in encoded form
     */
    public HlogWriter(
            Path path, RunHeader header, long rotateBytes, int keep, long backlogBytes, Health health, Log log) {
        this.encoder = new HlogEncoder(header);
        this.files = new DumpFiles(path, encoder::header, rotateBytes, keep, this::lost);
        this.writtenToMs = header.startedMs();
        this.backlogBytes = backlogBytes;
        this.health = health;
        this.log = log;
    }

    /** Creates the file with its header, so that a folder that cannot be written is told at the start. */
    @Override
    public void begin() {
        writeBacklog(true);
    }

    @Override
    public void accept(IntervalSnapshot snapshot) {
        byte[] bytes = encoder.interval(snapshot);
        backlog.addLast(new Waiting(bytes, snapshot.endMs()));
        waitingBytes += bytes.length;
        writeBacklog(false);
        while (waitingBytes > backlogBytes && !backlog.isEmpty()) {
            waitingBytes -= backlog.removeFirst().bytes.length;
            health.count(Trouble.DUMPS_DROPPED);
        }
    }

    private void writeBacklog(boolean headerOnly) {
        try {
            if (headerOnly) {
                files.append(new byte[0], 0);
            }
            while (!backlog.isEmpty()) {
                files.append(backlog.getFirst().bytes, encoder.end(writtenToMs).length);
                Waiting written = backlog.removeFirst();
                waitingBytes -= written.bytes.length;
                writtenToMs = written.endMs;
            }
            if (failing) {
                failing = false;
                trouble = null;
                log.info("writing to " + files.current() + " is possible again; the waiting intervals are written");
            }
        } catch (IOException e) {
            health.count(Trouble.DUMPS_FAILED);
            Path file = files.current().toAbsolutePath();
            String cannot = "cannot write " + file + ": " + FileTrouble.ofWriting(file, e);
            trouble = cannot;
            if (!failing) {
                failing = true;
                log.info(cannot
                        + "; intervals are kept in memory, up to " + backlogBytes / (1 << 20)
                        + " MB (option backlog), and written when it is possible again."
                        + " Free the disk, make the folder writable, or choose another with dump=PATH.");
            }
        }
    }

    /** What was in the file until now is gone with it, or nobody knows where to. */
    private void lost(Path file, FreshFile.Fate fate) {
        String told = file.toAbsolutePath() + " " + fate.told() + " while the JVM ran; ";
        String lost = "intervals before " + Instant.ofEpochMilli(writtenToMs) + " are not in the new one";
        loss = told + lost;
        health.count(Trouble.DUMP_FILES_LOST);
        health.tell(Trouble.DUMP_FILES_LOST, "the dump file " + told + "another is begun, " + lost);
    }

    @Override
    public void finish() {
        if (!backlog.isEmpty()) {
            String lost = backlog.size() + (backlog.size() == 1 ? " interval" : " intervals")
                    + " could not be written to " + files.current().toAbsolutePath()
                    + (backlog.size() == 1 ? " and is lost" : " and are lost")
                    + "; the report of the run has them, where there is one (option report)";
            unwritten = lost;
            log.info(lost);
        } else if (files.isBegun()) {
            end();
        }
        try {
            files.close();
        } catch (IOException e) {
            health.suppress("closing the dump file", e);
        }
    }

    private void end() {
        try {
            files.end(encoder.end(writtenToMs));
        } catch (IOException e) {
            Path file = files.current().toAbsolutePath();
            log.info("cannot write the end of the run to " + file + ": " + FileTrouble.ofWriting(file, e)
                    + "; every interval is written, but reports of the dump will say that the run has not ended");
        }
    }

    /** Why intervals cannot be written just now; null if they can. For any thread. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** After {@link #finish()}: which intervals are in no file and never will be, in a line that was told; null if all are. */
    public @Nullable String unwritten() {
        return unwritten;
    }

    /** The files of this run that are still there, oldest first. */
    public List<Path> files() {
        return files.all();
    }

    /** What was written and is not in {@link #files()} any more, in sentences for the user. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (files.removed() > 0) {
            missing.add("Older files of this run that were removed (option keep): " + files.removed());
        }
        if (loss != null) {
            missing.add(loss);
        }
        return missing;
    }
}
