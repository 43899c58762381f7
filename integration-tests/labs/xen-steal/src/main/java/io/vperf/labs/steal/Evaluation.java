package io.vperf.labs.steal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the tables of what the guests recorded. Arguments: the folder with their results, KERNEL/BOOT/STEAL-BURST, and the one
 * for {@code cells.csv} and {@code cells.md}.
 */
public final class Evaluation {

    private static final List<String> METHODS = List.of("long", "short");

    private Evaluation() {}

    public static void main(String[] args) throws IOException {
        List<Row> rows = rows(cells(Path.of(args[0])));
        if (rows.isEmpty()) {
            throw new IOException(args[0] + " holds no cell to compare: run.sh makes them");
        }
        Path to = Files.createDirectories(Path.of(args[1]));
        List<String> csv = new ArrayList<>(List.of(Row.CSV_HEAD));
        rows.stream().map(Row::csv).forEach(csv::add);
        Files.write(to.resolve("cells.csv"), csv);
        Files.writeString(to.resolve("cells.md"), Report.of(rows));
    }

    /** Those that came to their end. */
    static List<Cell> cells(Path results) throws IOException {
        try (Stream<Path> folders = Files.find(results, 3, (path, file) -> file.isDirectory())) {
            return folders.filter(folder -> Files.exists(folder.resolve("counters.csv")))
                    .map(Cell::of)
                    .sorted()
                    .toList();
        }
    }

    static List<Row> rows(List<Cell> cells) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Cell cell : cells) {
            Optional<Cell> quiet = cells.stream()
                    .filter(other -> other.withoutSteal() && other.kernel().equals(cell.kernel()))
                    .findFirst();
            if (quiet.isEmpty() && !cell.kernel().excludes()) {
                System.err.println(cell.folder() + " is left out: there is no cell without steal to compare it with");
                continue;
            }
            for (String method : METHODS) {
                rows.add(Row.of(cell, method, quiet.orElse(cell)));
            }
        }
        return rows;
    }
}
