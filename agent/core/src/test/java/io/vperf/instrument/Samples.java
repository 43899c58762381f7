package io.vperf.instrument;

import io.vperf.annotations.Measured;
import io.vperf.annotations.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Marked classes; tests weave their class files and load those in a loader of its own. */
// Shapes of code matter here, not its style.
@SuppressWarnings({
    "unused",
    "UnusedMethod",
    "UnusedVariable",
    "StatementSwitchToExpressionSwitch",
    "UnnecessaryStringBuilder"
})
final class Samples {

    private Samples() {}

    /** Marks with and without effect. */
    public abstract static class Abstract {

        @Measured
        abstract int ofSubclasses(int i);

        abstract int unmarked();

        @Measured
        static native int inC();

        @Measured
        int withCode() {
            return 1;
        }
    }

    /** A marked type none of whose methods can be measured. */
    @Measured
    public interface AllAbstract {
        int one();

        int two();
    }

    /** Methods to be measured to the completion of what they return, as far as that can be. */
    public static class Completing {

        public static final Flow.Publisher<String> OTHER = subscriber -> {};

        @Measured(until = Until.COMPLETION)
        public <T> CompletionStage<T> stage(CompletionStage<T> stage, long wide) {
            for (int i = 0; i < wide; i++) {
                Object inner = stage;
                if (inner.hashCode() == i) {
                    return stage;
                }
            }
            return stage;
        }

        @Measured(value = "future", until = Until.COMPLETION)
        public static CompletableFuture<String> future(boolean caught) {
            try {
                throw new IllegalStateException("mine");
            } catch (IllegalStateException e) {
                if (caught) {
                    return CompletableFuture.failedFuture(e);
                }
                throw e;
            }
        }

        @Measured(until = Until.COMPLETION)
        public Object perhaps(Object o) {
            return o;
        }

        @Measured(until = Until.COMPLETION)
        public Flow.Publisher<String> publisher(Flow.Publisher<String> publisher) {
            if (publisher == null) {
                throw new IllegalStateException("mine");
            }
            return publisher;
        }

        @Measured(until = Until.COMPLETION)
        public void nothing() {}

        @Measured(until = Until.COMPLETION)
        public String text() {
            return "text";
        }

        @Measured(until = Until.COMPLETION)
        public CompletionStage<?>[] several() {
            return new CompletionStage<?>[0];
        }

        @Measured(until = Until.COMPLETION)
        public Completing() {}

        @Measured(until = Until.RETURN)
        public CompletableFuture<String> onlyToReturn() {
            return CompletableFuture.completedFuture("x");
        }
    }

    /** A type whose mark is meant for its stages. */
    @Measured(until = Until.COMPLETION)
    public static class CompletingType {

        public int number() {
            return 1;
        }

        public Object object() {
            return this;
        }

        public CompletableFuture<String> future() {
            return CompletableFuture.completedFuture("x");
        }

        public Flow.Publisher<String> publisher() {
            return Completing.OTHER;
        }

        @Measured
        public CompletableFuture<String> onlyToReturn() {
            return future();
        }
    }

    /** Methods of many shapes; what they answer must not change. */
    public static class Methods {

        @Measured
        public static long wide(long a, double b, int c, String d) {
            long sum = a;
            double product = b;
            for (int i = 0; i < c; i++) {
                long inner = i * 2L;
                product *= 1.5;
                sum += inner + (long) product + d.length();
            }
            return sum;
        }

        @Measured
        public int caught(int divisor) {
            try {
                return 100 / divisor;
            } catch (ArithmeticException e) {
                return -1;
            } finally {
                divisor++;
            }
        }

        @Measured
        public void thrown(String text) {
            throw new IllegalStateException(text);
        }

        @Measured("recursion")
        public int recursive(int n) {
            return n == 0 ? 0 : 1 + recursive(n - 1);
        }

        @Measured
        public synchronized String locked(Object lock) {
            synchronized (lock) {
                synchronized (this) {
                    return "locked" + lock;
                }
            }
        }

        @Measured
        public Object switched(Object o) {
            switch (String.valueOf(o)) {
                case "a":
                    return 1;
                case "b":
                    return 2.0;
                default:
                    List<Object> list = new ArrayList<>();
                    list.add(o);
                    return list;
            }
        }

        public int unmarked() {
            return 7;
        }
    }

    /** What a constructor calls with. */
    public static class Base {

        public final Object made;

        public Base(Object made) {
            if ("refuse".equals(made)) {
                throw new IllegalArgumentException("refused");
            }
            this.made = made;
        }
    }

    /** Constructors of many shapes. */
    public static class Constructors extends Base {

        public long sum;

        @Measured
        public Constructors(String plain) {
            super(plain);
        }

        @Measured
        public Constructors(boolean which, int a, int b) {
            super(which ? new StringBuilder("yes").append(a) : new ArrayList<>(List.of(a, b)));
            sum = which ? a : b;
        }

        @Measured
        public Constructors(int[] values) {
            this(values == null ? "null" : new String("values"));
            long total = 0;
            double scale = 1;
            for (int value : values) {
                long weighted = (long) (value * scale);
                total += weighted;
                scale += 0.5;
            }
            sum = total;
        }

        @Measured
        public Constructors(long divisor) {
            super("caught");
            try {
                sum = 100 / divisor;
            } catch (ArithmeticException e) {
                sum = -1;
            } finally {
                sum *= 2;
            }
        }

        @Measured
        public Constructors(RuntimeException toThrow) {
            super("throwing");
            if (toThrow != null) {
                throw toThrow;
            }
            sum = 5;
        }

        @Measured
        public Constructors(double early, Object nested) {
            super(new Base(new Base(nested)));
            if (early > 0) {
                return;
            }
            sum = 9;
        }
    }

    /** Everything a type's mark does and does not reach. */
    @Measured
    public abstract static class Marked {

        static int counter;

        static {
            counter = 1;
        }

        protected Marked() {}

        public abstract void isAbstract();

        public native void isNative();

        private void isPrivate() {}

        void isDeclared() {
            Runnable lambda = () -> counter++;
            lambda.run();
        }

        static void isStatic(int a, String[] b) {}

        @Measured("own name")
        public void hasName() {}
    }

    /** A type's own name is put before its methods'. */
    @Measured("Shop")
    public static class Named implements Comparable<Named> {

        @Measured
        public Named() {}

        @Measured
        private void markedAlthoughPrivate() {}

        @Override
        public int compareTo(Named other) { // and a synthetic bridge that takes an Object
            return 0;
        }

        public void overloaded(int a) {}

        public void overloaded(long[][] a, Named b) {}
    }

    /** Not marked itself; the annotation is not inherited. */
    public static class Overrides extends Named {

        @Override
        public void overloaded(int a) {}
    }
}
