package io.vperf.labs.steal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallsTest {

    @Test
    void shouldTakeTheSmallestValueThatSoManyPercentAreNotAbove() {
        long[] sorted = LongStream.rangeClosed(1, 200).toArray();
        assertThat(Calls.percentile(sorted, 50)).isEqualTo(100);
        assertThat(Calls.percentile(sorted, 99)).isEqualTo(198);
        assertThat(Calls.percentile(sorted, 0)).isEqualTo(1);
        assertThat(Calls.percentile(sorted, 100)).isEqualTo(200);
    }

    @Test
    void shouldReadTheCallsOfOneMethodThatCountAndSortThem(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("calls.csv");
        Files.write(
                file,
                List.of(
                        "method,interval,factor,wall_ns,cpu_ns",
                        "short,1,1,7,5",
                        "long,1,1,9,9",
                        "short,2,10,3,6",
                        "short,0,1,8,8"));
        Calls calls = Calls.read(file, "short", Set.of(0));
        assertThat(calls.count()).isEqualTo(2);
        assertThat(calls.wall()).isEqualTo(Spread.ofNs(3, 7));
        assertThat(calls.cpu()).isEqualTo(Spread.ofNs(5, 6));
        assertThatThrownBy(() -> Calls.read(file, "none", Set.of())).hasMessageContaining("no call of none");
    }
}
