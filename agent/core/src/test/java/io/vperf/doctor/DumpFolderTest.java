package io.vperf.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.config.ConfigReader;
import io.vperf.config.Parsed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpFolderTest {

    private static Finding examine(String dump) {
        Parsed parsed = ConfigReader.ofThisProcess().read("dump='" + dump + "'");
        return DumpFolder.examine(((Parsed.Ok) parsed).options(), "box");
    }

    @Test
    void shouldFindAFolderThatCanBeWritten(@TempDir Path folder) {
        assertThat(examine(folder + "/vperf-%h-%p.hlog"))
                .isEqualTo(Finding.ok("dump folder", folder + " can be written"));
        assertThat(examine("x%p.hlog").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void shouldSayThatThereIsNone(@TempDir Path folder) throws Exception {
        assertThat(examine(folder + "/none/a.hlog").detail()).isEqualTo(folder + "/none is no folder");
        Files.writeString(folder.resolve("file"), "");
        assertThat(examine(folder + "/file/a.hlog").verdict()).isEqualTo(Verdict.IMPOSSIBLE);
    }

    @Test
    void shouldSayThatDumpsAreOff() {
        Parsed parsed = ConfigReader.ofThisProcess().read("dump=off");
        assertThat(DumpFolder.examine(((Parsed.Ok) parsed).options(), "box").verdict())
                .isEqualTo(Verdict.LIMITED);
    }
}
