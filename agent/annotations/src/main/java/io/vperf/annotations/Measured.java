package io.vperf.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what vperf measures. Without the agent it has no effect and costs nothing.
 *
 * <p>On a method or constructor: every call of it. On a type: every call of the methods the type itself declares that
 * are neither private nor synthetic; its constructors only where they carry the annotation themselves. Bridge and
 * synthetic methods are passed over, as are abstract and native ones, which have no code to measure (an interface's methods
 * but for default, static and private ones): mark what implements or calls them. The agent's log names such marks at
 * exit. Suspend functions of Kotlin are passed over, and named in the log: they return whenever they suspend, and are entered again
 * to go on. The annotation is not inherited: an overriding method is measured only if it is marked, too.
 *
 * <p>The agent finds the annotation by its name in the class file. An application that runs without this class on its
 * class path is measured all the same.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
public @interface Measured {

    /**
     * The name to report instead of {@code package.Type.method(parameter types)}. Methods that share a name are reported
     * as one. On a type the name stands for the type, and the method is added to it. Empty: the default name.
     */
    String value() default "";

    /**
     * With {@link Until#COMPLETION} calls are measured up to the completion of what the method returns, too. That has a place
     * of its own in reports, after the method's, which is measured up to its return as ever:
     *
     * <ul>
     *   <li>A {@link java.util.concurrent.CompletionStage}: {@code name [completion]}, the wall time from the call's
     *       beginning to the stage's completion, on whatever thread. A stage that completes exceptionally, or is cancelled, counts as
     *       an exception. Where the method throws or returns null the call is complete with that. The method returns the very
     *       stage; vperf adds a dependent to it (its {@code handle}), which comes after those that are added to it later.
     *   <li>A {@link java.util.concurrent.Flow.Publisher}, if that is exactly the return type the method declares: {@code name
     *       [subscription]}, for each subscription the wall time from {@code subscribe} to {@code onComplete}, {@code onError}
     *       or {@code cancel}. The method returns a publisher that wraps its own.
     * </ul>
     *
     * <p>Of these CPU time, self time and steal are unknown: any number of threads may have worked for them, and for others
     * meanwhile. Whatever else a method returns is measured up to its return alone, and the log says so.
     *
     * <p>On a type it is meant for its marked methods that declare {@code CompletionStage}, {@code CompletableFuture} or
     * {@code Flow.Publisher} as return type. A method's own annotation stands before the type's.
     */
    Until until() default Until.RETURN;
}
