package io.vperf.labs.steal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountersTest {

    @Test
    void shouldTakeTheDifferenceOnTheVcpuThatWorked(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("counters.csv");
        Files.write(
                file,
                List.of(
                        "method,when,counter",
                        "long,before,thread java/70 1000 500 3",
                        "long,before,cpu  9 9 9 9 9 9 9 9 0 0",
                        "long,before,cpu0 1 2 3 4 5 6 7 8 0 0",
                        "long,before,cpu1 0 0 0 0 0 0 0 0 0 0",
                        "long,before,nanotime 100",
                        "long,after,cpu  99 9 9 9 9 9 9 99 0 0",
                        "long,after,cpu0 11 2 4 4 5 6 9 28 0 0",
                        "long,after,cpu1 90 0 0 0 0 0 0 90 0 0",
                        "long,after,nanotime 900",
                        "long,after,thread java/70 2000 750 9",
                        "long,after,thread vperf-sampler/86 7 7 7",
                        "short,after,cpu0 99 0 0 0 0 0 0 99 0 0"));
        assertThat(Counters.read(file, "long")).isEqualTo(new Counters(800, 200_000_000, 130_000_000, 250));
    }

    @Test
    void shouldRefuseAFileThatLacksThem(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("counters.csv");
        Files.write(file, List.of("method,when,counter"));
        assertThatThrownBy(() -> Counters.read(file, "long")).hasMessageContaining("before and after long");
    }
}
