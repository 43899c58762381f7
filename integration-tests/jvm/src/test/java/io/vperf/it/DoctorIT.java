package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DoctorIT {

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static JsonObject finding(JsonObject json, String name) {
        for (JsonElement finding : json.getAsJsonArray("findings")) {
            if (finding.getAsJsonObject().get("name").getAsString().equals(name)) {
                return finding.getAsJsonObject();
            }
        }
        throw new AssertionError(name + " is not in " + json);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSayWhatItFindsAndLeaveNothingBehind(Jdk jdk, @TempDir Path folder) throws IOException {
        Jvm.Finished run = new Jvm(jdk, folder).cli("doctor", "--json");
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(json.get("fit").getAsBoolean() ? 0 : 1);
        assertThat(finding(json, "wall time").get("verdict").getAsString()).isNotEqualTo("IMPOSSIBLE");
        assertThat(finding(json, "CPU time").get("verdict").getAsString()).isNotEqualTo("IMPOSSIBLE");
        assertThat(finding(json, "dump folder").get("detail").getAsString()).startsWith(folder.toString());
        assertThat(files(folder)).containsExactly("stderr", "stdout");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldNeedNoPrivilegesButAFolderToWriteTo(Jdk jdk, @TempDir Path folder) throws IOException {
        assumeTrue(
                Files.getOwner(Path.of("/proc/self")).getName().equals("root"), "only root can become somebody else");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv to become anybody but root");
        // In one it may not even look into HotSpot would end up in its own folder below /tmp.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Jvm.Finished run = new Jvm(jdk, folder)
                .startedBy("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs")
                .cli("doctor");

        assertThat(run.status()).as(run.out()).isEqualTo(1);
        assertThat(run.out())
                .containsSubsequence(
                        "\nok\n",
                        "  CPU time  ",
                        "\nnot possible\n",
                        folder + " cannot be written by this user",
                        "remedy: Start the JVM in another folder");
        Jvm.Finished elsewhere = new Jvm(jdk, folder)
                .startedBy("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs")
                .cli("doctor", "dump=/tmp/vperf-%p.hlog");
        assertThat(elsewhere.out()).contains("/tmp can be written");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldSpeakOfAnotherProcess(Jdk jdk, @TempDir Path folder) {
        Jvm.Finished run = new Jvm(jdk, folder)
                .cli("doctor", Long.toString(ProcessHandle.current().pid()));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("  namespaces            the same as here", "  container  ");
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldTellWrongArguments(Jdk jdk, @TempDir Path folder) {
        assertThat(new Jvm(jdk, folder).cli("doctor", "4194305").status()).isEqualTo(1);
        Jvm.Finished run = new Jvm(jdk, folder).cli("doctor", "interval=1s");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("interval=1s", "give cpu=, dump=, native=");
        assertThat(new Jvm(jdk, folder).cli("doctor", "1", "cpu=off").err()).contains("A PID stands alone");
    }
}
