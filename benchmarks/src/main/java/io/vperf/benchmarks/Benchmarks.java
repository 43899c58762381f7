package io.vperf.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs all rows once a round, prints the table and leaves it in a file. Arguments are JMH's: with any, only JMH's rows are
 * run, and of these the ones whose id the arguments' patterns find; {@code -f} is the number of rounds.
 */
public final class Benchmarks {

    private final Settings settings;
    private final Results results = new Results();

    private Benchmarks(Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] args) throws CommandLineOptionException, IOException {
        Settings settings = Settings.read();
        Collection<String> ids = new CommandLineOptions(args).getIncludes();
        // JMH would add them to what each row includes.
        CommandLineOptions jmh = new CommandLineOptions(
                Arrays.stream(args).filter(arg -> !ids.contains(arg)).toArray(String[]::new));
        List<Row> rows = new ArrayList<>(new Rows(settings, jmh).calls());
        rows.addAll(new RecorderRows(settings, jmh).calls());
        rows.removeIf(row -> !ids.isEmpty()
                && ids.stream()
                        .noneMatch(p -> Pattern.compile(p).matcher(row.id()).find()));
        if (args.length == 0) {
            rows.addAll(new ProcessRows(settings).all());
            rows.addAll(new RecorderRows(settings, jmh).memory());
        }
        rows.removeIf(row -> !settings.rows().matcher(row.id()).find());
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no row has an id like that");
        }
        Benchmarks benchmarks = new Benchmarks(settings);
        benchmarks.run(rows, jmh.getForkCount().orElse(settings.rounds()));
        benchmarks.print();
        System.exit(benchmarks.results.failures().isEmpty() ? 0 : 1);
    }

    private void run(List<Row> rows, int rounds) throws IOException {
        for (int round = 1; round <= rounds; round++) {
            int passes = rows.stream().mapToInt(Row::passes).max().orElse(1);
            for (int pass = 1; pass <= passes; pass++) {
                for (Row row : rows) {
                    if (row.passes() >= pass && !results.hasFailed(row.id())) {
                        run(row, round, pass);
                    }
                }
            }
        }
    }

    private void run(Row row, int round, int pass) throws IOException {
        String trial = row.id() + "-" + round + "-" + pass;
        Path folder = settings.trials()
                .resolve(Runtime.version().feature() + "-"
                        + ProcessHandle.current().pid());
        folder = Files.createDirectories(folder.resolve(trial));
        try {
            Sample sample = row.run(folder);
            results.add(row.id(), sample);
            sample.metrics()
                    .forEach((metric, value) ->
                            System.out.println(trial + ": " + Figure.number(value) + " " + metric.unit()));
        } catch (UnprovenException e) {
            results.fail(row.id(), e.getMessage() + "; see " + folder);
            System.out.println(trial + ": FAILED: " + e.getMessage());
        }
    }

    private void print() throws IOException {
        String title = String.format(
                "vperf on %s %s, %s %s, %d vCPUs",
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors());
        String table = new Table(results).print(title);
        Path file =
                settings.target().resolve("benchmarks-jdk" + Runtime.version().feature() + ".md");
        Files.writeString(file, table);
        System.out.println();
        System.out.println(table);
        System.out.println("in " + file);
    }
}
