package io.vperf.export.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {

    /** More than any buffer of a socket takes. */
    private static final int LARGE = 16 << 20;

    private static final long ASKING_NS = 1_000_000_000L;

    private final TestHealth health = new TestHealth();
    private final HttpServer server;
    private final Thread thread;
    private final InetSocketAddress at;

    HttpServerTest() throws IOException {
        byte[] large = new byte[LARGE];
        server = new HttpServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                request -> switch (request.path()) {
                    case "/fail" -> throw new IllegalStateException("on purpose");
                    case "/large" -> new Answer(200, "application/octet-stream", false, large);
                    default -> Answer.text(200, request.method() + " " + request.path());
                },
                health.health(),
                ASKING_NS);
        at = server.address();
        thread = new Thread(server::run, "server under test");
        thread.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        server.close();
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void shouldAnswerAndHangUp() throws IOException {
        assertThat(Clients.get(at, "/a?b=c"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Connection: close\r\n", "Content-Length: 7\r\n")
                .endsWith("\r\n\r\nGET /a\n");
    }

    @Test
    void shouldSendNoBodyToAHead() throws IOException {
        assertThat(Clients.ask(at, "HEAD /a HTTP/1.1\r\n\r\n"))
                .contains("Content-Length: 8\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void shouldTakeARequestInPieces() throws IOException, InterruptedException {
        try (Socket socket = Clients.connect(at)) {
            for (String piece : List.of("GE", "T /pieces HTTP/1.", "1\r", "\nHost: x\r\n\r", "\n")) {
                Clients.send(socket, piece);
                Thread.sleep(20);
            }
            assertThat(Clients.rest(socket)).endsWith("GET /pieces\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET a HTTP/1.1\r\n\r\n",
                "GET / HTTP/2\r\n\r\n",
                "GET / HTTP/1.1\r\nx\r\n\r\n"
            })
    void shouldRefuseWhatIsNoRequest(String request) throws IOException {
        assertThat(Clients.ask(at, request)).startsWith("HTTP/1.1 400 Bad Request\r\n");
    }

    @Test
    void shouldRefuseARequestThatIsTooLong() throws IOException {
        String request = "GET / HTTP/1.1\r\nx: ";
        assertThat(Clients.ask(at, request + "y".repeat(Connection.MOST_REQUEST_BYTES - request.length())))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void shouldLiveThroughAnyBytes() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            try (Socket socket = Clients.connect(at)) {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                // hung up on already
            }
        }
        assertThat(Clients.get(at, "/still")).endsWith("GET /still\n");
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
    }

    @Test
    void shouldAnswerAFailureAndCountIt() throws IOException {
        assertThat(Clients.get(at, "/fail")).startsWith("HTTP/1.1 500 ").contains("on purpose");
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isEqualTo(1);
        assertThat(Clients.get(at, "/a")).contains("200 OK");
    }

    @Test
    void shouldHoldNoMoreThanAFewOfManyIdleConnectionsAndAnswerMeanwhile() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                idle.add(Clients.connect(at));
                if (i % 20 == 0) {
                    assertThat(Clients.get(at, "/a")).contains("200 OK");
                }
            }
            assertThat(Clients.get(at, "/a")).contains("200 OK");
            assertThat(openHere()).isBetween(1L, (long) HttpServer.MOST_CONNECTIONS);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /** Connections to the server that this process, whose client ends are open too, has accepted and not closed. */
    private long openHere() throws IOException {
        List<String> inodes = new ArrayList<>();
        String local = String.format(":%04X", at.getPort());
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] words = line.strip().split("\\s+", -1);
                if (words[1].endsWith(local) && !words[3].equals("0A") && !words[9].equals("0")) {
                    inodes.add(words[9]);
                }
            }
        }
        return inodes.size();
    }

    /** Each sends a byte now and then, and never ends. */
    @Test
    void shouldHangUpOnClientsThatTakeForever() throws IOException, InterruptedException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                slow.add(Clients.connect(at));
            }
            long endNs = System.nanoTime() + 3 * ASKING_NS;
            while (System.nanoTime() - endNs < 0) {
                for (Socket socket : slow) {
                    try {
                        Clients.send(socket, "G");
                    } catch (IOException e) {
                        // hung up on
                    }
                }
                long askedNs = System.nanoTime();
                assertThat(Clients.get(at, "/a")).contains("200 OK");
                assertThat(System.nanoTime() - askedNs).isLessThan(TimeUnit.SECONDS.toNanos(3));
                Thread.sleep(200);
            }
            assertThat(openHere()).isLessThanOrEqualTo(1);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void shouldNotBeHeldUpByClientsThatDoNotTakeTheirAnswer() throws IOException {
        List<Socket> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * HttpServer.MOST_CONNECTIONS; i++) {
                Socket socket = Clients.connect(at);
                hanging.add(socket);
                Clients.send(socket, "GET /large HTTP/1.1\r\n\r\n");
            }
            assertThat(Clients.get(at, "/a")).contains("200 OK");
            assertThat(openHere()).isLessThanOrEqualTo(HttpServer.MOST_CONNECTIONS);
        } finally {
            for (Socket socket : hanging) {
                socket.close();
            }
        }
    }

    @Test
    void shouldSendALargeAnswerWhole() throws IOException {
        assertThat(Clients.body(Clients.get(at, "/large"))).hasSize(LARGE);
    }

    @Test
    void shouldSayWhenItsPortIsTaken() {
        assertThatThrownBy(() -> new HttpServer(at, request -> Answer.text(200, ""), health.health()))
                .isInstanceOf(BindException.class);
    }
}
