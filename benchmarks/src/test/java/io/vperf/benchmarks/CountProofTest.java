package io.vperf.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vperf.benchmarks.calls.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CountProofTest {

    private final Path folder;

    CountProofTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldAcceptAsManyCallsAsWereMade() throws Exception {
        leave("12");

        assertThat(new CountProof().check(new Trial(folder, 12, 0))).isEqualTo("all 12 calls");
    }

    @Test
    void shouldRefuseOneCallLess() throws IOException {
        leave("11");

        assertThatThrownBy(() -> new CountProof().check(new Trial(folder, 12, 0)))
                .isInstanceOf(UnprovenException.class)
                .hasMessage("11 calls measured of 12");
    }

    @Test
    void shouldRefuseNoCallsAtAll() throws IOException {
        leave("0");

        assertThatThrownBy(() -> new CountProof().check(new Trial(folder, 0, 0)))
                .isInstanceOf(UnprovenException.class);
    }

    @Test
    void shouldRefuseAPeerThatLeftNothing() {
        assertThatThrownBy(() -> new CountProof().check(new Trial(folder, 12, 0)))
                .isInstanceOf(UnprovenException.class)
                .hasMessageContaining("no count");
    }

    private void leave(String count) throws IOException {
        Files.writeString(Count.file(folder), count);
    }
}
