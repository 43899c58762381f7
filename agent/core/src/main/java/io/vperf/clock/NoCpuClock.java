package io.vperf.clock;

/** For {@code cpu=off} and for JVMs that cannot tell: CPU time is unknown. */
public final class NoCpuClock implements CpuClock {

    private static final Reader READER = new Reader() {
        @Override
        public long nowNs() {
            return UNKNOWN;
        }

        @Override
        public void close() {}
    };

    @Override
    public Reader newReader() {
        return READER;
    }

    @Override
    public String name() {
        return "off";
    }
}
