package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

    @Test
    void shouldReadThePropertiesFormat() {
        Reading reading = Reading.of("config=f").file("f", "# comment\nkeep : 3\ndump = a\\\n  b\n");

        assertThat(reading.options().dump()).isEqualTo(new Output.ToFile("ab"));
    }

    @Test
    void shouldTakeQuotesAndCommasAsTheyAre() {
        assertThat(Reading.of("config=f").file("f", "dump='a,b'").options().dump())
                .isEqualTo(new Output.ToFile("'a,b'"));
    }

    @Test
    void shouldPassOverAByteOrderMark() {
        assertThat(Reading.of("config=f").file("f", "\uFEFFkeep=3").options().keepFiles())
                .isEqualTo(3);
    }

    @Test
    void shouldReadUtf8() {
        assertThat(Reading.of("config=f").file("f", "dump=größe").options().dump())
                .isEqualTo(new Output.ToFile("größe"));
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        assertThat(Reading.of("config=f")
                        .file("f", "dump=größe".getBytes(StandardCharsets.ISO_8859_1))
                        .errors())
                .containsExactly("config file 'f': cannot be read, byte 8 is not UTF-8"
                        + " (accepted: a readable java.util.Properties file in UTF-8)");
    }

    @Test
    void shouldRefuseAMalformedEscape() {
        assertThat(Reading.of("config=f").file("f", "dump=\\u12").errors())
                .singleElement()
                .asString()
                .contains("Malformed \\uxxxx encoding");
    }

    @Test
    void shouldRefuseAKeyGivenTwice() {
        assertThat(Reading.of("config=f").file("f", "keep=3\nkeep=4").errors())
                .containsExactly("config file 'f', keep='4': given twice, first as '3', remove one");
    }

    @Test
    void shouldRefuseAnotherConfigFile() {
        assertThat(Reading.of("config=f").file("f", "config=g").errors())
                .containsExactly(
                        "config file 'f', config='g': a config file cannot name another one, remove this line");
    }

    @Test
    void shouldTellThatTheFileIsMissing() {
        assertThat(Reading.of("config=/nowhere").errors())
                .singleElement()
                .asString()
                .startsWith("config file '/nowhere': cannot be read, no such file (");
    }

    @Test
    void shouldReadFromDisk(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("vperf.properties"), "keep=7");

        Parsed parsed = fromDisk(file.toString());

        assertThat(((Parsed.Ok) parsed).options().keepFiles()).isEqualTo(7);
    }

    @Test
    void shouldTellThatTheFileIsAFolder(@TempDir Path folder) {
        Parsed parsed = fromDisk(folder.toString());

        assertThat(((Parsed.Wrong) parsed).errors()).singleElement().asString().contains("Is a directory");
    }

    @Test
    void shouldNotSwallowAHugeFile(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("heap.hprof"), new byte[(1 << 20) + 1]);

        Parsed parsed = fromDisk(file.toString());

        assertThat(((Parsed.Wrong) parsed).errors()).singleElement().asString().contains("larger than 1MB");
    }

    private static Parsed fromDisk(String path) {
        return new ConfigReader(Map.of("vperf.config", path), Map.of(), new DiskReader()).read(null);
    }
}
