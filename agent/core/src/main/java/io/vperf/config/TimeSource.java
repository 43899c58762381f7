package io.vperf.config;

/** A clock outside of the guest. */
public sealed interface TimeSource {

    /** As in the option. */
    String text();

    /** None is asked. */
    record Off() implements TimeSource {
        @Override
        public String text() {
            return "off";
        }
    }

    /** The host's, through a PTP device of the guest's. */
    record Ptp() implements TimeSource {
        @Override
        public String text() {
            return "ptp";
        }
    }

    /**
     * A time server.
     *
     * @param host name or address; one of IPv6 without brackets
     * @param port 1 to 65535
     */
    record Server(String host, int port) implements TimeSource {
        @Override
        public String text() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }
}
