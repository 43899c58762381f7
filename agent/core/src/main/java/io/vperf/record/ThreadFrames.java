package io.vperf.record;

import io.vperf.clock.ThreadClock;
import io.vperf.counters.CallCounters.ThreadReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The measured calls in progress of one thread, virtual or not, as a stack of frames. Touched by its thread; the dumper
 * looks on to report calls in flight and tolerates that what it sees is a moment old.
 *
 * <p>The thread's stack may be full at any call, of a method of the JDK too. So a change that must not be left half done
 * makes all its calls first, then stores to fields, which cannot fail.
 */
final class ThreadFrames {

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
    @Nullable
    Journal journal;

    final ThreadClock clock;

    /** Whether its calls are to be counted. Then each takes the slower way through a probe. */
    final boolean counted;

    /** Null where it has none, though its calls are to be counted. */
    final @Nullable ThreadReader counters;

    /** What they read last at a call's end. */
    final long[] lastCounters;

    /** Of a virtual thread whose carriers are known; null for any other thread. */
    final @Nullable VirtualAccount account;

    /** Of a carrier: the virtual thread on it, if that is inside measured calls. Written and read on this native thread alone. */
    @Nullable
    ThreadFrames guest;

    /** Of a carrier: the state of the virtual thread that has left its outermost call there last. It may make another. */
    @Nullable
    ThreadFrames lastGuest;

    /** Tells which calls are measured; null where all are. Set before the thread's first call. */
    @Nullable
    CallDraw draw;

    /** CPU time at the thread's last rehearsal, see {@link RehearsalWaits}. */
    long rehearsedCpuNs = ThreadClock.UNKNOWN;

    /**
     * In the midst of the slower part of a probe. Never left set, whatever is thrown: a field and no method, whose call might
     * find the stack full.
     */
    boolean inProbe;

    private boolean abandoned;

    /** Frames of constructors that have not reached their own body. */
    private int provisional;

    /** Below this depth a call begins without further ado; 0 while there is anything to look at first. */
    int ready;

    /**
     * A frame that is still here, or was just now, though its call is over: the stack was full when it ended. To be set together
     * with {@link #ready} to 0, by stores and no method: see above.
     */
    @Nullable
    Frame leftOpen;

    /** By depth; no element is null. */
    private Frame[] frames = new Frame[0];

    /** Bit n: a frame may be of a method whose id is n modulo 64. A bit that is not set proves a call outermost. */
    private long onStack;

    /** Released by the thread after the frame below it is complete, acquired by the dumper. */
    private int depth;

    ThreadFrames(Thread thread, boolean virtual, long sequence, @Nullable Journal journal, ThreadClock clock) {
        this(thread, virtual, sequence, journal, clock, false, null, null);
    }

    ThreadFrames(
            Thread thread,
            boolean virtual,
            long sequence,
            @Nullable Journal journal,
            ThreadClock clock,
            boolean counted,
            @Nullable ThreadReader counters,
            @Nullable VirtualAccount account) {
        this.thread = new ThreadKey(thread);
        this.virtual = virtual;
        this.sequence = sequence;
        this.journal = journal;
        this.clock = clock;
        this.counted = counted;
        this.counters = counters;
        this.account = account;
        this.lastCounters = new long[counters == null ? 0 : counters.words()];
        grow();
        updateReady();
    }

    /** To be called when anything has changed that it looks at; not in time means a detour for some calls, no more. */
    void updateReady() {
        boolean special =
                leftOpen != null || provisional > 0 || (virtual && (depth == 0 || account != null)) || counted;
        ready = special ? 0 : frames.length;
    }

    /** Whether a call can begin without a look at anything but the clocks. */
    boolean isReady() {
        return depth < ready && !inProbe;
    }

    int depth() {
        return depth;
    }

    /** Whether these are the calling thread's. */
    boolean isCalling() {
        return thread.refersTo(Thread.currentThread());
    }

    boolean hasEnded() {
        Thread t = thread.get();
        return t == null || !t.isAlive();
    }

    /** The frame of the innermost call in progress. */
    @Nullable
    Frame top() {
        return depth == 0 ? null : frames[depth - 1];
    }

