package io.vperf.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmProcessTest {

    /** As Linux 6.18 shows it, but for the lines that nobody reads; SigCgt is that of a JDK 17. */
    private static final String STATUS = """
            Name:	java
            State:	S (sleeping)
            Uid:	%1$d	%1$d	%1$d	%1$d
            Gid:	%2$d	%2$d	%2$d	%2$d
            SigCgt:	%3$s
            """;

    private static final String JVM = "2000000181005ccf";
    private static final String WITHOUT_SIGQUIT = "2000000181005ccb";
    private static final long PID = 4711;
    private static final Path JAR = Path.of("/opt/vperf.jar");

    private final Path root;
    private final Path proc;
    private final JvmProcess process;

    JvmProcessTest(@TempDir Path root) {
        this.root = root;
        this.proc = root.resolve("proc/" + PID);
        this.process = new JvmProcess(root, PID);
    }

    @BeforeEach
    void letThereBeAJvm() throws IOException {
        write("proc/self/status", STATUS.formatted(1000, 1000, JVM));
        status(1000, 1000, JVM);
        command("/usr/bin/java", "-Xmx1g", "-jar", "app.jar");
        write("proc/" + PID + "/root" + JAR, "");
        thread("java");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void status(int user, int group, String caught) throws IOException {
        write("proc/" + PID + "/status", STATUS.formatted(user, group, caught));
    }

    private void command(String... words) throws IOException {
        write("proc/" + PID + "/cmdline", String.join("\0", words) + "\0");
    }

    private void thread(String name) throws IOException {
        write("proc/" + PID + "/task/" + name + "/comm", name + "\n");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> process.check(JAR))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldLetAJvmOfTheSameUserBeAttachedTo() {
        assertThatCode(() -> process.check(JAR)).doesNotThrowAnyException();
    }

    @Test
    void shouldLetRootAttachToAnybodys() throws IOException {
        write("proc/self/status", STATUS.formatted(0, 0, JVM));
        assertThatCode(() -> process.check(JAR)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnotherUsersAndAnotherGroups() throws IOException {
        status(1001, 1000, JVM);
        assertRefused("process 4711 belongs to another user (uid 1001, this is 1000); run this as that user (sudo -u)");
        status(1000, 1001, JVM);
        assertRefused(
                "process 4711 runs with another group (gid 1001, this is 1000); run this with that group (sudo -g)");
    }

    @Test
    void shouldRefuseWhatIsNotThere() throws IOException {
        assertThatThrownBy(() -> new JvmProcess(root, 4712).check(JAR))
                .hasMessageContaining("there is no process 4712");
        write("proc/" + PID + "/status", STATUS.formatted(1000, 1000, JVM).replace("S (sleeping)", "Z (zombie)"));
        assertRefused("process 4711 has ended");
    }

    @Test
    void shouldRefuseWhatSigquitWouldEnd() throws IOException {
        status(1000, 1000, WITHOUT_SIGQUIT); // not listening yet
        assertRefused("process 4711 is not a JVM that listens for attach requests (/usr/bin/java)");
        status(1000, 1000, JVM);
        command("/usr/bin/python3");
        assertRefused("not a JVM that listens for attach requests (/usr/bin/python3)");
    }

    @Test
    void shouldNameXrs() throws IOException {
        status(1000, 1000, WITHOUT_SIGQUIT);
        command("/usr/bin/java", "-Xrs", "Main");
        assertRefused("process 4711 was started with -Xrs, and does not listen for attach requests; start it without");
    }

    /** It would answer the SIGQUIT later, with its threads on the application's output. */
    @Test
    void shouldRefuseWhatIsStopped() throws IOException {
        write("proc/" + PID + "/status", STATUS.formatted(1000, 1000, JVM).replace("S (sleeping)", "T (stopped)"));
        assertRefused("process 4711 is stopped (state T), and answers nobody; kill -CONT 4711 lets it go on");
    }

    @Test
    void shouldKnowALauncherOfAnotherNameByTheLibrary() throws IOException {
        command("/opt/shop/bin/shop");
        write(
                "proc/" + PID + "/maps",
                "7f0000000000-7f0001000000 r-xp 0 08:01 42 /usr/lib/jvm/17/lib/server/libjvm.so\n");
        assertThatCode(() -> process.check(JAR)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAJvmThatIsClosed() throws IOException {
        command("java", "-XX:+DisableAttachMechanism", "Main");
        assertRefused("was started with -XX:+DisableAttachMechanism, and cannot be attached to");
    }

    @Test
    void shouldRefuseAJarThatTheJvmDoesNotSee() throws IOException {
        Files.delete(proc.resolve("root" + JAR));
        assertRefused(
                "/opt/vperf.jar is not in the file system of process 4711, which is a container's; copy it there");
    }

    @Test
    void shouldLeaveWhatIsNoLinuxToTheJdk(@TempDir Path elsewhere) {
        assertThatCode(() -> new JvmProcess(elsewhere, PID).check(JAR)).doesNotThrowAnyException();
    }

    @Test
    void shouldKnowVperfByItsThreadsOrTheCommandLine() throws IOException {
        assertThat(process.hasVperf()).isFalse();
        thread("vperf-sampler");
        assertThat(process.hasVperf()).isTrue();
        Files.delete(proc.resolve("task/vperf-sampler/comm"));
        Files.delete(proc.resolve("task/vperf-sampler"));
        command("java", "-javaagent:/opt/vperf.jar=interval=1s", "Main");
        assertThat(process.hasVperf()).isTrue();
    }
}
