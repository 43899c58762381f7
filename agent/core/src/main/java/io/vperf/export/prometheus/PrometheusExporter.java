package io.vperf.export.prometheus;

import io.vperf.config.Listen;
import io.vperf.export.RunHeader;
import io.vperf.export.SnapshotSink;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.record.IntervalSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the run's metrics over HTTP, as of the last interval's end. Its one thread looks up the address and listens there, too: a
 * name server that does not answer delays neither start nor dump.
 */
public final class PrometheusExporter implements SnapshotSink {

    private static final String THREAD = "vperf-http-server";

    private final Listen.At at;
    private final int maxMethods;
    private final RunMetrics metrics;
    private final IntervalWatch watch;
    private final String index;
    private final Health health;
    private final Log log;

    /** Of the last interval. Replaced by the dumper, used by the server. */
    private volatile Pages pages;

    private final CountDownLatch listensOrNever = new CountDownLatch(1);

    private @Nullable HttpServer server;
    private boolean finished;

    /**
     * Listens nowhere yet; {@link #begin()} does.
     *
     * @param maxMethods of how many methods there are metrics
     * @param dumpTrouble why intervals cannot be written just now, or null
     */
    public PrometheusExporter(
            Listen.At at,
            int maxMethods,
            RunHeader header,
            Supplier<@Nullable String> dumpTrouble,
            Health health,
            Log log) {
        this.at = at;
        this.maxMethods = maxMethods;
        this.metrics = new RunMetrics(header, maxMethods);
        this.watch = new IntervalWatch(header.intervalNs(), dumpTrouble, System::nanoTime);
        this.health = health;
        this.log = log;
        this.pages = new Pages(metrics::snapshots);
        this.index = "<!DOCTYPE html><title>vperf</title><h1>vperf " + header.version() + "</h1>"
                + "<p><a href=\"metrics\">/metrics</a>: the run as of the last interval's end, for Prometheus"
                + "<p><a href=\"healthz\">/healthz</a>: whether intervals are written in time\n";
    }

    @Override
    public void begin() {
        Thread thread = new Thread(this::serve, THREAD);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    /** Until it listens, or it is told why it does not. */
    @Override
    public void awaitBegun(long patienceMs) throws InterruptedException {
        boolean ignored = listensOrNever.await(patienceMs, TimeUnit.MILLISECONDS);
    }

    private void serve() {
        HttpServer listening;
        try {
            listening = new HttpServer(address(), this::answer, health);
            InetSocketAddress bound = listening.address();
            log.info("metrics at http://" + new Listen.At(bound.getAddress().getHostAddress(), bound.getPort()).text()
                    + "/metrics");
        } catch (IOException | RuntimeException e) {
            log.info("http=" + at.text() + ": no metrics are served in this run: " + reason(e)
                    + ". Choose another address with http=[HOST:]PORT, or http=0 for any free port; measuring goes on");
            return;
        } finally {
            listensOrNever.countDown();
        }
        synchronized (this) {
            if (finished) {
                listening.close();
            }
            server = listening;
        }
        listening.run();
    }

    private InetSocketAddress address() throws IOException {
        InetSocketAddress address = new InetSocketAddress(at.host(), at.port());
        if (address.isUnresolved()) {
            throw new IOException("no address is known for " + at.host());
        }
        return address;
    }

    private static String reason(Exception e) {
        String said = e.getMessage() == null ? e.toString() : e.getMessage();
        return e instanceof BindException
                ? said + " (another process has the port, or the address is not this machine's)"
                : said;
    }

    private Answer answer(Request request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Answer.text(405, "GET or HEAD only");
        }
        return switch (request.path()) {
            case "/metrics" -> page(request);
            case "/healthz" -> watch.answer();
            case "/" -> new Answer(200, "text/html; charset=utf-8", false, index.getBytes(StandardCharsets.UTF_8));
            default -> Answer.text(404, "there are /metrics, /healthz and /");
        };
    }

    private Answer page(Request request) {
        try {
            return pages.page(Format.accepted(request.header("accept")), request.acceptsGzip());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail to be written to
        }
    }

    @Override
    public void accept(IntervalSnapshot snapshot) {
        metrics.add(snapshot);
        pages = new Pages(metrics::snapshots);
        watch.ended();
        int leftOut = metrics.leftOut();
        if (leftOut > 0) {
            log.once(
                    "http-max-methods",
                    "metrics are served of the first " + maxMethods + " methods; others are left out, and counted in"
                            + " vperf_methods_left_out. http-max-methods=N allows more, at some 200 series each");
        }
    }

    @Override
    public synchronized void finish() {
        finished = true;
        if (server != null) {
            server.close();
        }
    }
}
