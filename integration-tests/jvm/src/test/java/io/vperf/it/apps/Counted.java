package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Calls of which it is known what there is to count. Arguments: the kind, calls, and how much each does. */
public final class Counted {

    /** So that the array is made. */
    static byte[] kept = {};

    private Counted() {}

    public static void main(String[] args) throws Exception {
        int calls = Integer.parseInt(args[1]);
        int each = Integer.parseInt(args[2]);
        switch (args[0]) {
            case "touch" -> {
                int pageBytes = Integer.parseInt(args[4]);
                for (int i = 0; i < calls; i++) {
                    touch(fresh(Path.of(args[3]), each * pageBytes), pageBytes);
                }
            }
            case "sleep" -> {
                for (int i = 0; i < calls; i++) {
                    sleep(each);
                }
            }
            case "allocate" -> {
                for (int i = 0; i < calls; i++) {
                    allocate(each);
                }
            }
            case "turn" -> {
                for (int i = 0; i < calls; i++) {
                    turn(each);
                }
            }
            case "close" -> close(calls, each, Path.of(args[3]));
            case "virtual" -> virtual(calls, each);
            case "threads" -> threads(calls, each);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Pages of a file in memory, none of which was touched. */
    private static MappedByteBuffer fresh(Path folder, int bytes) throws IOException {
        Path file = Files.createTempFile(folder, "vperf-counted", null);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        }
    }

    @Measured
    static void touch(MappedByteBuffer memory, int pageBytes) {
        for (int at = 0; at < memory.capacity(); at += pageBytes) {
            memory.put(at, (byte) 1);
        }
    }

    @Measured
    static void sleep(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            Thread.sleep(2);
        }
    }

    @Measured
    static void allocate(int bytes) {
        kept = new byte[bytes];
    }

    @Measured
    static void turn(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    /** Closes perf events that are not its own, as one that closes twice does, and opens files. */
    private static void close(int calls, int each, Path file) throws Exception {
        turn(each);
        long closed = 0;
        Field number = FileDescriptor.class.getDeclaredField("fd");
        number.setAccessible(true);
        for (int fd : perfEventDescriptors()) {
            FileDescriptor foreign = new FileDescriptor();
            number.setInt(foreign, fd);
            new FileInputStream(foreign).close();
            closed++;
        }
        List<FileChannel> opened = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            opened.add(FileChannel.open(file));
        }
        for (int i = 0; i < calls; i++) {
            turn(each);
        }
        long moved = 0;
        for (FileChannel channel : opened) {
            moved += channel.position();
            channel.close();
        }
        System.out.println("closed=" + closed);
        System.out.println("moved=" + moved);
    }

    /** By reflection: compiled for a JDK that has no virtual threads. */
    private static void virtual(int threads, int sleeps) throws Exception {
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(executor.submit(() -> {
                sleep(sleeps);
                return null;
            }));
        }
        for (Future<?> task : all) {
            task.get();
        }
        executor.shutdown();
    }

    /** So many at a time, that come and go. Prints how many perf events are open when all have ended. */
    private static void threads(int threads, int atATime) throws Exception {
        for (int i = 0; i < threads; i += atATime) {
            List<Thread> batch = new ArrayList<>();
            for (int j = 0; j < atATime; j++) {
                Thread thread = new Thread(() -> turn(10));
                thread.start();
                batch.add(thread);
            }
            for (Thread thread : batch) {
                thread.join();
            }
        }
        long before = perfEvents();
        System.out.println("after=" + before);
        for (int i = 0; i < 200 && perfEvents() > 1; i++) { // vperf keeps one
            Thread.sleep(50); // the sampler's thread closes them
        }
        System.out.println("left=" + perfEvents());
    }

    private static long perfEvents() throws IOException {
        return perfEventDescriptors().size();
    }

    private static List<Integer> perfEventDescriptors() throws IOException {
        List<Integer> events = new ArrayList<>();
        try (var open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path fd : open) {
                try {
                    if (Files.readSymbolicLink(fd).toString().contains("perf_event")) {
                        events.add(Integer.parseInt(fd.getFileName().toString()));
                    }
                } catch (IOException e) {
                    // Closed meanwhile.
                }
            }
        }
        return events;
    }
}
