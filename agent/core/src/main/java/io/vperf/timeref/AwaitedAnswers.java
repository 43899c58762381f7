package io.vperf.timeref;

import java.util.random.RandomGenerator;

/** The requests of late, and which of them have been answered: an answer is taken once, and only while it is waited for. */
final class AwaitedAnswers {

    /** Those of several bursts. */
    static final int REMEMBERED = 64;

    /** What an answer turns out to be. */
    enum Verdict {
        AWAITED,
        /** To a request that was given up or has its answer. */
        LATE,
        REFUSED
    }

    private final RandomGenerator random;
    private final Packet.Request[] requests = new Packet.Request[REMEMBERED];
    private long last;
    private boolean waiting;

    /** @param random that nobody can guess */
    AwaitedAnswers(RandomGenerator random) {
        this.random = random;
    }

    /** The next request; the one before is given up. */
    Packet.Request next(long sentNs) {
        last++;
        Packet.Request request = new Packet.Request(random.nextLong(), last, sentNs);
        requests[at(last)] = request;
        waiting = true;
        return request;
    }

    /** Nothing is waited for any more. */
    void giveUp() {
        waiting = false;
    }

    /** Its number, its random part and the time it echoes have to be those of the request. */
    Verdict judge(Packet.Answer answer) {
        Packet.Request echoed = answer.request();
        if (echoed.number() <= 0 || echoed.number() > last || !echoed.equals(requests[at(echoed.number())])) {
            return Verdict.REFUSED;
        }
        if (!waiting || echoed.number() != last) {
            return Verdict.LATE;
        }
        waiting = false;
        return Verdict.AWAITED;
    }

    private static int at(long number) {
        return (int) (number % REMEMBERED);
    }
}
