package io.vperf.shim;

/** A file descriptor that is held for one native thread, and the memory that it is read into. */
final class HeldDescriptor {

    /** Those of one kind. Any thread may call. */
    static final class Pool {

        static final String NONE_LEFT = "as many file descriptors as vperf allows itself are open";
        static final String REMEDY =
                "Raise ulimit -n, of which vperf takes a share, or name fewer counters. Threads that have ended give theirs"
                        + " back within a second.";

        private final Natives natives;
        private final Descriptors descriptors;
        private final int bytes;
        private final HighDescriptors high;

        /**
         * @param bytes of memory each
         */
        Pool(Natives natives, Descriptors descriptors, int bytes) {
            this.natives = natives;
            this.descriptors = descriptors;
            this.bytes = bytes;
            this.high = new HighDescriptors(natives.libc());
        }

        /** Whether one more may be opened; then {@link #hold} has to follow, or {@link #giveBack} if that failed. */
        boolean take() {
            return descriptors.take();
        }

        void giveBack() {
            descriptors.giveBack();
        }

        HeldDescriptor hold(int fd) {
            return new HeldDescriptor(this, high.move(fd), natives.allocate(bytes));
        }
    }

    final int fd;
    final NativeMemory memory;
    private final Pool pool;
    private boolean closed;

    private HeldDescriptor(Pool pool, int fd, NativeMemory memory) {
        this.pool = pool;
        this.fd = fd;
        this.memory = memory;
    }

    /** Once is enough, twice does no harm. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            int ignored = pool.natives.libc().close(fd);
            pool.natives.giveBack(memory);
            pool.giveBack();
        }
    }
}
