package io.vperf.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each test has a probe of its own, from a fresh class loader: handlers of one do not meet those of another. */
class ProbeTest {

    private static final class Fresh extends ClassLoader {

        Fresh(@Nullable ProbeHandler handler) throws ReflectiveOperationException {
            super(ProbeTest.class.getClassLoader());
            if (handler != null) {
                install(handler);
            }
        }

        void install(@Nullable ProbeHandler handler) throws ReflectiveOperationException {
            loadClass(Probe.class.getName())
                    .getMethod("install", ProbeHandler.class)
                    .invoke(null, handler);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Probe.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = Objects.requireNonNull(getResourceAsStream(name.replace('.', '/') + ".class"))) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        /** Fails with what the probe threw. */
        @Nullable
        Object probe(String method, @Nullable Object... arguments) throws ReflectiveOperationException {
            for (Method m : loadClass(Probe.class.getName()).getMethods()) {
                if (m.getName().equals(method)) {
                    return m.invoke(null, arguments);
                }
            }
            throw new NoSuchMethodException(method);
        }
    }

    /** Writes down what it is told; throws what it is given, if anything. */
    private static class Recording implements ProbeHandler {

        final List<String> log = new ArrayList<>();
        final @Nullable Supplier<Throwable> failure;

        Recording(@Nullable Supplier<Throwable> failure) {
            this.failure = failure;
        }

        private void told(String what) {
            log.add(what);
            if (failure != null) {
                throwUnchecked(failure.get());
            }
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> void throwUnchecked(Throwable t) throws T {
            throw (T) t;
        }

        @Override
        public Object enter(int methodId) {
            told("enter " + methodId);
            return 5;
        }

        @Override
        public Object enterConstructor(int methodId) {
            told("enterConstructor " + methodId);
            return 6;
        }

        @Override
        public void constructed(@Nullable Object frame) {
            told("constructed " + frame);
        }

        @Override
        public void exit(@Nullable Object frame, @Nullable Throwable thrown) {
            told("exit " + frame + " " + thrown);
        }

        @Override
        public void exitWithStage(@Nullable Object frame, @Nullable Object returned) {
            told("exitWithStage " + frame + " " + returned);
        }

        @Override
        public void exitWithoutStage(@Nullable Object frame, Throwable thrown) {
            told("exitWithoutStage " + frame + " " + thrown.getMessage());
        }

        @Override
        public Flow.@Nullable Publisher<?> exitWithPublisher(
                @Nullable Object frame, Flow.@Nullable Publisher<?> returned) {
            told("exitWithPublisher " + frame);
            return null;
        }

        @Override
        public long enterRegion(@Nullable String name) {
            told("enterRegion " + name);
            return 7;
        }

        @Override
        public void exitRegion(long token) {
            told("exitRegion " + token);
        }

        @Override
        public long virtualNs() {
            told("virtualNs");
            return 8;
        }

        @Override
        public void mounting(Thread virtual) {
            told("mounting " + virtual.getName());
        }

        @Override
        public void unmounted(Thread virtual) {
            told("unmounted " + virtual.getName());
        }

        @Override
        public void suppressed(Throwable error) {
            log.add("suppressed " + error.getClass().getSimpleName());
        }
    }

    private static Flow.Publisher<String> publisher() {
        return subscriber -> {};
    }

    @Test
    void shouldPassEverythingOn() throws Exception {
        Recording handler = new Recording(null);
        Fresh fresh = new Fresh(handler);

        assertThat(fresh.probe("enter", 17)).isEqualTo(5);
        assertThat(fresh.probe("enterConstructor", 18)).isEqualTo(6);
        fresh.probe("constructed", 6);
        fresh.probe("exit", 5, null);
        fresh.probe("exitWithStage", 5, "stage");
        fresh.probe("exitWithoutStage", 5, new IllegalStateException("thrown"));
        assertThat(fresh.probe("exitWithPublisher", 5, publisher()))
                .as("the handler's")
                .isNull();
        assertThat(fresh.probe("enterRegion", "r")).isEqualTo(7L);
        fresh.probe("exitRegion", 7L);
        assertThat(fresh.probe("virtualNs")).isEqualTo(8L);
        fresh.probe("mounting", new Thread(() -> {}, "v"));
        fresh.probe("unmounted", new Thread(() -> {}, "w"));
        assertThat(handler.log)
                .containsExactly(
                        "enter 17",
                        "enterConstructor 18",
                        "constructed 6",
                        "exit 5 null",
                        "exitWithStage 5 stage",
                        "exitWithoutStage 5 thrown",
                        "exitWithPublisher 5",
                        "enterRegion r",
                        "exitRegion 7",
                        "virtualNs",
                        "mounting v",
                        "unmounted w");
    }

