package io.vperf.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vperf.linux.ProcStatParser.Outcome;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcStatParserTest {

    private final CpuTicks ticks = new CpuTicks();

    private Outcome parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new ProcStatParser().parse(bytes, bytes.length, true, ticks);
    }

    @Test
    void shouldReadEachColumnOfACapturedFile() {
        assertThat(parse(FakeRoot.fixture("stat-6.18-kvm-2-vcpus.txt"))).isEqualTo(Outcome.GOOD);

        String line =
                FakeRoot.fixture("stat-6.18-kvm-2-vcpus.txt").lines().toList().get(2);
        String[] fields = line.split(" ", -1);
        assertThat(fields[0]).isEqualTo("cpu1");
        for (CpuColumn column : CpuColumn.values()) {
            assertThat(ticks.ticks(1, column)).isEqualTo(Long.parseLong(fields[1 + column.index]));
        }
        assertThat(ticks.limit()).isEqualTo(2);
    }

    @Test
    void shouldSayThatStealIsNotKnownWithoutItsColumn() {
        assertThat(parse(FakeRoot.fixture("stat-2.6.10-no-steal.txt"))).isEqualTo(Outcome.GOOD);

        assertThat(ticks.stealKnown()).isFalse();
        assertThat(ticks.anySteal()).isFalse();
        assertThat(ticks.ticks(1, CpuColumn.SOFTIRQ)).isEqualTo(203);
        assertThatThrownBy(() -> ticks.ticks(1, CpuColumn.STEAL)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldLeaveGapsForOfflineVcpus() {
        assertThat(parse(FakeRoot.fixture("stat-6.1-offline-gap.txt"))).isEqualTo(Outcome.GOOD);

        assertThat(ticks.limit()).isEqualTo(6);
        assertThat(ticks.presentCount()).isEqualTo(3);
        assertThat(ticks.present(1)).isFalse();
        assertThat(ticks.ticks(5, CpuColumn.STEAL)).isEqualTo(32);
        assertThatThrownBy(() -> ticks.ticks(1, CpuColumn.USER)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldForgetAVcpuThatWentOffline() {
        parse(FakeRoot.stat(4));
        parse(FakeRoot.fixture("stat-6.18-kvm-2-vcpus.txt"));

        assertThat(ticks.present(2)).isFalse();
        assertThat(ticks.limit()).isEqualTo(2);
    }

    @Test
    void shouldTellAZeroStealFromAPositiveOne() {
        parse(FakeRoot.fixture("stat-5.15-lxcfs-2-of-16.txt"));
        assertThat(ticks.anySteal()).isFalse();

        parse(FakeRoot.fixture("stat-6.1-offline-gap.txt"));
        assertThat(ticks.anySteal()).isTrue();
    }

    @Test
    void shouldTakeTheEndOfTheFileAsTheEndOfTheLines() {
        assertThat(parse("cpu  1 2 3 4 5 6 7 8\ncpu0 1 2 3 4 5 6 7 8\n")).isEqualTo(Outcome.GOOD);
    }

    @Test
    void shouldAskForMoreWhereTheTextIsCut() {
        byte[] text = FakeRoot.stat(2).getBytes(StandardCharsets.UTF_8);
        int section = FakeRoot.stat(2).indexOf("intr");
        for (int length = 0; length <= section; length++) {
            assertThat(new ProcStatParser().parse(text, length, false, ticks)).isEqualTo(Outcome.CUT);
            assertThat(ticks.good()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "cpu",
                "intr 1 2 3\n",
                "cpu  1 2 3 4 5 6 7 8\nintr 1\n",
                "cpu0 1 2 3 4 5 6\nintr 1\n",
                "cpu0 1 2 3 4 5 6 7 8",
                "cpu0 1 2 3 4 5 6 7 -8\nintr 1\n",
                "cpu0 1 2 3 4 5 6 7 8x\nintr 1\n",
                "cpu0 1 2 3 4 5 6 7  8\nintr 1\n",
                "cpu0 1 2 3 4 5 6 7 99999999999999999999\nintr 1\n",
                "cpu0 1 2 3 4 5 6 7 8\ncpu0 1 2 3 4 5 6 7 8\nintr 1\n",
                "cpu0 1 2 3 4 5 6 7 8\ncpu1 1 2 3 4 5 6 7\nintr 1\n",
                "cpu8192 1 2 3 4 5 6 7 8\nintr 1\n",
                "cpux 1 2 3 4 5 6 7 8\nintr 1\n",
                "cpu0\r\nintr 1\n"
            })
    void shouldRefuseBadTextAndSayWhy(String text) {
        parse(FakeRoot.stat(2));

        assertThat(parse(text)).isEqualTo(Outcome.BAD);
        assertThat(ticks.good()).isFalse();
        assertThat(ticks.failure()).isNotBlank();
        assertThatThrownBy(() -> ticks.ticks(0, CpuColumn.USER)).isInstanceOf(IllegalStateException.class);
    }
}
