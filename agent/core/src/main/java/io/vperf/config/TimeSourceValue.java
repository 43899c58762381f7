package io.vperf.config;

/** Off, ptp, or a host and a port. */
final class TimeSourceValue implements ValueType<TimeSource> {

    private static final String OFF = "off";
    private static final String PTP = "ptp";

    @Override
    public TimeSource parse(String text) throws WrongValueException {
        if (text.equals(OFF)) {
            return new TimeSource.Off();
        }
        if (text.equals(PTP)) {
            return new TimeSource.Ptp();
        }
        if (!HostPort.hasPort(text)) {
            throw new WrongValueException("neither off, nor ptp, nor a host with a port such as db-host:18787");
        }
        HostPort server = HostPort.parse(text, 1);
        return new TimeSource.Server(server.host(), server.port());
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
