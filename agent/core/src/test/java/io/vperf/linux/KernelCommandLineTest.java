package io.vperf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelCommandLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOOT_IMAGE=/vmlinuz-6.1 root=/dev/vda1 ro no-steal-acc quiet\n",
                "no-steal-acc",
                "ro no_steal_acc",
                "ro no-steal-acc=1 quiet",
                "ro \"no-steal-acc\"",
                "dyndbg=\"file a.c +p\" no-steal-acc -- init"
            })
    void shouldFindAParameterAsTheKernelWould(String line) {
        assertThat(KernelCommandLine.parse(line).has("no-steal-acc")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ro quiet",
                "no-steal-accounting",
                "x=no-steal-acc",
                "dyndbg=\"no-steal-acc +p\"",
                "console=ttyS0 rdinit=/init -- no-steal-acc"
            })
    void shouldNotFindWhatTheKernelWouldNot(String line) {
        assertThat(KernelCommandLine.parse(line).has("no-steal-acc")).isFalse();
    }

    @Test
    void shouldBearAnOpenQuote() {
        assertThat(KernelCommandLine.parse("ro x=\"a no-steal-acc").has("ro")).isTrue();
    }
}
