package io.vperf.timeref;

import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers requests for the time, one packet for one packet, and remembers nobody. What is no request is dropped without a
 * word. {@link #run()} is for one thread; {@link #close()} and the counts are for any.
 */
public final class TimeServer implements AutoCloseable {

    public static final int DEFAULT_PORT = 18787;

    private final DatagramChannel channel;
    private final OwnClock clock;
    private final long id = new SecureRandom().nextLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    private TimeServer(DatagramChannel channel, OwnClock clock) {
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * Takes the port; requests wait until {@link #run()}.
     *
     * @param natives for a clock that is not slewed; without, it is System.nanoTime()
     * @throws IOException if the address is not this machine's, or the port is taken or forbidden
     */
    public static TimeServer open(InetSocketAddress address, Capability<Natives> natives) throws IOException {
        return open(address, OwnClock.of(natives));
    }

    static TimeServer open(InetSocketAddress address, OwnClock clock) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(address);
            return new TimeServer(channel, clock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Where it answers. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    public String clockName() {
        return clock.name();
    }

    public long answered() {
        return answered.get();
    }

    /** Packets that were no requests, or whose answers could not be sent. */
    public long dropped() {
        return dropped.get();
    }

    /**
     * Answers until it is closed.
     *
     * @throws IOException if the socket fails
     */
    public void run() throws IOException {
        // One byte more, so that what is too long shows.
        ByteBuffer in = ByteBuffer.allocate(Packet.BYTES + 1);
        while (true) {
            in.clear();
            SocketAddress from;
            try {
                from = channel.receive(in);
            } catch (AsynchronousCloseException e) {
                return;
            } catch (ClosedChannelException e) {
                return;
            }
            long receivedNs = clock.nowNs();
            Packet.Request request = Packet.request(in.array(), in.position());
            if (from == null || request == null) {
                dropped.incrementAndGet();
            } else {
                answer(request, receivedNs, from);
            }
        }
    }

    private void answer(Packet.Request request, long receivedNs, SocketAddress to) {
        try {
            byte[] answer = Packet.encode(new Packet.Answer(request, clock.raw(), id, receivedNs, clock.nowNs()));
            channel.send(ByteBuffer.wrap(answer), to);
            answered.incrementAndGet();
        } catch (IOException e) {
            dropped.incrementAndGet(); // a firewall, or no way back
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
