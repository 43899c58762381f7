package io.vperf.it.apps;

import io.vperf.annotations.Measured;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

/** Sends datagrams to itself; arguments: how many, how many bytes each. */
public final class Datagrams {

    private Datagrams() {}

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[0]);
        int bytes = Integer.parseInt(args[1]);
        InetAddress here = InetAddress.getLoopbackAddress();
        try (DatagramSocket to = new DatagramSocket(0, here);
                DatagramSocket from = new DatagramSocket(0, here)) {
            to.setSoTimeout(30_000);
            DatagramPacket out = new DatagramPacket(new byte[bytes], bytes, here, to.getLocalPort());
            DatagramPacket in = new DatagramPacket(new byte[bytes], bytes);
            for (int i = 0; i < count; i++) {
                exchange(from, out, to, in);
            }
        }
        System.out.println("sent=" + count);
    }

    @Measured
    static void exchange(DatagramSocket from, DatagramPacket out, DatagramSocket to, DatagramPacket in)
            throws IOException {
        from.send(out);
        to.receive(in);
    }
}
