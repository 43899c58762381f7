package io.vperf.labs.steal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On results made up: 200 calls of 100 ms of work, of which a part of the wall time was stolen. */
class EvaluationTest {

    private static final int CALLS = 200;
    private static final long MS = 1_000_000;
    private static final long WORK_NS = 100 * MS;

    private final Path results;

    EvaluationTest(@TempDir Path results) {
        this.results = results;
    }

    @Test
    void shouldCompareWithCpuTimeWhereThatExcludesSteal() throws IOException {
        cell("pta/half/50-10", 200 * MS, 100 * MS, 100 * MS);
        Row row = rows().get(0);
        assertThat(row.reference()).isEqualTo(new Spread(100, 100));
        assertThat(row.median().bar()).isEqualTo(Verdict.Bar.MET);
        assertThat(row.p99().bar()).isEqualTo(Verdict.Bar.MET);
        assertThat(row.sum()).isEqualTo(new Verdict(0, Verdict.Bar.MET));
    }

    @Test
    void shouldCompareWithTheRunWithoutStealWhereCpuTimeIncludesIt() throws IOException {
        cell("debian/zero/0-0", 101 * MS, 101 * MS, 0);
        cell("debian/half/50-10", 200 * MS, 200 * MS, 100 * MS);
        Row row = rows().get(2);
        assertThat(row.cell().stealPercent()).isEqualTo(50);
        assertThat(row.reference()).isEqualTo(new Spread(101, 101));
    }

    @Test
    void shouldNotTrustCpuTimeThatHoldsSteal() throws IOException {
        cell("pta/zero/0-0", 101 * MS, 100 * MS, 0);
        cell("pta/half/50-10", 200 * MS, 110 * MS, 100 * MS);
        Row row = rows().get(2);
        assertThat(row.cpuHoldsSteal()).isTrue();
        assertThat(row.reference()).isEqualTo(new Spread(100, 100));
        assertThat(Report.of(rows())).contains("| 100.00 † |", "† Thread CPU time holds");
    }

    @Test
    void shouldLeaveOutWhatHasNothingToBeComparedWith() throws IOException {
        cell("debian/half/50-10", 200 * MS, 200 * MS, 100 * MS);
        assertThat(rows()).isEmpty();
    }

    @Test
    void shouldTellWhatMissedItsBar() throws IOException {
        cell("pta/half/50-10", 200 * MS, 100 * MS, 92 * MS);
        Row row = rows().get(0);
        assertThat(row.median().bar()).isEqualTo(Verdict.Bar.MISSED);
        assertThat(row.p99().bar()).isEqualTo(Verdict.Bar.MISSED);
        assertThat(row.sum()).hasToString("**-8.0 %**");
        assertThat(Report.of(rows())).contains("Bars met: median 0 of 2, p99 1 of 2, sum 0 of 2", "**-8.0 %**");
    }

    @Test
    void shouldNotJudgeMoreThanAHalf() throws IOException {
        cell("pta/most/75-3", 400 * MS, 100 * MS, 0);
        Row row = rows().get(0);
        assertThat(row.median().bar()).isEqualTo(Verdict.Bar.NONE);
        assertThat(row.sum()).hasToString("-100.0 %");
    }

    @Test
    void shouldWriteBothTables() throws IOException {
        cell("pta/half/50-10", 200 * MS, 100 * MS, 100 * MS);
        Path to = results.resolve("out");
        Evaluation.main(new String[] {results.toString(), to.toString()});
        assertThat(Files.readAllLines(to.resolve("cells.csv")))
                .hasSize(3)
                .allMatch(line -> line.split(",").length == Row.CSV_HEAD.split(",").length);
        assertThat(to.resolve("cells.md")).content().contains("| 50 % | 10 ms | 200 |");
    }

