package io.vperf.record;

import io.vperf.clock.ThreadClock;
import io.vperf.clock.WallClock;
import io.vperf.health.Health;
import io.vperf.health.Trouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Follows virtual threads that are inside measured calls from carrier to carrier. {@link #mounting} and {@link #unmounted} run on
 * the carrier, in the midst of the JDK's scheduler; the rest on the virtual thread. No reading is made with the clock of a
 * thread other than the one that runs: before each, it is looked whether this is still the carrier that was seen last. If
 * not, a mount was missed, and the CPU time of the calls in progress is refused.
 *
 * <p>Assumptions: (1) Between its readings a probe neither parks nor waits for a monitor, so it stays on its carrier; where it
 * might, while the kernel is asked, it is pinned. (2) A virtual thread is not continued elsewhere before {@link #unmounted}
 * has returned. (3) One that was created after the JDK's class was rewritten has all its mounts seen.
 */
final class VirtualThreads {

    private final WallClock wallClock;
    private final Health health;
    private final ThreadRegistry threads;
    private final CarrierAccess access;

    /** The state of each carrier that has carried a measured call. */
    private final ThreadLocal<ThreadFrames> carriers;

    /** How many may be the next one that is mounted: the only thing a mount looks at while there are none. */
    private final AtomicInteger awaited = new AtomicInteger();

    /** See assumption 3: the lowest number of such a thread. */
    private volatile long firstSeen = Long.MAX_VALUE;

    /** Written before, and on the same native thread as, the first call that asks. */
    private boolean mountSeen;

    VirtualThreads(WallClock wallClock, Health health, ThreadRegistry threads, CarrierAccess access) {
        this.wallClock = wallClock;
        this.health = health;
        this.threads = threads;
        this.access = access;
        this.carriers = access.carrierLocal();
    }

    /** Threads with this number or a higher one were created after the JDK had begun to tell of mounts. */
    void mountsSeenFrom(long threadId) {
        firstSeen = threadId;
    }

    VirtualAccount newAccount() {
        return new VirtualAccount(awaited);
    }

    /** The state of this virtual thread, the calling one, if its last outermost call was the last one on this carrier; or null. */
    @Nullable
    ThreadFrames lastState(Thread virtual) {
        ThreadFrames carrier = carriers.get();
        ThreadFrames last = carrier == null ? null : carrier.lastGuest;
        return last != null && last.thread.refersTo(virtual) ? last : null;
    }

    /** How many threads are looked for at each mount. */
    int awaited() {
        return awaited.get();
    }

    /** The calling virtual thread is about to begin an outermost call. */
    void enter(ThreadFrames t, VirtualAccount account, long threadId) {
        ThreadFrames carrier = carriers.get();
        if (carrier == null) {
            access.pin();
            try {
                carrier = register(access.carrier());
            } finally {
                access.unpin();
            }
        }
        boolean seen = threadId >= firstSeen;
        if (seen && !mountSeen) {
            account.breakOff();
            health.tellLater(
                    "CPU time of calls on virtual threads is refused: this JVM does not tell when they are mounted");
            return;
        }
        account.start(carrier);
        carrier.guest = t;
        if (!seen) {
            account.await(); // its next unmount may go unseen, and be found out at the mount after that
        }
    }

    private ThreadFrames register(Thread carrier) {
        ThreadFrames state = threads.platform(carrier);
        carriers.set(state);
        return state;
    }

    /** Begins a call of the calling virtual thread. */
    Frame begin(ThreadFrames t, VirtualAccount account, int methodId, long flags) {
        long entryNs = wallClock.nowNs();
        ThreadFrames carrier = carrierOf(t, account);
        if (carrier == null) {
            return t.push(CallWords.word(methodId, t.clock.vcpu(), flags), ThreadClock.UNKNOWN, entryNs);
        }
        ThreadClock clock = carrier.clock;
        if (!clock.isCurrent(entryNs)) {
            renewPinned(carrier, t, account, entryNs);
            entryNs = clock.renewedNs();
        }
        if (t.depth() == 0) {
            account.startedAt(entryNs);
        }
        long word = CallWords.word(methodId, clock.vcpu(), flags);
        Frame begun = t.push(word, account.offsetNs(clock.offsetNs()), entryNs);
        account.keepWaits(begun, clock.waits());
        return begun;
    }

    /**
     * A call of the calling virtual thread ends; the account is told.
     *
     * @param readNs wall time, just read
     * @return when it ends: then, or later if the thread was held up
     */
    long end(ThreadFrames t, VirtualAccount account, Frame f, long readNs) {
        ThreadFrames carrier = carrierOf(t, account);
        if (carrier == null) {
            account.endUnknown();
            return readNs;
        }
        ThreadClock clock = carrier.clock;
        if (clock.isCurrent(readNs)) {
            account.end(f, clock, clock.offsetNs());
            return readNs;
        }
        renewPinned(carrier, t, account, readNs);
        account.end(f, clock, offsetAtReadingNs(clock));
        return clock.wasHeldUp() ? clock.renewedNs() : readNs;
    }

    private static long offsetAtReadingNs(ThreadClock clock) {
        return clock.wasHeldUp() ? clock.offsetNs() : clock.offsetAtReadingNs();
    }

    /** See {@link io.vperf.bootstrap.ProbeHandler#unmounted}. */
    void unmounted(Thread virtual) {
        ThreadFrames carrier = carriers.get();
        ThreadFrames t = carrier == null ? null : carrier.guest;
        if (carrier == null || t == null) {
            return;
        }
        carrier.guest = null;
        VirtualAccount account = t.account;
        if (account == null || !t.thread.refersTo(virtual)) {
            return; // it left unseen, and this thread is none of its business any more
        }
        boolean expected = account.carrier == carrier;
        account.breakOff(); // whatever goes wrong from here on
        if (!expected) {
            return;
        }
        long readNs = wallClock.nowNs();
        ThreadClock clock = carrier.clock;
        if (clock.isCurrent(readNs)) {
            account.unmounted(clock.waits(), readNs, clock.offsetNs());
        } else {
            renew(carrier, t, account, readNs);
            long atNs = clock.wasHeldUp() ? clock.renewedNs() : readNs;
            account.unmounted(clock.waits(), atNs, offsetAtReadingNs(clock));
        }
    }

    /** See {@link io.vperf.bootstrap.ProbeHandler#mounting}. */
    void mounting(Thread virtual) {
        if (!mountSeen) {
            mountSeen = true;
        }
        if (awaited.get() == 0) {
            return;
        }
        ThreadFrames t = threads.find(virtual);
        VirtualAccount account = t == null ? null : t.account;
        if (t == null || account == null) {
            return;
        }
        boolean expected = account.isUnmounted();
        account.breakOff(); // as above
        if (!expected) {
            return;
        }
        ThreadFrames carrier = carriers.get();
        if (carrier == null) {
            carrier = register(Thread.currentThread());
        }
        ThreadClock clock = carrier.clock;
        long atNs = wallClock.nowNs();
        if (!clock.isCurrent(atNs)) {
            renew(carrier, null, account, atNs);
            atNs = clock.renewedNs();
        }
        carrier.guest = t;
        account.mounted(carrier, atNs, clock.offsetNs());
    }

    /** The calling thread's carrier, if it was seen to be mounted there, or null. */
    private @Nullable ThreadFrames carrierOf(ThreadFrames t, VirtualAccount account) {
        ThreadFrames carrier = account.carrier;
        if (carrier != null && carrier.guest == t && carrier == carriers.get()) {
            return carrier;
        }
        account.breakOff();
        return null;
    }

    /** To be called by the virtual thread: see assumption 1. */
    private void renewPinned(ThreadFrames carrier, ThreadFrames t, VirtualAccount account, long readingNs) {
        access.pin();
        try {
            renew(carrier, t, account, readingNs);
        } finally {
            access.unpin();
        }
    }

    /**
     * @param t null: nobody is mounted
     */
    private void renew(ThreadFrames carrier, @Nullable ThreadFrames t, VirtualAccount account, long readingNs) {
        boolean before = carrier.inProbe;
        carrier.inProbe = true;
        try {
            carrier.clock.renew();
            WaitsBefore.keep(carrier);
            int clamped = carrier.reviseCpu(readingNs);
            if (t != null) {
                clamped += account.revise(t, carrier.clock, readingNs);
            }
            if (clamped > 0) {
                health.count(Trouble.CPU_REVISED, clamped);
            }
        } finally {
            carrier.inProbe = before;
        }
    }
}
