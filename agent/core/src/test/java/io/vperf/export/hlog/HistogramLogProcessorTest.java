package io.vperf.export.hlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vperf.export.RunHeader;
import io.vperf.export.Snapshots;
import io.vperf.record.IntervalSnapshot;
import io.vperf.report.JsonReport;
import io.vperf.report.RunSummary;
import io.vperf.report.Runs;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HdrHistogram's own tool, run for real, says of a log and tag what the report says. */
class HistogramLogProcessorTest {

    /** Of its table of intervals, by the report's keys. */
    private static final Map<String, String> COLUMNS = Map.of(
            "p50", "Total_50%", "p90", "Total_90%", "p99", "Total_99%", "p999", "Total_99.9%", "max", "Total_Max");

    private final Path temp;

    HistogramLogProcessorTest(@TempDir Path temp) {
        this.temp = temp;
    }

    @Test
    void shouldSayTheSameAsTheReport() throws IOException, InterruptedException {
        Path file = temp.resolve("a.hlog");
        Random random = new Random(7);
        HlogEncoder encoder = new HlogEncoder(Snapshots.header());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(encoder.header());
        for (int i = 0; i < 5; i++) {
            Histogram wall = new Histogram(2);
            wall.setAutoResize(true);
            for (int call = 0; call < 1_000 * (i + 1); call++) {
                wall.recordValue((long) (50_000 * Math.exp(2 * random.nextGaussian())));
            }
            long startMs = Snapshots.STARTED_MS + 5_000L * i;
            bytes.write(encoder.interval(new IntervalSnapshot(
                    startMs, startMs + 5_000, List.of(HlogText.wallOf("shop.Order.pay", wall)), null, Map.of())));
        }
        Files.write(file, bytes.toByteArray());

        Map<String, String> processed = processed(file, "wall:shop.Order.pay");
        JsonObject reported = reported(file);
        assertThat(processed.get("Total_Count")).isEqualTo("15000");
        assertThat(reported.get("count").getAsLong()).isEqualTo(15_000);
        COLUMNS.forEach((key, column) -> assertThat(
                        String.format(Locale.ROOT, "%.3f", reported.get(key).getAsLong() / 1e6))
                .as(key)
                .isEqualTo(processed.get(column)));
    }

    private static JsonObject reported(Path file) throws IOException {
        RunSummary run = new RunSummary(null);
        HlogReader.read(file, new HlogReader.Visitor() {
            @Override
            public void run(RunHeader header) {
                // of no interest
            }

            @Override
            public void interval(IntervalSnapshot snapshot) {
                run.accept(snapshot);
            }

            @Override
            public void end(long endMs) {
                // of no interest
            }

            @Override
            public void trouble(Path where, long lineNumber, String what) {
                throw new AssertionError(what);
            }
        });
        String json = JsonReport.of(new Runs(List.of(new Runs.Run(run, List.of(file)))), List.of());
        return JsonParser.parseString(json)
                .getAsJsonObject()
                .getAsJsonArray("methods")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("timesNs")
                .getAsJsonObject("wall");
    }

    /** The last line of its table, over all intervals, in milliseconds with three decimals, by columns. */
    private Map<String, String> processed(Path file, String tag) throws IOException, InterruptedException {
        Path out = temp.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        HistogramLogProcessor.class.getName(),
                        "-i",
                        file.toString(),
                        "-tag",
                        tag,
                        "-o",
                        out.toString(),
                        "-outputValueUnitRatio",
                        "1000000.0",
                        "-csv")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        List<String> table = Files.readAllLines(out).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        List<String> names = List.of(table.get(0).replace("\"", "").split(",", -1));
        String[] values = table.get(table.size() - 1).split(",", -1);
        Map<String, String> last = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            last.put(names.get(i), values[i]);
        }
        return last;
    }

    private static String classPath() {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.contains("HdrHistogram")) {
                return entry;
            }
        }
        throw new AssertionError("HdrHistogram is not on the class path");
    }
}
