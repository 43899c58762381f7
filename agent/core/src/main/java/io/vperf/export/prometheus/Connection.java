package io.vperf.export.prometheus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One client: says what it wants, is answered, and is closed. Never waits. Used by the server's thread. */
final class Connection {

    /** Those of Prometheus have some 400. */
    static final int MOST_REQUEST_BYTES = 8 << 10;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Function<Request, Answer> answers;
    private final byte[] bytes = new byte[MOST_REQUEST_BYTES];
    private final ByteBuffer in = ByteBuffer.wrap(bytes);
    private ByteBuffer @Nullable [] out;
    private long sinceNs;

    Connection(SocketChannel channel, SelectionKey key, Function<Request, Answer> answers, long nowNs) {
        this.channel = channel;
        this.key = key;
        this.answers = answers;
        this.sinceNs = nowNs;
    }

    /** Goes on as far as the client lets it; closes the channel when nothing is left to do, or nothing can be done. */
    void ready(long nowNs) {
        try {
            if (out == null && !read(nowNs)) {
                return;
            }
            ByteBuffer[] left = out;
            if (left != null) {
                long ignored = channel.write(left);
                if (!left[left.length - 1].hasRemaining()) {
                    channel.shutdownOutput();
                    close();
                } else {
                    key.interestOps(SelectionKey.OP_WRITE);
                }
            }
        } catch (IOException | RuntimeException e) {
            close(); // it is gone, or was never one to be reckoned with
        }
    }

    /** Whether there is an answer now. */
    private boolean read(long nowNs) throws IOException {
        int read = channel.read(in);
        int end = Request.end(bytes, in.position());
        if (end >= 0) {
            Request request = Request.parse(bytes, end);
            answer(request == null ? Answer.text(400, "this is no HTTP request") : answers.apply(request), request);
        } else if (!in.hasRemaining()) {
            answer(Answer.text(431, "the request is longer than " + MOST_REQUEST_BYTES + " bytes"), null);
        } else if (read < 0) {
            close();
        }
        if (out != null) {
            sinceNs = nowNs;
        }
        return out != null;
    }

    private void answer(Answer answer, @Nullable Request request) {
        boolean headOnly = request != null && request.method().equals("HEAD");
        out = new ByteBuffer[] {ByteBuffer.wrap(answer.head()), ByteBuffer.wrap(headOnly ? new byte[0] : answer.body())
        };
    }

    /** Whether it has asked for something. */
    boolean isAnswered() {
        return out != null;
    }

    /** For how long it has been asking, or taking its answer. */
    long ageNs(long nowNs) {
        return nowNs - sinceNs;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is lost with it
        }
    }
}
