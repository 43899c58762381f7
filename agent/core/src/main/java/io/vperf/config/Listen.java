package io.vperf.config;

/** Where metrics are served. */
public sealed interface Listen {

    /** Nowhere. */
    record Off() implements Listen {}

    /**
     * At an address of this machine.
     *
     * @param host name or address; one of IPv6 without brackets
     * @param port 0 to 65535; 0 for any that is free
     */
    record At(String host, int port) implements Listen {

        /** As in the option. */
        public String text() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }
}