    @Test
    void shouldNotMeasureWithoutAHandler() throws Exception {
        Fresh fresh = new Fresh(null);
        assertThat(fresh.probe("enter", 1)).isNull();
        assertThat(fresh.probe("enterConstructor", 1)).isNull();
        fresh.probe("constructed", 1);
        fresh.probe("exit", 1, null);
        fresh.probe("exitWithStage", 1, "stage");
        fresh.probe("exitWithoutStage", 1, new IllegalStateException());
        Flow.Publisher<String> own = publisher();
        assertThat(fresh.probe("exitWithPublisher", 1, own))
                .as("the application's own")
                .isSameAs(own);
        assertThat(fresh.probe("enterRegion", "r")).isEqualTo(Probe.NOT_MEASURED);
        fresh.probe("exitRegion", 1L);
        assertThat(fresh.probe("virtualNs")).isEqualTo(Probe.UNKNOWN);
        fresh.probe("mounting", Thread.currentThread());
        fresh.probe("unmounted", Thread.currentThread());
    }

    @Test
    void shouldIgnoreRegionsThatAreNotMeasured() throws Exception {
        Recording handler = new Recording(null);
        Fresh fresh = new Fresh(handler);
        fresh.probe("exitRegion", Probe.NOT_MEASURED);
        assertThat(handler.log).isEmpty();
    }

    @Test
    void shouldCallWhomeverWasInstalledLast() throws Exception {
        Recording first = new Recording(null);
        Recording second = new Recording(null);
        Fresh fresh = new Fresh(first);
        fresh.install(second);
        fresh.probe("enter", 1);
        fresh.install(null);
        fresh.probe("enter", 1);
        assertThat(first.log).isEmpty();
        assertThat(second.log).hasSize(1);
    }

    static List<Supplier<Throwable>> failures() {
        return List.of(
                IllegalStateException::new,
                () -> new Exception("checked, which a handler may throw all the same"),
                () -> new OutOfMemoryError("test"),
                () -> new StackOverflowError("test"),
                () -> new NoClassDefFoundError("test"),
                ThreadDeathLike::new);
    }

    private static final class ThreadDeathLike extends Throwable {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldNeverThrowWhateverTheHandlerDoes(Supplier<Throwable> failure) throws Exception {
        Recording handler = new Recording(failure);
        Fresh fresh = new Fresh(handler);

        assertThat(fresh.probe("enter", 1)).isNull();
        assertThat(fresh.probe("enterConstructor", 1)).isNull();
        fresh.probe("constructed", 1);
        fresh.probe("exit", 1, null);
        fresh.probe("exitWithStage", 1, "stage");
        fresh.probe("exitWithoutStage", 1, new IllegalStateException());
        Flow.Publisher<String> own = publisher();
        assertThat(fresh.probe("exitWithPublisher", 1, own))
                .as("the application's own")
                .isSameAs(own);
        assertThat(fresh.probe("enterRegion", "r")).isEqualTo(Probe.NOT_MEASURED);
        fresh.probe("exitRegion", 1L);
        assertThat(fresh.probe("virtualNs")).isEqualTo(Probe.UNKNOWN);
        fresh.probe("mounting", Thread.currentThread());
        fresh.probe("unmounted", Thread.currentThread());
        assertThat(handler.log)
                .filteredOn(line -> line.startsWith("suppressed"))
                .hasSize(12);
    }

    @Test
    void shouldNotThrowEvenIfTellingTheHandlerFails() throws Exception {
        Fresh fresh = new Fresh(new Recording(IllegalStateException::new) {
            @Override
            public void suppressed(Throwable error) {
                throw new StackOverflowError("again");
            }
        });
        assertThat(fresh.probe("enter", 1)).isNull();
        fresh.probe("exit", 1, null);
    }

    /** A real one: the handler needs more of the stack than there is. */
    @Test
    void shouldNotThrowWhenTheHandlerOverflowsTheStack() throws Exception {
        Fresh fresh = new Fresh(new Recording(null) {
            @Override
            public Object enter(int methodId) {
                return "frame " + deeper(methodId);
            }

            private int deeper(int methodId) {
                return methodId == 0 ? 0 : 1 + enter(methodId).hashCode();
            }
        });
        assertThat(fresh.probe("enter", 1)).isNull();
    }
}
