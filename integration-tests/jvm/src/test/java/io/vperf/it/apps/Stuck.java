package io.vperf.it.apps;

import io.vperf.annotations.Measured;

/** A measured call that never returns. Argument: how long to wait before the end, in milliseconds. */
public final class Stuck {

    private Stuck() {}

    public static void main(String[] args) throws InterruptedException {
        Thread stuck = new Thread(() -> hang());
        stuck.start();
        Thread.sleep(Long.parseLong(args[0]));
        System.exit(5);
    }

    @Measured
    static void hang() {
        Object never = new Object();
        synchronized (never) {
            while (true) {
                try {
                    never.wait();
                } catch (InterruptedException e) {
                    System.out.println("interrupted");
                }
            }
        }
    }
}
