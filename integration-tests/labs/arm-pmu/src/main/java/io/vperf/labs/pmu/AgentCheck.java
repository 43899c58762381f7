package io.vperf.labs.pmu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds what dumps of {@link KnownCalls} say of its calls against what they do, and one dump against the other. */
public final class AgentCheck {

    private static final int INSTRUCTIONS_AN_ITERATION = 2;
    private static final double ONE_PERCENT = 0.01;

    private static final Pattern METHOD =
            Pattern.compile("\"kind\":\"method\",\"name\":\"[^\"]*loop(\\d+)\\(\\)\",\"calls\":(\\d+)");
    private static final Pattern COUNTER =
            Pattern.compile("\\{\"name\":\"([^\"]+)\",\"calls\":(\\d+),\"estimatedCalls\":(\\d+),\"sum\":(\\d+)");

    private final Checks checks = new Checks();
    private final Set<String> counters = new TreeSet<>();

    /** By counter and iterations: calls, estimates, sum. */
    private record Dump(String name, Map<String, long[]> totals) {

        double mean(String counter, long iterations) {
            long[] total = totals.getOrDefault(counter + " " + iterations, new long[3]);
            return (double) total[2] / total[0];
        }

        /** Without what a call of one iteration has, the probe's own among it. */
        double net(String counter, long iterations) {
            return mean(counter, iterations) - mean(counter, 1);
        }
    }

    private AgentCheck() {}

    public static void main(String[] args) throws IOException {
        AgentCheck check = new AgentCheck();
        List<Dump> dumps = new ArrayList<>();
        for (String file : args) {
            dumps.add(check.read(Path.of(file)));
        }
        dumps.forEach(check::scale);
        for (int i = 1; i < dumps.size(); i++) {
            check.agree(dumps.get(0), dumps.get(i));
        }
        System.exit(check.checks.failed() == 0 && !dumps.isEmpty() ? 0 : 1);
    }

    private Dump read(Path file) throws IOException {
        Map<String, long[]> totals = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            Matcher method = METHOD.matcher(line);
            if (!method.find()) {
                continue;
            }
            Matcher counter = COUNTER.matcher(line);
            while (counter.find()) {
                counters.add(counter.group(1));
                long[] total = totals.computeIfAbsent(counter.group(1) + " " + method.group(1), key -> new long[3]);
                for (int i = 0; i < total.length; i++) {
                    total[i] += Long.parseLong(counter.group(i + 2));
                }
            }
        }
        return new Dump(file.getFileName().toString(), totals);
    }

    private void scale(Dump dump) {
        Checks.say("== %s", dump.name());
        for (String counter : counters) {
            Checks.say("  a call of one iteration: %.0f %s", dump.mean(counter, 1), counter);
        }
        for (long iterations : new long[] {10_000, 100_000, 1_000_000}) {
            double expected = (double) INSTRUCTIONS_AN_ITERATION * (iterations - 1);
            double found = dump.net("instructions", iterations);
            checks.that(
                    Math.abs(found / expected - 1) <= ONE_PERCENT,
                    "%,9d iterations: %,.0f instructions a call beside those (%+.3f %%)",
                    iterations,
                    found,
                    100 * (found / expected - 1));
        }
    }

    private void agree(Dump one, Dump other) {
        Checks.say("== %s and %s", one.name(), other.name());
        for (String counter : counters) {
            double a = one.net(counter, 1_000_000);
            double b = other.net(counter, 1_000_000);
            checks.that(
                    Math.abs(a / b - 1) <= ONE_PERCENT, "%s of a million iterations: %,.0f and %,.0f", counter, a, b);
        }
    }
}
