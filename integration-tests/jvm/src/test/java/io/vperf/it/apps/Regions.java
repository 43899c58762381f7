package io.vperf.it.apps;

import com.sun.management.ThreadMXBean;
import io.vperf.annotations.Region;
import io.vperf.annotations.Vperf;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Regions and nothing else that is measured. Argument: what to do. */
@SuppressWarnings("try") // regions are not used in their blocks
public final class Regions {

    private static final int THREADS = 8;
    private static final int ROUND = 10_000;

    private static final LongAdder BEGUN = new LongAdder();
    private static final LongAdder THROWN = new LongAdder();

    private Regions() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "threads" -> threads();
            case "nesting" -> nesting();
            case "names" -> names();
            case "misuse" -> misuse();
            case "readings" -> readings();
            case "steady" -> steady();
            case "late" -> late();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void threads() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 2_000; i++) {
                    try {
                        recur(i % 5, i % 3 == 0);
                    } catch (IllegalStateException e) {
                        THROWN.increment();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("begun=" + BEGUN.sum());
        System.out.println("thrown=" + THROWN.sum());
    }

    private static void recur(int more, boolean fail) {
        try (Region r = Region.begin("recur")) {
            BEGUN.increment();
            if (more > 0) {
                recur(more - 1, fail);
            } else if (fail) {
                throw new IllegalStateException();
            }
        }
    }

    private static void nesting() throws InterruptedException {
        long beginNs = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            try (Region outer = Region.begin("outer")) {
                Thread.sleep(1);
                try (Region inner = Region.begin("inner")) {
                    Thread.sleep(1);
                }
            }
        }
        System.out.println("wallNs=" + (System.nanoTime() - beginNs));
    }

    /** More names than there is room for; those of before stay. */
    private static void names() {
        for (int round = 0; round < 3; round++) {
            for (String name : List.of("a, b", "Größe 100 %\n=x", "😀:wall", "\ud800")) {
                try (Region r = Region.begin(name)) {
                    BEGUN.increment();
                }
            }
        }
        for (int i = 0; i < 5_000; i++) {
            try (Region r = Region.begin("request " + i)) {
                BEGUN.increment();
            }
        }
        try (Region r = Region.begin("a, b")) {
            System.out.println("begun=" + BEGUN.sum());
        }
    }

    private static void misuse() throws InterruptedException {
        Region twice = Region.begin("twice");
        twice.close();
        twice.close();
        Region elsewhere = Region.begin("elsewhere");
        Thread other = new Thread(elsewhere::close);
        other.start();
        other.join();
        Region outer = Region.begin("outer");
        Region inner = Region.begin("inner");
        outer.close();
        inner.close();
        Region.begin(null).close();
        Region.begin("").close();
        Thread ending = new Thread(() -> {
            for (int i = 0; i < 10; i++) {
                Region.begin("abandoned");
            }
        });
        ending.start();
        ending.join();
        for (int i = 0; i < 20_000; i++) {
            Region.begin("never closed");
        }
        System.out.println("done=1");
    }

    private static void readings() throws InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long realOutside = 0;
        long mostOffUsec = 0;
        long unknown = 0;
        for (int i = 0; i < 200; i++) {
            long beforeNs = System.nanoTime();
            long realUsec = Vperf.realUsec();
            long afterNs = System.nanoTime();
            if (realUsec < Math.floorDiv(beforeNs, 1000L) || realUsec > Math.floorDiv(afterNs, 1000L)) {
                realOutside++;
            }
            long cpuBeforeNs = threads.getCurrentThreadCpuTime();
            long virtualUsec = Vperf.virtualUsec();
            long cpuAfterNs = threads.getCurrentThreadCpuTime();
            if (virtualUsec == Vperf.UNKNOWN) {
                unknown++;
            }
            mostOffUsec =
                    Math.max(mostOffUsec, Math.max(cpuBeforeNs / 1000 - virtualUsec, virtualUsec - cpuAfterNs / 1000));
            if (i % 2 == 0) {
                Thread.sleep(2);
            } else {
                spin();
            }
        }
        System.out.println("realOutside=" + realOutside);
        System.out.println("mostOffUsec=" + mostOffUsec);
        System.out.println("unknown=" + unknown);
        System.out.println("cpuUsec=" + threads.getCurrentThreadCpuTime() / 1000);
    }

    private static void spin() {
        long endNs = System.nanoTime() + 1_000_000;
        while (System.nanoTime() - endNs < 0) {
            Thread.onSpinWait();
        }
    }

    /** What the cheapest of many rounds allocates: the compiler takes its time. */
    private static void steady() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 500 && leastBytes >= ROUND; round++) {
            long beforeBytes = threads.getCurrentThreadAllocatedBytes();
            work();
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - beforeBytes);
        }
        System.out.println("leastBytes=" + leastBytes);
    }

    private static void work() {
        for (int i = 0; i < ROUND; i++) {
            try (Region r = Region.begin("work")) {
                BEGUN.increment();
            }
        }
    }

    /** Compiled without the agent, then attached to while a region is open. */
    private static void late() throws Exception {
        for (int i = 0; i < 50; i++) {
            work();
        }
        System.out.println("before=" + Vperf.virtualUsec());
        Region open = Region.begin("open");
        System.out.println("ready");
        while (!Files.exists(Path.of("go"))) {
            Thread.sleep(20);
        }
        open.close();
        work();
        System.out.println("after=" + Vperf.virtualUsec());
    }
}
