package io.vperf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProcStatParserPropertyTest {

    @Property
    void shouldReportOnlyNumbersThatStandInTheText(@ForAll("statLikeTexts") byte[] text, @ForAll boolean atEnd) {
        CpuTicks ticks = new CpuTicks();
        ProcStatParser.Outcome outcome = new ProcStatParser().parse(text, text.length, atEnd, ticks);

        assertThat(ticks.good()).isEqualTo(outcome == ProcStatParser.Outcome.GOOD);
        if (ticks.good()) {
            assertThat(numbersIn(text)).containsAll(numbersOf(ticks));
        }
    }

    private static Set<BigInteger> numbersIn(byte[] text) {
        Set<BigInteger> numbers = new HashSet<>();
        Matcher digits = Pattern.compile("[0-9]+").matcher(new String(text, StandardCharsets.ISO_8859_1));
        while (digits.find()) {
            numbers.add(new BigInteger(digits.group()));
        }
        return numbers;
    }

    private static Set<BigInteger> numbersOf(CpuTicks ticks) {
        Set<BigInteger> numbers = new HashSet<>();
        for (int cpu = 0; cpu < ticks.limit(); cpu++) {
            if (ticks.present(cpu)) {
                numbers.add(BigInteger.valueOf(cpu));
                for (CpuColumn column : CpuColumn.values()) {
                    if (column != CpuColumn.STEAL || ticks.stealKnown()) {
                        numbers.add(BigInteger.valueOf(ticks.ticks(cpu, column)));
                    }
                }
            }
        }
        return numbers;
    }

    /** Noise; texts of the right alphabet; and true ones with one byte changed or the end cut off. */
    @Provide
    Arbitrary<byte[]> statLikeTexts() {
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<byte[]> alphabet = Arbitraries.strings()
                .withChars("cpu0123456789 \nintr-")
                .ofMaxLength(200)
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> changed = Combinators.combine(
                        Arbitraries.of(
                                FakeRoot.fixture("stat-2.6.10-no-steal.txt"),
                                FakeRoot.fixture("stat-6.1-offline-gap.txt"),
                                FakeRoot.stat(20)),
                        Arbitraries.integers().between(0, 2000),
                        Arbitraries.bytes(),
                        Arbitraries.integers().between(0, 3000))
                .as((text, at, value, length) -> {
                    byte[] bytes =
                            text.substring(0, Math.min(length, text.length())).getBytes(StandardCharsets.UTF_8);
                    if (at < bytes.length) {
                        bytes[at] = value;
                    }
                    return bytes;
                });
        return Arbitraries.oneOf(noise, alphabet, changed);
    }
}
