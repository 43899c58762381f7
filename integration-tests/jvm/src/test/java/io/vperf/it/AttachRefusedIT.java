package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where vperf cannot be attached the reason is told in a line, and the application works on. */
class AttachRefusedIT {

    private static final String APP = "io.vperf.it.apps.Attachable";
    private static final String NOBODY = "65534";

    private static Told app(Jvm jvm, Path folder) {
        Process process = jvm.agent(null).start(APP);
        jvm.await(process, "stdout", "ready");
        return new Told(jvm, folder, process);
    }

    private static Path folder(Path parent, String name) throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.createDirectories(parent.resolve(name));
    }

    /** Of attach: refused with this, and the application works on, without vperf. */
    private static void assertRefused(Jvm.Finished attach, String why) {
        assertThat(attach.err()).startsWith("vperf: ").contains(why);
        assertThat(attach.out()).isEmpty();
        assertThat(attach.status()).isEqualTo(1);
    }

    private static void assertUntouched(Told app) throws IOException {
        app.tell("work", "worked=");
        assertThat(app.tell("figures", "figures ")).endsWith(" own=[]");
        Jvm.Finished run = app.end();
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.printed("wrong")).isZero();
    }

    private static void assumeOneCanBecomeAnother() throws IOException {
        assumeTrue(
                Files.getOwner(Path.of("/proc/self")).getName().equals("root"), "only root can become somebody else");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv to become anybody but root");
    }

    private static String[] become(String user, String group) {
        return new String[] {"setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--no-new-privs"};
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellThatThereIsNoJvm(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm cli = new Jvm(jdk, folder);
        assertRefused(
                cli.cli("attach", "4194305"), "there is no process 4194305; java -jar vperf.jar list names the JVMs");
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            assertRefused(
                    cli.cli("attach", Long.toString(other.pid())),
                    "process " + other.pid() + " is not a JVM that listens for attach requests (sleep)");
            assertThat(other.isAlive())
                    .as("not ended by the SIGQUIT that attaching begins with")
                    .isTrue();
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellThatTheJvmTakesNoAgent(Jdk jdk, @TempDir Path folder) throws IOException {
        Jvm cli = new Jvm(jdk, folder(folder, "cli"));
        Path closed = folder(folder, "closed");
        try (Told app = app(new Jvm(jdk, closed).option("-XX:+DisableAttachMechanism"), closed)) {
            assertRefused(
                    cli.cli("attach", Long.toString(app.process().pid())),
                    "was started with -XX:+DisableAttachMechanism, and cannot be attached to; start it without that option");
            assertUntouched(app);
        }
        Path strict = folder(folder, "strict");
        try (Told app = app(new Jvm(jdk, strict).option("-XX:-EnableDynamicAgentLoading"), strict)) {
            assertRefused(
                    cli.cli("attach", Long.toString(app.process().pid())),
                    "was started with -XX:-EnableDynamicAgentLoading, and takes no agent; start it without that option");
            assertUntouched(app);
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellWhoMayNot(Jdk jdk, @TempDir Path folder) throws IOException {
        assumeOneCanBecomeAnother();
        Path appFolder = folder(folder, "app");
        try (Told app = app(new Jvm(jdk, appFolder).startedBy(become(NOBODY, NOBODY)), appFolder)) {
            String pid = Long.toString(app.process().pid());
            Path cli = folder(folder, "cli");
            assertRefused(
                    new Jvm(jdk, cli).startedBy(become("65533", NOBODY)).cli("attach", pid),
                    "process " + pid + " belongs to another user (uid 65534, this is 65533); run this as that user");
            assertRefused(
                    new Jvm(jdk, cli).startedBy(become(NOBODY, "65533")).cli("attach", pid),
                    "process " + pid + " runs with another group (gid 65534, this is 65533); run this with that group");

            Path hidden = folder(folder, "hidden");
            Path jar = Files.copy(Jvm.VPERF_JAR, hidden.resolve("vperf.jar"));
            Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
            assertRefused(new Jvm(jdk, cli).cliOf(jar, "attach", pid), jar + " must be readable for its user");

            Jvm.Finished root = new Jvm(jdk, cli).cli("attach", pid, "dump=off", "report=off");
            assertThat(root.status()).as("root may: %s", root.err()).isZero();
            assertThat(new Jvm(jdk, cli)
                            .startedBy(become(NOBODY, NOBODY))
                            .cli("detach", pid)
                            .status())
                    .as("its user may")
                    .isZero();
            assertUntouched(app);
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellWrongOptionsAndAnotherVersion(Jdk jdk, @TempDir Path folder) throws IOException {
        Path appFolder = folder(folder, "app");
        try (Told app = app(new Jvm(jdk, appFolder), appFolder)) {
            String pid = Long.toString(app.process().pid());
            Jvm cli = new Jvm(jdk, folder(folder, "cli"));
            Jvm.Finished wrong = cli.cli("attach", pid, "intervall=1s", "cpu=none");
            assertRefused(wrong, "intervall");
            assertThat(wrong.err()).contains("cpu='none'").hasLineCount(2);
            assertThat(app.tell("figures", "figures ")).endsWith(" own=[]");

            assertThat(cli.cli("attach", pid, "dump=off", "report=off").status())
                    .isZero();
            Path other = otherVersion(folder.resolve("other.jar"));
            assertRefused(cli.cliOf(other, "detach", pid), "this is vperf 99.9, and version ");
            assertThat(app.tell("figures", "figures ")).contains("vperf-sampler");
            assertThat(cli.cli("detach", pid).status()).isZero();
            assertUntouched(app);
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellWhatOfItDoesNotWorkAndWhatIsLost(Jdk jdk, @TempDir Path folder) throws IOException {
        Path appFolder = folder(folder, "app");
        try (Told app = app(new Jvm(jdk, appFolder), appFolder);
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String pid = Long.toString(app.process().pid());
            Jvm cli = new Jvm(jdk, folder(folder, "cli"));
            Jvm.Finished attach = cli.cli(
                    "attach", pid, "http=127.0.0.1:" + taken.getLocalPort(), "dump=missing/x.hlog", "report=off");
            assertThat(attach.status()).as(attach.err()).isZero();
            assertThat(attach.err())
                    .contains("no metrics are served in this run", "there is no folder ", "have probes now");
            app.tell("work", "worked=");
            Jvm.Finished detach = cli.cli("detach", pid);
            assertThat(detach.status()).isEqualTo(1);
            assertThat(detach.out()).isEmpty();
            assertThat(detach.err())
                    .contains("vperf: 1 interval could not be written to ", "vperf: but for that vperf has left");
            assertUntouched(app);
        }
    }

    /** The same jar, but for the version that it takes itself for. */
    private static Path otherVersion(Path to) throws IOException {
        try (JarFile from = new JarFile(Jvm.VPERF_JAR.toFile());
                OutputStream file = Files.newOutputStream(to);
                JarOutputStream out = new JarOutputStream(file, from.getManifest())) {
            for (JarEntry entry : from.stream().toList()) {
                if (entry.isDirectory() || entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    continue;
                }
                out.putNextEntry(new JarEntry(entry.getName()));
                if (entry.getName().endsWith("io/vperf/version.properties")) {
                    out.write("version=99.9".getBytes(StandardCharsets.UTF_8));
                    continue;
                }
                try (InputStream in = from.getInputStream(entry)) {
                    in.transferTo(out);
                }
            }
        }
        return to;
    }
}
