package io.vperf.top;

import java.util.Comparator;
import java.util.List;

/**
 * How the rows are sorted: figures from the largest, names from A, or the other way round. What is unknown is below all that is known,
 * whichever way.
 */
public record Order(Column column, boolean reversed) {

    Order reverse() {
        return new Order(column, !reversed);
    }

    /** By the next column to the right, or left, of those that are shown; the last is followed by the first. */
    Order next(List<Column> shown, int step) {
        int at = Math.floorMod(shown.indexOf(column) + step, shown.size());
        return new Order(shown.get(at), reversed);
    }

    List<Row> sorted(List<Row> rows) {
        Comparator<Row> byName = Comparator.comparing(Row::name);
        Comparator<Row> order;
        if (column == Column.METHOD) {
            order = reversed ? byName.reversed() : byName;
        } else {
            Comparator<Double> values = reversed ? Comparator.naturalOrder() : Comparator.reverseOrder();
            order = Comparator.comparing((Row row) -> row.value(column), Comparator.nullsLast(values))
                    .thenComparing(byName);
        }
        return rows.stream().sorted(order).toList();
    }

    String told() {
        boolean name = column == Column.METHOD;
        return "by " + column.title() + (name ? reversed ? ", from Z" : "" : reversed ? ", smallest first" : "");
    }
}
