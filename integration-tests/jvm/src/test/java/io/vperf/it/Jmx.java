package io.vperf.it;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** vperf's bean in another JVM, as a console has it: through that JVM's local management agent. */
final class Jmx implements AutoCloseable {

    private static final String NAME = "io.vperf:type=Vperf";

    private final JMXConnector connector;
    private final MBeanServerConnection server;
    private final ObjectName name;

    private Jmx(JMXConnector connector) throws IOException, JMException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
        this.name = new ObjectName(NAME);
    }

    @SuppressWarnings("BanJNDI") // to a JVM that the test has started
    static Jmx connect(Process jvm) throws IOException, JMException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
        try {
            return new Jmx(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
        } finally {
            machine.detach();
        }
    }

    boolean isThere() {
        try {
            return server.isRegistered(name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Object get(String attribute) throws IOException, JMException {
        return server.getAttribute(name, attribute);
    }

    void set(String attribute, Object value) throws IOException, JMException {
        server.setAttribute(name, new Attribute(attribute, value));
    }

    Object call(String operation) throws IOException, JMException {
        return server.invoke(name, operation, new Object[0], new String[0]);
    }

    Object call(String operation, @Nullable String argument) throws IOException, JMException {
        return server.invoke(name, operation, new Object[] {argument}, new String[] {String.class.getName()});
    }

    /** Those of an attribute. */
    List<CompositeData> methods(String attribute) throws IOException, JMException {
        return Arrays.asList((CompositeData[]) get(attribute));
    }

    /** How many calls an attribute shows of a method; 0 if it does not show it. */
    long calls(String attribute, String method) throws IOException, JMException {
        return methods(attribute).stream()
                .filter(m -> m.get("name").equals(method))
                .mapToLong(m -> (Long) m.get("calls"))
                .sum();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
