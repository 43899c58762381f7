package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits that hold for a whole process, each tried in a JVM of its own. */
class PerfLimitsTest {

    @BeforeEach
    void needsPerfEvents() throws Exception {
        Scratch.run(() -> Loaded.page(PerfPages.of(Loaded.natives()))).close();
    }

    /** Opens pages until no more are given, and once more after one was closed. */
    public static final class OpenUntilRefused {
        public static void main(String[] arguments) throws Exception {
            PerfPages pages = PerfPages.of(Loaded.value(Natives.load(Natives.defaultFolders())));
            List<PerfPage> held = new ArrayList<>();
            Capability<PerfPage> last = pages.open();
            while (last instanceof Capability.Available<PerfPage> given && held.size() < 50_000) {
                held.add(given.value());
                last = pages.open();
            }
            System.out.println("opened " + !held.isEmpty());
            System.out.println("then " + last);
            if (!held.isEmpty()) {
                int lock = held.get(0).buffer().getInt(PerfPage.LOCK_OFFSET);
                Thread.sleep(1);
                System.out.println("sees " + (held.get(0).buffer().getInt(PerfPage.LOCK_OFFSET) != lock));
                held.get(0).close();
                System.out.println("again " + (pages.open() instanceof Capability.Available));
            }
        }
    }

    @Test
    void shouldServeAUserWithoutPrivilegesUntilLockedMemoryIsUsedUp(@TempDir Path folder) throws Exception {
        int paranoid = Integer.parseInt(Files.readString(Path.of("/proc/sys/kernel/perf_event_paranoid"))
                .strip());
        assumeTrue(paranoid <= 2, "kernel.perf_event_paranoid is " + paranoid);
        assumeTrue(paranoid >= 0, "kernel.perf_event_paranoid=-1 lifts the limit");
        Command.Result result = Command.run(
                "sh",
                "-c",
                "ulimit -l 64 && exec setpriv --reuid=65534 --clear-groups --no-new-privs \"$@\"",
                "sh",
                Command.java(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                ClassPath.readableByAll(folder),
                OpenUntilRefused.class.getName());
        assumeTrue(result.status() != 127, "setpriv (util-linux) is not installed");
        assumeTrue(!result.output().contains("setresuid failed"), "dropping privileges needs root");

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("opened true", "sees true", "again true")
                .contains("then Unavailable[reason=mmap of a perf event's page failed with EPERM")
                .contains("ulimit -l is 65536 bytes")
                .contains("CAP_IPC_LOCK");
    }

    /** Uses up the file descriptors, as a leak in an application does, and asks for a page then and later. */
    public static final class OpenWithoutDescriptors {

        /** After the first one a thread of the JVM's own may give one back. */
        private static final int REFUSALS = 5;

        public static void main(String[] arguments) throws Exception {
            PerfPages pages = PerfPages.of(Loaded.value(Natives.load(Natives.defaultFolders())));
            List<FileInputStream> leak = new ArrayList<>();
            int refusals = 0;
            while (refusals < REFUSALS && leak.size() < 1_000) {
                try {
                    leak.add(new FileInputStream("/dev/null"));
                } catch (IOException e) {
                    refusals++;
                    Thread.sleep(20);
                }
            }
            Capability<PerfPage> refused = pages.open();
            for (FileInputStream file : leak) {
                file.close();
            }
            System.out.println(refused);
            System.out.println("later " + (pages.open() instanceof Capability.Available));
        }
    }

    @Test
    void shouldSayThatFileDescriptorsHaveRunOut() {
        Command.Result result = Command.withFewDescriptors(OpenWithoutDescriptors.class);

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("failed with EMFILE: the process has no file descriptor left, remedy=Raise ulimit -n.")
                .contains("later true");
    }
}
