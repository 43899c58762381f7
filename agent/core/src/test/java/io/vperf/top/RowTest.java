package io.vperf.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowTest {

    private static final String[] PART = {"key", "value"};

    /** A Map as JMX shows it. */
    private static TabularDataSupport parts(Map<String, Long> parts) throws OpenDataException {
        CompositeType entry =
                new CompositeType("part", "part", PART, PART, new OpenType<?>[] {SimpleType.STRING, SimpleType.LONG});
        TabularDataSupport table =
                new TabularDataSupport(new TabularType("parts", "parts", entry, new String[] {"key"}));
        for (Map.Entry<String, Long> part : parts.entrySet()) {
            table.put(new CompositeDataSupport(entry, PART, new Object[] {part.getKey(), part.getValue()}));
        }
        return table;
    }

    private static CompositeData method(Map<String, ?> figures, @Nullable TabularDataSupport parts)
            throws OpenDataException {
        Map<String, Object> values = new TreeMap<>(figures);
        values.put("name", "m()");
        if (parts != null) {
            values.put("partsNs", parts);
        }
        String[] names = values.keySet().toArray(String[]::new);
        List<OpenType<?>> types = new ArrayList<>();
        for (Object value : values.values()) {
            types.add(type(value));
        }
        return new CompositeDataSupport(
                new CompositeType("m", "m", names, names, types.toArray(OpenType<?>[]::new)), values);
    }

    private static OpenType<?> type(Object value) throws OpenDataException {
        if (value instanceof TabularDataSupport table) {
            return table.getTabularType();
        }
        if (value instanceof String[]) {
            return ArrayType.getArrayType(SimpleType.STRING);
        }
        return value instanceof Long ? SimpleType.LONG : SimpleType.STRING;
    }

    @Test
    void shouldTakeSharesOfWallTimeAndRates() throws OpenDataException {
        Row row = Row.of(
                method(
                        Map.of(
                                "calls", 50L,
                                "wallNs", 2_000L,
                                "p99Ns", 70L,
                                "correctedP99Ns", 60L,
                                "cpuNs", 900L,
                                "cpuUnknownCalls", 0L,
                                "stolenNs", 500L,
                                "stolenBoundNs", 400L),
                        parts(Map.of(
                                "running",
                                900L,
                                "stolen",
                                500L,
                                "runDelay",
                                400L,
                                "throttled",
                                100L,
                                "monitor",
                                100L))),
                10.0);
        assertThat(row.values())
                .containsOnly(
                        Map.entry(Column.CALLS, 5.0),
                        Map.entry(Column.TOTAL, 2_000.0),
                        Map.entry(Column.P99, 70.0),
                        Map.entry(Column.CORRECTED_P99, 60.0),
                        Map.entry(Column.CPU, 900.0),
                        Map.entry(Column.STOLEN, 0.25),
                        Map.entry(Column.RUNNING, 0.45),
                        Map.entry(Column.DELAY, 0.25),
                        Map.entry(Column.BLOCKED, 0.05));
        assertThat(row.doubtful()).isEmpty();
    }

    /** Of a method none of whose calls was measured, and of a vperf that tells no parts. */
    @Test
    void shouldKnowNothingOfWhatIsNotTold() throws OpenDataException {
        Row row = Row.of(method(Map.of("calls", 50L), null), null);
        assertThat(row.name()).isEqualTo("m()");
        assertThat(row.values()).isEmpty();
        assertThat(row.text(Column.STOLEN)).isEqualTo("- ");
    }

    @Test
    void shouldDoubtWhatTheOtherJvmDoubts() throws OpenDataException {
        Row row = Row.of(
                method(
                        Map.of(
                                "correctedP50Ns", 5L,
                                "correctedP99Ns", 9L,
                                "uncertain", new String[] {"correctedP99Ns", "correctedP999Ns"}),
                        null),
                1.0);
        assertThat(row.text(Column.CORRECTED_P50)).isEqualTo("5 ns ");
        assertThat(row.text(Column.CORRECTED_P99)).isEqualTo("9 ns?");
    }

    @Test
    void shouldDoubtSumsThatLackCallsAndBoundsAboveTheFigure() throws OpenDataException {
        Row row = Row.of(
                method(
                        Map.of(
                                "wallNs", 1_000L,
                                "cpuNs", 10L,
                                "cpuUnknownCalls", 3L,
                                "stolenNs", 5L,
                                "stolenBoundNs", 20L),
                        parts(Map.of("runningOrStolen", 1_000L))),
                1.0);
        assertThat(row.doubtful()).containsExactlyInAnyOrder(Column.CPU, Column.STOLEN, Column.RUNNING);
        assertThat(row.text(Column.RUNNING)).isEqualTo("100.00 %?");
    }
}
