package io.vperf.config;

import org.jspecify.annotations.Nullable;

/** A duration or a size between two limits, both included, and perhaps 0 with a meaning of its own. */
final class QuantityValue implements ValueType<Long> {

    private final UnitScale scale;
    private final long min;
    private final long max;
    private final @Nullable String zeroMeans;

    private QuantityValue(UnitScale scale, long min, long max, @Nullable String zeroMeans) {
        this.scale = scale;
        this.min = min;
        this.max = max;
        this.zeroMeans = zeroMeans;
    }

    /** A duration; limits in nanoseconds. */
    static QuantityValue duration(long minNs, long maxNs) {
        return new QuantityValue(UnitScale.TIME, minNs, maxNs, null);
    }

    /** A duration that may also be 0, with or without a unit. */
    static QuantityValue durationOrZero(long minNs, long maxNs, String zeroMeans) {
        return new QuantityValue(UnitScale.TIME, minNs, maxNs, zeroMeans);
    }

    /** A size; limits in bytes. */
    static QuantityValue size(long minBytes, long maxBytes) {
        return new QuantityValue(UnitScale.SIZE, minBytes, maxBytes, null);
    }

    /** A size that may also be 0, with or without a unit. */
    static QuantityValue sizeOrZero(long minBytes, long maxBytes, String zeroMeans) {
        return new QuantityValue(UnitScale.SIZE, minBytes, maxBytes, zeroMeans);
    }

    @Override
    public Long parse(String text) throws WrongValueException {
        if (zeroMeans != null && text.equals("0")) {
            return 0L;
        }
        long amount = scale.parse(text);
        if (amount == 0 && zeroMeans != null) {
            return 0L;
        }
        if (amount < min) {
            throw new WrongValueException("below the minimum");
        }
        if (amount > max) {
            throw new WrongValueException("above the maximum");
        }
        return amount;
    }

    @Override
    public String placeholder() {
        return scale.placeholder();
    }

    @Override
    public String accepted() {
        String range = scale.format(min) + " to " + scale.format(max);
        return zeroMeans == null ? range : range + ", or 0 for " + zeroMeans;
    }
}
