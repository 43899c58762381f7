package io.vperf.sim;

/** Sees the calls of all threads begin and end. Both answer how long the thread computes for it afterwards, nanoseconds. */
public interface CallObserver {

    long entered(SimThread thread, int method);

    /**
     * The call has ended.
     *
     * @param truth valid until this returns
     */
    long exited(SimThread thread, CallTruth truth);
}
