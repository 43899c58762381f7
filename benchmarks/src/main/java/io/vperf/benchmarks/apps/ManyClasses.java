package io.vperf.benchmarks.apps;

/** Loads generated classes, and calls a method of each. Arguments: how many, and in how many that method is measured. */
public final class ManyClasses {

    /** Their names, before the number. */
    public static final String PREFIX = "io.vperf.benchmarks.generated.C";

    private ManyClasses() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        int classes = Integer.parseInt(args[0]);
        int x = 1;
        for (int i = 0; i < classes; i++) {
            Step step = Class.forName(PREFIX + i)
                    .asSubclass(Step.class)
                    .getDeclaredConstructor()
                    .newInstance();
            x = step.step(x);
        }
        long readyNs = System.nanoTime();
        System.out.println("readyNs=" + readyNs);
        System.out.println("calls=" + args[1]);
        System.out.println("result=" + x);
    }
}
