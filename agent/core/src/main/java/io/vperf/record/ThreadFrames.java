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

    /**
     * One frame: word, wall time at entry, what to add for the CPU time, wall time of direct measured callees so far, and
     * {@link #onStack} as it was before.
     */
    private static final int STRIDE = 5;

    private static final int FIRST_CAPACITY = 8;

    /** Deeper calls are not measured. A thread stack of 8 MiB holds about as many frames of the smallest methods. */
    static final int MAX_DEPTH = 1 << 16;

    private static final int ATTEMPTS = 16;

    private static final VarHandle DEPTH;

    static {
        try {
            DEPTH = MethodHandles.lookup().findVarHandle(ThreadFrames.class, "depth", int.class);
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

    /** Tells which calls are measured; null where all are. Set before the thread's first call. */
    @Nullable
    CallDraw draw;

    /**
     * In the midst of the slower part of a probe. Never left set, whatever is thrown: a field and no method, whose call might
     * find the stack full.
     */
    boolean inProbe;

    /** Frames of constructors that have not reached their own body. */
    private int provisional;

    /** Below this depth a call begins without further ado; 0 while there is anything to look at first. */
    private int ready;

    private long[] frames = new long[FIRST_CAPACITY * STRIDE];

    /** Bit n: a frame may be of a method whose id is n modulo 64. A bit that is not set proves a call outermost. */
    private long onStack;

    /** Released by the thread after the frame below it is complete, acquired by the dumper. */
    private int depth;

    ThreadFrames(Thread thread, boolean virtual, long sequence, @Nullable Journal journal, ThreadClock clock) {
        this.thread = new ThreadKey(thread);
        this.virtual = virtual;
        this.sequence = sequence;
        this.journal = journal;
        this.clock = clock;
        updateReady();
    }

    /** To be called when anything has changed that it looks at; not in time means a detour for some calls, no more. */
    void updateReady() {
        ready = provisional > 0 || (virtual && depth == 0) ? 0 : frames.length / STRIDE;
    }

    /** Whether a call can begin without a look at anything but the clocks. */
    boolean isReady() {
        return depth < ready && !inProbe;
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

    /**
     * Begins a call; it is outermost unless its method is on the stack already. Needs {@link #isReady} or {@link #hasRoom}.
     * Returns the new frame's depth.
     */
    int push(long word, long cpuOffsetNs, long wallNs) {
        int d = depth;
        int at = d * STRIDE;
        long[] f = frames;
        long before = onStack;
        long bit = 1L << CallWords.methodId(word);
        f[at] = (before & bit) == 0 || !isOpen(CallWords.methodId(word)) ? word | CallWords.OUTERMOST : word;
        f[at + 1] = wallNs;
        f[at + 2] = cpuOffsetNs;
        f[at + 3] = 0;
        f[at + 4] = before;
        DEPTH.setRelease(this, d + 1);
        // After the last call, which throws if the stack is full: all of it comes together or not at all.
        onStack = before | bit;
        if (word < 0) {
            provisional++;
            ready = 0;
        }
        return d;
    }

    private boolean isOpen(int methodId) {
        long[] f = frames;
        for (int at = (depth - 1) * STRIDE; at >= 0; at -= STRIDE) {
            if (CallWords.methodId(f[at]) == methodId) {
                return true;
            }
        }
        return false;
    }

    /** Removes the topmost frame; its values stay readable until the next push. */
    void pop() {
        int d = depth - 1;
        long word = frames[d * STRIDE];
        long before = frames[d * STRIDE + 4];
        DEPTH.setRelease(this, d);
        onStack = before;
        if (word < 0) {
            provisional--;
        }
        // The frame may be overwritten from here on, and by nothing that a dumper sees before the new depth.
        VarHandle.storeStoreFence();
    }

    /** Whether the topmost frame is a constructor's that may have ended unseen. */
    boolean isTopProvisional() {
        return depth > 0 && frames[(depth - 1) * STRIDE] < 0;
    }

    /** The constructor's exit will be seen. */
    void confirm(int at) {
        if (frames[at * STRIDE] < 0) {
            frames[at * STRIDE] &= ~CallWords.PROVISIONAL;
            provisional--;
            updateReady();
        }
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
     * Shows the calls in progress to the dumper: what two looks have in common. A frame half written at both was not below
     * the depth in between. Looks again while the thread pushes and pops; of one that never rests, the calls that stay.
     */
    void inFlight(InFlight into, long nowNs) {
        long[] before = look();
        for (int attempt = 1; ; attempt++) {
            long[] seen = look();
            boolean quiet = Arrays.equals(before, seen);
            if (quiet || attempt == ATTEMPTS) {
                add(into, seen, before, nowNs);
                return;
            }
            before = seen;
        }
    }

    private long[] look() {
        int d = (int) DEPTH.getAcquire(this);
        long[] f = frames;
        long[] seen = Arrays.copyOf(f, Math.min(d * STRIDE, f.length));
        VarHandle.loadLoadFence();
        int complete = (int) DEPTH.getAcquire(this) * STRIDE;
        return complete < seen.length ? Arrays.copyOf(seen, complete) : seen;
    }

    private static void add(InFlight into, long[] seen, long[] before, long nowNs) {
        for (int at = 0; at < Math.min(seen.length, before.length); at += STRIDE) {
            boolean same = seen[at] == before[at] && seen[at + 1] == before[at + 1];
            if (same && !CallWords.is(seen[at], CallWords.PROVISIONAL)) {
                into.add(CallWords.methodId(seen[at]), CallWords.weight(seen[at]), nowNs - seen[at + 1]);
            }
        }
    }
}
