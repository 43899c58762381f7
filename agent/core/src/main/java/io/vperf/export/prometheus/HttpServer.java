package io.vperf.export.prometheus;

import io.vperf.health.Health;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests without a body, one by one, on the thread that calls {@link #run}. No client can hold it up: it has a few
 * seconds to ask and to take its answer, and when there are too many the one that has been asking longest is hung up on.
 */
final class HttpServer implements AutoCloseable {

    /** Each takes one of the application's file descriptors, and 8 kB. */
    static final int MOST_CONNECTIONS = 32;

    private static final int ACCEPTED_AT_ONCE = 16;

    /** Some hundred times what anybody needs on a network that works. */
    private static final long ASKING_NS = 5_000_000_000L;

    private static final long ANSWERING_NS = 20_000_000_000L;
    private static final long LOOK_ROUND_MS = 500;

    /** Where the process has no file descriptor left. */
    private static final long NO_DESCRIPTOR_MS = 200;

    private final ServerSocketChannel listening;
    private final Selector selector;
    private final Function<Request, Answer> answers;
    private final Health health;
    private final long askingNs;
    private final List<Connection> connections = new ArrayList<>();
    private volatile boolean closing;

    /**
     * Listens.
     *
     * @throws IOException if the address cannot be had
     */
    HttpServer(InetSocketAddress address, Function<Request, Answer> answers, Health health) throws IOException {
        this(address, answers, health, ASKING_NS);
    }

    /**
     * As above.
     *
     * @param askingNs how long a client may take to ask
     */
    HttpServer(InetSocketAddress address, Function<Request, Answer> answers, Health health, long askingNs)
            throws IOException {
        this.answers = answers;
        this.health = health;
        this.askingNs = askingNs;
        selector = Selector.open();
        try {
            listening = ServerSocketChannel.open();
        } catch (IOException e) {
            selector.close();
            throw e;
        }
        try {
            listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listening.bind(address, MOST_CONNECTIONS);
            listening.configureBlocking(false);
            SelectionKey unused = listening.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException | RuntimeException e) {
            listening.close();
            selector.close();
            throw e;
        }
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listening.getLocalAddress();
    }

    /** Until it is closed. */
    void run() {
        while (!closing) {
            try {
                int ignored = selector.select(connections.isEmpty() ? 0 : LOOK_ROUND_MS);
                serve();
            } catch (IOException | RuntimeException e) {
                health.suppress("serving metrics", e);
                pause();
            }
        }
        connections.forEach(Connection::close);
        try {
            listening.close();
            selector.close();
        } catch (IOException e) {
            health.suppress("closing the metrics server", e);
        }
    }

    private void serve() {
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof Connection connection) {
                connection.ready(System.nanoTime());
            } else {
                accept();
            }
        }
        selector.selectedKeys().clear();
        long nowNs = System.nanoTime();
        for (Connection connection : connections) {
            if (connection.ageNs(nowNs) > (connection.isAnswered() ? ANSWERING_NS : askingNs)) {
                connection.close();
            }
        }
        connections.removeIf(connection -> !connection.isOpen());
    }

    /** A few at a time, so that those that are there get on meanwhile. */
    private void accept() {
        for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
            try {
                SocketChannel channel = listening.accept();
                if (channel == null) {
                    return;
                }
                makeRoom();
                add(channel);
            } catch (IOException e) {
                pause(); // or it would be told of the same client again at once
                return;
            }
        }
    }

    private void add(SocketChannel channel) throws IOException {
        try {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            Connection connection = new Connection(channel, key, this::answer, System.nanoTime());
            Object unused = key.attach(connection);
            connections.add(connection);
        } catch (IOException | RuntimeException e) {
            channel.close();
        }
    }

    private void makeRoom() {
        connections.removeIf(connection -> !connection.isOpen());
        if (connections.size() < MOST_CONNECTIONS) {
            return;
        }
        long nowNs = System.nanoTime();
        Connection leaving = connections.stream()
                .max(Comparator.comparing((Connection c) -> !c.isAnswered()).thenComparing(c -> c.ageNs(nowNs)))
                .orElseThrow();
        leaving.close();
        connections.remove(leaving);
    }

    private Answer answer(Request request) {
        try {
            return answers.apply(request);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            health.suppress("answering " + request.path(), e);
            return Answer.text(500, "vperf failed to answer this: " + e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(NO_DESCRIPTOR_MS);
        } catch (InterruptedException e) {
            // nobody but a debugger interrupts this thread
        }
    }

    /** Has {@link #run} end. */
    @Override
    public void close() {
        closing = true;
        @Nullable Selector unused = selector.wakeup();
    }
}
