package io.vperf.labs.steal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountersTest {

    @Test
    void shouldTakeTheDifferenceOnTheVcpuThatWorked(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("counters.csv");
        Files.write(
                file,
                List.of(
                        "method,interval,when,counter",
                        "long,1,before,thread java/70 1000 500 3",
                        "long,1,before,cpu  9 9 9 9 9 9 9 9 0 0",
                        "long,1,before,cpu0 1 2 3 4 5 6 7 8 0 0",
                        "long,1,before,cpu1 0 0 0 0 0 0 0 0 0 0",
                        "long,1,before,nanotime 100",
                        "long,1,after,cpu  99 9 9 9 9 9 9 99 0 0",
                        "long,1,after,cpu0 11 2 4 4 5 6 9 28 0 0",
                        "long,1,after,cpu1 90 0 0 0 0 0 0 90 0 0",
                        "long,1,after,nanotime 900",
                        "long,1,after,thread java/70 2000 750 9",
                        "long,1,after,thread vperf-sampler/86 7 7 7",
                        "long,2,before,cpu0 0 0 0 0 0 0 0 30 0 0",
                        "long,2,before,nanotime 1000",
                        "long,2,after,cpu0 0 0 0 0 0 0 0 31 0 0",
                        "long,2,after,nanotime 1100",
                        "long,0,after,cpu0 77 0 0 0 0 0 0 77 0 0",
                        "short,1,after,cpu0 99 0 0 0 0 0 0 99 0 0"));
        assertThat(Counters.read(file, "long", Set.of(0))).isEqualTo(new Counters(900, 210_000_000, 130_000_000, 250));
    }

    @Test
    void shouldRefuseAFileThatLacksThem(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("counters.csv");
        Files.write(file, List.of("method,interval,when,counter"));
        assertThatThrownBy(() -> Counters.read(file, "long", Set.of())).hasMessageContaining("before and after long");
    }
}
