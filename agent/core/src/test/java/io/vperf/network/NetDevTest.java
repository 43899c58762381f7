package io.vperf.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetDevTest {

    private static final String HEAD = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            """;

    @Test
    void shouldGiveEachColumnItsName() {
        Map<String, Map<String, Long>> read = NetDev.parse(HEAD + "  eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n");

        Map<String, Long> expected = new LinkedHashMap<>();
        expected.put("rx.bytes", 1L);
        expected.put("rx.packets", 2L);
        expected.put("rx.errors", 3L);
        expected.put("rx.dropped", 4L);
        expected.put("rx.fifo", 5L);
        expected.put("rx.frame", 6L);
        expected.put("rx.compressed", 7L);
        expected.put("rx.multicast", 8L);
        expected.put("tx.bytes", 9L);
        expected.put("tx.packets", 10L);
        expected.put("tx.errors", 11L);
        expected.put("tx.dropped", 12L);
        expected.put("tx.fifo", 13L);
        expected.put("tx.colls", 14L);
        expected.put("tx.carrier", 15L);
        expected.put("tx.compressed", 16L);
        assertThat(read).containsExactly(Map.entry("eth0", expected));
    }

    /** Kernels before 2.6.37 wrote "%6s:%8lu": without a space where the number is long. */
    @Test
    void shouldReadANumberThatTouchesTheName() {
        assertThat(NetDev.parse(HEAD + "  eth0:1234567890 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"))
                .hasEntrySatisfying("eth0", counters -> assertThat(counters).containsEntry("rx.bytes", 1234567890L));
    }

    @Test
    void shouldReadTheLargestNumberAsUnsigned() {
        assertThat(NetDev.parse("a: 18446744073709551615 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n")
                        .get("a"))
                .containsEntry("rx.bytes", -1L);
    }

    @Test
    void shouldLeaveOutLinesOfAnotherForm() {
        assertThat(NetDev.parse(HEAD
                        + "short: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n"
                        + "long: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\n"
                        + "minus: -1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                        + "plus: +1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                        + "large: 18446744073709551616 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                        + "arabic: \u0661 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                        + "..: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                        + "a/b: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                        + "sixteenlettersab: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                        + ": 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"))
                .isEmpty();
    }

    @Test
    void shouldNotBelieveALineWithoutItsEnd() {
        assertThat(NetDev.parse("a: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16")).isEmpty();
    }
}
