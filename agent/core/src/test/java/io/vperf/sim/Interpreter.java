package io.vperf.sim;

import java.util.ArrayList;
import java.util.List;

/** Carries out the programs of threads. */
final class Interpreter {

    private final Guest guest;
    private final CallObserver observer;
    private final List<SimLock> locks = new ArrayList<>();
    private final CallTruth truth = new CallTruth();

    Interpreter(Guest guest, CallObserver observer) {
        this.guest = guest;
        this.observer = observer;
    }

    /** The thread, which has a vCPU, goes on until it computes, blocks or ends. False if it leaves the vCPU. */
    boolean proceed(SimThread thread) {
        while (thread.leftNs == 0) {
            Program.Step step = thread.step();
            if (step == null) {
                if (guest.isStopping() && thread.stops) {
                    return leave(thread, SimThread.State.ENDED);
                }
                continue;
            }
            switch (step.kind()) {
                case COMPUTE -> thread.leftNs = step.ns().next(thread.random);
                case ENTER -> {
                    thread.enter(step.number(), guest.nowNs());
                    thread.leftNs = observer.entered(thread, step.number());
                }
                case EXIT -> {
                    thread.exit(guest.nowNs(), truth);
                    thread.leftNs = observer.exited(thread, truth);
                }
                case PERFORM -> thread.leftNs = step.action().perform(thread);
                case SKIP -> {
                    if (thread.random.nextDouble() < step.probability()) {
                        thread.skip(step.number());
                    }
                }
                case SLEEP -> {
                    guest.wakeAt(thread, guest.nowNs() + Math.max(1, step.ns().next(thread.random)));
                    return leave(thread, SimThread.State.BLOCKED);
                }
                case LOCK -> {
                    if (!lock(step.number()).acquire(thread)) {
                        return leave(thread, SimThread.State.BLOCKED);
                    }
                }
                case UNLOCK -> {
                    SimThread next = lock(step.number()).release(thread);
                    if (next != null) {
                        guest.wake(next);
                    }
                }
            }
        }
        return true;
    }

    private SimLock lock(int number) {
        while (locks.size() <= number) {
            locks.add(new SimLock());
        }
        return locks.get(number);
    }

    private boolean leave(SimThread thread, SimThread.State state) {
        thread.state = state;
        thread.sinceNs = guest.nowNs();
        thread.voluntarySwitches++;
        return false;
    }
}
