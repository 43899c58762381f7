package io.vperf.record;

import io.vperf.clock.CpuClock;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

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
    private final AtomicLong sequence = new AtomicLong();

    /** By thread: one whose ThreadLocals were erased, as some pools do after each task, finds its state again. */
    private final Map<ThreadKey, ThreadFrames> registered = new ConcurrentHashMap<>();

    private final Journal[] shared = new Journal[SHARED_JOURNALS];

    ThreadRegistry(MethodTable methods, CpuClock cpuClock) {
        this.methods = methods;
        this.cpuClock = cpuClock;
        for (int i = 0; i < SHARED_JOURNALS; i++) {
            shared[i] = new Journal(methods);
        }
    }

    /** State for the calling thread; the one it had, if it has only lost it. */
    ThreadFrames create() {
        Thread thread = Thread.currentThread();
        ThreadFrames known = registered.get(new ThreadKey(thread));
        if (known != null) {
            return known;
        }
        // Thread.isVirtual came with JDK 21; the class has had this name since.
        boolean virtual = thread.getClass().getName().startsWith("java.lang.VirtualThread")
                || thread.getClass().getName().equals("java.lang.ThreadBuilders$BoundVirtualThread");
        long number = sequence.incrementAndGet();
        if (virtual) {
            return new ThreadFrames(thread, true, number, null, cpuClock.forVirtualThread());
        }
        ThreadFrames frames = new ThreadFrames(thread, false, number, new Journal(methods), cpuClock.forThisThread());
        // Another agent's measured code may have run meanwhile, in answer to a class loaded here, and been first.
        ThreadFrames first = registered.putIfAbsent(frames.thread, frames);
        if (first != null) {
            frames.clock.close();
            return first;
        }
        return frames;
    }

    void virtualEnters(ThreadFrames frames) {
        registered.put(frames.thread, frames);
    }

    void virtualLeaves(ThreadFrames frames) {
        registered.remove(frames.thread);
    }

    /** Appends on behalf of a virtual thread. */
    void appendShared(ThreadFrames frames, long word, long wallNs, long cpuNs, long selfNs) {
        Journal journal = shared[(int) frames.sequence & (SHARED_JOURNALS - 1)];
        synchronized (journal) {
            journal.append(word, wallNs, cpuNs, selfNs);
        }
    }

    /** Moves everything journalled so far into the histograms. */
    void foldAll() {
        for (Journal journal : shared) {
            journal.fold();
        }
        for (ThreadFrames frames : registered.values()) {
            if (frames.journal != null) {
                frames.journal.fold();
            }
        }
    }

    InFlight inFlight(long nowNs) {
        InFlight seen = new InFlight();
        for (ThreadFrames frames : registered.values()) {
            frames.inFlight(seen, nowNs);
        }
        return seen;
    }

    /** Forgets threads that have ended. Called by the sampler's thread, which tells {@code ended} their numbers. */
    void sweep(LongConsumer ended) {
        for (Iterator<ThreadFrames> all = registered.values().iterator(); all.hasNext(); ) {
            ThreadFrames frames = all.next();
            if (frames.hasEnded()) {
                if (frames.journal != null) {
                    frames.journal.fold();
                }
                frames.clock.close();
                all.remove();
                ended.accept(frames.sequence);
            }
        }
    }

    void forgetCallingThread() {
        ThreadFrames frames = registered.remove(new ThreadKey(Thread.currentThread()));
        if (frames != null) {
            frames.clock.close();
        }
    }

    int size() {
        return registered.size();
    }
}
