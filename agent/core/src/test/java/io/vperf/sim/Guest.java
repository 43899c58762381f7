package io.vperf.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The guest. One caller builds it, starts threads and lets time pass. */
public final class Guest {

    /** Events of vCPUs are numbered from 0, of threads from here. */
    private static final int THREADS = 1 << 12;

    /** Of the cgroup's period. */
    private static final int PERIOD = THREADS - 1;

    private static final int TARGET_BITS = 16;
    private static final long TARGET = (1 << TARGET_BITS) - 1;

    private final Kernel kernel;
    private final Scheduling scheduling;
    private final Interpreter interpreter;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final Vcpu[] vcpus;
    private final List<SimThread> threads = new ArrayList<>();
    private final EventQueue events = new EventQueue();
    private long nowNs;
    private boolean stopping;
    private @Nullable Bandwidth bandwidth;

    /**
     * @param steal by vCPU
     */
    public Guest(
            int vcpus,
            Kernel kernel,
            IntFunction<HostSteal> steal,
            Interrupts interrupts,
            Scheduling scheduling,
            long seed,
            CallObserver observer) {
        this.kernel = kernel;
        this.scheduling = scheduling;
        this.interpreter = new Interpreter(this, observer);
        this.random = new SplittableRandom(seed);
        this.vcpus = new Vcpu[vcpus];
        for (int id = 0; id < vcpus; id++) {
            this.vcpus[id] = new Vcpu(id, kernel, steal.apply(id), interrupts, random.split());
            schedule(this.vcpus[id]);
        }
        this.scheduler = new Scheduler(scheduling, this.vcpus);
    }

    /** From now on all threads together run for no longer than this in each period. To be called before the first one. */
    public Bandwidth limit(long quotaNs, long periodNs) {
        Bandwidth limit = new Bandwidth(quotaNs, periodNs);
        bandwidth = limit;
        for (Vcpu vcpu : vcpus) {
            vcpu.runtimeNs = 0;
        }
        events.add(nowNs + periodNs, event(0, PERIOD));
        return limit;
    }

    public long nowNs() {
        return nowNs;
    }

    public int vcpus() {
        return vcpus.length;
    }

    /** Threads end at the end of their programs from now on, but for daemons. */
    public void stop() {
        stopping = true;
    }

    /** A thread that begins now, on a vCPU that has room, or by turns. */
    public SimThread start(Program program) {
        return start(program, true);
    }

    /** The same for one that goes on for ever. */
    public SimThread startDaemon(Program program) {
        return start(program, false);
    }

    private SimThread start(Program program, boolean stops) {
        SimThread thread = new SimThread(threads.size(), program, random.split(), stops);
        thread.vcpu = thread.id() % vcpus.length;
        thread.sinceNs = nowNs;
        threads.add(thread);
        wake(thread);
        return thread;
    }

    /** A thread that sleeps goes on at once, as when it is unparked. */
    public void wake(SimThread thread) {
        if (thread.state == SimThread.State.BLOCKED) {
            wakeAt(thread, nowNs);
        }
    }

    void wakeAt(SimThread thread, long atNs) {
        events.add(atNs, event(++thread.timer, THREADS + thread.id()));
    }

    boolean isStopping() {
        return stopping;
    }

    /** Lets time pass. */
    public void run(long untilNs) {
        while (events.nextNs() <= untilNs) {
            nowNs = events.nextNs();
            long event = events.take();
            int target = (int) (event & TARGET);
            long version = event >>> TARGET_BITS;
            if (target >= THREADS) {
                SimThread thread = threads.get(target - THREADS);
                if (thread.timer == version) {
                    arrive(thread);
                }
            } else if (target == PERIOD) {
                period();
            } else if (vcpus[target].version == version) {
                vcpus[target].advance(nowNs);
                go(vcpus[target]);
            }
        }
        nowNs = untilNs;
        for (Vcpu vcpu : vcpus) {
            vcpu.advance(nowNs);
        }
    }

    /** What was stolen from a vCPU, in truth. */
    public long stolenNs(int vcpu) {
        vcpus[vcpu].advance(nowNs);
        return vcpus[vcpu].accounts.stolenNs;
    }

    /** What the vCPU's threads ran, in truth. */
    public long ranNs(int vcpu) {
        vcpus[vcpu].advance(nowNs);
        return vcpus[vcpu].accounts.ranNs;
    }

    /** Its line of /proc/stat. */
    CpuAccounts accounts(int vcpu) {
        vcpus[vcpu].advance(nowNs);
        return vcpus[vcpu].accounts;
    }

    /** The steal column of a vCPU as /proc/stat shows it now. */
    public long stealTicks(int vcpu) {
        return vcpus[vcpu].accounts.stealTicks();
    }

    /** Its busy columns together, in the same unit. */
    public long busyTicks(int vcpu) {
        CpuAccounts accounts = vcpus[vcpu].accounts;
        return accounts.userTicks() + accounts.irqTicks() + accounts.softirqTicks();
    }

    private static long event(long version, int target) {
        return version << TARGET_BITS | target;
    }

    private void schedule(Vcpu vcpu) {
        events.add(vcpu.nextEventNs(nowNs), event(++vcpu.version, vcpu.id));
    }

