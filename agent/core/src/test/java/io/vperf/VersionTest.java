package io.vperf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void shouldBeWhatTheBuildWrote() {
        assertThat(Version.current()).matches("\\d+\\.\\d+.*");
    }
}
