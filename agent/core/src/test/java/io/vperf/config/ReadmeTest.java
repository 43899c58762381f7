package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    /** Two folders up from this module, where Maven runs its tests. */
    private static final Path README = Path.of("..", "..", "README.md");

    @Test
    void shouldListEveryOptionAsTheHelpDoes() throws IOException {
        assertThat(Files.readString(README)).contains(Help.markdown().strip());
    }
}
