package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the tests written in C: as they are, under the sanitizers, and for aarch64 in an emulator. */
class CTest {

    private static final int SKIPPED = 77;

    @ParameterizedTest(name = "{1}, {0}")
    @CsvSource({
        "plain, version",
        "plain, cpuid",
        "plain, tsc",
        "plain, thread",
        "plain, page",
        "plain, counters",
        "plain, pmc_raw",
        "plain, work",
        "sanitized, version",
        "sanitized, cpuid",
        "sanitized, tsc",
        "sanitized, thread",
        "sanitized, page",
        "sanitized, counters",
        "sanitized, pmc_raw",
        "sanitized, work",
        "aarch64, version",
        "aarch64, cpuid",
        "aarch64, tsc",
        "aarch64, thread",
        "aarch64, page",
        "aarch64, counters",
        "aarch64, pmc_raw",
        "aarch64, work"
    })
    void shouldPass(String variant, String test) throws Exception {
        Command.Result result = Command.run("sh", "src/test/sh/run-c-test.sh", variant, test, "target/c-tests");

        assumeFalse(result.status() == SKIPPED, () -> "C tests, " + variant + ": " + result.lastLine());
        assertThat(result.status()).as(result.output()).isZero();
    }
}
