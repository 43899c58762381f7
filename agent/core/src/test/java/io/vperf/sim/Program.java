package io.vperf.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a thread does, over and over, until it is told to stop; it stops at the program's end. Immutable. */
public final class Program {

    enum Kind {
        COMPUTE,
        SLEEP,
        ENTER,
        EXIT,
        LOCK,
        UNLOCK,
        PERFORM,
        SKIP
    }

    /** Something done in no time, by code outside of the guest. */
    @FunctionalInterface
    public interface Action {

        /** Returns how long the thread computes for it afterwards, nanoseconds. */
        long perform(SimThread thread);
    }

    /** Number: of a method, a lock, or of steps to skip. */
    record Step(Kind kind, Draw ns, int number, double probability, Action action) {}

    private static final Draw NO_TIME = Draw.always(0);
    private static final Action NOTHING = thread -> 0;

    private final List<Step> steps;

    private Program(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** These, one after the other. */
    public static Program of(Program... parts) {
        List<Step> all = new ArrayList<>();
        for (Program part : parts) {
            all.addAll(part.steps);
        }
        return new Program(all);
    }

    public static Program compute(Draw ns) {
        return one(Kind.COMPUTE, ns, 0, NOTHING);
    }

    public static Program sleep(Draw ns) {
        return one(Kind.SLEEP, ns, 0, NOTHING);
    }

    public static Program call(int method, Program... body) {
        return of(one(Kind.ENTER, NO_TIME, method, NOTHING), of(body), one(Kind.EXIT, NO_TIME, method, NOTHING));
    }

    /** Holding a lock that others ask for too. */
    public static Program locked(int lock, Program... body) {
        return of(one(Kind.LOCK, NO_TIME, lock, NOTHING), of(body), one(Kind.UNLOCK, NO_TIME, lock, NOTHING));
    }

    public static Program perform(Action action) {
        return one(Kind.PERFORM, NO_TIME, 0, action);
    }

    public static Program times(int times, Program body) {
        Program[] all = new Program[times];
        Arrays.fill(all, body);
        return of(all);
    }

    /** With this probability. */
    public static Program maybe(double probability, Program body) {
        Step skip = new Step(Kind.SKIP, NO_TIME, body.steps.size(), 1 - probability, NOTHING);
        return of(new Program(List.of(skip)), body);
    }

    private static Program one(Kind kind, Draw ns, int number, Action action) {
        return new Program(List.of(new Step(kind, ns, number, 1, action)));
    }

    Step step(int at) {
        return steps.get(at);
    }

    int length() {
        return steps.size();
    }
}
