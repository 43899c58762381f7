package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.logging.LogManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativesTest {

    private static final String BOOT_PATH = "jffi.boot.library.path";

    private final Path folder;
    private final Path unusable;

    NativesTest(@TempDir Path folder, @TempDir Path unusable) {
        this.folder = folder;
        this.unusable = unusable;
    }

    @BeforeEach
    void needsLinux() {
        assumeTrue(System.getProperty("os.name", "").equals("Linux"), "native code runs on Linux only");
    }

    /** Answers "loaded" after a call of each library, or the reason. */
    public static final class Load implements Function<List<Path>, String> {
        @Override
        public String apply(List<Path> folders) {
            Capability<Natives> loaded = Natives.load(folders);
            if (loaded instanceof Capability.Unavailable<Natives> missing) {
                return missing.reason() + " | " + missing.remedy();
            }
            Natives natives = ((Capability.Available<Natives>) loaded).value();
            boolean works =
                    natives.libc().sched_getcpu() >= 0 && natives.allocate(8).address() % 16 == 0;
            return works ? "loaded" : "loaded, but calls fail";
        }
    }

    @Test
    void shouldLoadAndLeaveNothingBehind() throws Exception {
        assertThat(Isolated.run(Load.class, folder)).isEqualTo("loaded");
        assertThat(folder).isEmptyDirectory();
    }

    /** Answers how a second and a third call compare with the first. */
    public static final class LoadAgain implements Function<List<Path>, String> {
        @Override
        public String apply(List<Path> folders) {
            Capability<Natives> failed = Natives.load(List.of());
            Capability<Natives> first = Natives.load(folders);
            return failed.equals(first) + " " + first.equals(Natives.load(List.of()));
        }
    }

    @Test
    void shouldRetryAfterAFailureAndKeepASuccess() throws Exception {
        assertThat(Isolated.run(LoadAgain.class, folder)).isEqualTo("false true");
    }

    @Test
    void shouldPassOverAFolderMountedNoexec() throws Exception {
        try (Mount mount = Mount.tmpfs(unusable, "noexec")) {
            assertThat(Isolated.run(Load.class, mount.folder()))
                    .contains(mount.folder() + ": ", "UnsatisfiedLinkError");
            assertThat(Isolated.run(Load.class, mount.folder(), folder)).isEqualTo("loaded");
            assertThat(mount.folder()).isEmptyDirectory();
        }
    }

    @Test
    void shouldPassOverAReadOnlyFolder() throws Exception {
        // Root may write where permissions forbid it, but not to a file system mounted read-only.
        try (Mount mount = Mount.tmpfs(unusable, "ro")) {
            assertThat(Isolated.run(Load.class, mount.folder())).contains(mount.folder() + ": ", "Read-only");
            assertThat(Isolated.run(Load.class, mount.folder(), folder)).isEqualTo("loaded");
        }
    }

    @Test
    void shouldNameEveryFolderThatFailed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Path gone = folder.resolve("gone");
        Path list = Files.createDirectory(folder.resolve("a:b"));

        assertThat(Isolated.run(Load.class, file, gone, list))
                .contains(file + ": ", gone + ": ", list + ": ", "-Djava.io.tmpdir");
    }

    @Test
    void shouldSayThatNoFolderWasGiven() throws Exception {
        assertThat(Isolated.run(Load.class)).contains("no folder was given");
    }

    @Test
    void shouldNotTouchTheApplicationsProperty() throws Exception {
        System.setProperty(BOOT_PATH, "/the/application's own");
        try {
            assertThat(Isolated.run(Load.class, folder)).isEqualTo("loaded");
            assertThat(System.getProperty(BOOT_PATH)).isEqualTo("/the/application's own");
        } finally {
            System.clearProperty(BOOT_PATH);
        }
    }

    @Test
    void shouldNotLeaveAPropertyTheApplicationHadNot() throws Exception {
        assertThat(Isolated.run(Load.class, folder)).isEqualTo("loaded");
        assertThat(System.getProperty(BOOT_PATH)).isNull();
    }

    /** Answers the loggers there are after loading. */
    public static final class LoadAndListLoggers implements Function<List<Path>, String> {
        @Override
        public String apply(List<Path> folders) {
            Capability<Natives> loaded = Natives.load(folders);
            return loaded + " " + Collections.list(LogManager.getLogManager().getLoggerNames());
        }
    }

    @Test
    void shouldNotMakeALogger() throws Exception {
        assertThat(Isolated.run(LoadAndListLoggers.class, folder))
                .startsWith("Available")
                .doesNotContain("jffi");
    }

    /** Where an application's own jffi, perhaps of another version, would be found first. */
    private static final class ApplicationLoader extends ClassLoader {

        ApplicationLoader() {
            super(null);
        }

        @Override
        public URL getResource(String name) {
            throw new AssertionError("asked for " + name);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) {
            throw new AssertionError("asked for " + name);
        }
    }

    @Test
    void shouldNotLookIntoTheContextClassLoader() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader applications = new ApplicationLoader();
        thread.setContextClassLoader(applications);
        try {
            assertThat(Isolated.run(Load.class, folder)).isEqualTo("loaded");
            assertThat(thread.getContextClassLoader()).isSameAs(applications);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