    /** The frame of the call at this depth, or of one that was there until just now. */
    Frame at(int depth) {
        return frames[depth];
    }

    /** Makes room for one more frame. Separate from {@link #push} so that nothing slow lies between the readings. */
    boolean hasRoom() {
        if (depth < frames.length) {
            return true;
        }
        if (depth >= MAX_DEPTH) {
            return false;
        }
        if (counters == null) {
            grow();
            return true;
        }
        long ignored = counters.readAtExit(lastCounters);
        grow();
        counters.leaveOut(lastCounters);
        return true;
    }

    private void grow() {
        int from = frames.length;
        Frame[] larger = Arrays.copyOf(frames, Math.max(FIRST_CAPACITY, from * 2));
        for (int d = from; d < larger.length; d++) {
            larger[d] = new Frame(this, d, d == 0 ? null : larger[d - 1], lastCounters.length);
        }
        frames = larger;
    }

    /**
     * Begins a call; it is outermost unless its method is on the stack already. Needs {@link #isReady} or {@link #hasRoom}.
     */
    Frame push(long word, long cpuOffsetNs, long wallNs) {
        // The frame is overwritten from here on, and by nothing that a dumper sees before the depth its last call left.
        VarHandle.storeStoreFence();
        int d = depth;
        Frame f = frames[d];
        long below = onStack;
        long bit = 1L << CallWords.methodId(word);
        f.word = (below & bit) == 0 || !isOpen(CallWords.methodId(word)) ? word | CallWords.OUTERMOST : word;
        f.entryNs = wallNs;
        f.cpuOffsetNs = cpuOffsetNs;
        if ((f.callees | f.countedCallees) != 0) {
            f.callees = 0;
            f.calleesWallNs = 0;
            f.countedCallees = 0;
        }
        f.onStackBelow = below;
        DEPTH.setRelease(this, d + 1);
        // After the last call, which throws if the stack is full: all of it comes together or not at all.
        onStack = below | bit;
        if (word < 0) {
            provisional++;
            ready = 0;
        }
        return f;
    }

    /** A call of this method begins that is only counted, and gets no frame. */
    void addCounted(int methodId) {
        if (depth == 0) {
            return;
        }
        frames[depth - 1].countedCallees++;
        if ((onStack & 1L << methodId) != 0) {
            markRecursive(methodId);
        }
    }

    private void markRecursive(int methodId) {
        for (int d = depth - 1; d >= 0; d--) {
            if (frames[d].methodId() == methodId) {
                frames[d].word |= CallWords.RECURSIVE;
                return;
            }
        }
    }

    private boolean isOpen(int methodId) {
        for (int d = depth - 1; d >= 0; d--) {
            if (frames[d].methodId() == methodId) {
                return true;
            }
        }
        return false;
    }

    /** Gives back what the thread holds. It must have ended, or make no more measured calls. */
    void close() {
        clock.close();
        if (counters != null) {
            counters.close();
        }
    }

    /**
     * The run is over: it is nobody's any more, and keeps nothing of the run from being collected. The thread's ThreadLocals hold it
     * until they are tidied, which may be never.
     */
    void abandon() {
        thread.clear();
        abandoned = true;
        journal = null;
        draw = null;
        guest = null;
        lastGuest = null;
        leftOpen = null;
        frames = new Frame[0];
        depth = 0;
        ready = 0;
    }

    /** Whether it is of a run that is over. */
    boolean isAbandoned() {
        return abandoned;
    }

    /** Removes the topmost frame, and answers it; its values stay readable until the next push. */
    Frame pop() {
        Frame f = frames[depth - 1];
        depth = f.depth;
        onStack = f.onStackBelow;
        if (f.word < 0) {
            provisional--;
        }
        return f;
    }

    /** As {@link #pop()}, at the end of a call that took so long. */
    void pop(long wallNs) {
        Frame caller = pop().caller;
        if (caller != null) {
            caller.callees++;
            caller.calleesWallNs += wallNs;
        }
    }

