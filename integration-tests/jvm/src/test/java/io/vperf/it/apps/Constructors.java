package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Constructors of every shape, each called a number of times of its own. */
public final class Constructors {

    private Constructors() {}

    public static void main(String[] args) {
        long sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += new Shapes(i).value;
        }
        for (int i = 0; i < 9; i++) {
            sum += new Delegating().value;
        }
        for (int i = 0; i < 8; i++) {
            sum += new Choosing(i, i % 3 == 0).length;
        }
        for (int i = 0; i < 7; i++) {
            sum += new Busy(i, 3L, 2.5, "text").result;
        }
        Outer outer = new Outer();
        for (int i = 0; i < 6; i++) {
            sum += outer.new Inner(i).value + new Point(i, 2).x() + Level.values().length;
        }
        System.out.println("sum=" + sum);
        int caught = 0;
        for (int i = 0; i < 7; i++) {
            caught += fails(() -> new FailsInBody("body"));
        }
        for (int i = 0; i < 5; i++) {
            caught += fails(() -> new FailsInArguments(-1));
        }
        for (int i = 0; i < 4; i++) {
            caught += fails(() -> new FailsInSuper(true));
        }
        sum += new FailsInSuper(false).value + new FailsInSuper(false).value;
        for (int i = 0; i < 3; i++) {
            caught += fails(() -> new FailsInSuper(true));
            after();
        }
        System.out.println("caught=" + caught);
        System.out.println("nested=" + nested());
    }

    private static int fails(Runnable constructor) {
        try {
            constructor.run();
            return 0;
        } catch (IllegalStateException e) {
            return 1;
        }
    }

    @Measured
    static void after() {}

    /** A measured call around constructors whose super(…) throws, and calls after them. */
    @Measured
    static int nested() {
        int caught = 0;
        for (int i = 0; i < 6; i++) {
            caught += fails(() -> new FailsInSuper(true));
        }
        after();
        caught += fails(() -> new FailsInSuper(true));
        return caught;
    }

    static final class Shapes {
        final int value;
        private final List<Integer> list = new ArrayList<>(List.of(1));

        @Measured
        Shapes(int value) {
            list.add(value);
            this.value = list.size();
        }
    }

    static final class Delegating {
        final int value;

        @Measured
        Delegating() {
            this(String.valueOf(new char[] {'a', 'b', 'c'}));
        }

        @Measured
        private Delegating(String s) {
            this.value = s.length();
        }
    }

    static class Text {
        final int length;

        Text(@Nullable CharSequence a, CharSequence b, long c) {
            this.length = (a == null ? 0 : a.length()) + b.length() + (int) c;
        }
    }

    static final class Choosing extends Text {
        @Measured
        Choosing(int i, boolean first) {
            super(
                    first ? new String(new char[] {'a'}) : i > 4 ? null : new String(new char[0]),
                    switch (i) {
                        case 1 -> new String(new char[] {'o', 'n', 'e'});
                        case 2 -> new String(new char[] {'a'});
                        default -> "many";
                    },
                    first ? 1L : Long.parseLong("2"));
        }
    }

    static final class Busy {
        final long result;

        @Measured
        Busy(int i, long a, double b, @Nullable Object o) {
            super();
            long sum = 0;
            double product = b;
            for (int j = 0; j < i + 3; j++) {
                long square = (long) j * j;
                try {
                    if (j == 2) {
                        throw new IllegalArgumentException("two");
                    }
                    sum += square;
                } catch (IllegalArgumentException e) {
                    String message = Objects.requireNonNull(e.getMessage());
                    sum += message.length() + (o instanceof String s ? s.length() : 0);
                } finally {
                    product *= 1.5;
                }
            }
            if (i == 5) {
                result = -1;
                return;
            }
            result = sum + a + (long) product;
        }
    }

    static final class Outer {
        private final int base = 3;

        final class Inner {
            final int value;

            @Measured
            Inner(int i) {
                value = i + base;
            }
        }
    }

    record Point(int x, int y) {
        @Measured
        Point {
            if (y < 0) {
                throw new IllegalStateException("below");
            }
        }
    }

    enum Level {
        LOW(1),
        HIGH(2);

        final int weight;

        @Measured
        Level(int weight) {
            this.weight = weight;
        }
    }

    static final class FailsInBody {
        @Measured
        FailsInBody(String why) {
            if (!why.isEmpty()) {
                throw new IllegalStateException(why);
            }
        }
    }

    static class Failing {
        final int value;

        Failing(int value, boolean fails) {
            if (fails) {
                throw new IllegalStateException("in super");
            }
            this.value = value;
        }
    }

    static final class FailsInArguments extends Failing {
        @Measured
        FailsInArguments(int i) {
            super(positive(i), false);
        }

        private static int positive(int i) {
            if (i < 0) {
                throw new IllegalStateException("in arguments");
            }
            return i;
        }
    }

    static final class FailsInSuper extends Failing {
        @Measured
        FailsInSuper(boolean fails) {
            super(1, fails);
        }
    }
}
