package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterDeltaTest {

    private static final int AT = 2;
    private static final int EVENT = 1;

    /** A reading of two events, the second of which is looked at, behind two words that are not its. */
    private static long[] reading(boolean byPage, long value, long enabledNs, long runningNs) {
        return new long[] {-7, -7, 123, 1, byPage ? 2 : 1, -5, -5, -5, value, enabledNs, runningNs};
    }

    @ParameterizedTest
    @CsvSource({
        // by page?   enabled  running | by page?  enabled  running | of 1000 counted
        "false,  500,  500, false,  900,  900, 1000, false", // never off the processor
        "true,   500,  500, true,   500,  500, 1000, false", // no switch in between: the page has the same times
        "true,   500,  500, true,   900,  900, 1000, false",
        "true,   500,  500, false,  900,  900, 1000, false",
        "false,  500,  400, false,  900,  800, 1000, false", // was off before the call only
        "true,   500,  400, true,   900,  800, 1000, false",
        "false,  500,  400, false,  900,  600, 2000, true", // half of the time
        "true,   500,  400, true,   900,  600, 2000, true",
        "false,  500,  500, false,  900,  600, 4000, true",
        "false,  500,  400, false,  800,  500, 3000, true",
        "true,   500,  500, true,   900,  600,   -1, true", // the entry's times are older than the call
        "true,   500,  500, false,  900,  600,   -1, true",
        "false,  500,  400, false,  900,  400,   -1, true", // not on the processor at all
        "true,   500,  400, true,   900,  901, 1000, false", // a nanosecond's rounding
    })
    void shouldScaleWhatWasCountedForAPartOfTheTime(
            boolean pageAtEntry,
            long enabled,
            long running,
            boolean pageAtExit,
            long enabledAtExit,
            long runningAtExit,
            long count,
            boolean scaled) {
        long[] entry = reading(pageAtEntry, 70, enabled, running);
        long[] exit = reading(pageAtExit, 1070, enabledAtExit, runningAtExit);

        assertThat(CounterDelta.count(entry, AT, exit, AT, EVENT)).isEqualTo(count);
        assertThat(CounterDelta.isScaled(entry, AT, exit, AT, EVENT)).isEqualTo(scaled);
    }

    @Test
    void shouldRefuseACounterThatRunsBackwards() {
        long[] entry = reading(true, 71, 500, 500);
        long[] exit = reading(true, 70, 900, 900);

        assertThat(CounterDelta.count(entry, AT, exit, AT, EVENT)).isEqualTo(CounterDelta.NOT_COUNTED);
    }

    @Test
    void shouldFindEachPartOfAReading() {
        long[] reading = reading(true, 70, 500, 400);

        assertThat(CounterReading.words(2)).isEqualTo(reading.length - AT);
        assertThat(CounterReading.wallNs(reading, AT)).isEqualTo(123);
        assertThat(CounterReading.vcpu(reading, AT)).isEqualTo(1);
        assertThat(CounterReading.isByPage(reading, AT, 0)).isFalse();
        assertThat(CounterReading.isByPage(reading, AT, EVENT)).isTrue();
        assertThat(CounterReading.value(reading, AT, EVENT)).isEqualTo(70);
        assertThat(CounterReading.enabledNs(reading, AT, EVENT)).isEqualTo(500);
        assertThat(CounterReading.runningNs(reading, AT, EVENT)).isEqualTo(400);
    }
}
