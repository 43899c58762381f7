package io.vperf.attach;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/**
 * vperf's MXBean in another JVM of this machine, read through that JVM's local management agent, which is started there if it was not.
 * Its attributes are {@code io.vperf.export.jmx.VperfMXBean}. Reading may wait for as long as that JVM is stopped.
 */
public final class LiveBean implements AutoCloseable {

    private static final String NAME = "io.vperf:type=Vperf";
    private static final long STEP_MS = 20;
    private static final long CLOSE_MS = 500;

    private final long pid;
    private final JMXConnector connector;
    private final MBeanServerConnection server;
    private final ObjectName name;

    private LiveBean(long pid, JMXConnector connector) throws IOException, JMException {
        this.pid = pid;
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
        this.name = new ObjectName(NAME);
    }

    /**
     * Connects to it.
     *
     * @param patienceMs for how long to wait for the bean, which comes a moment after the management agent
     * @throws RefusedException if there is no such JVM, or no such bean
     */
    public static LiveBean connect(long pid, long patienceMs) throws RefusedException {
        JvmProcess process = new JvmProcess(Path.of("/"), pid);
        process.check();
        String url = Attachment.with(pid, VirtualMachine::startLocalManagementAgent);
        LiveBean bean = open(pid, url);
        if (bean.comesWithin(patienceMs)) {
            return bean;
        }
        bean.close();
        if (!process.hasVperf() && process.command().contains("-XX:-EnableDynamicAgentLoading")) {
            throw new RefusedException(
                    "vperf is not in process " + pid + ", which takes no agent: -XX:-EnableDynamicAgentLoading",
                    "start it without that option, or with -javaagent:vperf.jar");
        }
        throw process.hasVperf()
                ? new RefusedException(
                        "vperf in process " + pid + " cannot be looked at: it was started with jmx=off, or is leaving",
                        "start it without jmx=off; java -jar vperf.jar dump writes its figures, too")
                : new RefusedException(
                        "vperf is not in process " + pid + ", or was started there with jmx=off",
                        "java -jar vperf.jar attach starts it there; 'list' names the JVMs that have it");
    }

    @SuppressWarnings("BanJNDI") // the address is that JVM's own, told on its attach socket
    private static LiveBean open(long pid, String url) throws RefusedException {
        try {
            return new LiveBean(pid, JMXConnectorFactory.connect(new JMXServiceURL(url)));
        } catch (IOException | JMException e) {
            throw new RefusedException(
                    "process " + pid + " does not answer on its management agent: " + e.getMessage(),
                    "another agent or firewall may keep " + url + " closed");
        }
    }

    private boolean comesWithin(long patienceMs) throws RefusedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        try {
            while (!server.isRegistered(name)) {
                if (System.nanoTime() - endNs > 0) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(STEP_MS);
            }
            return true;
        } catch (IOException e) {
            throw gone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Reads attributes, as open types; one that is null there, or that the vperf there does not have, is absent.
     *
     * @throws RefusedException if the JVM has ended, or vperf has left it
     */
    public Map<String, Object> read(String... attributes) throws RefusedException {
        Map<String, Object> values = new HashMap<>();
        try {
            for (Attribute attribute : server.getAttributes(name, attributes).asList()) {
                @Nullable Object value = attribute.getValue();
                if (value != null) {
                    values.put(attribute.getName(), value);
                }
            }
        } catch (JMException e) {
            throw new RefusedException("vperf has left process " + pid, "");
        } catch (IOException e) {
            throw gone();
        }
        return values;
    }

    private RefusedException gone() {
        return ProcessHandle.of(pid).isPresent()
                ? new RefusedException("process " + pid + " does not answer any more; it may be ending", "")
                : new RefusedException("process " + pid + " has ended", "");
    }

    /** That JVM need not be there any more; it is told, and not waited for, as it may be stopped. */
    @Override
    public void close() {
        Thread telling = new Thread(
                () -> {
                    try {
                        connector.close();
                    } catch (IOException e) {
                        // then it is closed
                    }
                },
                "vperf-jmx-close");
        telling.setDaemon(true);
        telling.start();
        try {
            telling.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
