package io.vperf.it.isolation.apps;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Starts the OSGi bundle that {@link Part} is in. */
public final class PartActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        System.out.println("bundle: sum=" + Part.run(500));
    }

    @Override
    public void stop(BundleContext context) {
        System.out.println("bundle: stopped");
    }
}
