package io.vperf.it.apps;

import io.vperf.annotations.Measured;

/** Ends the JVM while threads are inside of measured calls. Argument: exit (status 3), halt (status 4) or wait. */
public final class Leaving {

    private Leaving() {}

    public static void main(String[] args) throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            new Thread(Leaving::spin).start();
            new Thread(Leaving::sleep).start();
            new Thread(() -> {
                        while (true) {
                            shortCall();
                        }
                    })
                    .start();
        }
        Thread.sleep(500);
        System.out.println("inside");
        switch (args[0]) {
            case "exit" -> System.exit(3);
            case "halt" -> Runtime.getRuntime().halt(4);
            default -> Thread.sleep(100_000);
        }
    }

    @Measured
    static void spin() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    @Measured
    static void sleep() {
        try {
            Thread.sleep(1_000_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Measured
    static void shortCall() {
        Thread.onSpinWait();
    }
}
