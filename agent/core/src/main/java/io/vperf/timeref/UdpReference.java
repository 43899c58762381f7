package io.vperf.timeref;

import io.vperf.shim.Capability;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TimeServer} elsewhere. A burst of packets, one after the other, of which the one with the shortest way there and
 * back counts. The socket is connected, so the kernel lets in nothing but what claims to come from there.
 */
final class UdpReference implements Reference {

    private static final int BURST = 8;

    /** So many lost ones in a row use up the time there is. */
    private static final int WAITS = 3;

    /** After so many bursts without an answer the name is looked up again: the server may have moved. */
    private static final int PATIENCE = 3;

    private static final int MOST_DRAINED = 256;

    private final String host;
    private final int port;
    private final OwnClock guest;
    private final AwaitedAnswers awaited;
    private @Nullable DatagramSocket socket;
    private int unanswered;
    private Packets packets = Packets.NONE;

    UdpReference(String host, int port, OwnClock guest, RandomGenerator random) {
        this.host = host;
        this.port = port;
        this.guest = guest;
        this.awaited = new AwaitedAnswers(random);
    }

    @Override
    public String name() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    @Override
    public Capability<Sample> ask(long budgetNs) {
        try {
            Sample best = burst(connected(), budgetNs);
            if (best != null) {
                unanswered = 0;
                return Capability.available(best);
            }
            return failed(
                    "no answer came from " + name(),
                    "start java -jar vperf.jar timeserver there, reachable from here, and let UDP port " + port
                            + " through any firewall");
        } catch (UnknownHostException e) {
            return failed("the name " + host + " is unknown", "correct timeref, or give an address");
        } catch (PortUnreachableException e) {
            return failed(
                    "nothing listens at " + name(),
                    "start java -jar vperf.jar timeserver there, with --bind and this port");
        } catch (IOException | SecurityException e) {
            return failed("packets cannot be exchanged with " + name() + ": " + e, "");
        }
    }

    private Capability<Sample> failed(String reason, String remedy) {
        unanswered++;
        if (unanswered % PATIENCE == 0) {
            close();
        }
        return Capability.unavailable(reason, remedy);
    }

    private DatagramSocket connected() throws IOException {
        DatagramSocket known = socket;
        if (known != null) {
            return known;
        }
        InetAddress address = InetAddress.getByName(host);
        DatagramSocket opened = new DatagramSocket();
        try {
            opened.connect(new InetSocketAddress(address, port));
        } catch (RuntimeException e) {
            opened.close();
            throw new IOException(e.toString(), e);
        }
        socket = opened;
        return opened;
    }

    private @Nullable Sample burst(DatagramSocket through, long budgetNs) throws IOException {
        long beginNs = System.nanoTime();
        long waitNs = budgetNs / WAITS;
        Sample best = null;
        drain(through);
        for (int i = 0; i < BURST && System.nanoTime() - beginNs < budgetNs; i++) {
            byte[] request = Packet.encode(awaited.next(guest.nowNs()));
            through.send(new DatagramPacket(request, request.length));
            count(1, 0, 0, 0);
            Sample sample = receive(through, System.nanoTime() + waitNs);
            if (sample != null && (best == null || sample.errorNs() < best.errorNs())) {
                best = sample;
            }
        }
        awaited.giveUp();
        return best;
    }

    /** Takes what came since the last burst, so that it does not come in between. */
    private void drain(DatagramSocket through) throws IOException {
        DatagramPacket in = packet();
        through.setSoTimeout(1);
        try {
            for (int i = 0; i < MOST_DRAINED; i++) {
                through.receive(in);
                judge(Packet.answer(in.getData(), in.getLength()), guest.nowNs());
                in.setLength(in.getData().length);
            }
        } catch (SocketTimeoutException | PortUnreachableException e) {
            // nothing is left; or it is what became of the last burst's packets
        }
    }

    /** The answer that is waited for, or null if it does not come by then. */
    private @Nullable Sample receive(DatagramSocket through, long untilNs) throws IOException {
        DatagramPacket in = packet();
        for (long leftNs = untilNs - System.nanoTime(); leftNs > 0; leftNs = untilNs - System.nanoTime()) {
            through.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(leftNs) + 1);
            in.setLength(in.getData().length);
            try {
                through.receive(in);
            } catch (SocketTimeoutException e) {
                return null;
            }
            long answeredNs = guest.nowNs();
            Sample sample = judge(Packet.answer(in.getData(), in.getLength()), answeredNs);
            if (sample != null) {
                return sample;
            }
        }
        return null;
    }

    /** With room for one byte more, so that what is too long shows. */
    private static DatagramPacket packet() {
        return new DatagramPacket(new byte[Packet.BYTES + 1], Packet.BYTES + 1);
    }

    private @Nullable Sample judge(Packet.@Nullable Answer answer, long answeredNs) {
        AwaitedAnswers.Verdict verdict = answer == null ? AwaitedAnswers.Verdict.REFUSED : awaited.judge(answer);
        if (answer == null || verdict == AwaitedAnswers.Verdict.REFUSED) {
            count(0, 0, 0, 1);
            return null;
        }
        if (verdict == AwaitedAnswers.Verdict.LATE) {
            count(0, 0, 1, 0);
            return null;
        }
        Sample sample = Sample.of(
                answer.request().sentNs(),
                answer.receivedNs(),
                answer.sentNs(),
                answeredNs,
                answer.server(),
                answer.raw() && guest.raw());
        if (answer.sentNs() < answer.receivedNs() || sample.errorNs() <= 0) {
            count(0, 0, 0, 1); // sent before it was received, or held for longer than it was on its way
            return null;
        }
        count(0, 1, 0, 0);
        return sample;
    }

    private synchronized void count(int sent, int answered, int late, int refused) {
        packets = packets.and(new Packets(sent, answered, late, refused));
    }

    @Override
    public synchronized Packets takePackets() {
        Packets taken = packets;
        packets = Packets.NONE;
        return taken;
    }

    @Override
    public void close() {
        DatagramSocket known = socket;
        socket = null;
        if (known != null) {
            known.close();
        }
    }
}
