package io.vperf.record;

import io.vperf.steal.LongCall;
import io.vperf.steal.StealJudge;
import io.vperf.steal.Verdict;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calling thread's last finished call, as its recorder has left it: in the journal, or, if it was long, among the calls
 * that wait for their correction. Each thread looks after every call, before it makes another one.
 */
final class LastCall {

    private static final VarHandle WRITTEN = field(Journal.class, "written", int.class);
    private static final VarHandle ENTRIES = field(Journal.class, "entries", long[].class);

    private final Recording recording;
    private final ThreadLocal<ThreadFrames> frames;
    private final Waiting waiting = new Waiting();

    /** Of one thread; its values are those of the last look. */
    final class Of {
        final ThreadFrames thread = frames.get();
        long entryNs;
        long wallNs;
        long cpuNs;

        /** Null if it was not long. */
        @Nullable
        LongCall call;

        private int seen = written();

        /**
         * Takes over the last finished call's figures.
         *
         * @param frame what its entry returned
         */
        void look(@Nullable Object frame) {
            entryNs = ((Frame) Objects.requireNonNull(frame)).entryNs; // stays until the next push
            int written = written();
            if (written == seen) {
                LongCall taken = waiting.take(thread.sequence);
                wallNs = taken.wallNs();
                cpuNs = taken.cpuNs();
                call = taken;
                return;
            }
            call = null;
            int at = written > seen ? seen : 0; // it was full, and began anew
            seen = written;
            long[] entries = (long[]) ENTRIES.get(Objects.requireNonNull(thread.journal));
            wallNs = entries[at + 1];
            cpuNs = CallWords.is(entries[at], CallWords.PLAIN) ? wallNs : entries[at + 2];
        }

        /** To be called at the end: what a thread keeps for a recording refers to the recording, so neither would ever go. */
        void forget() {
            frames.remove();
        }

        private int written() {
            return (int) WRITTEN.get(Objects.requireNonNull(thread.journal));
        }
    }

    @SuppressWarnings("unchecked")
    LastCall(Recording recording) {
        this.recording = recording;
        try {
            Field current = CallRecorder.class.getDeclaredField("current");
            current.setAccessible(true);
            frames = (ThreadLocal<ThreadFrames>) current.get(recording.probeHandler());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For the calling thread. */
    Of ofThisThread() {
        return new Of();
    }

    private static VarHandle field(Class<?> of, String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(of, MethodHandles.lookup()).findVarHandle(of, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settles long calls at once and keeps what it hears of them. */
    private final class Waiting implements StealJudge {

        private final Map<Long, LongCall> byThread = new HashMap<>();

        synchronized LongCall take(long thread) {
            recording.settle(this, false);
            LongCall call = byThread.remove(thread);
            if (call == null) {
                throw new IllegalStateException("neither journalled nor deferred");
            }
            return call;
        }

        @Override
        public boolean isCovered(LongCall call) {
            return true;
        }

        @Override
        public synchronized List<Verdict> judge(List<LongCall> calls) {
            return calls.stream().map(this::judge).toList();
        }

        private Verdict judge(LongCall call) {
            byThread.put(call.thread(), call);
            return new Verdict(Verdict.Kind.CORRECTED, 0, 0, 0, 0);
        }

        @Override
        public void skip(LongCall call) {
            throw new IllegalStateException("a long call found no room");
        }

        @Override
        public void threadEnded(long thread) {}
    }
}
