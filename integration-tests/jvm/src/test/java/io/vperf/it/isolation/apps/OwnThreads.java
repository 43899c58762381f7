package io.vperf.it.isolation.apps;

import io.vperf.annotations.Measured;

/** Measured methods in the classes that vperf's recorder itself leans on: ThreadLocal and Thread. */
public final class OwnThreads {

    static final ThreadLocal<Integer> LOCAL = new Local();

    static final class Local extends ThreadLocal<Integer> {

        @Override
        @Measured
        protected Integer initialValue() {
            return 7;
        }

        @Override
        @Measured
        public Integer get() {
            return super.get();
        }

        @Override
        @Measured
        public int hashCode() {
            return super.hashCode();
        }
    }

    static final class Worker extends Thread {

        int result;

        @Measured
        Worker(int number) {
            super("worker-" + number);
        }

        @Override
        @Measured
        public void run() {
            result = LOCAL.get();
        }

        @Override
        @Measured
        public int hashCode() {
            return super.hashCode();
        }

        @Override
        @Measured
        public boolean equals(Object other) {
            return super.equals(other);
        }

        @Override
        @Measured
        public ClassLoader getContextClassLoader() {
            return super.getContextClassLoader();
        }
    }

    private OwnThreads() {}

    public static void main(String[] args) throws InterruptedException {
        int sum = 0;
        for (int i = 0; i < 50; i++) {
            Worker worker = new Worker(i);
            worker.start();
            worker.join();
            sum += worker.result;
        }
        System.out.println("sum=" + sum);
    }
}
