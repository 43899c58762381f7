package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Calls marked methods of each kind a different number of times. */
public final class Selection {

    private Selection() {}

    public static void main(String[] args) {
        long sum = marks() + types() + bridges() + names();
        System.out.println("sum=" + sum);
    }

    private static long marks() {
        Marks marks = new Marks();
        long sum = 0L + new Marks(1).instance(1) + new Marks(2).instance(2);
        for (int i = 0; i < 3; i++) {
            sum += Marks.ofClass(i);
        }
        for (int i = 0; i < 5; i++) {
            sum += marks.callHidden(i);
        }
        Greeter greeter = marks;
        for (int i = 0; i < 7; i++) {
            sum += greeter.greet(i);
        }
        for (int i = 0; i < 11; i++) {
            sum += marks.over(i);
        }
        for (int i = 0; i < 13; i++) {
            sum += marks.over((long) i);
        }
        sum += marks.over(new int[] {1}, "x");
        for (int i = 0; i < 2; i++) {
            sum += marks.lambdas();
        }
        IntUnaryOperator reference = marks::referred;
        for (int i = 0; i < 17; i++) {
            sum += reference.applyAsInt(i);
        }
        return sum + marks.abstractOne() + (long) marks.unmarked();
    }

    private static long types() {
        long sum = 0;
        for (int i = 0; i < 4; i++) {
            Typed typed = new Typed();
            sum += typed.ofPublic() + typed.ofPackage() + typed.ofProtected() + Typed.ofClass() + typed.inherited();
        }
        return sum + new Named().own();
    }

    private static long bridges() {
        Growing<Integer> growing = new Doubling();
        long sum = 0;
        for (int i = 0; i < 19; i++) {
            sum += growing.grow(i);
        }
        Copying copying = new CopyingText();
        for (int i = 0; i < 23; i++) {
            sum += copying.copy().toString().length();
        }
        return sum;
    }

    private static long names() {
        Marks marks = new Marks();
        return 0L + marks.named() + marks.shared(1) + marks.shared("two") + marks.oddlyNamed();
    }

    interface Greeter {
        @Measured
        default int greet(int i) {
            return i + 1;
        }

        @Measured
        int abstractOne();
    }

    static final class Marks implements Greeter {

        private final int value;

        @Measured
        Marks() {
            this.value = 0;
        }

        Marks(int value) {
            this.value = value;
        }

        @Measured
        static int ofClass(int i) {
            return i;
        }

        @Measured
        int instance(int i) {
            return i + value;
        }

        int callHidden(int i) {
            return hidden(i);
        }

        @Measured
        private int hidden(int i) {
            return i - value;
        }

        @Measured
        int over(int i) {
            return i;
        }

        @Measured
        long over(long i) {
            return i;
        }

        @Measured
        int over(int[] i, String s) {
            return i.length + s.length();
        }

        @Measured
        int lambdas() {
            return IntStream.range(0, 10).map(i -> i + value).map(Marks::plain).sum();
        }

        static int plain(int i) {
            return i * 2;
        }

        @Measured
        int referred(int i) {
            return i;
        }

        @Measured
        native int inC();

        /** Implements a marked method without being marked itself. */
        @Override
        public int abstractOne() {
            return 1;
        }

        int unmarked() {
            return 1;
        }

        @Measured("shop.checkout")
        int named() {
            return 1;
        }

        @Measured("shared")
        int shared(int i) {
            return i;
        }

        @Measured("shared")
        int shared(String s) {
            return s.length();
        }

        @Measured("pay, then 100 % Größe=∞ 'x'")
        int oddlyNamed() {
            return 1;
        }
    }

    static class Base {
        int inherited() {
            return 1;
        }
    }

    @Measured
    static class Typed extends Base {

        Typed() {}

        public int ofPublic() {
            return ofPrivate();
        }

        int ofPackage() {
            return IntStream.range(0, 3).map(i -> i + 1).sum();
        }

        protected int ofProtected() {
            return new Inner().ofInner();
        }

        static int ofClass() {
            return 1;
        }

        private int ofPrivate() {
            return 1;
        }

        static final class Inner {
            int ofInner() {
                return 1;
            }
        }
    }

    @Measured("Cart")
    static final class Named {
        int own() {
            return 1;
        }
    }

    interface Growing<T> {
        T grow(T value);
    }

    static final class Doubling implements Growing<Integer> {
        @Override
        @Measured
        public Integer grow(Integer value) {
            return value * 2;
        }
    }

    static class Copying {
        Object copy() {
            return "";
        }
    }

    /** The bridge to this copy() has the same name and parameters. */
    static final class CopyingText extends Copying {
        @Override
        @Measured
        String copy() {
            return "text";
        }
    }
}
