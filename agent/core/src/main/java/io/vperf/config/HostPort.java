package io.vperf.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A host and a port as one writes them: {@code db-host:18787}, {@code 10.0.0.7:18787}, {@code [::1]:18787}. No name is looked up
 * here: that may take long, and at start-up there may be no network.
 *
 * @param host name or address; one of IPv6 without brackets
 * @param port within the limits that were given
 */
record HostPort(String host, int port) {

    private static final int MOST_PORT = 65_535;
    private static final int MOST_DIGITS = 5;

    /** Whether there can be a port: a colon outside of brackets. */
    static boolean hasPort(String text) {
        return text.lastIndexOf(':') >= 0 && !text.endsWith("]");
    }

    /**
     * Reads a text that {@link #hasPort}.
     *
     * @param leastPort the smallest that is accepted
     */
    static HostPort parse(String text, int leastPort) throws WrongValueException {
        int colon = text.lastIndexOf(':');
        int port = port(text.substring(colon + 1), leastPort);
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            String address = host.substring(1, host.length() - 1);
            checkIpv6(address);
            return new HostPort(address, port);
        }
        checkName(host);
        return new HostPort(host, port);
    }

    static int port(String digits, int least) throws WrongValueException {
        int port = digits.isEmpty() ? -1 : 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            port = c < '0' || c > '9' || i == MOST_DIGITS ? MOST_PORT + 1 : port * 10 + (c - '0');
            if (port > MOST_PORT) {
                break;
            }
        }
        if (port < least || port > MOST_PORT) {
            throw new WrongValueException("the port is no number from " + least + " to " + MOST_PORT);
        }
        return port;
    }

    private static void checkIpv6(String address) throws WrongValueException {
        try {
            if (address.indexOf(':') >= 0) {
                InetAddress unused = InetAddress.getByName(address); // with a colon in it nothing is looked up
                return;
            }
        } catch (UnknownHostException e) {
            // as below
        }
        throw new WrongValueException("between the brackets is no IPv6 address of this machine's reach");
    }

    private static void checkName(String host) throws WrongValueException {
        if (host.isEmpty()) {
            throw new WrongValueException("the host is missing before the port");
        }
        if (host.indexOf(':') >= 0) {
            throw new WrongValueException("an IPv6 address stands in brackets, such as [::1]:18787");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c <= ' ' || c > '~' || "/\\@[]{}<>\"'?#%,;=".indexOf(c) >= 0) {
                throw new WrongValueException("the host is neither a name nor an address");
            }
        }
    }
}
