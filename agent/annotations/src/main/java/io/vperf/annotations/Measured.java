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
 * exit. The annotation is not inherited: an overriding method is measured only if it is marked, too.
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
}
