package io.vperf.it;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** A real Prometheus that scrapes one target every second. */
final class PrometheusServer implements AutoCloseable {

    private static final long PATIENCE_S = 60;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int port;

    /**
     * Starts it.
     *
     * @param target a port of the loopback
     */
    PrometheusServer(Path folder, int target, String... flags) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s}
                scrape_configs:
                  - job_name: vperf
                    static_configs:
                      - targets: ['127.0.0.1:%d']
                """.formatted(target));
        log = folder.resolve("prometheus.log");
        List<String> command = new ArrayList<>(List.of(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port));
        command.addAll(List.of(flags));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    static void assumeThere() throws Exception {
        for (String program : List.of("prometheus", "promtool")) {
            try {
                Process version = new ProcessBuilder(program, "--version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                assumeTrue(version.waitFor() == 0, program + " --version fails");
            } catch (IOException e) {
                abort("no " + program + " (Debian's package prometheus): " + e.getMessage());
            }
        }
    }

    /** The value of the only series that a query finds; empty before there is one. */
    OptionalDouble query(String query) throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
                                    + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                return OptionalDouble.empty(); // it is not ready yet
            }
            JsonArray result = JsonParser.parseString(answer.body())
                    .getAsJsonObject()
                    .getAsJsonObject("data")
                    .getAsJsonArray("result");
            return result.size() == 1
                    ? OptionalDouble.of(result.get(0)
                            .getAsJsonObject()
                            .getAsJsonArray("value")
                            .get(1)
                            .getAsDouble())
                    : OptionalDouble.empty();
        } catch (IOException e) {
            return OptionalDouble.empty(); // it does not listen yet
        }
    }

    /** Waits until a query has this answer. */
    void await(String query, double value) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        OptionalDouble seen = query(query);
        while (seen.isEmpty() || seen.getAsDouble() != value) {
            if (System.nanoTime() - endNs > 0 || !process.isAlive()) {
                throw new AssertionError(query + " is " + seen + ", not " + value + "; " + Files.readString(log));
            }
            Thread.sleep(100);
            seen = query(query);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                int ignored = process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Process ignored = process.destroyForcibly();
            throw new IllegalStateException(e);
        }
    }
}
