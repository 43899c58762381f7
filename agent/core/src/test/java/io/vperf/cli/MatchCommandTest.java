package io.vperf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchCommandTest {

    /** The classes of the core itself: an application like any other. */
    private static final String CLASSES = classes();

    private final Path temp;

    MatchCommandTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private static String classes() {
        try {
            return Path.of(Cli.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldListWhatWouldBeMeasured() {
        CliRun result = CliRun.of("match", "io.vperf.cli.Cli#r*(String[])", CLASSES);

        assertThat(result.status()).describedAs(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("io.vperf.cli.Cli#run(java.lang.String[])"
                        + System.lineSeparator().replace("\r", ""))
                .contains("methods to be measured: 1, of classes: 1; left out: 0; classes read: ");
    }

    @Test
    void shouldSayWhyMethodsAreLeftOut() {
        CliRun result = CliRun.of("match", "--verbose", "io.vperf.cli.Cli", CLASSES, "exclude=Cli#*");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("io.vperf.cli.Cli#run(java.lang.String[])  by io.vperf.cli.Cli: excluded by Cli#*")
                .contains("io.vperf.cli.Cli#<init>()  by io.vperf.cli.Cli: constructor");
    }

    @Test
    void shouldPrintJson() {
        CliRun result = CliRun.of(
                "match", "--json", "io.vperf.cli.Cli#run(String[]);io.vperf.cli.Specs#of", CLASSES, "max-matched=1");
        JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();

        assertThat(json.get("measured").getAsInt()).isEqualTo(2);
        assertThat(json.getAsJsonArray("methods"))
                .anySatisfy(method -> assertThat(
                                method.getAsJsonObject().get("reportedAs").getAsString())
                        .isEqualTo("io.vperf.cli.Cli.run(java.lang.String[])"));
    }

    @Test
    void shouldWarnOfPatternsThatBringTooMuch() {
        CliRun result = CliRun.of("match", "io.vperf.cli.**", CLASSES, "max-matched=3");

        assertThat(result.status()).isZero();
        assertThat(result.err())
                .contains("the pattern 'io.vperf.cli.**' brings ", "more than max-matched=3", "narrow it");
    }

    @Test
    void shouldTakeAClassPath() throws IOException {
        Files.createDirectory(temp.resolve("lib"));
        String path = temp.resolve("lib") + "/*" + File.pathSeparator + CLASSES;

        assertThat(CliRun.of("match", "io.vperf.cli.Cli", path).status()).isZero();
    }

    @Test
    void shouldEndWithOneWhereNothingMatchesOrCanBeRead() {
        CliRun nothing = CliRun.of("match", "no.such.**", CLASSES);
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.out()).contains("methods to be measured: 0, of classes: 0;");
        assertThat(nothing.err()).contains("vperf: the pattern 'no.such.**' brings no method");
        CliRun one = CliRun.of("match", "no.such.**;io.vperf.cli.Cli", CLASSES);
        assertThat(one.status()).isZero();
        assertThat(one.err().lines()).singleElement().asString().contains("'no.such.**' brings no method");
        CliRun missing = CliRun.of(
                "match", "io.vperf.cli.Cli", CLASSES, temp.resolve("none.jar").toString());
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("vperf: cannot read ", "none.jar: no such file");
    }

    @Test
    void shouldRefuseWrongUsage() {
        assertThat(CliRun.of("match").status()).isEqualTo(2);
        assertThat(CliRun.of("match", "a.**").status()).isEqualTo(2);
        CliRun wrong = CliRun.of("match", "a..b;c#", CLASSES);
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err())
                .startsWith("vperf: agent argument include='a..b;c#': pattern 'a..b', character 2: ")
                .contains("pattern 'c#', character 3: ", "java -jar vperf.jar match --help");
        assertThat(CliRun.of("match", "", CLASSES).err()).contains("The pattern is empty");
        assertThat(CliRun.of("match", "a.B", "trivial=on").err()).contains("Missing the application");
        assertThat(CliRun.of("match", "a.B", CLASSES, "trivial=maybe").status()).isEqualTo(2);
    }

    /** Annotations begin with what picocli takes for a file of arguments. */
    @Test
    void shouldTakeAnAnnotationForAPattern() {
        CliRun result = CliRun.of("match", "@picocli.CommandLine$Command#call", CLASSES);

        assertThat(result.status()).describedAs(result.err()).isZero();
        assertThat(result.out()).contains("io.vperf.cli.DoctorCommand#call()");
    }
}
