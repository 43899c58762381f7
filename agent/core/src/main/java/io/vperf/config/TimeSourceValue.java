package io.vperf.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Off, ptp, or a host and a port. No name is looked up here: that may take long, and at start-up there may be no network. */
final class TimeSourceValue implements ValueType<TimeSource> {

    private static final String OFF = "off";
    private static final String PTP = "ptp";
    private static final int MOST_PORT = 65_535;
    private static final int MOST_DIGITS = 5;

    @Override
    public TimeSource parse(String text) throws WrongValueException {
        if (text.equals(OFF)) {
            return new TimeSource.Off();
        }
        if (text.equals(PTP)) {
            return new TimeSource.Ptp();
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]")) {
            throw new WrongValueException("neither off, nor ptp, nor a host with a port such as db-host:18787");
        }
        int port = port(text.substring(colon + 1));
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            String address = host.substring(1, host.length() - 1);
            checkIpv6(address);
            return new TimeSource.Server(address, port);
        }
        checkName(host);
        return new TimeSource.Server(host, port);
    }

    private static int port(String digits) throws WrongValueException {
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            port = c < '0' || c > '9' || i == MOST_DIGITS ? MOST_PORT + 1 : port * 10 + (c - '0');
            if (port > MOST_PORT) {
                break;
            }
        }
        if (port < 1 || port > MOST_PORT) {
            throw new WrongValueException("the port is no number from 1 to 65535");
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

    @Override
    public String placeholder() {
        return "HOST:PORT|ptp|off";
    }

    @Override
    public String accepted() {
        return "host and port, ptp, or off";
    }
}
