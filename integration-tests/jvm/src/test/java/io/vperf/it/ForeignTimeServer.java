package io.vperf.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A time server written after docs/measurement.md, not with vperf's code. Its clock is a test's to set. */
final class ForeignTimeServer implements AutoCloseable {

    private static final int BYTES = 56;
    private static final int KIND = 5;
    private static final int RAW = 6;
    private static final int SERVER = 32;
    private static final int RECEIVED = 40;
    private static final int SENT = 48;
    private static final byte ANSWER = 2;

    private final DatagramSocket socket;

    /** By how much its clock is ahead of System.nanoTime(). */
    volatile long aheadNs;

    ForeignTimeServer() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::run, "foreign-time-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        DatagramPacket packet = new DatagramPacket(new byte[BYTES], BYTES);
        while (true) {
            try {
                socket.receive(packet);
                ByteBuffer bytes = ByteBuffer.wrap(packet.getData());
                bytes.put(KIND, ANSWER).put(RAW, (byte) 1);
                bytes.putLong(SERVER, 4711);
                bytes.putLong(RECEIVED, System.nanoTime() + aheadNs);
                bytes.putLong(SENT, System.nanoTime() + aheadNs);
                socket.send(packet);
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }
}
