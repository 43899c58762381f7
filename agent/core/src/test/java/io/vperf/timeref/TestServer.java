package io.vperf.timeref;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that speaks the protocol over a real socket, and does to its clock and its answers what a test wants. */
final class TestServer implements AutoCloseable {

    /** What is done with a request; runs on the server's thread. */
    interface Behaviour {
        void on(Packet.Request request, SocketAddress from) throws IOException;
    }

    private final DatagramSocket socket;
    private final Thread thread;
    private final AtomicInteger requests = new AtomicInteger();

    /** By how much its clock is ahead of System.nanoTime(). */
    volatile long aheadNs;

    volatile long id = 77;
    volatile Behaviour behaviour = this::answer;

    TestServer() {
        this(0);
    }

    TestServer(int port) {
        try {
            socket = new DatagramSocket(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, "test-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        DatagramPacket in = new DatagramPacket(new byte[100], 100);
        while (true) {
            try {
                in.setLength(100);
                socket.receive(in);
                requests.incrementAndGet();
                Packet.Request request = Objects.requireNonNull(Packet.request(in.getData(), in.getLength()));
                behaviour.on(request, in.getSocketAddress());
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    int requests() {
        return requests.get();
    }

    Packet.Answer answerTo(Packet.Request request) {
        long nowNs = System.nanoTime() + aheadNs;
        return new Packet.Answer(request, true, id, nowNs, nowNs);
    }

    void answer(Packet.Request request, SocketAddress to) throws IOException {
        send(Packet.encode(answerTo(request)), to);
    }

    void send(byte[] bytes, SocketAddress to) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    @Override
    public void close() {
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
