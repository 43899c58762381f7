package io.vperf.config;

/** A port, which is this machine's own unless an address is given; or off. */
final class ListenValue implements ValueType<Listen> {

    private static final String OFF = "off";

    /** What nobody outside of the machine reaches. */
    private static final String LOOPBACK = "127.0.0.1";

    @Override
    public Listen parse(String text) throws WrongValueException {
        if (text.equals(OFF)) {
            return new Listen.Off();
        }
        if (HostPort.hasPort(text)) {
            HostPort at = HostPort.parse(text, 0);
            return new Listen.At(at.host(), at.port());
        }
        if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9' || text.indexOf('.') >= 0) {
            throw new WrongValueException(
                    "neither off, nor a port such as 9464, nor an address with a port such as 127.0.0.1:9464");
        }
        return new Listen.At(LOOPBACK, HostPort.port(text, 0));
    }

    @Override
    public String placeholder() {
        return "[HOST:]PORT|off";
    }

    @Override
    public String accepted() {
        return "port, of this machine's loopback unless a host is given (0: any free one), or off";
    }
}
