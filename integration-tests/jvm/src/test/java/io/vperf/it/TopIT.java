package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code top PID} of a JVM that runs: as plain text, and in a real pseudo terminal. */
class TopIT {

    private static final String APP = "io.vperf.it.apps.Steered";
    private static final char ESCAPE = '\u001b';
    private static final String SECOND_SCREEN_OFF = ESCAPE + "[?1049l";
    private static final Pattern ROW = Pattern.compile("(?m)^marked +[\\d,.]+( M)? +[\\d.]+ [mun]?s");

    /** What somebody does while the application runs. */
    private interface Looking {
        void at(String pid, Path folder) throws Exception;
    }

    private static Jvm.Finished look(Jdk jdk, Path folder, String options, Looking looking) throws Exception {
        Jvm jvm = new Jvm(jdk, folder).agent(options);
        Process process = jvm.start(APP);
        try {
            jvm.await(process, "stdout", "at=");
            looking.at(Long.toString(process.pid()), Files.createDirectory(folder.resolve("cli")));
            Files.writeString(folder.resolve("stop"), "");
            return jvm.finish(process);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(Jdk jdk, String... arguments) {
        List<String> command = new ArrayList<>(List.of(jdk.java(), "-jar", Jvm.VPERF_JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldPrintATableWithoutEscapesAndEndNoInterval(Jdk jdk, @TempDir Path folder) throws Exception {
        Jvm.Finished run = look(jdk, folder, "interval=1h,report=off", (pid, cli) -> {
            Jvm.Finished early = new Jvm(jdk, cli).cli("top", "--once", pid);
            assertThat(early.status()).isEqualTo(1);
            assertThat(early.out()).isEmpty();
            assertThat(early.err())
                    .startsWith("vperf: no interval has ended yet in process " + pid + ", where vperf is measuring; ");

            assertThat(new Jvm(jdk, cli).cli("dump", pid).status()).isZero();
            for (String whole : List.of("--once", "--once --all")) {
                Jvm.Finished once = new Jvm(jdk, cli).cli(("top " + whole + " " + pid).split(" "));
                assertThat(once.status()).as(once.err()).isZero();
                assertThat(once.err()).isEmpty();
                assertThat(once.out())
                        .doesNotContain(Character.toString(ESCAPE))
                        .startsWith("vperf top: process " + pid + ", measuring, 1 method by total")
                        .contains("one ends every 3,600 s")
                        .containsPattern(ROW);
                assertThat(once.out().lines()).hasSize(5);
            }
        });
        assertThat(run.dump().lines("interval"))
                .as("dump's, and two at the end")
                .hasSize(3);
        assertThat(run.dump().calls("marked")).isEqualTo(run.printed("calls"));
        assertThat(run.dump().health("suppressedErrors")).isZero();
    }

    @Test
    void shouldPrintATableForEachInterval(@TempDir Path folder) throws Exception {
        Jdk jdk = Jdk.all().get(0);
        look(jdk, folder, "interval=200ms,report=off", (pid, cli) -> {
            Jvm.Finished three = new Jvm(jdk, cli).cli("top", "-n", "3", "--interval", "0.1", "--sort=calls", pid);
            assertThat(three.status()).as(three.err()).isZero();
            assertThat(three.out().split("\n\n(?=vperf top)", -1))
                    .hasSize(3)
                    .allSatisfy(table -> assertThat(table).containsPattern(ROW));
        });
    }

    @Test
    void shouldSayThatItIsSwitchedOffThereOrNotThere(@TempDir Path folder) throws Exception {
        Jdk jdk = Jdk.all().get(0);
        look(jdk, folder, "jmx=off,report=off", (pid, cli) -> {
            Jvm.Finished off = new Jvm(jdk, cli).cli("top", pid);
            assertThat(off.status()).isEqualTo(1);
            assertThat(off.err())
                    .isEqualTo("vperf: vperf in process " + pid
                            + " cannot be looked at: it was started with jmx=off, or is leaving; start it without jmx=off;"
                            + " java -jar vperf.jar dump writes its figures, too\n");
        });
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldObeyKeysOnATerminalAndPutItBack(Jdk jdk, @TempDir Path folder) throws Exception {
        look(jdk, folder, "interval=300ms,report=off", (pid, cli) -> {
            try (Pty pty = Pty.start(cli, 100, 20, "", command(jdk, "top", "--interval", "0.2", pid))) {
                pty.await("the table", seen -> seen.contains("by total") && seen.contains("marked "));
                pty.press(">");
                pty.await("sorted by another column", seen -> seen.contains("by p99") && seen.contains("*p99"));
                pty.press("r");
                pty.await("the other way round", seen -> seen.contains("by p99, smallest first"));
                pty.press("a");
                pty.await("all since the start", seen -> seen.contains("since 20"));
                pty.press(ESCAPE + "[D");
                pty.await("sorted as before", seen -> seen.contains("by total, smallest first"));
                assertThat(pty.seen().lines().filter(line -> line.startsWith("marked")))
                        .as("cut for 100 columns")
                        .allMatch(line ->
                                line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").length() <= 100);
                pty.press("q");
                assertThat(pty.finish()).as(pty.seen()).isZero();
                assertRestored(pty.seen());
                assertThat(pty.seen().substring(pty.seen().lastIndexOf(SECOND_SCREEN_OFF)))
                        .as("left for the reader")
                        .contains("marked ");
            }
        });
    }

    @Test
    void shouldEndByInterruptAsByQ(@TempDir Path folder) throws Exception {
        Jdk jdk = Jdk.all().get(0);
        look(jdk, folder, "interval=300ms,report=off", (pid, cli) -> {
            try (Pty pty = Pty.start(cli, 80, 20, "", command(jdk, "top", pid))) {
                pty.await("the table", seen -> seen.contains("marked "));
                pty.press("\u0003");
                assertThat(pty.finish()).as(pty.seen()).isZero();
                assertRestored(pty.seen());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldPutTheTerminalBackWhenASignalEndsIt(Jdk jdk, @TempDir Path folder) throws Exception {
        look(jdk, folder, "interval=300ms,report=off", (pid, cli) -> {
            try (Pty pty = Pty.start(cli, 80, 20, "", command(jdk, "top", pid))) {
                pty.await("the table", seen -> seen.contains("marked "));
                pty.terminateJava();
                assertThat(pty.finish()).as(pty.seen()).isEqualTo(143);
                assertRestored(pty.seen());
            }
        });
    }

    @Test
    void shouldObeyKeysWhileTheOtherJvmIsStopped(@TempDir Path folder) throws Exception {
        Jdk jdk = Jdk.all().get(0);
        look(jdk, folder, "interval=300ms,report=off", (pid, cli) -> {
            try (Pty pty = Pty.start(cli, 80, 20, "", command(jdk, "top", "--interval", "0.2", pid))) {
                pty.await("the table", seen -> seen.contains("marked "));
                signal("-STOP", pid);
                pty.press("r");
                pty.await("the other way round", seen -> seen.contains("smallest first"));
                pty.press("q");
                assertThat(pty.finish()).as(pty.seen()).isZero();
                assertRestored(pty.seen());
            } finally {
                signal("-CONT", pid);
            }
        });
    }

    private static void signal(String which, String pid) throws Exception {
        assertThat(new ProcessBuilder("kill", which, pid).start().waitFor()).isZero();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldEndWithTheOtherJvm(Jdk jdk, @TempDir Path folder) throws Exception {
        look(jdk, folder, "interval=300ms,report=off", (pid, cli) -> {
            try (Pty pty = Pty.start(cli, 80, 20, "", command(jdk, "top", "--interval", "0.2", pid))) {
                pty.await("the table", seen -> seen.contains("marked "));
                Files.writeString(folder.resolve("stop"), "");
                assertThat(pty.finish()).as(pty.seen()).isEqualTo(1);
                assertRestored(pty.seen());
                assertThat(pty.seen())
                        .containsPattern("vperf: (process " + pid + "|vperf has left process " + pid + ")");
            }
        });
    }

    /** What stty says afterwards, and what was sent to the terminal. */
    private static void assertRestored(String seen) {
        assertThat(seen).contains(ESCAPE + "[?1049h", SECOND_SCREEN_OFF);
        String after = seen.substring(seen.lastIndexOf("speed "));
        assertThat(after).contains(" icanon", " echo ", "isig").doesNotContain("-icanon", "-echo ");
        assertThat(seen.lastIndexOf(ESCAPE + "[?7l"))
                .as("lines wrap again")
                .isLessThan(seen.lastIndexOf(ESCAPE + "[?7h"));
        assertThat(seen).doesNotContain("WARNING");
    }
}
