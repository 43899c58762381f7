package io.vperf.export.hlog;

import io.vperf.record.StoredHistogram;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.AbstractHistogram;

/**
 * Unpacks the last column of histogram lines: HdrHistogram's format V2, compressed and in Base64. HdrHistogram itself makes an inflater for
 * each, and a cell for each value up to the largest before it looks for those that are not empty, which takes ten times as long; a day has
 * millions of them. Used by one thread.
 */
final class HistogramPayload implements Closeable {

    private static final int COMPRESSED = 0x1c849304;
    private static final int PLAIN = 0x1c849303;

    /** Of a cookie; the rest is the length of words, which V2 has of any. */
    private static final int FORMAT = ~0xf0;

    private static final int HEAD_BYTES = 40;

    /** Counts that are written as one byte have seven bits. */
    private static final int BITS = 7;

    /** The last of nine bytes has eight bits. */
    private static final int MOST_BYTES = 9;

    /** One value more is not a long. */
    private static final int MOST_CELLS = 57 * 128;

    private static final int MOST_INFLATED = HEAD_BYTES + MOST_BYTES * MOST_CELLS;

    private final Inflater inflater = new Inflater();
    private byte[] inflated = new byte[1 << 12];

    /** @throws DataFormatException if it is damaged, or none of vperf's */
    AbstractHistogram decode(String base64) throws DataFormatException {
        ByteBuffer packed = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
        check(packed.remaining() > 8 && (packed.getInt() & FORMAT) == COMPRESSED);
        int length = packed.getInt();
        check(length > 0 && length <= packed.remaining());
        int size = inflate(packed.array(), packed.position(), length);
        ByteBuffer plain = ByteBuffer.wrap(inflated, 0, size);
        check(plain.remaining() >= HEAD_BYTES && (plain.getInt() & FORMAT) == PLAIN);
        check(plain.getInt() == plain.limit() - HEAD_BYTES); // length of the counts
        check(plain.getInt() == 0); // no shift of cells
        check(plain.getInt() == StoredHistogram.DIGITS);
        check(plain.getLong() == 1); // smallest value that can be told from 0
        plain.getLong(); // largest: as many cells as there are counts will do
        check(plain.getDouble() == 1); // each value is what it says
        return counts(plain);
    }

    private int inflate(byte[] packed, int from, int length) throws DataFormatException {
        inflater.reset();
        inflater.setInput(packed, from, length);
        int size = 0;
        while (!inflater.finished()) {
            if (size == inflated.length) {
                check(size < MOST_INFLATED);
                inflated = Arrays.copyOf(inflated, 2 * size);
            }
            int more = inflater.inflate(inflated, size, inflated.length - size);
            check(more > 0 || inflater.finished());
            size += more;
        }
        return size;
    }

    /** A number below 0 is a row of so many empty cells; one alone is a 0. */
    private static AbstractHistogram counts(ByteBuffer plain) throws DataFormatException {
        int[] indexes = new int[plain.remaining()];
        long[] counts = new long[plain.remaining()];
        int cells = 0;
        long index = 0;
        while (plain.hasRemaining()) {
            long count = number(plain);
            if (count <= 0) {
                check(count >= -MOST_CELLS && index < MOST_CELLS);
                index += Math.max(1, -count);
            } else {
                check(index < MOST_CELLS);
                indexes[cells] = (int) index++;
                counts[cells++] = count;
            }
        }
        return StoredHistogram.of(Arrays.copyOf(indexes, cells), Arrays.copyOf(counts, cells));
    }

    /** ZigZag, seven bits a byte, the lowest first. */
    private static long number(ByteBuffer plain) throws DataFormatException {
        long bits = 0;
        for (int i = 0; i < MOST_BYTES; i++) {
            check(plain.hasRemaining());
            byte next = plain.get();
            boolean last = i == MOST_BYTES - 1;
            bits |= (last ? next & 0xFFL : next & 0x7FL) << (BITS * i);
            if (last || next >= 0) {
                break;
            }
        }
        return (bits >>> 1) ^ -(bits & 1);
    }

    private static void check(boolean is) throws DataFormatException {
        if (!is) {
            throw new DataFormatException("no histogram of format V2 with " + StoredHistogram.DIGITS + " digits");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
