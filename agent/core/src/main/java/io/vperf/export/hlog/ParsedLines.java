package io.vperf.export.hlog;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file in their order, parsed ahead by other threads: one per processor, as parsing is what takes the time. The thread that
 * asks for them also reads them. How many are held does not depend on the file.
 */
final class ParsedLines implements Closeable {

    /** What a thread is given at a time: some hundred lines. Their histograms take ten times the room. */
    private static final int CHUNK_CHARS = 1 << 16;

    private static final int MOST_THREADS = 8;
    private static final int CHUNKS_PER_THREAD = 3;

    private final LineInput in;
    private final int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    private final ExecutorService parsers = Executors.newFixedThreadPool(threads, ParsedLines::thread);
    private final Queue<Future<List<ParsedLine>>> ahead = new ArrayDeque<>();
    private boolean ended;

    /** What is wrong with the file, once all lines before are through. */
    private @Nullable IOException failure;

    ParsedLines(InputStream in) {
        this.in = new LineInput(in);
    }

    private static Thread thread(Runnable parser) {
        Thread thread = new Thread(parser, "vperf-parser");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The next lines; empty after the last.
     *
     * @throws IOException if the file cannot be read further
     */
    List<ParsedLine> next() throws IOException {
        while (!ended && ahead.size() < threads * CHUNKS_PER_THREAD) {
            List<String> chunk = chunk();
            if (!chunk.isEmpty()) {
                boolean alone = ended && ahead.isEmpty();
                ahead.add(
                        alone ? CompletableFuture.completedFuture(parsed(chunk)) : parsers.submit(() -> parsed(chunk)));
            }
        }
        Future<List<ParsedLine>> first = ahead.poll();
        if (first == null) {
            if (failure != null) {
                throw failure;
            }
            return List.of();
        }
        return await(first);
    }

    private static List<ParsedLine> await(Future<List<ParsedLine>> chunk) throws IOException {
        try {
            return chunk.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it was read");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private List<String> chunk() {
        List<String> lines = new ArrayList<>();
        try {
            for (int chars = 0; chars < CHUNK_CHARS; ) {
                String line = in.next();
                if (line == null) {
                    ended = true;
                    break;
                }
                lines.add(line);
                chars += line.length() + 1;
            }
        } catch (IOException e) {
            ended = true;
            failure = e;
        }
        return lines;
    }

    private static List<ParsedLine> parsed(List<String> lines) {
        List<ParsedLine> parsed = new ArrayList<>(lines.size());
        try (LineParser parser = new LineParser()) {
            for (String line : lines) {
                parsed.add(parser.parse(line));
            }
        }
        return parsed;
    }

    @Override
    public void close() {
        parsers.shutdownNow();
    }
}
