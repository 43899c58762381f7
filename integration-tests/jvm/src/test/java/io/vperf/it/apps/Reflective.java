package io.vperf.it.apps;

/** Calls a public static method without parameters, ten times. Arguments: class, method. */
public final class Reflective {

    private Reflective() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        for (int i = 0; i < 10; i++) {
            System.out.println(Class.forName(args[0]).getMethod(args[1]).invoke(null));
        }
    }
}
