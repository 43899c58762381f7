package io.vperf.record;

import io.vperf.clock.ThreadClock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The measured calls in progress of one thread, virtual or not, as a stack of frames. Touched by its thread; the dumper
 * looks on to report calls in flight and tolerates that what it sees is a moment old.
 */
final class ThreadFrames {

    /** One frame: word, wall time at entry, what to add for the CPU time, wall time of direct measured callees so far. */
    private static final int STRIDE = 4;

    private static final int FIRST_CAPACITY = 8;

    /** Deeper calls are not measured. A thread stack of 8 MiB holds about as many frames of the smallest methods. */
    static final int MAX_DEPTH = 1 << 16;

    /** Power of two. */
    private static final int BUCKETS = 64;

    private static final int ATTEMPTS = 16;

    private static final VarHandle DEPTH;
    private static final VarHandle CHANGES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            DEPTH = lookup.findVarHandle(ThreadFrames.class, "depth", int.class);
            CHANGES = lookup.findVarHandle(ThreadFrames.class, "changes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A thread that nobody refers to any more has ended, or will never run again. */
    final ThreadKey thread;

    final boolean virtual;

    /** Unique among all threads of the run; thread ids may be reused. */
    final long sequence;

    /** Null on virtual threads: what they journal and whose CPU time they use depends on the carrier. */
    final @Nullable Journal journal;

    final ThreadClock clock;

    /** Whether the thread is in the midst of a probe. Its own; never left set, whatever is thrown. */
    boolean inProbe;

    private long[] frames = new long[FIRST_CAPACITY * STRIDE];

    /** How many frames carry a method id of each bucket: an empty one proves a call outermost without a search. */
    private final int[] perBucket = new int[BUCKETS];

    /** Released by the thread after the frame below it is complete, acquired by the dumper. */
    private int depth;

    /**
     * Counts complete pushes, released before the depth that shows them. A dumper that sees it change throws away what it
     * read; a push that is not complete writes to the frame at the depth of that moment, which the dumper leaves out.
     */
    private long changes;

    ThreadFrames(Thread thread, boolean virtual, long sequence, @Nullable Journal journal, ThreadClock clock) {
        this.thread = new ThreadKey(thread);
        this.virtual = virtual;
        this.sequence = sequence;
        this.journal = journal;
        this.clock = clock;
    }

    int depth() {
        return depth;
    }

    boolean hasEnded() {
        Thread t = thread.get();
        return t == null || !t.isAlive();
    }

    /** Makes room for one more frame. Separate from {@link #push} so that nothing slow lies between the readings. */
    boolean hasRoom() {
        int needed = (depth + 1) * STRIDE;
        if (needed <= frames.length) {
            return true;
        }
        if (depth >= MAX_DEPTH) {
            return false;
        }
        frames = Arrays.copyOf(frames, frames.length * 2);
        return true;
    }

    /** The call's flags: outermost unless its method is on the stack already. */
    long outermost(int methodId) {
        if (perBucket[methodId & (BUCKETS - 1)] == 0) {
            return CallWords.OUTERMOST;
        }
        long[] f = frames;
        for (int at = (depth - 1) * STRIDE; at >= 0; at -= STRIDE) {
            if (CallWords.methodId(f[at]) == methodId) {
                return 0;
            }
        }
        return CallWords.OUTERMOST;
    }

    /** Needs {@link #hasRoom()}. Returns the new frame's depth. */
    int push(long word, long cpuOffsetNs, long wallNs) {
        int d = depth;
        int at = d * STRIDE;
        long[] f = frames;
        f[at] = word;
        f[at + 1] = wallNs;
        f[at + 2] = cpuOffsetNs;
        f[at + 3] = 0;
        CHANGES.setRelease(this, changes + 1);
        DEPTH.setRelease(this, d + 1);
        // After the last call, which throws if the stack is full: frame and count come together or not at all.
        perBucket[CallWords.methodId(word) & (BUCKETS - 1)]++;
        return d;
    }

    /** Removes the topmost frame; its values stay readable until the next push. */
    void pop() {
        int d = depth - 1;
        int bucket = CallWords.methodId(frames[d * STRIDE]) & (BUCKETS - 1);
        DEPTH.setRelease(this, d);
        perBucket[bucket]--;
        // The frame may be overwritten from here on, and by nothing that a dumper sees before the new depth.
        VarHandle.storeStoreFence();
    }

    /** Whether the topmost frame is a constructor's that may have ended unseen. */
    boolean isTopProvisional() {
        return depth > 0 && frames[(depth - 1) * STRIDE] < 0;
    }

    /** The constructor's exit will be seen. */
    void confirm(int at) {
        frames[at * STRIDE] &= ~CallWords.PROVISIONAL;
    }

    /** How many frames are of this method. */
    int open(int methodId) {
        int open = 0;
        for (int at = 0; at < depth; at++) {
            if (CallWords.methodId(word(at)) == methodId) {
                open++;
            }
        }
        return open;
    }

    long word(int at) {
        return frames[at * STRIDE];
    }

    long entryWallNs(int at) {
        return frames[at * STRIDE + 1];
    }

    /** CPU time less wall time at entry, or {@link ThreadClock#UNKNOWN}. */
    long entryCpuOffsetNs(int at) {
        return frames[at * STRIDE + 2];
    }

    /**
     * Corrects the CPU time at entry of the calls in progress, now that the kernel was asked for the true one.
     *
     * @param readingNs wall time of the reading that made it so
     * @return how many calls would have used less than no CPU time so far, by no more than the clock's error; they are
     *     taken to have used none
     */
    int reviseCpu(long readingNs) {
        long beforeNs = clock.offsetBeforeNs();
        long cpuNs = readingNs + clock.offsetAtReadingNs();
        int clamped = 0;
        for (int at = (depth - 1) * STRIDE; at >= 0; at -= STRIDE) {
            long entryNs = frames[at + 1];
            long offsetNs = frames[at + 2];
            long revisedNs = offsetNs == beforeNs ? clock.revisedOffsetNs(entryNs) : offsetNs;
            long excessNs = entryNs + revisedNs - cpuNs;
            if (excessNs > 0 && excessNs <= clock.errorNs()) {
                revisedNs = cpuNs - entryNs;
                clamped++;
            } else if (revisedNs == offsetNs) {
                break; // older calls have used more
            }
            frames[at + 2] = revisedNs;
        }
        return clamped;
    }

    long calleesWallNs(int at) {
        return frames[at * STRIDE + 3];
    }

    void addCallee(int at, long wallNs) {
        frames[at * STRIDE + 3] += wallNs;
    }

    /**
     * Shows the calls in progress to the dumper. Tries again when the thread pushes meanwhile. Of a thread that never rests
     * it shows what two looks have in common: a frame half written at both was not below the depth in between.
     */
    void inFlight(InFlight into, long nowNs) {
        long[] before = new long[0];
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            long changesBefore = (long) CHANGES.getAcquire(this);
            int d = (int) DEPTH.getAcquire(this);
            long[] f = frames;
            long[] seen = Arrays.copyOf(f, Math.min(d * STRIDE, f.length));
            VarHandle.loadLoadFence();
            // In this order: a push that has become visible in the depth is visible in the count.
            int complete = (int) DEPTH.getAcquire(this) * STRIDE;
            if (complete < seen.length) {
                seen = Arrays.copyOf(seen, complete);
            }
            boolean quiet = changesBefore == (long) CHANGES.getAcquire(this);
            if (quiet || attempt == ATTEMPTS) {
                add(into, seen, quiet ? seen : before, nowNs);
                return;
            }
            before = seen;
        }
    }

    private static void add(InFlight into, long[] seen, long[] before, long nowNs) {
        for (int at = 0; at < Math.min(seen.length, before.length); at += STRIDE) {
            boolean same = seen[at] == before[at] && seen[at + 1] == before[at + 1];
            if (same && !CallWords.is(seen[at], CallWords.PROVISIONAL)) {
                into.add(CallWords.methodId(seen[at]), nowNs - seen[at + 1]);
            }
        }
    }
}
