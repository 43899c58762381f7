package io.vperf.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.FakeRoot;
import io.vperf.shim.Capability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrottleFileTest {

    private final FakeRoot root;

    ThrottleFileTest(@TempDir Path temp) {
        root = new FakeRoot(temp);
    }

    @Test
    void shouldSeeWhatChanges() {
        root.with("cpu.stat", "nr_periods 3\nnr_throttled 2\nthrottled_time 1234567\n");
        try (ThrottleFile file = new ThrottleFile(root.path())) {
            assertThat(file.failure()).isEqualTo("no sample was taken");
            assertThat(file.sample()).isTrue();
            assertThat(file.failure()).isNull();
            assertThat(file.throttledNs()).isEqualTo(1_234_567);

            root.with("cpu.stat", "usage_usec 9\nnr_periods 4\nnr_throttled 3\nthrottled_usec 1300\n");
            assertThat(file.sample()).isTrue();
            assertThat(file.periods()).isEqualTo(4);
            assertThat(file.throttledPeriods()).isEqualTo(3);
            assertThat(file.throttledNs()).isEqualTo(1_300_000);
        }
    }

    @Test
    void shouldComeBackWhenTheFileDoes() {
        try (ThrottleFile file = new ThrottleFile(root.path())) {
            assertThat(file.read()).isInstanceOf(Capability.Unavailable.class);
            root.with("cpu.stat", "nr_periods 0\nnr_throttled 0\nthrottled_time 0\n");
            assertThat(file.read()).isEqualTo(Capability.available(new Throttling(0, 0, 0)));
        }
    }

    @Test
    void shouldNotTakeMissingCountersForZero() {
        for (String text : new String[] {
            "",
            "usage_usec 1\n",
            "nr_periods 1\nnr_throttled 1\n",
            "nr_periods 1\nnr_throttled 1\nthrottled_time 12",
            "nr_periods 1\nnr_throttled 1\nthrottled_time -1\n",
            "nr_periods 1\nnr_throttled 1\nthrottled_time \n",
            "nr_periods 1\nnr_throttled 1\nthrottled_usec 9223372036854775807\n",
            "nr_periods 1\nnr_throttled x\nthrottled_time 12\n"
        }) {
            root.with("cpu.stat", text);
            try (ThrottleFile file = new ThrottleFile(root.path())) {
                assertThat(file.read()).as(text).isInstanceOf(Capability.Unavailable.class);
            }
        }
    }

    @Test
    void shouldNotWaitForThePipeThatAFileMayBe() throws Exception {
        Path pipe = root.path().resolve("cpu.stat");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (ThrottleFile file = new ThrottleFile(root.path())) {
            assertThat(file.sample()).isFalse();
            assertThat(file.failure()).contains("not a regular file");
        }
    }

    @Test
    void shouldNotReadBehindItsBuffer() {
        root.with("cpu.stat", "x".repeat(5000) + "\nnr_periods 0\nnr_throttled 0\nthrottled_time 0\n");
        try (ThrottleFile file = new ThrottleFile(root.path())) {
            assertThat(file.sample()).isFalse();
        }
    }

    @Test
    void shouldFailAfterItWasClosed() {
        root.with("cpu.stat", "nr_periods 0\nnr_throttled 0\nthrottled_time 0\n");
        ThrottleFile file = new ThrottleFile(root.path());
        file.sample();
        file.close();

        assertThat(file.sample()).isFalse();
        assertThat(file.failure()).contains("it was closed");
    }
}
