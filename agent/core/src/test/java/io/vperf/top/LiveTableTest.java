package io.vperf.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveTableTest {

    private static final long END_MS = 1_790_000_000_000L;

    private static Row row(String name, Map<Column, Double> values) {
        return new Row(name, values.isEmpty() ? Map.of() : new EnumMap<>(values), EnumSet.noneOf(Column.class));
    }

    private static final Row FAST =
            row("a.Fast.call()", Map.of(Column.TOTAL, 2e6, Column.P99, 3e3, Column.CALLS, 5.25));
    private static final Row SLOW =
            row("a.Slow.call(int,int)", Map.of(Column.TOTAL, 1e9, Column.P99, 3e3, Column.CALLS, 12_345.6));
    private static final Row UNKNOWN = row("a.Unknown.call()", Map.of());

    private static Figures figures(Row... rows) {
        return new Figures(7, "measuring", false, END_MS - 10_000, END_MS, 10_000L, "", List.of(rows));
    }

    private static List<String> names(LiveTable table, Figures figures, Order order) {
        return table.text(figures, order, END_MS).stream()
                .skip(LiveTable.HEAD)
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }

    @Test
    void shouldShowEveryColumnWhereNothingLimitsIt() {
        List<String> text = new LiveTable(null, 10)
                .text(figures(FAST, SLOW, UNKNOWN), new Order(Column.TOTAL, false), END_MS + 3_210);
        assertThat(text)
                .containsExactly(
                        "vperf top: process 7, measuring, 3 methods by total",
                        "in the interval of 10.0 s that ended 3.2 s ago, one ends every 10.0 s",
                        "",
                        "method                     calls/s     *total        p50        p99        max   p50 corr   p99 corr"
                                + "   max corr        cpu     stolen    running      delay    blocked",
                        "a.Slow.call(int,int)        12,346     1.00 s          -    3.00 us          -          -          -"
                                + "          -          -          -          -          -          -",
                        "a.Fast.call()                  5.3    2.00 ms          -    3.00 us          -          -          -"
                                + "          -          -          -          -          -          -",
                        "a.Unknown.call()                 -          -          -          -          -          -          -"
                                + "          -          -          -          -          -          -");
    }

    @Test
    void shouldSortUnknownLastWhicheverWayAndTiesByName() {
        LiveTable table = new LiveTable(null, 10);
        Figures figures = figures(UNKNOWN, SLOW, FAST);
        assertThat(names(table, figures, new Order(Column.TOTAL, false)))
                .containsExactly("a.Slow.call(int,int)", "a.Fast.call()", "a.Unknown.call()");
        assertThat(names(table, figures, new Order(Column.TOTAL, true)))
                .containsExactly("a.Fast.call()", "a.Slow.call(int,int)", "a.Unknown.call()");
        assertThat(names(table, figures, new Order(Column.P99, true)))
                .as("the same p99")
                .containsExactly("a.Fast.call()", "a.Slow.call(int,int)", "a.Unknown.call()");
        assertThat(names(table, figures, new Order(Column.METHOD, true)))
                .containsExactly("a.Unknown.call()", "a.Slow.call(int,int)", "a.Fast.call()");
    }

    @Test
    void shouldChooseAmongTheColumnsThatAreShown() {
        List<Column> shown = new LiveTable(60, 10).shown();
        assertThat(shown).containsExactly(Column.METHOD, Column.CALLS, Column.TOTAL, Column.P99);
        Order order = new Order(Column.P99, true);
        assertThat(order.next(shown, 1)).isEqualTo(new Order(Column.METHOD, true));
        assertThat(order.next(shown, -1)).isEqualTo(new Order(Column.TOTAL, true));
        assertThat(new Order(Column.BLOCKED, false).next(shown, 1))
                .as("one that is not shown any more")
                .isEqualTo(new Order(Column.METHOD, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 24, 40, 60, 80, 100, 200})
    void shouldFitAnyWidth(int width) {
        Row longest = row("com.acme.shop.orders.internal.OrderServiceImplementation.place(com.acme.Cart)", Map.of());
        List<String> text =
                new LiveTable(width, 10).text(figures(FAST, longest), new Order(Column.TOTAL, false), END_MS);
        assertThat(text).hasSize(6).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    }

    @Test
    void shouldCutArgumentsBeforePackages() {
        Row longest = row("com.acme.shop.OrderService.place(com.acme.Cart,int) [completion]", Map.of());
        Order order = new Order(Column.TOTAL, false);
        assertThat(new LiveTable(90, 10).text(figures(longest), order, END_MS).get(4))
                .startsWith("…e.place(…) [completion] ");
        assertThat(new LiveTable(130, 10).text(figures(longest), order, END_MS).get(4))
                .startsWith("…rService.place(…) [completion] ");
        assertThat(new LiveTable(null, 10).text(figures(longest), order, END_MS).get(4))
                .startsWith("com.acme.shop.OrderService.place(com.acme.Cart,int) [completion] ");
    }

    @Test
    void shouldSayWhatIsBelow() {
        List<String> text = new LiveTable(null, 1).text(figures(FAST, SLOW), new Order(Column.CALLS, true), END_MS);
        assertThat(text).hasSize(LiveTable.HEAD + 1);
        assertThat(text.get(0))
                .isEqualTo("vperf top: process 7, measuring, 2 methods by calls/s, smallest first, 1 of them below");
    }

    @Test
    void shouldSayWhatTheFiguresCover() {
        Order order = new Order(Column.TOTAL, false);
        LiveTable table = new LiveTable(null, 10);
        Figures none = new Figures(7, "waiting", false, null, null, 10_000L, "", List.of());
        assertThat(table.text(none, order, END_MS).get(1))
                .isEqualTo("no interval has ended yet, one ends every 10.0 s; java -jar vperf.jar dump 7 ends one");
        Figures all = new Figures(7, "measuring", true, END_MS - 90_000, END_MS, null, "", List.of());
        assertThat(table.text(all, order, END_MS + 120_000).get(1))
                .isEqualTo("since 2026-09-21 14:11:50.000Z, up to the interval that ended 120 s ago");
        Figures odd = new Figures(
                7, "off: \u001b[2J", false, END_MS - 1_000, END_MS, null, "measuring was suspended in it", List.of());
        assertThat(table.text(odd, order, END_MS - 50))
                .as("a clock that was set back, and words that a terminal would obey")
                .startsWith(
                        "vperf top: process 7, off: ?[2J, 0 methods by total",
                        "in the interval of 1.0 s that ended 0.0 s ago; measuring was suspended in it");
    }

    @Test
    void shouldMarkWhatIsDoubtful() {
        Row doubtful =
                new Row("m", new EnumMap<>(Map.of(Column.STOLEN, 0.0125, Column.CPU, 1e6)), Set.of(Column.STOLEN));
        String line = new LiveTable(null, 10)
                .text(figures(doubtful), new Order(Column.TOTAL, false), END_MS)
                .get(4);
        assertThat(line).contains(" 1.25 %? ", " 1.00 ms ");
    }
}