    /** A thread becomes runnable, or has moved. */
    private void arrive(SimThread thread) {
        if (thread.state == SimThread.State.BLOCKED) {
            thread.blockedNs += nowNs - thread.sinceNs;
        }
        Vcpu vcpu = thread.state == SimThread.State.BLOCKED ? scheduler.choose(thread) : vcpus[thread.vcpu];
        vcpu.advance(nowNs);
        SimThread current = vcpu.current;
        if (vcpu.throttled) {
            vcpu.enqueue(thread, nowNs);
            return;
        }
        if (current == null && vcpu.queue.isEmpty()) {
            vcpu.take(thread, nowNs);
        } else {
            vcpu.enqueue(thread, nowNs);
            Scheduler.place(thread, current);
            vcpu.needsResched |= scheduling.wakeupPreemption();
        }
        if (!vcpu.active) {
            activate(vcpu);
        }
        go(vcpu);
    }

    private void activate(Vcpu vcpu) {
        vcpu.active = true;
        vcpu.waking = true;
        vcpu.nextTickNs = (nowNs / kernel.tickNs() + 1) * kernel.tickNs();
        vcpu.host.advance(nowNs);
        vcpu.host.wake(nowNs);
    }

    private void period() {
        Bandwidth limit = Objects.requireNonNull(bandwidth);
        boolean any = false;
        for (Vcpu vcpu : vcpus) {
            any |= vcpu.throttled;
        }
        limit.begin(any);
        events.add(nowNs + limit.periodNs, event(0, PERIOD));
        for (Vcpu vcpu : vcpus) {
            vcpu.advance(nowNs);
            if (vcpu.throttled && limit.assign(vcpu)) {
                limit.count(vcpu.unthrottle(nowNs));
                if (!vcpu.queue.isEmpty()) {
                    if (!vcpu.active) {
                        activate(vcpu);
                    }
                    go(vcpu);
                }
            }
        }
    }

    /** False if the current thread may not run on. */
    private boolean mayRun(Vcpu vcpu) {
        Bandwidth limit = bandwidth;
        SimThread thread = vcpu.current;
        if (limit == null || thread == null || limit.assign(vcpu)) {
            return true;
        }
        Scheduler.switchOut(vcpu, thread, nowNs);
        vcpu.throttle(nowNs);
        vcpu.enqueue(thread, nowNs);
        return false;
    }

    /** Does all that is due on a vCPU whose time is booked up to now. */
    private void go(Vcpu vcpu) {
        if (!vcpu.active && vcpu.nextIrqNs <= nowNs) {
            activate(vcpu);
        }
        while (vcpu.active) {
            vcpu.host.advance(nowNs);
            vcpu.stolen = vcpu.host.isTaken(nowNs);
            if (vcpu.stolen || !goOn(vcpu)) {
                break;
            }
        }
        schedule(vcpu);
    }

    /** One step of a vCPU that is not stolen. False if nothing more is due now. */
    private boolean goOn(Vcpu vcpu) {
        if (vcpu.waking) {
            vcpu.waking = false;
            vcpu.accounts.leaveIdle(nowNs / kernel.tickNs() > vcpu.idleSinceNs / kernel.tickNs());
        }
        if (vcpu.nextTickNs <= nowNs) {
            tick(vcpu);
        }
        if (vcpu.irqLeftNs == 0 && vcpu.nextIrqNs <= nowNs) {
            vcpu.interrupt(nowNs);
        }
        if (vcpu.irqLeftNs > 0) {
            return false;
        }
        if (vcpu.needsResched) {
            vcpu.needsResched = false;
            Scheduler.preempt(vcpu, Scheduling.LAG_NS, nowNs);
        }
        if (!mayRun(vcpu)) {
            return true;
        }
        SimThread thread = vcpu.current;
        if (thread == null) {
            return scheduler.pick(vcpu, nowNs);
        }
        if (!vcpu.dispatched) {
            vcpu.dispatched = true;
            thread.schedstatDelayNs += nowNs - thread.sinceNs;
        }
        if (thread.leftNs > 0) {
            return false;
        }
        if (!interpreter.proceed(thread)) {
            vcpu.current = null;
        }
        return true;
    }

    private void tick(Vcpu vcpu) {
        vcpu.accounts.tick(vcpu.mode());
        vcpu.nextTickNs = (nowNs / kernel.tickNs() + 1) * kernel.tickNs();
        SimThread thread = vcpu.current;
        if (thread == null || !vcpu.dispatched) {
            return;
        }
        if (thread.vruntimeNs - thread.switchedInAtVruntimeNs >= scheduling.sliceNs()) {
            Scheduler.preempt(vcpu, 0, nowNs);
        }
        if (vcpu.current == thread
                && vcpus.length > 1
                && scheduling.movesPerSecond() > 0
                && vcpu.random.nextDouble() < scheduling.movesPerSecond() / kernel.hz()) {
            int to = vcpu.random.nextInt(vcpus.length - 1);
            Scheduler.switchOut(vcpu, thread, nowNs);
            thread.state = SimThread.State.QUEUED;
            thread.vcpu = to < vcpu.id ? to : to + 1;
            wakeAt(thread, nowNs);
        }
    }
}
