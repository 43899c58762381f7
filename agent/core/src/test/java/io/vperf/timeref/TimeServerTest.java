package io.vperf.timeref;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimeServerTest {

    private static final Capability<Natives> NATIVES = Natives.load(Natives.defaultFolders());

    private final TimeServer server;
    private final Thread thread;
    private final DatagramSocket client = new DatagramSocket();

    TimeServerTest() throws IOException {
        server = TimeServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), NATIVES);
        client.connect(server.address());
        client.setSoTimeout(10_000);
        thread = new Thread(() -> {
            try {
                server.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        thread.join();
        client.close();
    }

    private void send(byte[] bytes) throws IOException {
        client.send(new DatagramPacket(bytes, bytes.length));
    }

    private Packet.Answer receive() throws IOException {
        DatagramPacket in = new DatagramPacket(new byte[200], 200);
        client.receive(in);
        assertThat(in.getLength()).isEqualTo(Packet.BYTES);
        return Objects.requireNonNull(Packet.answer(in.getData(), in.getLength()));
    }

    @Test
    void shouldAnswerWithItsTimesAndTheRequest() throws Exception {
        OwnClock own = OwnClock.of(NATIVES); // the server's is the same clock
        Packet.Request request = new Packet.Request(11, 22, 33);
        long beforeNs = own.nowNs();
        send(Packet.encode(request));
        Packet.Answer answer = receive();

        assertThat(answer.request()).isEqualTo(request);
        assertThat(answer.raw()).isEqualTo(own.raw());
        assertThat(server.clockName()).isEqualTo(own.name());
        assertThat(answer.receivedNs()).isGreaterThanOrEqualTo(beforeNs);
        assertThat(answer.sentNs()).isBetween(answer.receivedNs(), own.nowNs());
        close(); // it counts an answer once that is sent
        assertThat(server.answered()).isEqualTo(1);
    }

    @Test
    void shouldKeepItsNumberUntilItIsStartedAnew() throws IOException {
        send(Packet.encode(new Packet.Request(1, 1, 1)));
        long first = receive().server();
        send(Packet.encode(new Packet.Request(2, 2, 2)));

        assertThat(receive().server()).isEqualTo(first).isNotZero();
    }

    /** What comes after them is answered, and nothing else. */
    @Test
    void shouldDropInSilenceWhatIsNoRequest() throws Exception {
        byte[] request = Packet.encode(new Packet.Request(1, 2, 3));
        byte[] answer = Packet.encode(new Packet.Answer(new Packet.Request(1, 2, 3), true, 4, 5, 6));
        byte[] otherVersion = request.clone();
        otherVersion[4] = 2;
        byte[][] malformed = {
            new byte[1],
            Arrays.copyOf(request, Packet.BYTES - 1),
            Arrays.copyOf(request, Packet.BYTES + 1),
            new byte[Packet.BYTES],
            new byte[60_000],
            answer,
            otherVersion
        };
        for (byte[] bytes : malformed) {
            send(bytes);
        }
        send(Packet.encode(new Packet.Request(9, 9, 9)));

        assertThat(receive().request().number()).isEqualTo(9);
        close();
        assertThat(server.dropped()).isEqualTo(malformed.length);
        assertThat(server.answered()).isEqualTo(1);
    }

    @Test
    void shouldNotShareAPort() throws IOException {
        InetSocketAddress taken = server.address();
        assertThatThrownBy(() -> TimeServer.open(taken, NATIVES)).isInstanceOf(IOException.class);
    }
}
