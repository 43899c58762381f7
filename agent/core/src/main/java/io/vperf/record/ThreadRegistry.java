package io.vperf.record;

import io.vperf.clock.CpuClock;
import io.vperf.clock.ThreadClock;
import io.vperf.counters.CallCounters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of every thread that has measured calls. A platform thread is registered at its first measured call and
 * removed by the sampler after its end; a virtual thread only while it is inside measured calls, as there may be millions.
 * Nothing is lost when a pool erases its threads' ThreadLocals: a thread's state stays registered and is found again.
 */
final class ThreadRegistry {

    /** How many journals virtual threads share; a power of two. */
    private static final int SHARED_JOURNALS = 16;

    private final MethodTable methods;
    private final CpuClock cpuClock;
    private final CallCounters counters;
    private final AtomicLong sequence = new AtomicLong();

    /** By thread: one whose ThreadLocals were erased, as some pools do after each task, finds its state again. */
    private final Map<ThreadKey, ThreadFrames> registered = new ConcurrentHashMap<>();

    private final SharedJournal[] shared = new SharedJournal[SHARED_JOURNALS];

    private final @Nullable CallSampling sampling;

    /** Virtual threads to be forgotten as if they had ended, see {@link #willNotSettle}. */
    private final Queue<Long> unsettled = new ConcurrentLinkedQueue<>();

    /** Tells the CPU time of virtual threads; null as long as nobody can. Written once, read by any thread. */
    private volatile @Nullable VirtualThreads virtuals;

    /** Written before {@link #registered} is read for who is inside, read after a virtual thread has entered itself there. */
    private volatile boolean over;

    /** Of virtual threads that have the clocks of their carriers: never asked. */
    private final ThreadClock noClock;

    /** As {@link #shared}; empty where all calls are measured. */
    private final CallCounts[] sharedCounts;

    ThreadRegistry(MethodTable methods, CpuClock cpuClock) {
        this(methods, cpuClock, CallCounters.NONE, null);
    }

    /**
     * @param sampling which calls are measured; null: all
     */
    ThreadRegistry(MethodTable methods, CpuClock cpuClock, CallCounters counters, @Nullable CallSampling sampling) {
        this.methods = methods;
        this.cpuClock = cpuClock;
        this.counters = counters;
        this.sampling = sampling;
        this.noClock = cpuClock.forVirtualThread();
        this.sharedCounts = new CallCounts[sampling == null ? 0 : SHARED_JOURNALS];
        Arrays.setAll(sharedCounts, i -> new CallCounts());
        Arrays.setAll(shared, i -> new SharedJournal(methods));
    }

    /** From now on the CPU time of virtual threads is told; not yet of those that are inside measured calls. */
    void follow(VirtualThreads carried) {
        virtuals = carried;
    }

    /** Null as long as nobody tells the CPU time of virtual threads. */
    @Nullable
    VirtualThreads virtuals() {
        return virtuals;
    }

    /** State for the calling thread; the one it had, if it has only lost it. */
    ThreadFrames create() {
        Thread thread = Thread.currentThread();
        ThreadFrames known = find(thread);
        if (known != null) {
            return known;
        }
        // Thread.isVirtual came with JDK 21; the class has had this name since. Where a JVM has no continuations each
        // "bound" virtual thread is a native thread like any other.
        return thread.getClass().getName().equals("java.lang.VirtualThread") ? virtual(thread) : platform(thread);
    }

    private ThreadFrames virtual(Thread thread) {
        VirtualThreads carried = virtuals;
        ThreadFrames last = carried == null ? null : carried.lastState(thread);
        if (last != null) {
            return last;
        }
        long number = sequence.incrementAndGet();
        ThreadFrames frames = new ThreadFrames(
                thread,
                true,
                number,
                null,
                carried == null ? cpuClock.forVirtualThread() : noClock,
                counters.isAny(),
                null,
                carried == null ? null : carried.newAccount());
        if (sampling != null) {
            CallCounts counts = sharedCounts[(int) number & (SHARED_JOURNALS - 1)];
            frames.draw = new CallDraw(sampling, number, counts, true);
        }
        return frames;
    }

    /**
     * State of a platform thread; the one it had, if it has one.
     *
     * @param thread the native thread that is running, which may carry a virtual one
     */
    ThreadFrames platform(Thread thread) {
        ThreadFrames known = find(thread);
        if (known != null) {
            return known;
        }
        long number = sequence.incrementAndGet();
        StackRoom.ensure(); // else the clock below might be made and never given back
        ThreadFrames frames = new ThreadFrames(
                thread,
                false,
                number,
                new Journal(methods, counters.names().size()),
                cpuClock.forThisThread(),
                counters.isAny(),
                counters.forThisThread(),
                null);
        if (sampling != null) {
            frames.draw = new CallDraw(sampling, number, new CallCounts(), false);
        }
        // Another agent's measured code may have run meanwhile, in answer to a class loaded here, and been first.
        ThreadFrames first = registered.putIfAbsent(frames.thread, frames);
        if (first != null) {
            frames.close();
            return first;
        }
        return frames;
    }

