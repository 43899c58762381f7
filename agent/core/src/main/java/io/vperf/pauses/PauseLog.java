package io.vperf.pauses;

import java.io.IOException;
import java.util.function.Consumer;

/** Tells of each pause, once it is over. */
interface PauseLog extends AutoCloseable {

    /**
     * What has come in since the last time, in the order of ends.
     *
     * @param taker is given one after the other; times are {@link System#nanoTime()}'s
     * @throws IOException where it cannot be read, now and ever after
     */
    void read(Consumer<Pause> taker) throws IOException;

    @Override
    void close();
}
