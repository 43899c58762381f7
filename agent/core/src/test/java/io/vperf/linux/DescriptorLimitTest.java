package io.vperf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorLimitTest {

    @Test
    void shouldTakeAQuarterOfTheDescriptors(@TempDir Path root) throws Exception {
        Path limits = Files.createDirectories(root.resolve("proc/self")).resolve("limits");
        assertThat(DescriptorLimit.of(root)).isEqualTo(256);
        Files.writeString(limits, "Max open files            1024                 4096                 files\n");
        assertThat(DescriptorLimit.of(root)).isEqualTo(256);
        Files.writeString(limits, "Max open files            8000                 8000                 files\n");
        assertThat(DescriptorLimit.of(root)).isEqualTo(2_000);
        Files.writeString(limits, "Max open files            1048576              1048576              files\n");
        assertThat(DescriptorLimit.of(root)).isEqualTo(16_384);
        Files.writeString(limits, "Max open files            unlimited            unlimited            files\n");
        assertThat(DescriptorLimit.of(root)).isEqualTo(16_384);
        Files.writeString(limits, "Max open files            ????                 9                    files\n");
        assertThat(DescriptorLimit.of(root)).isEqualTo(256);
    }
}
