package io.vperf.config;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** A percentage between two limits, both included, or off; in millionths of the whole, 0 for off. */
final class PercentValue implements ValueType<Long> {

    /** Four decimals are a millionth. */
    private static final Pattern FORM = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,4})?%");

    private static final String OFF = "off";
    private static final int DECIMALS = 4;

    private final long minPpm;
    private final long maxPpm;

    PercentValue(long minPpm, long maxPpm) {
        this.minPpm = minPpm;
        this.maxPpm = maxPpm;
    }

    @Override
    public Long parse(String text) throws WrongValueException {
        if (text.equals(OFF)) {
            return 0L;
        }
        if (!FORM.matcher(text).matches()) {
            throw new WrongValueException("neither off nor a percentage such as 1% or 0.5%");
        }
        long ppm = new BigDecimal(text.substring(0, text.length() - 1))
                .movePointRight(DECIMALS)
                .longValueExact();
        if (ppm < minPpm) {
            throw new WrongValueException("below the minimum");
        }
        if (ppm > maxPpm) {
            throw new WrongValueException("above the maximum");
        }
        return ppm;
    }

    @Override
    public String placeholder() {
        return "PERCENT";
    }

    @Override
    public String accepted() {
        return format(minPpm) + " to " + format(maxPpm) + ", or " + OFF;
    }

    private static String format(long ppm) {
        return BigDecimal.valueOf(ppm, DECIMALS).stripTrailingZeros().toPlainString() + '%';
    }
}
