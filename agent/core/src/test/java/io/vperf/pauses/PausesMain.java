package io.vperf.pauses;

import io.vperf.health.Log;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own with {@link Pauses}: makes garbage, collects it, dumps threads, and prints which pauses it was told of and when
 * a thread that reads the clock all the time could not.
 *
 * <p>Arguments: {@code nonative} to go without native code, {@code disable} to have somebody else end the JVM's logs midway.
 */
final class PausesMain {

    /** Of two readings of a thread that does nothing but read; less is no pause worth looking at. */
    private static final long GAP_NS = 20_000;

    private static final int ROUNDS = 4;

    private static @Nullable Instrumentation instrumentation;

    private PausesMain() {}

    /** As an agent it may open packages of the JDK. */
    public static void premain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    private static final class Spinner extends Thread {
        private final long[] gaps = new long[1 << 20];
        private int size;
        private volatile boolean stop;

        Spinner() {
            super("spinner");
            setDaemon(true);
        }

        @Override
        public void run() {
            long lastNs = System.nanoTime();
            while (!stop && size < gaps.length) {
                long ns = System.nanoTime();
                if (ns - lastNs > GAP_NS) {
                    gaps[size++] = lastNs;
                    gaps[size++] = ns;
                }
                lastNs = ns;
            }
        }
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        Capability<Natives> natives = words.contains("nonative")
                ? Capability.unavailable("switched off", "")
                : Natives.load(Natives.defaultFolders());
        Log log = new Log(Log.stdout(), Log.Level.DEBUG);
        Capability<Pauses> opened = Pauses.open(natives, instrumentation, System::nanoTime, log);
        if (opened instanceof Capability.Unavailable<Pauses> not) {
            System.out.println("unavailable " + not.reason() + " / " + not.remedy());
            return;
        }
        Pauses pauses = ((Capability.Available<Pauses>) opened).value();
        SafepointLog second = second(natives);
        if (second != null) {
            second.read(pause -> {}); // neither knows of what was before
        }
        System.out.println("source " + pauses.source());
        Spinner spinner = new Spinner();
        spinner.start();
        long fromNs = System.nanoTime();
        List<Pause> all = new ArrayList<>();
        long[] sums = new long[4];
        for (int round = 0; round < ROUNDS; round++) {
            if (round == ROUNDS / 2 && words.contains("disable")) {
                System.out.println("disabled " + disable());
            }
            work(round);
            pauses.sample();
            add(pauses.takeInterval(), sums);
        }
        long toNs = System.nanoTime();
        spinner.stop = true;
        spinner.join();
        while (pauses.coveredUntilNs() - toNs < 0) {
            Thread.sleep(20);
            pauses.sample();
            add(pauses.takeInterval(), sums);
        }
        if (second != null) {
            second.read(all::add);
            second.close();
        }
        for (Pause pause : all) {
            System.out.println("pause " + pause.beginNs() + " " + pause.stoppedNs() + " " + pause.letGoNs() + " "
                    + pause.endNs() + " " + pause.kind() + " " + pause.operation());
        }
        for (int i = 0; i < spinner.size; i += 2) {
            System.out.println("gap " + spinner.gaps[i] + " " + spinner.gaps[i + 1]);
        }
        Overlap overlap = pauses.overlap(fromNs, toNs);
        System.out.println("overlap " + overlap.atLeastNs() + " " + overlap.atMostNs());
        System.out.println("covered " + pauses.coveredUntilNs());
        System.out.println("sums " + sums[0] + " " + sums[1] + " " + sums[2] + " " + sums[3]);
        pauses.close();
        pauses.close();
        System.gc();
        pauses.sample();
        System.out.println("overwritten " + pauses.overwritten());
        System.out.println("after " + pauses.takeInterval().count());
    }

    /** Another log beside that of {@link Pauses}, to list every pause. */
    private static @Nullable SafepointLog second(Capability<Natives> natives) {
        Capability<SafepointLog> log = natives.then(
                code -> DiagnosticCommands.of(instrumentation).then(commands -> SafepointLog.open(commands, code)));
        return log instanceof Capability.Available<SafepointLog> there ? there.value() : null;
    }

    private static String disable() {
        return DiagnosticCommands.of(instrumentation)
                .then(commands -> commands.run("VM.log disable"))
                .toString();
    }

    private static void add(PauseInterval interval, long[] sums) {
        sums[0] += interval.count();
        sums[1] += interval.totalNs();
        sums[2] += interval.unplacedCount();
        sums[3] += interval.unplacedNs();
    }

    private static void work(int round) throws InterruptedException {
        Random random = new Random(round);
        byte[][] kept = new byte[2000][];
        for (int i = 0; i < 8000; i++) {
            kept[random.nextInt(kept.length)] = new byte[random.nextInt(16_000)];
        }
        System.gc();
        if (Thread.getAllStackTraces().isEmpty() || kept.length == 0) {
            throw new AssertionError();
        }
        Thread.sleep(30);
    }
}
