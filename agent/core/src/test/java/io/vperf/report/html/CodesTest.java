package io.vperf.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CodesTest {

    /** As codes.js does. */
    private static double decoded(char code) {
        return code == 1 ? 0 : Math.exp((code - 2) / 1400.0);
    }

    @Property
    void shouldKeepAValueWithinItsPrecision(@ForAll @LongRange(min = 1) long value) {
        assertThat(decoded(Codes.of(value))).isCloseTo((double) value, Percentage.withPercentage(0.04));
    }

    @Test
    void shouldTellZeroFromOneAndFromUnknown() {
        assertThat(decoded(Codes.of(0))).isZero();
        assertThat(Codes.of(0)).isNotEqualTo(Codes.UNKNOWN).isLessThan(Codes.of(1));
        assertThat(decoded(Codes.of(2))).isCloseTo(2, Percentage.withPercentage(0.04));
    }

    @Test
    void shouldWriteLittleEndian() {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(Codes.text(new char[] {1, 0x1234})))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.asCharBuffer().toString().toCharArray()).containsExactly((char) 1, (char) 0x1234);
    }
}