    /** The state of a platform thread, or of a virtual one that is inside measured calls, or null. */
    @Nullable
    ThreadFrames find(Thread thread) {
        return registered.get(new ThreadKey(thread));
    }

    /** False where the run is over, and nothing of it may be touched: nobody would know that this thread does. */
    boolean virtualEnters(ThreadFrames frames) {
        registered.put(frames.thread, frames);
        if (over) {
            registered.remove(frames.thread);
            return false;
        }
        return true;
    }

    void virtualLeaves(ThreadFrames frames) {
        registered.remove(frames.thread);
    }

    /** Of a virtual thread, an outermost call has ended that will not be settled: its callees, which may be, are in vain. */
    void willNotSettle(ThreadFrames frames) {
        unsettled.add(frames.sequence);
    }

    /** A virtual thread's. */
    SharedJournal sharedJournal(ThreadFrames frames) {
        return shared[(int) frames.sequence & (SHARED_JOURNALS - 1)];
    }

    /** Moves everything journalled so far into the histograms. */
    void foldAll() {
        for (SharedJournal several : shared) {
            several.journal.fold();
        }
        for (CallCounts counts : sharedCounts) {
            fold(counts);
        }
        for (ThreadFrames frames : registered.values()) {
            fold(frames);
        }
    }

    /** What virtual threads recorded is not theirs alone, and folded with all the rest. */
    private void fold(ThreadFrames frames) {
        if (frames.journal != null) {
            frames.journal.fold();
            if (frames.draw != null) {
                fold(frames.draw.counts());
            }
        }
    }

    private void fold(CallCounts counts) {
        if (sampling != null) {
            counts.fold(sampling, methods);
        }
    }

    InFlight inFlight(long nowNs) {
        InFlight seen = new InFlight();
        for (ThreadFrames frames : registered.values()) {
            frames.inFlight(seen, nowNs);
        }
        return seen;
    }

    /** Takes note of a frame just dropped: no end of its call was seen. */
    void lost(Frame dropped) {
        methods.lost(dropped.methodId());
    }

    /**
     * Forgets threads that have ended; calls that are open there never will. Called by the sampler's thread, which tells
     * {@code ended} their numbers.
     */
    void sweep(LongConsumer ended) {
        for (Long left = unsettled.poll(); left != null; left = unsettled.poll()) {
            ended.accept(left);
        }
        for (Iterator<ThreadFrames> all = registered.values().iterator(); all.hasNext(); ) {
            ThreadFrames frames = all.next();
            if (frames.hasEnded()) {
                fold(frames);
                for (int depth = frames.depth() - 1; depth >= 0; depth--) {
                    lost(frames.at(depth));
                }
                frames.close();
                if (frames.account != null) {
                    frames.account.release();
                }
                all.remove();
                ended.accept(frames.sequence);
            }
        }
    }

    void forgetCallingThread() {
        ThreadFrames frames = registered.remove(new ThreadKey(Thread.currentThread()));
        if (frames != null) {
            frames.close();
        }
    }

    /** No virtual thread begins an outermost call any more; those named are inside one, or were a moment ago. */
    List<Thread> refuseVirtual() {
        over = true;
        List<Thread> inside = new ArrayList<>();
        for (ThreadFrames frames : registered.values()) {
            Thread thread = frames.thread.get();
            if (frames.virtual && thread != null) {
                inside.add(thread);
            }
        }
        return inside;
    }

    /**
     * Gives back what threads hold. No probe may run or begin any more but on the threads named, which keep it, and so do the
     * carriers of virtual ones; calls in progress are none of this run's from now on.
     */
    void abandon(Set<Thread> inProbes) {
        Set<ThreadFrames> kept = new HashSet<>();
        for (ThreadFrames frames : registered.values()) {
            Thread thread = frames.thread.get();
            if (thread != null && inProbes.contains(thread)) {
                kept.add(frames);
                if (frames.account != null && frames.account.carrier != null) {
                    kept.add(frames.account.carrier);
                }
            }
        }
        for (ThreadFrames frames : registered.values()) {
            if (!kept.contains(frames)) {
                frames.close();
                frames.abandon();
            }
        }
        registered.clear();
    }

    int size() {
        return registered.size();
    }
}