    /** What the kind was found out in: of its calls there is raw time only, and nothing of them counts. */
    @Test
    void shouldLeaveOutTheCallsOfATaintedInterval() throws IOException {
        cell("pta/half/50-10", 200 * MS, 100 * MS, 100 * MS);
        Path folder = results.resolve("pta/half/50-10");
        Path earlier = Files.createDirectories(results.resolve("not/a/cell/earlier"));
        interval(earlier, 0, 900 * MS, 800 * MS, 0, ",\"tainted\":\"the kind\"");
        for (String file : List.of("calls.csv", "counters.csv", "vperf.hlog")) {
            List<String> lines = new ArrayList<>(Files.readAllLines(earlier.resolve(file)));
            lines.addAll(Files.readAllLines(folder.resolve(file)));
            Files.write(folder.resolve(file), lines);
        }
        Row row = rows().get(0);
        assertThat(row.calls()).isEqualTo(CALLS);
        assertThat(row.raw().p99Ms()).isBetween(199.0, 201.0);
        assertThat(row.reference()).isEqualTo(new Spread(100, 100));
        assertThat(row.counterMs()).isEqualTo(CALLS * 100);
        assertThat(row.sum()).isEqualTo(new Verdict(0, Verdict.Bar.MET));
    }

    @Test
    void shouldRefuseToCompareDifferentCalls() throws IOException {
        cell("pta/half/50-10", 200 * MS, 100 * MS, 100 * MS);
        Files.writeString(results.resolve("pta/half/50-10/calls.csv"), "long,1,1,7,7\n", StandardOpenOption.APPEND);
        assertThatThrownBy(this::rows).hasMessageContaining("200 calls of long, and 201");
    }

    private List<Row> rows() throws IOException {
        return Evaluation.rows(Evaluation.cells(results));
    }

    /** Its counter holds all that was stolen, vperf's dump what it attributed. */
    private void cell(String name, long wallNs, long cpuNs, long attributedNs) throws IOException {
        interval(Files.createDirectories(results.resolve(name)), 1, wallNs, cpuNs, attributedNs, "");
    }

    private void interval(Path folder, int number, long wallNs, long cpuNs, long attributedNs, String taint)
            throws IOException {
        List<String> calls = new ArrayList<>(List.of("method,interval,factor,wall_ns,cpu_ns"));
        List<String> counters = new ArrayList<>(List.of("method,interval,when,counter"));
        List<String> json = new ArrayList<>(List.of("#vperf {\"kind\":\"run\",\"run\":{\"kernelKind\":\"told\","
                + "\"clocks\":{\"cpu\":\"rseq\"},\"steal\":\"Xen\"}}"));
        Path dump = folder.resolve("vperf.hlog");
        HistogramLogWriter writer = new HistogramLogWriter(dump.toFile());
        for (String method : List.of("long", "short")) {
            for (int i = 0; i < CALLS; i++) {
                calls.add(method + "," + number + ",1," + wallNs + "," + cpuNs);
            }
            long stolenTicks = CALLS * (wallNs - WORK_NS) / Counters.TICK_NS;
            counters.add(method + "," + number + ",before,cpu0 0 0 0 0 0 0 0 7 0 0");
            counters.add(method + "," + number + ",before,nanotime 0");
            counters.add(method + "," + number + ",after,cpu0 0 0 0 0 0 0 0 " + (7 + stolenTicks) + " 0 0");
            counters.add(method + "," + number + ",after,nanotime " + CALLS * wallNs);
            json.add("#vperf {\"kind\":\"method\",\"name\":\"" + method + "\",\"stolenNs\":" + CALLS * attributedNs
                    + ",\"boundNs\":1,\"uncorrectedCalls\":0}");
            write(writer, "wall:" + method, wallNs);
            write(writer, "corrected:" + method, wallNs - attributedNs);
        }
        writer.close();
        Files.write(folder.resolve("calls.csv"), calls);
        Files.write(folder.resolve("counters.csv"), counters);
        json.addAll(Files.readAllLines(dump));
        json.add("#vperf {\"kind\":\"interval\",\"health\":{\"clampedNegative\":2}" + taint + "}");
        Files.write(dump, json);
    }

    private static void write(HistogramLogWriter writer, String tag, long valueNs) {
        Histogram histogram = new Histogram(2);
        histogram.recordValueWithCount(valueNs, CALLS);
        histogram.setTag(tag);
        writer.outputIntervalHistogram(0, 1, histogram, MS);
    }
}
