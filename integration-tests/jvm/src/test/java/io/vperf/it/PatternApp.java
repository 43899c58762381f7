package io.vperf.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A shop without a mark of vperf's, but with annotations of the libraries that services use, as a jar. */
final class PatternApp {

    private static final Path LIBS = Path.of(System.getProperty("vperf.test.libs"), "annotated");

    private PatternApp() {}

    /** The libraries whose annotations it carries. */
    static String libraries() {
        try (Stream<Path> jars = Files.list(LIBS)) {
            return jars.sorted().map(Path::toString).collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new IllegalStateException("the build copies these", e);
        }
    }

    static Path jar(Jdk jdk, Path folder) {
        Path classes = sources(jdk, folder.resolve("src"))
                .compile(folder.resolve("classes"), "-encoding", "UTF-8", "-cp", libraries());
        Path jar = folder.resolve("shop.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
            for (Path one : all) {
                out.putNextEntry(new JarEntry(classes.relativize(one).toString()));
                Files.copy(one, out);
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return jar;
    }

    private static Sources sources(Jdk jdk, Path folder) {
        return new Sources(jdk, folder)
                .file("shop/Repository.java", """
                        package shop;
                        public interface Repository<T> {
                            T find(T key);
                            default int count() { return String.valueOf(this).length(); }
                        }
                        """)
                .file("base/Stored.java", """
                        package base;
                        public abstract class Stored<T> implements shop.Repository<T> {
                            protected void save(T t) { System.getProperty("none"); }
                        }
                        """)
                .file("shop/OrderRepository.java", """
                        package shop;
                        public class OrderRepository extends base.Stored<String> {
                            public String find(String key) { return key.trim(); }
                            public String find(int number) { return String.valueOf(number); }
                            public Runnable later() { return () -> save("x"); }
                        }
                        """)
                .file("shop/Order.java", """
                        package shop;
                        public class Order {
                            private long total;
                            private String name;
                            public Order() { name = "none".trim(); }
                            Order(int total) { this.total = total; }
                            public long getTotal() { return total; }
                            public void setTotal(long total) { this.total = total; }
                            public boolean isNamed() { return name != null && !"".equals(name); }
                            public void pay(int cents) { hidden(cents); }
                            public void pay(int cents, String[] by) { hidden(cents); }
                            private void hidden(int cents) { total -= String.valueOf(cents).length(); }
                            static synchronized void all() { System.getProperty("all"); }
                            native void inC();
                            @Override public boolean equals(Object o) { return o instanceof Order other && other.hashCode() == hashCode(); }
                            @Override public int hashCode() { return Long.hashCode(total); }
                            @Override public String toString() { return "Order " + total; }
                            public record Line(int count, String what) {
                                public int price() { return Integer.parseInt("1") * count; }
                            }
                            public enum State {
                                OPEN, PAID;
                                State next() { return values()[(ordinal() + 1) % 2]; }
                                static int number(State s) {
                                    return switch (s) { case OPEN -> "a".length(); case PAID -> "bb".length(); };
                                }
                            }
                        }
                        """)
                .file("shop/Größe.java", """
                        package shop;
                        public class Größe {
                            public int zähle() { return toString().length(); }
                            public int zähleAlle(int... n) { return toString().length(); }
                        }
                        """)
                .file("shop/AppService.java", """
                        package shop;
                        import java.lang.annotation.*;
                        @Retention(RetentionPolicy.RUNTIME)
                        @org.springframework.stereotype.Service
                        public @interface AppService {}
                        """)
                .file("shop/web/Beans.java", """
                        package shop.web;
                        public class Beans {
                            @shop.AppService
                            public static class Own { void serve() { System.getProperty("a"); } }
                            @org.springframework.web.bind.annotation.RestController
                            public static class Controller { public void get() { System.getProperty("b"); } }
                            @jakarta.enterprise.context.ApplicationScoped
                            public static class Scoped { public void work() { System.getProperty("c"); } }
                            @jakarta.ws.rs.Path("/x")
                            public static class Resource { public void answer() { System.getProperty("d"); } }
                            public static class Plain { public void nothing() { System.getProperty("e"); } }
                        }
                        """)
                .file("shop/web/Timings.java", """
                        package shop.web;
                        import io.micrometer.core.annotation.Timed;
                        import io.opentelemetry.instrumentation.annotations.WithSpan;
                        public class Timings implements Api<String> {
                            @Timed("a") public void once() {}
                            @Timed("a") @Timed("b") private void twice() {}
                            @WithSpan static int span(int i) { return i; }
                            @io.micrometer.observation.annotation.Observed public void observed() {}
                            public void call(String text) { text.trim(); }
                            public void call(int other) { toString(); }
                            public void plain() { toString(); }
                        }
                        interface Api<T> {
                            @Timed void call(T t);
                        }
                        """);
    }
}
