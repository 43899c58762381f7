package io.vperf.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.linux.FakeRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No content of a file makes a reader throw or report what is not in it. */
class NetworkPropertyTest {

    @Property
    void shouldReportOnlyInterfacesAndNumbersOfTheText(@ForAll("tables") String text) {
        NetDev.parse(text).forEach((name, counters) -> {
            assertThat(text).contains(name);
            assertThat(counters).hasSize(16);
            counters.values().forEach(n -> assertThat(text).contains(Long.toUnsignedString(n)));
        });
    }

    /** What is told of a counter fits to its two readings, modulo what it can hold. */
    @Property
    void shouldTellOnlyDifferencesThatLeadFromOneReadingToTheOther(
            @ForAll("totals") long before, @ForAll("totals") long now) {
        Map<String, Long> grown = Deltas.between(Map.of("a", before), Map.of("a", now));
        if (grown != null) {
            long delta = Objects.requireNonNull(grown.get("a"));
            long off = before + delta - now;
            assertThat(delta).isBetween(0L, 1L << 60);
            assertThat(off).isIn(0L, 1L << 32);
        }
    }

    @Property(tries = 300)
    void shouldReportOnlyNumbersOfACardsFiles(
            @ForAll("numbers") String state, @ForAll("numbers") String words, @ForAll("numbers") String plain) {
        inFolder(folder -> {
            new FakeRoot(folder)
                    .with("sys/class/infiniband/mlx5_0/ports/1/state", state)
                    .with("sys/class/infiniband/mlx5_0/ports/1/counters/port_rcv_data", words)
                    .with("sys/class/infiniband/mlx5_0/ports/1/hw_counters/out_of_buffer", plain);
            new InfiniBandPorts(folder).read().forEach((port, counters) -> {
                assertThat(port).isEqualTo("mlx5_0/1");
                assertThat(state).startsWith("4:");
                counters.forEach((name, n) -> {
                    if (name.equals("port_rcv_data_bytes")) {
                        assertThat(words).contains(Long.toUnsignedString(n / 4));
                    } else {
                        assertThat(plain).contains(Long.toUnsignedString(n));
                    }
                });
            });
        });
    }

    @Property(tries = 300)
    void shouldBearAnyTreeTwice(@ForAll("tables") String first, @ForAll("tables") String second) {
        inFolder(folder -> {
            FakeRoot root = new FakeRoot(folder).with("proc/net/dev", first).with("sys/class/net/eth0/ifindex", first);
            Network network = new Network(folder);
            root.with("proc/net/dev", second).with("sys/class/net/eth0/device/uevent", second);
            NetworkInterval interval = network.take();

            assertThat(interval.isWhole()).isTrue();
            interval.interfaces().forEach(link -> assertThat(second).contains(link.name()));
            interval.still().forEach(name -> assertThat(first).contains(name));
        });
    }

    private static void inFolder(Consumer<Path> test) {
        try {
            Path folder = Files.createTempDirectory("vperf-network");
            try {
                test.accept(folder);
            } finally {
                try (var all = Files.walk(folder)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Provide
    Arbitrary<Long> totals() {
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(0, 1L << 33),
                Arbitraries.of(0L, 1L, (1L << 32) - 1, 1L << 32, 3L << 30, -1L, Long.MIN_VALUE));
    }

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30),
                Arbitraries.of("4: ACTIVE\n", "4:\n", "1: DOWN\n", "N/A (no PMA)\n", "", "\n", "4294967295\n", "-1\n"),
                Arbitraries.longs().map(n -> Long.toUnsignedString(n) + "\n"));
    }

    /** Lines that are nearly, and now and then wholly, as the kernel's. */
    @Provide
    Arbitrary<String> tables() {
        Arbitrary<String> name = Arbitraries.oneOf(
                Arbitraries.of("lo", "eth0", "bond0.7", "..", "a b", "", "\0", "é", "sixteenlettersab"),
                Arbitraries.strings().ofMaxLength(16));
        Arbitrary<String> number = Arbitraries.oneOf(
                numbers().map(String::strip), Arbitraries.integers().map(String::valueOf));
        Arbitrary<String> numbers = number.list().ofMinSize(15).ofMaxSize(17).map(words -> String.join(" ", words));
        Arbitrary<String> good = Arbitraries.longs()
                .list()
                .ofSize(16)
                .map(all -> String.join(
                        " ", all.stream().map(Long::toUnsignedString).toList()));
        Arbitrary<String> line = Combinators.combine(name, Arbitraries.oneOf(numbers, good), Arbitraries.of("\n", ""))
                .as((n, values, end) -> n + ": " + values + end);
        Arbitrary<List<String>> lines = line.list().ofMaxSize(4);
        return Arbitraries.oneOf(lines.map(all -> String.join("", all)), Arbitraries.strings());
    }
}
