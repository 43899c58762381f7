package io.vperf.timeref;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.shim.Capability;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server under the test's control, over real sockets. */
@Timeout(120)
class UdpReferenceTest {

    private static final int BURST = 8;

    /** Ample: a busy machine may hold up an answer. */
    private static final long BUDGET_NS = 3_000_000_000L;

    /** For bursts whose answers shall not come. */
    private static final long SHORT_NS = 60_000_000;

    private static final long AHEAD_NS = 3_600_000_000_000L;

    private final TestServer server = new TestServer();
    private final UdpReference reference = reference("127.0.0.1", server.port());

    private static UdpReference reference(String host, int port) {
        return new UdpReference(host, port, new OwnClock(System::nanoTime, "test", true), new Random(3));
    }

    @AfterEach
    void close() {
        reference.close();
        server.close();
    }

    private static Sample known(Capability<Sample> asked) {
        assertThat(asked).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<Sample>) asked).value();
    }

    private static Capability.Unavailable<Sample> unknown(Capability<Sample> asked) {
        assertThat(asked).isInstanceOf(Capability.Unavailable.class);
        return (Capability.Unavailable<Sample>) asked;
    }

    private static void isTrue(Sample sample) {
        assertThat(Math.abs(sample.outsideNs() - sample.guestNs() - AHEAD_NS)).isLessThanOrEqualTo(sample.errorNs());
    }

    @Test
    void shouldTellByHowMuchTheServersClockIsAheadWithinTheError() {
        server.aheadNs = AHEAD_NS;
        Sample sample = known(reference.ask(BUDGET_NS));

        isTrue(sample);
        assertThat(sample.source()).isEqualTo(77);
        assertThat(sample.raw()).isTrue();
        Packets packets = reference.takePackets();
        assertThat(packets.sent()).isEqualTo(BURST).isEqualTo(server.requests());
        assertThat(packets.answered()).isPositive();
        assertThat(packets.refused()).isZero();
        assertThat(reference.takePackets()).isEqualTo(Packets.NONE);
    }

    /** Of a burst all of whose answers but one are held up, that one counts. */
    @Test
    void shouldTakeTheShortestWay() {
        server.aheadNs = AHEAD_NS;
        AtomicLong n = new AtomicLong();
        server.behaviour = (request, from) -> {
            Packet.Answer answer = server.answerTo(request);
            if (n.incrementAndGet() != 3) {
                sleep(40);
            }
            server.send(Packet.encode(answer), from);
        };
        Sample sample = known(reference.ask(BUDGET_NS));

        isTrue(sample);
        assertThat(sample.errorNs()).isLessThan(20_000_000);
    }

    @Test
    void shouldRefuseForgedAnswersAndTakeTheTrueOne() {
        server.aheadNs = AHEAD_NS;
        server.behaviour = (request, from) -> {
            Packet.Answer answer = server.answerTo(request);
            for (Packet.Request forged : List.of(
                    new Packet.Request(request.nonce() ^ 1, request.number(), request.sentNs()),
                    new Packet.Request(request.nonce(), request.number() + 1, request.sentNs()),
                    new Packet.Request(request.nonce(), request.number(), request.sentNs() + 1))) {
                server.send(Packet.encode(new Packet.Answer(forged, true, 77, 1, 2)), from);
            }
            server.send(Packet.encode(answer), from);
        };
        isTrue(known(reference.ask(BUDGET_NS)));

        assertThat(reference.takePackets().refused()).isBetween(3, 3 * BURST);
    }

    /** The kernel does not let them in: the socket is connected. */
    @Test
    void shouldNotHearAnswersFromAnotherAddress() throws IOException {
        try (DatagramSocket other = new DatagramSocket()) {
            server.behaviour = (request, from) -> {
                byte[] answer = Packet.encode(server.answerTo(request));
                other.send(new DatagramPacket(answer, answer.length, from));
            };
            assertThat(unknown(reference.ask(SHORT_NS)).reason()).startsWith("no answer came from 127.0.0.1:");
        }
        Packets packets = reference.takePackets();
        assertThat(packets.answered() + packets.late() + packets.refused()).isZero();
    }

    /** Each answer twice, and the first one of all again with each that follows. */
    @Test
    void shouldTakeNoAnswerTwice() {
        server.aheadNs = AHEAD_NS;
        List<byte[]> first = new ArrayList<>();
        server.behaviour = (request, from) -> {
            byte[] answer = Packet.encode(server.answerTo(request));
            first.add(answer);
            server.send(first.get(0), from);
            server.send(answer, from);
            server.send(answer, from);
        };
        isTrue(known(reference.ask(BUDGET_NS)));
        isTrue(known(reference.ask(BUDGET_NS)));

        Packets packets = reference.takePackets();
        assertThat(packets.sent()).isEqualTo(2 * BURST);
        assertThat(packets.answered()).isLessThanOrEqualTo(2 * BURST);
        assertThat(packets.late()).isGreaterThanOrEqualTo(BURST);
        assertThat(packets.refused()).isZero();
    }

    @Test
    void shouldRefuseTruncatedLongAndImpossibleAnswers() {
        server.aheadNs = AHEAD_NS;
        server.behaviour = (request, from) -> {
            Packet.Answer answer = server.answerTo(request);
            byte[] bytes = Packet.encode(answer);
            for (byte[] broken : List.of(
                    Arrays.copyOf(bytes, 0),
                    Arrays.copyOf(bytes, 55),
                    Arrays.copyOf(bytes, 57),
                    Packet.encode(request))) {
                server.send(broken, from);
            }
            // Sent before it was received.
            server.send(Packet.encode(new Packet.Answer(request, true, 77, answer.receivedNs(), 5)), from);
        };
        assertThat(unknown(reference.ask(SHORT_NS)).reason()).startsWith("no answer came from 127.0.0.1:");
        assertThat(reference.takePackets().refused()).isPositive();
    }

    @Test
    void shouldNotTakeAnAnswerThatWasHeldLongerThanItWasOnItsWay() {
        server.behaviour = (request, from) -> {
            Packet.Answer answer = server.answerTo(request);
            long sentNs = answer.receivedNs() + 3_600_000_000_000L;
            server.send(Packet.encode(new Packet.Answer(request, true, 77, answer.receivedNs(), sentNs)), from);
        };
        unknown(reference.ask(SHORT_NS));
        assertThat(reference.takePackets().refused()).isPositive();
    }

    @Test
    void shouldCountWhatComesTooLateAndNotUseIt() {
        List<Packet.Request> held = new ArrayList<>();
        List<SocketAddress> to = new ArrayList<>();
        server.behaviour = (request, from) -> {
            held.add(request);
            to.add(from);
        };
        unknown(reference.ask(SHORT_NS));
        int sent = reference.takePackets().sent();
        assertThat(sent).isPositive();
        server.aheadNs = AHEAD_NS;
        server.behaviour = (request, from) -> {
            for (int i = 0; i < held.size(); i++) {
                server.answer(held.get(i), to.get(i));
            }
            held.clear();
            server.answer(request, from);
        };
        isTrue(known(reference.ask(BUDGET_NS)));
        assertThat(reference.takePackets().late()).isGreaterThanOrEqualTo(sent);
    }

    @Test
    void shouldSayThatNothingListens() {
        int port = server.port();
        server.close();
        Capability.Unavailable<Sample> not = unknown(reference.ask(SHORT_NS));

        assertThat(not.reason()).isEqualTo("nothing listens at 127.0.0.1:" + port);
        assertThat(not.remedy()).contains("java -jar vperf.jar timeserver");
    }

    /** However often nobody answered before. */
    @Test
    void shouldFindAServerThatComesBack() {
        int port = server.port();
        server.close();
        for (int i = 0; i < 5; i++) {
            unknown(reference.ask(SHORT_NS));
        }
        try (TestServer again = new TestServer(port)) {
            again.aheadNs = AHEAD_NS;
            isTrue(known(reference.ask(BUDGET_NS)));
        }
    }

    @Test
    void shouldNameAHostThatIsUnknown() {
        try (UdpReference nowhere = reference("no-such-host.invalid", 9)) {
            assertThat(unknown(nowhere.ask(SHORT_NS)).reason()).isEqualTo("the name no-such-host.invalid is unknown");
        }
    }

    @Test
    void shouldTakeABracketedAddress() {
        try (UdpReference v6 = reference("::1", 9)) {
            assertThat(v6.name()).isEqualTo("[::1]:9");
        }
    }

    private static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
