package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Logs by java.util.logging after a measured call; argument: calls. */
public final class LogUser {

    /** A log manager that only the system class loader finds. */
    public static final class Manager extends LogManager {}

    private LogUser() {}

    public static void main(String[] args) {
        int sum = 0;
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            sum += work(i);
        }
        if (args.length > 1) {
            Logger.getLogger("app").fine("sum=" + sum);
            System.out.println(
                    "log manager " + LogManager.getLogManager().getClass().getName());
        }
        System.out.println("sum=" + sum);
    }

    @Measured
    static int work(int i) {
        return i * 31;
    }
}
