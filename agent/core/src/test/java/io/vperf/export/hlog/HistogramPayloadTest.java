package io.vperf.export.hlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.junit.jupiter.api.Test;

class HistogramPayloadTest {

    private static byte[] packed(Histogram h) {
        ByteBuffer bytes = ByteBuffer.allocate(h.getNeededByteBufferCapacity());
        int length = h.encodeIntoCompressedByteBuffer(bytes);
        return Arrays.copyOf(bytes.array(), length);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Property(tries = 200)
    void shouldReadWhatHdrHistogramWrites(
            @ForAll @Size(max = 30) List<@LongRange(min = 0, max = 1L << 61) Long> values,
            @ForAll @LongRange(min = 1, max = 1L << 33) long count)
            throws DataFormatException {
        Histogram written = new Histogram(2);
        values.forEach(value -> written.recordValueWithCount(value, count));
        try (HistogramPayload payload = new HistogramPayload()) {
            assertThat(payload.decode(base64(packed(written)))).isEqualTo(written);
        }
    }

    @Test
    void shouldReadPackedOnesAndManyInARow() throws DataFormatException {
        PackedHistogram written = new PackedHistogram(2);
        try (HistogramPayload payload = new HistogramPayload()) {
            for (long value = 1; value < 1L << 40; value *= 3) {
                written.recordValue(value);
                ByteBuffer bytes = ByteBuffer.allocate(written.getNeededByteBufferCapacity());
                int length = written.encodeIntoCompressedByteBuffer(bytes);
                assertThat(payload.decode(base64(Arrays.copyOf(bytes.array(), length))))
                        .isEqualTo(written);
            }
        }
    }

    /** Zlib's checksum is over all that is packed. */
    @Test
    void shouldNotBelieveAnyFlippedBit() {
        Histogram written = new Histogram(2);
        for (int i = 1; i < 50; i++) {
            written.recordValueWithCount(1_000L * i * i, i);
        }
        byte[] bytes = packed(written);
        try (HistogramPayload payload = new HistogramPayload()) {
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                byte[] damaged = bytes.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                try {
                    // What is left of some bits has no meaning: the length of words, and how zlib packed.
                    assertThat(payload.decode(base64(damaged))).as("bit " + bit).isEqualTo(written);
                } catch (DataFormatException e) {
                    assertThat(e).isNotNull();
                }
            }
        }
    }

    @Test
    void shouldRefuseOtherDigits() {
        Histogram other = new Histogram(3);
        other.recordValue(1);
        try (HistogramPayload payload = new HistogramPayload()) {
            assertThatThrownBy(() -> payload.decode(base64(packed(other)))).isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void shouldRefuseWhatIsCutShort() {
        Histogram written = new Histogram(2);
        written.recordValue(77);
        byte[] bytes = packed(written);
        try (HistogramPayload payload = new HistogramPayload()) {
            for (int length = 0; length < bytes.length; length++) {
                String cut = base64(Arrays.copyOf(bytes, length));
                assertThatThrownBy(() -> payload.decode(cut)).isInstanceOf(DataFormatException.class);
            }
        }
    }
}
