package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrometheusIT {

    private static final String APP = "io.vperf.it.apps.Scraped";
    private static final int CALLS = 400;
    private static final String OPTIONS = "http=0,interval=200ms,dump=a.hlog,report=off";
    private static final Pattern TOLD = Pattern.compile("metrics at http://127\\.0\\.0\\.1:(\\d+)/metrics");
    private static final double NS_PER_S = 1e9;
    private static final double[] QUANTILES = {0.1, 0.5, 0.9, 0.99};

    /** Each classic bucket ends at twice where it begins. */
    private static final double CLASSIC_BUCKET = 2;

    /** Of schema 4, which the times of this test can come to. */
    private static final double NATIVE_BUCKET = Math.pow(2, 1.0 / 16);

    private static int port(Path folder) {
        try {
            Matcher told = TOLD.matcher(Files.readString(folder.resolve("stderr")));
            return told.find() ? Integer.parseInt(told.group(1)) : -1;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** A JVM whose calls are all in its metrics. */
    private static Process worked(Jvm jvm, Path folder) {
        Process process = jvm.agent(OPTIONS).start(APP, String.valueOf(CALLS));
        jvm.await(process, "stdout", "worked");
        jvm.await(process, "the port told", () -> port(folder) > 0);
        jvm.await(process, "all calls in the metrics", () -> {
            try {
                return get(port(folder), "/metrics")
                        .body()
                        .contains("vperf_method_calls_total{method=\"work\"} " + CALLS + ".0\n");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return process;
    }

    private static Dump stop(Jvm jvm, Process process, Path folder) throws IOException {
        Files.createFile(folder.resolve("stop"));
        Jvm.Finished run = jvm.finish(process);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("WARNING");
        assertThat(run.dump().health("suppressedErrors")).isZero();
        return run.dump();
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldAnswerForPercentilesWithinABucketOfTheDumps(Jdk jdk, @TempDir Path folder) throws Exception {
        PrometheusServer.assumeThere();
        Jvm jvm = new Jvm(jdk, folder);
        Process process = worked(jvm, folder);
        double[] raw = new double[QUANTILES.length];
        try (PrometheusServer prometheus = new PrometheusServer(folder, port(folder))) {
            prometheus.await("up", 1);
            prometheus.await("vperf_method_wall_seconds_count{method=\"work\"}", CALLS);
            for (int i = 0; i < raw.length; i++) {
                raw[i] = prometheus
                        .query("histogram_quantile(" + QUANTILES[i]
                                + ", vperf_method_wall_seconds_bucket{method=\"work\"})")
                        .orElseThrow();
            }
        }
        Dump dump = stop(jvm, process, folder);
        compare(dump, raw, CLASSIC_BUCKET);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldAnswerForPercentilesOfNativeHistogramsWithinABucketOfTheDumps(Jdk jdk, @TempDir Path folder)
            throws Exception {
        PrometheusServer.assumeThere();
        Jvm jvm = new Jvm(jdk, folder);
        Process process = worked(jvm, folder);
        double[] raw = new double[QUANTILES.length];
        try (PrometheusServer prometheus =
                new PrometheusServer(folder, port(folder), "--enable-feature=native-histograms")) {
            prometheus.await("up", 1);
            prometheus.await("histogram_count(vperf_method_wall_seconds{method=\"work\"})", CALLS);
            for (int i = 0; i < raw.length; i++) {
                raw[i] = prometheus
                        .query("histogram_quantile(" + QUANTILES[i] + ", vperf_method_wall_seconds{method=\"work\"})")
                        .orElseThrow();
            }
        }
        Dump dump = stop(jvm, process, folder);
        compare(dump, raw, NATIVE_BUCKET);
    }

    private static void compare(Dump dump, double[] seconds, double bucket) {
        Histogram wall = Objects.requireNonNull(dump.histograms().get("wall:work"));
        for (int i = 0; i < seconds.length; i++) {
            double dumpS = wall.getValueAtPercentile(QUANTILES[i] * 100) / NS_PER_S;
            assertThat(seconds[i]).as("quantile " + QUANTILES[i]).isBetween(dumpS / bucket, dumpS * bucket);
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldPassTheChecksOfPrometheus(Jdk jdk, @TempDir Path folder) throws Exception {
        PrometheusServer.assumeThere();
        Jvm jvm = new Jvm(jdk, folder);
        Process process = worked(jvm, folder);
        Path metrics = Files.writeString(
                folder.resolve("metrics"), get(port(folder), "/metrics").body());
        Process check = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(metrics.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
        HttpResponse<String> health = get(port(folder), "/healthz");
        assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
        Dump unused = stop(jvm, process, folder);
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldMeasureOnWhereThePortIsTaken(Jdk jdk, @TempDir Path folder) throws Exception {
        Files.createFile(folder.resolve("stop"));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Jvm.Finished run = new Jvm(jdk, folder)
                    .agent("http=" + other.getLocalPort() + ",dump=a.hlog,report=off")
                    .run(APP, "100");

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.err()).contains("no metrics are served in this run: Address already in use");
            assertThat(run.dump().calls("work")).isEqualTo(100);
            assertThat(run.dump().health("suppressedErrors")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("io.vperf.it.Jdk#all")
    void shouldLoadNothingOfItWhereNobodyAsked(Jdk jdk, @TempDir Path folder) throws Exception {
        Files.createFile(folder.resolve("stop"));
        Jvm.Finished run = new Jvm(jdk, folder)
                .option("-Xlog:class+load:file=classes.log")
                .agent("dump=a.hlog")
                .run(APP, "10");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readString(folder.resolve("classes.log")))
                .contains("io.vperf.export.hlog.HlogWriter ")
                .doesNotContain("io.vperf.export.prometheus", "io.prometheus");
    }
}
