package io.vperf.instrument;

import io.vperf.bootstrap.Probe;
import io.vperf.bootstrap.ProbeHandler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Loads woven classes, and the real probe with a handler of its own that writes down what it is told. As every loader but
 * the boot loader, it has its classes verified.
 */
final class WovenLoader extends ClassLoader implements ProbeHandler {

    final List<String> log = new ArrayList<>();
    private final Map<String, byte[]> classes = new HashMap<>();
    private final Deque<Integer> open = new ArrayDeque<>();

    WovenLoader() throws ReflectiveOperationException {
        super(WovenLoader.class.getClassLoader());
        put(Probe.class.getName(), ClassBytes.of(Probe.class));
        loadClass(Probe.class.getName())
                .getMethod("install", ProbeHandler.class)
                .invoke(null, this);
    }

    WovenLoader put(String name, byte[] classFile) {
        classes.put(name, classFile);
        return this;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        byte[] own = classes.get(name);
        if (own == null) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : defineClass(name, own, 0, own.length);
    }

    /** What was logged, and forgets it. */
    List<String> takeLog() {
        List<String> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    @Override
    public Object enter(int methodId) {
        log.add("enter " + methodId);
        open.push(methodId);
        return open.size() - 1;
    }

    @Override
    public Object enterConstructor(int methodId) {
        log.add("constructor " + methodId);
        open.push(methodId);
        return open.size() - 1;
    }

    @Override
    public void constructed(@Nullable Object depth) {
        log.add("constructed " + depth);
    }

    @Override
    public void exit(@Nullable Object depth, @Nullable Throwable thrown) {
        while (open.size() > (int) Objects.requireNonNull(depth)) {
            open.pop();
        }
        log.add("exit " + depth + (thrown == null ? "" : " " + thrown.getClass().getSimpleName()));
    }

    @Override
    public void exitWithStage(@Nullable Object depth, @Nullable Object returned) {
        exit(depth, null);
        log.add("stage " + returned);
    }

    @Override
    public void exitWithoutStage(@Nullable Object depth, Throwable thrown) {
        exit(depth, thrown);
        log.add("no stage");
    }

    @Override
    public Flow.@Nullable Publisher<?> exitWithPublisher(@Nullable Object depth, Flow.@Nullable Publisher<?> returned) {
        exit(depth, null);
        log.add("publisher " + returned);
        return Samples.Completing.OTHER;
    }

    @Override
    public long enterRegion(@Nullable String name) {
        log.add("enterRegion " + name);
        return 5;
    }

    @Override
    public void exitRegion(long token) {
        log.add("exitRegion " + token);
    }

    @Override
    public long virtualNs() {
        log.add("virtualNs");
        return 7_999;
    }

    @Override
    public void mounting(Thread virtual) {
        log.add("mounting " + virtual.getName());
    }

    @Override
    public void unmounted(Thread virtual) {
        log.add("unmounted " + virtual.getName());
    }

    @Override
    public void suppressed(Throwable error) {
        log.add("suppressed " + error);
    }
}
