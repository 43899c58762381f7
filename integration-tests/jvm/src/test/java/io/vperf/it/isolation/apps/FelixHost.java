package io.vperf.it.isolation.apps;

import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.launch.Framework;

/** An OSGi framework with one bundle. Arguments: the bundle's URL, Felix's guessing of what to delegate (true, false). */
public final class FelixHost {

    private FelixHost() {}

    public static void main(String[] args) throws Exception {
        Framework framework = new FrameworkFactory()
                .newFramework(
                        Map.of("org.osgi.framework.storage", "bundles", "felix.bootdelegation.implicit", args[1]));
        framework.start();
        framework.getBundleContext().installBundle(args[0]).start();
        framework.stop();
        System.out.println(
                "framework: " + (framework.waitForStop(30_000).getType() == org.osgi.framework.FrameworkEvent.STOPPED));
    }
}