    /** As {@link #pop(long)}, of a frame that is known to be the topmost, and not a constructor's that may have ended unseen. */
    void pop(Frame top, long wallNs) {
        depth = top.depth;
        onStack = top.onStackBelow;
        Frame caller = top.caller;
        if (caller != null) {
            caller.callees++;
            caller.calleesWallNs += wallNs;
        }
    }

    /** As {@link #pop()}, for a call that is not recorded: what it called, its caller has called. */
    Frame drop() {
        Frame f = pop();
        Frame caller = f.caller;
        if (caller != null) {
            caller.callees += f.callees;
            caller.countedCallees += f.countedCallees;
            caller.calleesWallNs += f.calleesWallNs;
        }
        return f;
    }

    /** Whether the topmost frame is a constructor's that may have ended unseen. */
    boolean isTopProvisional() {
        return depth > 0 && frames[depth - 1].word < 0;
    }

    /** The constructor's exit will be seen. */
    void confirm(Frame f) {
        if (f.word < 0) {
            f.word &= ~CallWords.PROVISIONAL;
            provisional--;
            updateReady();
        }
    }

    /** How many frames are of this method. */
    int open(int methodId) {
        int open = 0;
        for (int d = 0; d < depth; d++) {
            if (frames[d].methodId() == methodId) {
                open++;
            }
        }
        return open;
    }

    /**
     * Corrects the CPU time at entry of the calls in progress, now that the kernel was asked for the true one.
     *
     * @param readingNs wall time of the reading that made it so
     * @return how many calls would have used less than no CPU time so far, by no more than the clock's error; they are
     *     taken to have used none
     */
    int reviseCpu(long readingNs) {
        return reviseCpu(clock, readingNs, Long.MIN_VALUE, 0);
    }

    /**
     * The same by another thread's clock.
     *
     * @param sinceNs of calls that began before, the CPU time is not that clock's
     * @param shiftNs CPU time less what that clock says
     */
    int reviseCpu(ThreadClock by, long readingNs, long sinceNs, long shiftNs) {
        int clamped = 0;
        for (Frame f = top(); f != null; f = f.caller) {
            if (f.cpuOffsetNs == ThreadClock.UNKNOWN || f.entryNs < sinceNs) {
                break; // as are older ones
            }
            long offsetNs = f.cpuOffsetNs - shiftNs;
            long revisedNs = by.revisedOffsetNs(f.entryNs, offsetNs);
            long boundNs = by.boundOffsetNs(f.entryNs, revisedNs, readingNs);
            if (boundNs != revisedNs) {
                clamped++;
            } else if (revisedNs == offsetNs) {
                break; // older calls have used more
            }
            f.cpuOffsetNs = boundNs + shiftNs;
        }
        return clamped;
    }

    /** Adds to the CPU time at entry of the calls that began since then. */
    void moveCpu(long sinceNs, long byNs) {
        for (int d = depth - 1; d >= 0 && frames[d].entryNs >= sinceNs; d--) {
            frames[d].cpuOffsetNs += byNs;
        }
    }

    /** The vCPU at the end of the last call. */
    int vcpu() {
        return account == null ? clock.vcpu() : account.endVcpu();
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

    /** Word and entry time of each frame. */
    private long[] look() {
        int d = (int) DEPTH.getAcquire(this);
        Frame[] f = frames;
        long[] seen = new long[Math.min(d, f.length) * 2];
        for (int i = 0; i < seen.length; i += 2) {
            seen[i] = f[i / 2].word;
            seen[i + 1] = f[i / 2].entryNs;
        }
        VarHandle.loadLoadFence();
        int complete = (int) DEPTH.getAcquire(this) * 2;
        return complete < seen.length ? Arrays.copyOf(seen, complete) : seen;
    }

    private static void add(InFlight into, long[] seen, long[] before, long nowNs) {
        for (int i = 0; i < Math.min(seen.length, before.length); i += 2) {
            boolean same = seen[i] == before[i] && seen[i + 1] == before[i + 1];
            if (same && !CallWords.is(seen[i], CallWords.PROVISIONAL)) {
                into.add(CallWords.methodId(seen[i]), CallWords.weight(seen[i]), nowNs - seen[i + 1]);
            }
        }
    }
}
