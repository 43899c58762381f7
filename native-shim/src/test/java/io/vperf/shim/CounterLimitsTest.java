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
class CounterLimitsTest {

    private static final String[] FOUR = {"page-faults", "minor-faults", "task-clock", "major-faults"};

    @BeforeEach
    void needsPerfEvents() throws Exception {
        Scratch.run(() -> Counting.open(Counting.counters(4, FOUR))).close();
    }

    /** Uses up the file descriptors, as a leak in an application does, but for two, and asks for four counters. */
    public static final class OpenWithTwoDescriptors {
        public static void main(String[] arguments) throws Exception {
            Counters counters = Counting.counters(100, FOUR);
            try (ThreadCounters first = Loaded.value(counters.open())) {
                Counting.of(first, FOUR.length, Thread::onSpinWait); // loads what a full table could not
                System.out.println("at first " + PerfDescriptors.open());
            }
            List<FileInputStream> leak = new ArrayList<>();
            try {
                while (leak.size() < 1_000) {
                    leak.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException e) {
                leak.remove(0).close();
                leak.remove(0).close();
                Capability<ThreadCounters> refused = counters.open();
                Capability<ThreadCounters> again = counters.open();
                leak.remove(0).close(); // for the folder that is listed
                System.out.println("refused " + refused);
                System.out.println("again " + refused.equals(again));
                System.out.println("left " + PerfDescriptors.open());
                for (FileInputStream file : leak) {
                    file.close();
                }
            }
            System.out.println("later " + (counters.open() instanceof Capability.Available));
        }
    }

    @Test
    void shouldGiveBackTheFirstTwoWhereTheThirdFindsNoDescriptor() {
        Command.Result result = Command.withFewDescriptors(OpenWithTwoDescriptors.class);

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("at first 4", "again true", "left 0", "later true")
                .contains(
                        "counter task-clock: perf_event_open failed with EMFILE: the process has no file descriptor left");
    }

    /** Asks for what needs no privilege, and for what does. */
    public static final class OpenUnprivileged {
        public static void main(String[] arguments) throws Exception {
            for (String event : arguments) {
                Capability<ThreadCounters> opened = Counting.counters(1, event).open();
                System.out.println(
                        opened instanceof Capability.Available<ThreadCounters> given
                                ? event + " counts " + (Counting.of(given.value(), 1, Thread::onSpinWait)[0] >= 0)
                                : event + " is refused " + opened);
            }
        }
    }

    @Test
    void shouldCountForAUserWithoutPrivilegesWhatUserSpaceDoes(@TempDir Path folder) throws Exception {
        int paranoid = Integer.parseInt(Files.readString(Path.of("/proc/sys/kernel/perf_event_paranoid"))
                .strip());
        assumeTrue(paranoid == 2, "kernel.perf_event_paranoid is " + paranoid);
        Command.Result result = Command.run(
                "setpriv",
                "--reuid=65534",
                "--clear-groups",
                "--no-new-privs",
                Command.java(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                ClassPath.readableByAll(folder),
                OpenUnprivileged.class.getName(),
                "page-faults",
                "task-clock:ku",
                "context-switches",
                "page-faults:ku");
        assumeTrue(result.status() != 127, "setpriv (util-linux) is not installed");
        assumeTrue(!result.output().contains("setresuid failed"), "dropping privileges needs root");

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.lines()).contains("page-faults counts true", "task-clock:ku counts true");
        for (String event : List.of("context-switches", "page-faults:ku")) {
            assertThat(result.lines())
                    .contains(event + " is refused Unavailable[reason=counter " + event
                            + ": perf_event_open failed with EACCES: it looks into the kernel,"
                            + " kernel.perf_event_paranoid is 2, remedy=Set sysctl kernel.perf_event_paranoid=1,"
                            + " or grant CAP_PERFMON (before Linux 5.8 CAP_SYS_ADMIN).]");
        }
    }
}
