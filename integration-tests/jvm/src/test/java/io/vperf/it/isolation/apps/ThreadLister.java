package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;
import java.util.TreeSet;

/** Prints the threads that keep the JVM alive, and any that run in the application's thread group. */
public final class ThreadLister {

    private ThreadLister() {}

    public static void main(String[] args) throws InterruptedException {
        work();
        Thread.sleep(300); // whatever starts a thread has done so
        TreeSet<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.isDaemon()) {
                names.add(thread.getName());
            }
        }
        System.out.println("threads that are no daemons: " + names);
    }

    @Measured
    static void work() {}
}
