package io.vperf.export.jmx;

import io.vperf.health.Health;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Registers the bean with the JVM's own server for beans, the platform's, once there is one: that is when the application, a management
 * agent or a console asks for it. To have it created takes 100 to 200 ms of CPU time and some 700 classes.
 */
public final class Registration {

    private static final String OF_PLATFORM = "java.lang:type=Runtime";
    private static final long QUICK_MS = 20;
    private static final long SLOW_MS = 5_000;
    private static final int QUICK_TIMES = 500;

    private final String version;
    private final LiveFigures figures;
    private final Control control;
    private final Health health;

    /** Where the bean is. */
    private @Nullable MBeanServer registeredWith;

    private boolean closed;

    public Registration(String version, LiveFigures figures, Control control, Health health) {
        this.version = version;
        this.figures = figures;
        this.control = control;
        this.health = health;
    }

    /**
     * Waits for the platform's server, for as long as only others are there, and registers the bean. Called once, on a daemon thread
     * of its own, which is interrupted when nobody waits any more.
     */
    public void whenThereIsAServer() {
        try {
            ObjectName ofPlatform = new ObjectName(OF_PLATFORM);
            MBeanServer server = platform(ofPlatform);
            for (int i = 0; server == null; i++) {
                TimeUnit.MILLISECONDS.sleep(i < QUICK_TIMES ? QUICK_MS : SLOW_MS);
                server = platform(ofPlatform);
            }
            register(server);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JMException | RuntimeException | LinkageError e) {
            health.suppress("registering the bean " + VperfMXBean.NAME, e);
        }
    }

    private synchronized void register(MBeanServer server) throws JMException {
        if (!closed) {
            figures.show();
            server.registerMBean(new VperfBean(version, figures, control), new ObjectName(VperfMXBean.NAME));
            registeredWith = server;
        }
    }

    /** Takes the bean away, or has it never come. Called by any thread. */
    public synchronized void close() {
        closed = true;
        MBeanServer server = registeredWith;
        registeredWith = null;
        if (server == null) {
            return;
        }
        try {
            server.unregisterMBean(new ObjectName(VperfMXBean.NAME));
        } catch (InstanceNotFoundException e) {
            // somebody else has taken it away
        } catch (JMException | RuntimeException e) {
            health.suppress("taking away the bean " + VperfMXBean.NAME, e);
        }
    }

    /** Known by a bean of its own; null if it is not there yet. */
    private static @Nullable MBeanServer platform(ObjectName ofPlatform) {
        for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
            if (server.isRegistered(ofPlatform)) {
                return server;
            }
        }
        return null;
    }
}
