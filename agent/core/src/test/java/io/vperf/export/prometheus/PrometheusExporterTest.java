package io.vperf.export.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.config.Listen;
import io.vperf.export.Snapshots;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import io.vperf.steal.VcpuSteal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusExporterTest {

    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";
    private static final String PROTOBUF =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,text/plain;q=0.5";

    private final TestHealth health = new TestHealth();
    private final AtomicReference<@Nullable String> dumpTrouble = new AtomicReference<>();
    private @Nullable PrometheusExporter exporter;

    private static IntervalSnapshot interval(MethodInterval... methods) {
        return new IntervalSnapshot(
                Snapshots.STARTED_MS,
                Snapshots.STARTED_MS + 5_000,
                List.of(methods),
                List.of(new VcpuSteal(0, 5_000_000_000L, 40_000_000, 30_000_000, 0L)),
                Map.of("tooDeep", 3L));
    }

    private PrometheusExporter begin(Listen.At at, int maxMethods) throws InterruptedException {
        PrometheusExporter begun = new PrometheusExporter(
                at, maxMethods, Snapshots.header(), dumpTrouble::get, health.health(), health.log());
        exporter = begun;
        begun.begin();
        await("metrics");
        return begun;
    }

    private PrometheusExporter begin() throws InterruptedException {
        return begin(new Listen.At("127.0.0.1", 0), 10);
    }

    @AfterEach
    void finish() {
        if (exporter != null) {
            exporter.finish();
        }
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
    }

    private void await(String text) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!health.said().contains(text)) {
            assertThat(System.nanoTime() - endNs).as(health.said()).isNegative();
            Thread.sleep(5);
        }
    }

    private InetSocketAddress at() {
        Matcher port =
                Pattern.compile("metrics at http://127.0.0.1:(\\d+)/metrics").matcher(health.said());
        assertThat(port.find()).as(health.said()).isTrue();
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)));
    }

    private String metrics(String accept) throws IOException {
        return Clients.ask(at(), "GET /metrics HTTP/1.1\r\nAccept: " + accept + "\r\n\r\n");
    }

    @Test
    void shouldShowRawAndCorrectedSideBySide() throws Exception {
        begin().accept(interval(Snapshots.corrected()));
        String method = "{method=\"shop.Order.total(long[],java.lang.String)\"";
        assertThat(metrics(OPEN_METRICS))
                .contains("Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n")
                .contains("vperf_method_calls_total" + method + "} 1003.0\n")
                .contains("vperf_method_exceptions_total" + method + "} 2.0\n")
                .contains("vperf_method_uncorrected_calls_total" + method + "} 1.0\n")
                .contains("vperf_method_wall_seconds_bucket" + method + ",le=\"0.004194303\"} 1001\n")
                .contains("vperf_method_corrected_wall_seconds_bucket" + method + ",le=\"0.004194303\"} 1003\n")
                .contains("vperf_method_corrected_cpu_seconds_count" + method + "} 1003\n")
                .contains("vperf_method_stolen_seconds_count" + method + "} 1003\n")
                .contains("vperf_method_outermost_stolen_least_seconds_total" + method + "} 0.002\n")
                .contains("vperf_method_outermost_stolen_seconds_total" + method + "} 0.003\n")
                .contains("vperf_method_outermost_stolen_most_seconds_total" + method + "} 0.0039\n")
                .contains("vperf_vcpu_stolen_seconds_total{vcpu=\"0\"} 0.04\n")
                .contains("vperf_trouble_total{kind=\"tooDeep\"} 3.0\n")
                .contains("vperf_trouble_total{kind=\"dumpsFailed\"} 0.0\n")
                .contains("vperf_last_interval_end_timestamp_seconds 1.700000005E9\n")
                .endsWith("# EOF\n");
    }

    @Test
    void shouldHaveNoSeriesOfWhatIsUnknown() throws Exception {
        begin().accept(new IntervalSnapshot(1, 2, List.of(Snapshots.wallOnly()), null, Map.of()));
        assertThat(metrics("text/plain"))
                .contains(
                        "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n", "vperf_method_wall_seconds_count")
                .doesNotContain(
                        "corrected_wall",
                        "_cpu_seconds",
                        "_stolen_seconds",
                        "vperf_vcpu_",
                        "vperf_pauses",
                        "vperf_cgroup",
                        "vperf_probe");
    }

    /** Corrected counts then say of how many calls; nothing is filled in. */
    @Test
    void shouldAddOnlyWhatIsKnown() throws Exception {
        PrometheusExporter begun = begin();
        MethodInterval known = Snapshots.sampled(1, 10);
        begun.accept(interval(known));
        begun.accept(interval(Snapshots.sampled(16, 0)));
        assertThat(metrics("*/*"))
                .contains("vperf_method_calls_total{method=\"shop.Order.size()\"} 24.0\n")
                .contains("vperf_method_measured_calls_total{method=\"shop.Order.size()\"} 10.0\n")
                .contains("vperf_method_exceptions_total{method=\"shop.Order.size()\"} 0.0\n")
                .contains("vperf_method_wall_seconds_count{method=\"shop.Order.size()\"} 10\n");
    }

    @Test
    void shouldForgetCallsInProgressThatHaveEnded() throws Exception {
        PrometheusExporter begun = begin();
        begun.accept(interval(Snapshots.corrected()));
        assertThat(metrics("*/*"))
                .containsPattern("vperf_method_in_progress\\{.*} 1.0\n")
                .contains("oldest_in_progress");
        begun.accept(interval());
        assertThat(metrics("*/*"))
                .containsPattern("vperf_method_in_progress\\{.*} 0.0\n")
                .doesNotContain("oldest_in_progress")
                .containsPattern("vperf_method_calls_total\\{.*} 1003.0\n");
    }

    @Test
    void shouldBoundTheMethodsAndCountTheRest() throws Exception {
        PrometheusExporter begun = begin(new Listen.At("127.0.0.1", 0), 1);
        begun.accept(interval(Snapshots.wallOnly(), Snapshots.corrected(), Snapshots.sampled(1, 1)));
        assertThat(metrics("*/*"))
                .contains("vperf_methods 1.0\n", "vperf_methods_left_out 2.0\n")
                .doesNotContain("shop.Order");
        assertThat(health.said()).contains("metrics are served of the first 1 methods", "http-max-methods=N");
    }

    @Test
    void shouldCompressForThoseWhoAskAndSendNativeHistogramsInProtobuf() throws Exception {
        begin().accept(interval(Snapshots.corrected()));
        String answer = Clients.ask(
                at(), "GET /metrics HTTP/1.1\r\nAccept: " + PROTOBUF + "\r\nAccept-Encoding: deflate, gzip\r\n\r\n");
        assertThat(answer).contains("Content-Encoding: gzip\r\n", "application/vnd.google.protobuf");
        byte[] compressed = Clients.body(answer).getBytes(StandardCharsets.ISO_8859_1);
        byte[] body = new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
        assertThat(body).hasSizeGreaterThan(1_000);
        assertThat(new String(body, StandardCharsets.UTF_8)).contains("vperf_method_wall_seconds");
        assertThat(metrics("*/*")).doesNotContain("Content-Encoding");
    }

    @Test
    void shouldBeUnhealthyWhileTheDumpCannotBeWritten() throws Exception {
        begin().accept(interval());
        assertThat(Clients.get(at(), "/healthz"))
                .startsWith("HTTP/1.1 200 OK")
                .contains("ok: the last interval ended 0.");
        dumpTrouble.set("cannot write /a: disk full");
        assertThat(Clients.get(at(), "/healthz"))
                .startsWith("HTTP/1.1 503 Service Unavailable")
                .endsWith("not written: cannot write /a: disk full\n");
    }

    @Test
    void shouldAnswerForWhatElseIsAsked() throws Exception {
        begin();
        assertThat(Clients.get(at(), "/")).contains("200 OK", "href=\"metrics\"", "vperf 0.1.0");
        assertThat(Clients.get(at(), "/x")).contains("404 Not Found");
        assertThat(Clients.ask(at(), "POST /metrics HTTP/1.1\r\n\r\n")).contains("405 ", "Allow: GET, HEAD\r\n");
        assertThat(metrics("*/*"))
                .contains("vperf_build_info{version=\"0.1.0\"} 1")
                .doesNotContain("last_interval_end");
    }

    @Test
    void shouldGoOnWithoutWhereThePortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PrometheusExporter begun = begin(new Listen.At("127.0.0.1", other.getLocalPort()), 10);
            await("no metrics are served in this run: Address already in use");
            begun.accept(interval(Snapshots.corrected()));
            assertThat(health.said()).contains("http=127.0.0.1:" + other.getLocalPort(), "http=0 for any free port");
        }
    }

    @Test
    void shouldGoOnWithoutWhereTheAddressIsNobodysHere() throws Exception {
        begin(new Listen.At("192.0.2.1", 0), 10);
        await("no metrics are served in this run: Cannot assign requested address");
    }

    @Test
    void shouldRunOnOneDaemonThreadAndEndIt() throws Exception {
        PrometheusExporter begun = begin();
        assertThat(Clients.get(at(), "/healthz")).contains("200 OK");
        List<Thread> threads = threads();
        assertThat(threads).hasSize(1).allMatch(Thread::isDaemon);
        begun.finish();
        threads.get(0).join(TimeUnit.SECONDS.toMillis(10));
        assertThat(threads()).isEmpty();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vperf-http-"))
                .toList();
    }
}
