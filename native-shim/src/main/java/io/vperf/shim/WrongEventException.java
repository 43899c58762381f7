package io.vperf.shim;

/** An event's text that cannot be what was meant. Caught in {@link PerfEvents#parse}; nobody else sees it. */
final class WrongEventException extends Exception {

    private static final long serialVersionUID = 1;

    private final String remedy;

    WrongEventException(String reason, String remedy) {
        super(reason, null, false, false);
        this.remedy = remedy;
    }

    <T> Capability<T> unavailable() {
        return Capability.unavailable(String.valueOf(getMessage()), remedy);
    }
}
