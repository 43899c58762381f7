package io.vperf.record;

/** What only the JDK's own classes tell of the platform thread that carries the calling virtual one. */
public interface CarrierAccess {

    /** A ThreadLocal whose values belong to carriers: the virtual threads on one find it there, and so does it itself. */
    <T> ThreadLocal<T> carrierLocal();

    /** The carrier of the calling virtual thread; on a platform thread that thread. */
    Thread carrier();

    /** From here on the calling virtual thread stays on its carrier, whatever it waits for, until {@link #unpin}. */
    void pin();

    /** Once for each {@link #pin}. */
    void unpin();
}
