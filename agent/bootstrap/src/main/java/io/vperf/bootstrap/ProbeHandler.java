package io.vperf.bootstrap;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What a probe does. Implemented once, by the agent's recorder; called on every application thread, so implementations
 * neither block nor call back into application code, but for what {@link #exitWithStage} says.
 */
public interface ProbeHandler {

    /**
     * A measured method begins on the calling thread.
     *
     * @param methodId the number its method was given at instrumentation
     * @return the call's frame, which {@link #exit} is to be given, or null if this call is not measured. Handed over because
     *     it costs less than to look up the thread's state again
     */
    @Nullable
    Object enter(int methodId);

    /**
     * As {@link #enter}, for a constructor, before it calls super(…) or this(…). If that call throws, no exit follows: the
     * JVM's verifier lets no handler cover it.
     */
    @Nullable
    Object enterConstructor(int methodId);

    /**
     * The constructor's call of super(…) or this(…) has returned: from here on an exit will follow.
     *
     * @param frame as for {@link #exit}
     */
    void constructed(@Nullable Object frame);

    /**
     * The measured method that {@link #enter} answered {@code frame} for ends on the calling thread.
     *
     * @param frame what {@code enter} returned; null: nothing to do
     * @param thrown the exception that ends the call, or null for a normal end; not kept
     */
    void exit(@Nullable Object frame, @Nullable Throwable thrown);

    /**
     * As {@link #exit}, for a normal end of a method that is measured up to the completion of what it returns, too. May call
     * {@code handle} of that.
     *
     * @param returned what the method returns, whatever it is
     */
    void exitWithStage(@Nullable Object frame, @Nullable Object returned);

    /**
     * As {@link #exit}, for such a method's end by an exception.
     */
    void exitWithoutStage(@Nullable Object frame, Throwable thrown);

    /**
     * As {@link #exit}, for a normal end of a method that declares to return a publisher, and whose subscriptions are measured,
     * too.
     *
     * @return what the method is to return instead; null only for null
     */
    Flow.@Nullable Publisher<?> exitWithPublisher(@Nullable Object frame, Flow.@Nullable Publisher<?> returned);

    /**
     * A region begins on the calling thread.
     *
     * @param name what the application calls it; whatever it passed, null included
     * @return what {@link #exitRegion} knows it by, or a negative number if it is not measured
     */
    long enterRegion(@Nullable String name);

    /**
     * A region ends, if it is the one {@link #enterRegion} answered {@code token} for and is open on the calling thread.
     *
     * @param token not negative
     */
    void exitRegion(long token);

    /** CPU time of the calling thread in nanoseconds, or a negative number if it is not known. */
    long virtualNs();

    /**
     * A virtual thread is about to be mounted on the calling thread, which is its carrier. Called by the JDK in the midst of
     * its scheduler.
     */
    void mounting(Thread virtual);

    /** A virtual thread has been unmounted from the calling thread, its carrier, and cannot be mounted elsewhere yet. */
    void unmounted(Thread virtual);

    /**
     * Something went wrong inside one of the methods above and was kept from the application. Must not throw.
     */
    void suppressed(Throwable error);
}
